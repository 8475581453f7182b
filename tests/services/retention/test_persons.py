"""A person's name goes once nothing counts on the person, and where it stays is said."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.delegations import DelegationGranted, DelegationRevoked
from mlops_desktop.core.events.handovers import HandoverRefused
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.rules import RuleAdded, RuleArchived
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.retention import Retained
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import (
    custom_fields,
    dossiers,
    handovers,
    items,
    ledger,
    meetings,
    models,
    people,
)
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.items import Given
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.retention.erasing import preview_rule, run_rule
from mlops_desktop.services.session import must_commit
from tests.services.conftest import FOUNDER, Bank
from tests.services.retention.erasing import SECRET, TEXTS, at, close, define, failure, kept, run
from tests.services.steps import register
from tests.services.test_custom_fields import CONTACT


def test_a_person_goes_once_nothing_names_him_and_no_certificate_does(file_bank: Bank) -> None:
    bank = file_bank
    with at("2026-01-10"):
        wanted = people.Enrolment(SECRET)
        leaver = people.enrol_person(bank.session, wanted, lambda: "").id
        custom_fields.define_field(bank.session, CONTACT)
        key = register(bank, owner=SECRET, **{"custom.contact": SECRET})
        for name in (SECRET, "Miriam Sander"):
            people.revoke_person(bank.session, name, "ausgeschieden")
        define(bank, Retained.PERSONS, 12)
    with at("2027-06-01"):
        certified = bank.ids["Miriam Sander"]
        assert kept(bank) == {leaver: "model_not_retired", certified: "certificate"}
        assert kept(bank, FOUNDER) == {FOUNDER: "not_revoked"}
        models.edit_model(bank.session, key, {"owner": "Corinna Wolters"})
        assert kept(bank)[leaver] == "model_not_retired", "a field of the bank's own names him"
        models.edit_model(bank.session, key, {"custom.contact": ""})
        run(bank, SECRET)
        assert {one.id: one.name for one in people.list_people(bank.session)}[leaver] == leaver
        assert failure(bank) is None


def leaver(bank: Bank, *roles: Role) -> str:
    """Enrol somebody who is only known; return his id."""
    made = people.enrol_person(bank.session, people.Enrolment(SECRET, roles), lambda: "").id
    bank.ids[SECRET] = made
    return made


def _open_item(bank: Bank, id: str) -> Callable[[], object]:
    told = Given(TEXTS | {"originator": "Jonas Brandt"}, ("M-00001",))
    number = items.open_item(bank.as_(SECRET), FINDING, told).id
    return lambda: close(bank, number)


def _handover(bank: Bank, id: str) -> Callable[[], object]:
    register(bank, name="LGD", owner="Corinna Wolters")
    offer = handovers.offer_handover(bank.session, "Corinna Wolters", SECRET).id
    return lambda: _write(bank, HandoverRefused(offer))


def _meeting(bank: Bank, id: str) -> Callable[[], object]:
    here, agenda = (FOUNDER, "Miriam Sander"), (NewItem("Bericht"),)
    wanted = NewMeeting("Komitee", clock.today(), *here, (*here, SECRET), 2, agenda)
    key = meetings.call_meeting(bank.session, wanted).id
    return lambda: meetings.minute_meeting(bank.session, key, Minutes(here, (), "Beraten."))


def _delegation(bank: Bank, id: str) -> Callable[[], object]:
    mandate = DelegationGranted("d", bank.ids[FOUNDER], must_commit("x"), id, clock.today(),
                                date(2035, 1, 1), Seen(0, ""), "")  # fmt: skip
    _write(bank, mandate)
    return lambda: _write(bank, DelegationRevoked("d"))


def _rule(bank: Bank, id: str) -> Callable[[], object]:
    _write(bank, RuleAdded(Rule("named", (Step("one", 1, members=(id,)),))))
    return lambda: _write(bank, RuleArchived("named", 1))


def _write(bank: Bank, event: Event) -> None:
    with bank.session.workspace.write(bank.session.actor) as work:
        work.record(event)


@pytest.mark.parametrize(
    ("begin", "reason"),
    [
        (_open_item, "open_item"),
        (_handover, "open_handover"),
        (_meeting, "open_meeting"),
        (_delegation, "delegation"),
        (_rule, "rule"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_a_name_stays_while_something_open_counts_on_the_person(
    file_bank: Bank, begin: Callable[[Bank, str], Callable[[], object]], reason: str
) -> None:
    bank = file_bank
    with at("2026-01-10"):
        register(bank)
        id = leaver(bank)
        end = begin(bank, id)
        people.revoke_person(bank.session, SECRET, "ausgeschieden")
        define(bank, Retained.PERSONS, 12)
    with at("2027-06-01"):
        assert kept(bank) == {id: reason}
        with pytest.raises(AppError, match=rf"must_keep_{reason}"):
            run(bank, SECRET)
        end()
        assert kept(bank) == {}
        run(bank, SECRET)


def test_a_certificate_of_before_keeps_the_name_of_who_was_enrolled_again(bank: Bank) -> None:
    gone = bank.ids["Miriam Sander"]
    with at("2026-12-01"):
        again = PersonEnrolled(gone, must_commit("Miriam Sander"), (Role.OWNER,))
        _write(bank, again)
        people.revoke_person(bank.session, "Miriam Sander", "x")
        define(bank, Retained.PERSONS, 12)
    with at("2028-06-01"):
        assert kept(bank) == {gone: "certificate"}


def test_where_a_name_still_stands_is_said_and_no_reason_says_it_again(
    file_bank: Bank, tmp_path: Path
) -> None:
    bank = file_bank
    with at("2026-01-10"):
        id = leaver(bank)
        register(bank, purpose=f"Nach {SECRET.upper()}")
        add = VersionDetails("9", created_by=SECRET)
        _write(bank, VersionRegistered("v9", models.show_model(bank.session, "1").row.key, add))
        people.revoke_person(bank.session, SECRET, f"{SECRET} ist fort")
        define(bank, Retained.PERSONS, 12)
    with at("2027-06-01"):
        (going,) = preview_rule(bank.session, "rule").going
        said = {(one.type, one.field) for one in going.mentions}
        assert said == {("model.registered", "details.purpose"), ("version.registered", "plain")}
        with pytest.raises(AppError, match=r"retention\.reason_names"):
            run_rule(bank.session, "rule", f"Antrag von {SECRET.lower()}")
        run(bank)
        assert failure(bank) is None
        # Nothing shows him any more but what was said to be left.
        log = ledger.read_log(bank.session)
        assert not any(SECRET in f"{row.person} {row.summary}" for row in log)
        assert SECRET not in {one.name for one in people.list_people(bank.session)}
        with pytest.raises(AppError, match=r"person\.not_found"):
            people.show_person(bank.session, SECRET)
        out = tmp_path / "after.pdf"
        by = bank.as_("Jonas Brandt")
        models.edit_model(bank.session, "1", {"purpose": "neu"})
        assert people.show_person(bank.session, id).is_revoked
        dossiers.export_dossier(by, Order("1", out), bank.unlock("Jonas Brandt"))
        assert dossiers.verify_dossier(out, session=bank.session).verdict.outcome is Outcome.VALID
