"""A model out of service: its head says what is true, and asks for no approval."""

from dataclasses import replace

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.lifecycle import State
from mlops_desktop.services.entity_parts import EntityPart
from mlops_desktop.ui.pages.models.said import part_approval, row_approval, running_status
from mlops_desktop.ui.widgets.chips import Chip
from tests.ui.pages.desk import Desk
from tests.ui.pages.models.acts import choose, show_scope, shown_buttons, tab


def test_a_retired_model_asks_for_no_approval_and_shows_none_in_green(desk: Desk) -> None:
    page, context = desk.models(), desk.window.context
    show_scope(desk, page, "retired")
    choose(desk, page, "Altes Regelwerk")
    assert "approval.request" not in shown_buttons(page)
    assert "model.edit" in shown_buttons(page)
    assert page.detail.shown is not None
    row = page.detail.shown.sheet.row
    assert row_approval(context, row).mood == "idle"
    held = EntityPart("e", "AG", ("used_by",), Approval.APPROVED, (), ("r",), is_on_paper=True)
    inside = part_approval(context, row, held)
    assert (inside.mood, inside.word) == ("idle", "approved (from paper)")
    assert part_approval(context, replace(row, state=State.PRODUCTION), held).mood == "good"
    suspended = replace(row, state=State.SUSPENDED, approval=Approval.APPROVED)
    assert row_approval(context, suspended).mood == "idle"  # an older one holds, nothing may run
    assert running_status(context, row) is None
    running = replace(row, serving="2")
    told = running_status(context, running)
    assert told is not None
    assert (told.mood, told.word) == ("bad", "still in production")
    assert running_status(context, replace(running, state=State.PRODUCTION)) is None
    page.detail.show_row(running)
    chips = [one.accessibleName() for one in page.detail.findChildren(Chip)]
    assert "still in production" in chips
    desk.settle()
    assert "none in production" in tab(desk, page, "Record")
