"""One request: its rule, steps and covered fields, and how it stood on a past day."""

from dataclasses import replace
from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.rules import Step
from mlops_desktop.services import approvals, models
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.reviews import show_sheet
from mlops_desktop.ui.pages.approvals.steps import step_facts
from tests.services.oversight import RULE
from tests.services.steps import cast, put_in_force
from tests.ui.pages.approvals.acts import OpenPage, add_by_hand, choose, shown_buttons, tab
from tests.ui.pages.desk import Desk, texts


def test_the_request_tells_rule_steps_and_who_may_still_sign(as_: OpenPage, desk: Desk) -> None:
    page = as_("Jonas Brandt")
    told = tab(desk, page, 0)
    for part in (
        "May version 7 of PD Mittelstand (IRB) go to production?", "Bitte bis Freitag",
        "Corinna Wolters", "Four-eyes principle", "0 of 2 approvals",
        "Jonas Brandt (Validation), Miriam Sander (Compliance)",
    ):  # fmt: skip
        assert part in told


def test_covered_fields_are_shown_opened(as_: OpenPage, desk: Desk) -> None:
    told = tab(desk, as_("Jonas Brandt"), 2)
    for part in ("Model: intended use", "Risikogewichtete Aktiva und Bepreisung", "sha256:aa"):
        assert part in told


def test_a_changed_field_is_named_with_both_values(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    cast(desk.bank, request_key, "Jonas Brandt")
    page = as_("Miriam Sander")
    changed = models.edit_model(desk.bank.session, "M-00001", {"purpose": "Nur Bepreisung"})
    desk.window.context.announce(changed.changes)
    desk.settle()
    assert "Changed since: Model: intended use." in texts(page.detail.bar)
    for at in (0, 2):
        told = tab(desk, page, at)
        assert "Model: intended use, before\nRisikogewichtete Aktiva und Bepreisung" in told
        assert "Model: intended use, now\nNur Bepreisung" in told
    assert not desk.can("approval.approve")


def test_a_past_day_shows_the_request_as_it_stood(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    desk.window.context.show_as_of(clock.today() - timedelta(days=1))
    desk.settle()
    assert page.list.count() == 0
    assert not desk.can("approval.approve")
    desk.window.context.show_as_of(clock.today())
    desk.settle()
    assert page.list.count() == 1
    assert not desk.can("approval.approve")
    assert "May still sign" not in tab(desk, page, 0)


def test_the_row_of_actions_fits_where_the_request_stands(
    as_: OpenPage, desk: Desk, request_key: str
) -> None:
    page = as_("Jonas Brandt")
    assert shown_buttons(page) == {"approval.approve", "approval.condition", "approval.reject"}
    cast(desk.bank, request_key, "Jonas Brandt", Ballot(Decision.REJECT, "No.", "Weil"))
    page.reload()
    desk.settle()
    assert shown_buttons(page) == set()


def test_no_step_of_a_request_that_ended_waits(as_: OpenPage, desk: Desk) -> None:
    put_in_force(desk.bank, replace(RULE, steps=(*RULE.steps[:1], Step("second", 1))))
    add_by_hand(desk.bank)
    key = approvals.request_approval(
        desk.bank.as_("Corinna Wolters"), "M-00001", "8", "production"
    ).id
    page = as_("Jonas Brandt")
    choose(desk, page, key)
    assert "0 of 1, after the step before it" in tab(desk, page, 0)
    cast(desk.bank, key, "Jonas Brandt", Ballot(Decision.REJECT, "No.", "Weil"))
    sheet = show_sheet(desk.bank.session, key)
    steps = step_facts(desk.window.context, sheet)[1:]
    assert [(fact.value, fact.tone) for fact in steps] == [
        ("0 of 1 (Validation)", ""), ("0 of 1", ""),
    ]  # fmt: skip


def test_the_model_of_a_request_is_one_step_away(as_: OpenPage, desk: Desk) -> None:
    as_("Jonas Brandt")
    desk.window.context.actions.run("approval.open_model")
    desk.settle()
    assert desk.window.stage.current == "models"
    assert "PD Mittelstand (IRB)" in texts(desk.models().detail)
