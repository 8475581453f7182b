"""The sample bank's legal entities and regimes: where a model may be used, and where it is one."""

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionRule
from mlops_desktop.core.inventory import ENTITY_FIELDS
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import entities, items, models
from mlops_desktop.services.entity_parts import parts_of
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.profiles.scoping import decisions_of
from mlops_desktop.services.session import Session

AG, LUX = "Elbmark Bank AG", "Elbmark Bank Luxembourg S.A."


def exceptions(session: Session) -> list[ExceptionDetails]:
    rows = items.list_items(session, ItemFilter(("exception",), scope=ItemScope.OPEN))
    details = (items.show_item(session, row.id).state.details for row in rows)
    return [one for one in details if isinstance(one, ExceptionDetails)]


def test_every_model_names_registered_entities(session: Session) -> None:
    known = {one.id: one for one in entities.list_entities(session)}
    assert [one.name for one in known.values()] == [AG, "Elbmark Leasing GmbH", LUX]
    assert all(one.details.lei for one in known.values())
    rows = models.list_models(session, ModelFilter())
    named = [models.show_model(session, row.key).state.details for row in rows]
    for details in named:
        values = [getattr(details, name) for name in ENTITY_FIELDS]
        ids = [one for value in values for one in (value if isinstance(value, tuple) else [value])]
        assert {one for one in ids if one} <= known.keys()
        assert details.used_by


def test_the_early_warning_system_is_used_in_luxembourg_without_an_approval(
    session: Session,
) -> None:
    known = {one.name: one.id for one in entities.list_entities(session)}
    (found,) = [one for one in exceptions(session) if one.rule is ExceptionRule.USE_OUTSIDE_PURPOSE]
    assert found.entity == known[LUX]
    assert found.evidence[0].startswith("A-")
    sheet = models.show_model(session, "M-00020")
    assert sheet.row.approval is Approval.APPROVED_IN_PART
    parts = {part.name: part.approval for part in parts_of(sheet, clock.today())}
    assert parts == {AG: Approval.APPROVED, LUX: Approval.NEVER_APPROVED}
    assert ask_gate(session, "M-00020", "3", "production", entity=AG).is_allowed
    assert not ask_gate(session, "M-00020", "3", "production", entity=LUX).is_allowed


def test_nothing_that_came_with_a_past_is_called_used_before_validation(session: Session) -> None:
    rules = {one.rule for one in exceptions(session)}
    assert ExceptionRule.USE_BEFORE_VALIDATION not in rules


def test_the_spreadsheet_is_no_model_here_and_a_method_there(session: Session) -> None:
    (row,) = models.list_models(session, parse_filter("regime:pra-ss1-23=in scope:all"))
    told = {one.scoped.regime: one.scoped.is_in for one in decisions_of(session, row.key)}
    assert told == {"eu-ai-act": False, "marisk-at-4-3-5": False, "pra-ss1-23": True}
    assert row.id == "M-00030"
