"""Whoever writes acts on items past the program, with database and log key, is found and named."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mlops_desktop.core import ledger_format
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionMoved, ExceptionOpened
from mlops_desktop.core.events.findings import FindingDetails, FindingEdited, FindingMoved
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.waivers import WaiverDetails, WaiverMoved
from mlops_desktop.core.identity import Actor
from mlops_desktop.core.items.exceptions import EXCEPTION
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.waivers import WAIVER
from mlops_desktop.services import handovers, items, items_again, ledger
from mlops_desktop.services.items import Given
from mlops_desktop.services.session import must_commit
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

OWNER, VALIDATOR, COMPLIANCE = "Corinna Wolters", "Jonas Brandt", "Miriam Sander"
DUE = date(2099, 12, 31)
TEXTS = {
    "title": "Proxy", "origin": "validation", "severity": "high", "owner": OWNER,
    "due": "2099-01-31",
}  # fmt: skip


@pytest.fixture
def governed(file_bank: Bank) -> Bank:
    return begin(file_bank)


def begin(bank: Bank) -> Bank:
    """Open a finding against the owner, a waiver that he asked for, an exception."""
    register(bank)
    items.open_item(bank.as_(VALIDATOR), FINDING, Given(TEXTS, ("M-00001",)))
    waiver = {"title": "Ausnahme", "rule": "x", "owner": OWNER, "expires": "2099-01-31"}
    items.open_item(bank.as_(OWNER), WAIVER, Given(waiver, ("M-00001",)))
    broken = {"rule": "other", "title": "x", "owner": OWNER}
    items.open_item(bank.as_(VALIDATOR), EXCEPTION, Given(broken, ("M-00001",)))
    return bank


def _id(bank: Bank, number: str) -> str:
    return items.show_item(bank.session, number).row.id


def write(bank: Bank, actor: Actor, payload: Event, since: datetime | None = None) -> int:
    """Record an event as a program of one's own would, signed by this device; say where."""
    with bank.session.workspace.write(actor) as work:
        work.record(payload, effective=since)
        return work.before.size


def found(bank: Bank) -> tuple[str, int, str] | None:
    first = ledger.verify_ledger(bank.session, whole=True).first_failure
    if first is None or first.finding is None:
        return None
    return first.name, first.finding.position, str(first.finding.error.parameters.get("rule"))


def test_what_the_rules_allowed_is_not_found(bank: Bank) -> None:
    governed = begin(bank)
    given = Given({"action_plan": "neu", "due": "2099-02-28"})
    items.take_step(governed.as_(OWNER), FINDING, "F-1", "plan", given)
    long_ago = datetime(2024, 1, 1, tzinfo=UTC)
    late = Given(TEXTS | {"due": "2024-06-30"}, ("M-00001",), effective=long_ago)
    items.open_item(governed.as_(VALIDATOR), FINDING, late)
    offered = handovers.offer_handover(governed.session, OWNER, COMPLIANCE).id
    handovers.accept_handover(governed.as_(COMPLIANCE), offered)
    assert items.show_item(governed.session, "F-1").row.owner == COMPLIANCE
    assert found(governed) is None


def test_a_waiver_that_its_owner_grants_himself_is_found(bank: Bank) -> None:
    governed = begin(bank)
    granted = WaiverMoved(_id(governed, "W-1"), "grant", WaiverDetails(expires=DUE))
    at = write(governed, governed.as_(OWNER).actor, granted)
    assert found(governed) == ("rules", at, "not_opener")


@pytest.mark.parametrize(
    ("by", "payload", "rule"),
    [
        (COMPLIANCE, lambda id: FindingMoved(id, "close", FindingDetails()), "stage"),
        (COMPLIANCE, lambda id: FindingMoved(id, "withdraw", FindingDetails()), "only_originator"),
        (OWNER, lambda id: FindingMoved(id, "extend", FindingDetails(due=DUE)), "not_owner"),
        (OWNER, lambda id: FindingEdited(id, FindingDetails(due=DUE)), "not_owner"),
        (OWNER, lambda id: FindingEdited(id, FindingDetails(owner=FOUNDER)), "not_owner"),
        (COMPLIANCE, lambda id: FindingMoved(id, "extend", FindingDetails(due=date(2098, 1, 1))),
         "date.not_later"),
    ],
    ids=["stage", "originator", "extend", "edit", "owner", "date"],
)  # fmt: skip
def test_a_step_or_an_edit_by_the_wrong_person_is_found(
    governed: Bank, by: str, payload: object, rule: str
) -> None:
    event = payload(_id(governed, "F-1"))  # type: ignore[operator]
    at = write(governed, governed.as_(by).actor, event)
    assert found(governed) == ("rules", at, rule)


def test_who_calls_himself_the_program_settles_nothing_that_others_opened(governed: Bank) -> None:
    program = replace(governed.as_(OWNER).actor, agent="rules")
    settled = ExceptionMoved(_id(governed, "X-1"), "settle", ExceptionDetails())
    at = write(governed, program, settled)
    assert found(governed) == ("rules", at, "program")


def test_what_the_program_opened_the_program_settles(governed: Bank) -> None:
    program = replace(governed.as_(OWNER).actor, agent="rules")
    model = items.show_item(governed.session, "F-1").row.models[0]
    details = ExceptionDetails(title=must_commit("x"), rule=None)
    write(governed, program, ExceptionOpened("of-the-program", (model,), details))
    write(governed, program, ExceptionMoved("of-the-program", "settle", ExceptionDetails()))
    assert found(governed) is None


def test_a_step_dated_back_behind_another_is_found(governed: Bank) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    remedied = FindingMoved(_id(governed, "F-1"), "remedy", FindingDetails())
    at = write(governed, governed.as_(COMPLIANCE).actor, remedied, long_ago)
    assert found(governed) == ("rules", at, "date.before_step")


def test_a_ledger_founded_before_is_not_judged_by_rules_of_today(
    governed: Bank, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted = WaiverMoved(_id(governed, "W-1"), "grant", WaiverDetails(expires=DUE))
    write(governed, governed.as_(OWNER).actor, granted)
    monkeypatch.setattr(items_again, "ledger_format", lambda connection: ledger_format.FIRST)
    assert found(governed) is None
