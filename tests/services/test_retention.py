"""Erasure by retention rule: the text is gone, the proofs hold, and what must be kept is."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.candidates import Verdict
from mlops_desktop.core.events.delegations import DelegationGranted, DelegationRevoked
from mlops_desktop.core.events.handovers import HandoverRefused
from mlops_desktop.core.events.people import PersonEnrolled
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded, TextErased
from mlops_desktop.core.events.rules import RuleAdded, RuleArchived
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.retention import Retained
from mlops_desktop.core.rules import Rule, Step
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.dossier.content import Missing, Reason
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import (
    candidates,
    custom_fields,
    declarations,
    dossiers,
    handovers,
    items,
    ledger,
    meetings,
    models,
    people,
    reviews,
)
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.dossiers.items import items_chapter
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.meetings import Minutes, NewItem, NewMeeting
from mlops_desktop.services.profiles import scoping, standing
from mlops_desktop.services.retention.done import list_erasures
from mlops_desktop.services.retention.erasing import Erased, preview_rule, run_rule
from mlops_desktop.services.retention.rules import define_rule, end_rule, list_rules
from mlops_desktop.services.session import must_commit
from mlops_desktop.store import rebuild
from mlops_desktop.store.engine import WRITES
from mlops_desktop.store.tables.custom_fields import custom_values
from mlops_desktop.store.tables.projected import model_states
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import ask, cast, register
from tests.services.test_custom_fields import CONTACT, COST

_PAGE, _RESERVED = 4096, 80  # SQLCipher 4
SECRET = "Sachbearbeiterin Meyer-Quitzow"
TEXTS = {
    "title": f"Fehlklassifikation durch {SECRET}",
    "origin": "validation",
    "severity": "high",
    "owner": "Corinna Wolters",
    "due": "2039-12-15",
}


@contextmanager
def at(day: str) -> Iterator[None]:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC, hour=9)
    with clock.reading(lambda: moment):
        yield


def close(bank: Bank, number: str) -> None:
    given = Given({}, reason=f"erledigt mit {SECRET}")
    items.take_step(bank.as_("Jonas Brandt"), FINDING, number, "withdraw", given)


def find(bank: Bank, *about: str, is_closed: bool = True) -> str:
    id = items.open_item(bank.as_("Jonas Brandt"), FINDING, Given(TEXTS, about)).id
    number = items.show_item(bank.session, id).row.number
    if is_closed:
        close(bank, number)
    return number


def define(bank: Bank, what: Retained = Retained.ITEMS, months: int = 60) -> None:
    chosen = ("finding",) if what is Retained.ITEMS else ()
    define_rule(bank.session, "rule", what, months, "Löschkonzept 4.2", chosen)


def run(bank: Bank, *only: str) -> Erased:
    return run_rule(bank.session, "rule", "Frist abgelaufen", only)


def kept(bank: Bank, *only: str) -> dict[str, str]:
    found = preview_rule(bank.session, "rule", only).kept
    return {one.id: str(one.kept) for one in found}


def failure(bank: Bank) -> str | None:
    found = ledger.verify_ledger(bank.session, whole=True).first_failure
    assert found is None or found.finding is not None
    return found.finding.error.code if found and found.finding else None


def alter(bank: Bank, statement: str, **given: str) -> None:
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.execute(sa.text(statement), given)
        connection.commit()


def count(bank: Bank, line: str) -> int:
    return items.count_items(bank.session, ItemFilter(scope=ItemScope.ALL, words=(line,)))


@pytest.fixture
def old(bank: Bank) -> Bank:
    """A bank with a finding closed long ago, one closed of late, one open."""
    with at("2026-01-10"):
        register(bank)
        find(bank, "M-00001")
    with at("2031-06-01"):
        find(bank, "M-00001")
        find(bank, "M-00001", is_closed=False)
    return bank


def test_what_is_old_enough_goes_and_everything_still_verifies(old: Bank) -> None:
    with at("2031-06-02"):
        define(old)
        seen = preview_rule(old.session, "rule")
        assert [one.id for one in seen.going] == ["F-00001"]
        fields = {text.field for text in seen.going[0].texts}
        assert fields == {"details.title", "reason"}
        assert SECRET not in repr(seen)
        assert count(old, "meyer-quitzow") == 3
        done = run(old)
        assert (done.preview.texts, done.is_purged) == (2, True)
        assert count(old, "meyer-quitzow") == 2
        row = items.show_item(old.session, "F-00001").row
        assert (row.title, row.erasure and row.erasure.day) == ("", "2031-06-02")
        title = items.show_item(old.session, "F-00001").state.details.title
        assert title is not None
        assert title.erasure is not None
        assert (title.text, title.erasure.rule) == (None, "rule")
        assert items.show_item(old.session, "F-00002").row.title == TEXTS["title"]
        with old.session.workspace.read() as view:
            assert list(rebuild.compare(view.connection)) == []
        assert failure(old) is None
        with pytest.raises(AppError, match=r"retention\.nothing_due"):
            run(old)
        find(old, "M-00001")  # what comes afterwards is projected beside what was made anew
        assert failure(old) is None


def test_erasures_are_listed_and_tied_to_what_was_shown(old: Bank) -> None:
    session, before = old.session, on(date(2031, 6, 1))
    with at("2031-06-02"):
        define(old)
        shown = preview_rule(session, "rule")
        with pytest.raises(AppError, match=r"retention\.not_as_shown"):
            run_rule(session, "rule", "Frist abgelaufen", seen="0123456789abcdef")
        assert list_erasures(session).rows == ()
        assert list_rules(session, before) == ()
        done = run_rule(session, "rule", "Frist abgelaufen", seen=shown.mark)
        found = list_erasures(session)
    with at("2031-06-03"):
        end_rule(session, "rule")
        assert [one.ended_at is None for one in list_rules(session)] == [False]
        assert [one.ended_at for one in list_rules(session, on(date(2031, 6, 2)))] == [None]
        assert list_erasures(session, rule="other").rows == ()
        assert list_erasures(session, before).rows == ()
    (row,) = found.rows
    assert (row.rule, row.reason, row.texts) == ("rule", "Frist abgelaufen", shown.texts)
    assert (row.person, row.about) == (session.actor.person, {"finding": 1})
    assert (found.kept, found.unruled) == (frozenset(), frozenset())
    assert done.preview.mark == shown.mark


def pages(place: str) -> bytes:
    """Decrypt every page of a file and of its write-ahead log, free ones and old ones too."""
    key = bytes.fromhex(os.environ[VARIABLE])
    file, log = Path(place).read_bytes(), Path(f"{place}-wal")
    found = [file[start : start + _PAGE] for start in range(0, len(file), _PAGE)]
    waiting = log.read_bytes()[32:] if log.exists() else b""
    frame = _PAGE + 24
    found += [waiting[at : at + frame][24:] for at in range(0, len(waiting), frame)]
    return b"".join(_decrypted(page, key, is_first=not at) for at, page in enumerate(found))


def _decrypted(page: bytes, key: bytes, *, is_first: bool) -> bytes:
    vector = page[_PAGE - _RESERVED :][:16]
    decryptor = Cipher(algorithms.AES256(key), modes.CBC(vector)).decryptor()
    return decryptor.update(page[16 if is_first else 0 : _PAGE - _RESERVED])


def test_neither_the_file_nor_its_log_holds_the_text_any_more(file_bank: Bank) -> None:
    with at("2026-01-10"):
        register(file_bank)
        find(file_bank, "M-00001")
    title = items.show_item(file_bank.session, "F-00001").state.details.title
    assert title is not None
    assert title.disclosure is not None
    written = [SECRET.encode(), SECRET.casefold().encode(), title.disclosure.encode()]
    assert all(needle in pages(file_bank.place) for needle in written)
    with at("2031-06-02"):
        define(file_bank)
        assert run(file_bank).is_purged
    assert not any(needle in pages(file_bank.place) for needle in written)


def test_while_somebody_reads_the_file_is_said_to_hold_it_still(file_bank: Bank) -> None:
    with at("2026-01-10"):
        register(file_bank)
        find(file_bank, "M-00001")
    with at("2031-06-02"):
        define(file_bank)
        with file_bank.session.workspace.read() as view:
            assert view.head().size
            assert not run(file_bank).is_purged
        assert file_bank.session.workspace.purge()


def test_dossiers_name_the_gap_and_earlier_ones_still_verify(
    file_bank: Bank, tmp_path: Path
) -> None:
    out = tmp_path / "before.pdf"
    with at("2027-01-10"):
        key = register(file_bank)
        find(file_bank, "M-00001")
        by = file_bank.as_("Jonas Brandt")
        dossiers.export_dossier(by, Order("1", out), file_bank.unlock("Jonas Brandt"))
    with at("2028-06-02"):
        define(file_bank, months=12)
        run(file_bank)
        found = dossiers.verify_dossier(out, session=file_bank.session)
        assert found.verdict.outcome is Outcome.VALID
    with file_bank.session.workspace.read() as view:
        chapter = items_chapter("finding")(view, models.read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    (newest, *_) = ledger.read_log(file_bank.session, model="M-00001")
    assert (newest.type, newest.summary) == ("text.erased", "rule")
    later = tmp_path / "later.pdf"
    with at("2028-06-02"):
        dossiers.export_dossier(by, Order("1", later), file_bank.unlock("Jonas Brandt"))
        again = dossiers.verify_dossier(later, session=file_bank.session)
        assert again.verdict.outcome is Outcome.VALID
    gaps = [field.values for field in chapter.parts[0].fields if field.name == "title"]
    assert gaps == [Missing(Reason.ERASED, "2028-06-02, rule")]


def test_a_text_deleted_without_an_event_is_missed_and_one_put_back_is_found(old: Bank) -> None:
    title = items.show_item(old.session, "F-00001").state.details.title
    other = items.show_item(old.session, "F-00002").state.details.title
    assert title is not None
    assert other is not None
    with at("2031-06-02"):
        define(old)
        run(old)
    alter(old, "DELETE FROM disclosures WHERE digest = :digest", digest=other.digest)
    assert failure(old) == "ledger.disclosure_missing" or failure(old) == "ledger.row_differs"
    back = {"digest": other.digest, "text": other.disclosure or ""}
    alter(old, "INSERT INTO disclosures VALUES (:digest, :text)", **back)
    assert failure(old) is None
    back = {"digest": title.digest, "text": title.disclosure or ""}
    alter(old, "INSERT INTO disclosures VALUES (:digest, :text)", **back)
    assert "ledger.erased_still_kept" in codes(old)


def codes(bank: Bank) -> set[str]:
    checks = ledger.verify_ledger(bank.session, whole=True).checks
    return {check.finding.error.code for check in checks if check.finding}


def test_an_event_that_erased_by_no_rule_or_one_that_ended_is_found(file_bank: Bank) -> None:
    with at("2026-01-10"):
        register(file_bank)
        find(file_bank, "M-00001")
        title = items.show_item(file_bank.session, "F-00001").state.details.title
        assert title is not None
        with file_bank.session.workspace.write(file_bank.session.actor) as work:
            reason = must_commit("weg damit")
            work.record(RetentionDefined("brief", Retained.ITEMS, 1, reason))
            work.record(RetentionEnded("brief"))
            work.record(TextErased("brief", reason, (title.digest,)))
            work.erase([title.digest])
        assert codes(file_bank) == {"ledger.erased_without_rule"}


def test_free_text_of_a_retired_model_goes_and_what_still_needs_it_keeps_it(bank: Bank) -> None:
    with at("2026-01-10"):
        custom_fields.define_field(bank.session, COST)
        own = {"custom.kostenstelle": f"4711, {SECRET}"}
        key = register(bank, purpose=f"Nach {SECRET}", name="PD Alt", **own)
        register(bank, name="PD Neu")
        number = find(bank, "M-00001", is_closed=False)
        define(bank, Retained.MODELS)
        models.move_model(bank.session, key, Move.RETIRE, reason=f"abgelöst durch {SECRET}")
        assert kept(bank, "M-00001") == {"M-00001": "not_due"}
        assert kept(bank, "M-00002") == {"M-00002": "model_not_retired"}
    with at("2031-06-02"):
        assert kept(bank) == {"M-00001": "open_item"}
        with pytest.raises(AppError, match=r"must_keep_open_item"):
            run(bank, "M-00001")
        close(bank, number)
        run(bank, "M-00001")
        sheet = models.show_model(bank.session, "M-00001")
        assert sheet.row.name == "PD Alt", "a name is no free text"
        purpose = sheet.state.details.purpose
        assert purpose is not None
        assert (purpose.text, purpose.erasure is not None) == (None, True)
        (own_text,) = (one.text for one in sheet.state.details.custom)
        assert own_text is not None
        assert (own_text.text, own_text.erasure is not None) == (None, True)
        assert failure(bank) is None
        with bank.session.workspace.read() as view:
            held = view.connection.execute(sa.select(custom_values.c.key)).scalars().all()
            states = view.connection.execute(sa.select(model_states.c.custom)).scalars().all()
        assert held == [""], "there is a value, and nobody can read it"
        assert not any(SECRET.casefold() in (text or "") for text in states)


def test_signed_approvals_hold_when_what_they_were_about_is_erased(bank: Bank) -> None:
    with at("2027-01-10"):
        request = ask(bank)
        for name in ("Jonas Brandt", "Miriam Sander"):
            cast(bank, request, name)
        models.move_model(bank.session, "M-00001", Move.RETIRE, reason=f"wegen {SECRET}")
        define(bank, Retained.MODELS, 12)
        assert failure(bank) is None
    with at("2028-06-02"):
        fields = {text.field for text in preview_rule(bank.session, "rule").going[0].texts}
        assert {"details.purpose", "comment", "reason"} <= fields
        assert "name" not in fields, "who signed is no free text"
        run(bank)
        assert failure(bank) is None
        sheet = reviews.show_sheet(bank.session, request)
        assert sheet.row.comment is None
        assert sheet.faults == {}
        (purpose,) = (one.then for one in sheet.fields if one.name == "model.purpose")
        assert purpose.erasure is not None
        assert (purpose.text, purpose.is_erased, purpose.erasure.rule) == ("", True, "rule")


def test_dating_a_closing_back_shortens_nothing(file_bank: Bank) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with at("2026-01-10"):
        register(file_bank)
        told = Given(TEXTS, ("M-00001",), effective=long_ago)
        id = items.open_item(file_bank.as_("Jonas Brandt"), FINDING, told).id
        number = items.show_item(file_bank.session, id).row.number
        define(file_bank, months=12)
        given = Given({}, reason="schon lange erledigt", effective=long_ago)
        items.take_step(file_bank.as_("Jonas Brandt"), FINDING, number, "withdraw", given)
    with at("2027-01-09"):
        assert kept(file_bank, number) == {number: "not_due"}
    with at("2027-01-10"):
        assert [one.id for one in run(file_bank).preview.going] == [number]


def test_ten_years_of_the_ai_act_come_before_a_shorter_rule(file_bank: Bank) -> None:
    bank = file_bank
    with at("2026-08-02"):
        key = register(bank)
        find(bank, "M-00001")
        standing.activate_profile(bank.session, "eu-ai-act", clock.today(), "Beschluss")
        decision = scoping.ScopeDecision(True, "Kreditwürdigkeit")
        scoping.scope_model(bank.session, key, "eu-ai-act", decision)
        define(bank)
        models.move_model(bank.session, key, Move.RETIRE, reason="abgelöst")
    with at("2031-08-03"):
        assert kept(bank) == {"F-00001": "ai_act"}
        with pytest.raises(AppError, match=r"must_keep_ai_act"):
            run(bank, "F-00001")
    with at("2036-08-03"):
        assert run(bank).preview.texts == 2


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


def test_a_rejected_candidate_s_reason_goes(file_bank: Bank) -> None:
    bank = file_bank
    with at("2026-01-10"):
        for name in ("Rechner.xlsx", "Alt.xlsx"):
            declarations.declare_candidate(bank.session, name, f"R:/{name}")
        first, second = (row.id for row in candidates.list_candidates(bank.session))
        define(bank, Retained.CANDIDATES, 6)
        candidates.reject_candidate(bank.session, first, Verdict.OUT_OF_SCOPE, SECRET)
    with at("2026-08-01"):
        assert kept(bank, second) == {second: "not_rejected"}
        assert [one.id for one in run(bank).preview.going] == [first]
        assert failure(bank) is None


def test_rules_are_checked_and_end(file_bank: Bank) -> None:
    bank = file_bank
    define(bank)
    wrong = {
        "rule_known": ("rule", Retained.ITEMS, 6, "x", ()),
        "id_refused": ("Meine Regel", Retained.ITEMS, 6, "x", ()),
        "months_refused": ("b", Retained.ITEMS, 0, "x", ()),
        "kinds_refused": ("b", Retained.MODELS, 6, "x", ("finding",)),
        "reason_missing": ("b", Retained.ITEMS, 6, " ", ()),
    }
    for code, (id, what, months, reason, chosen) in wrong.items():
        with pytest.raises(AppError, match=rf"retention\.{code}"):
            define_rule(bank.session, id, what, months, reason, chosen)
    with pytest.raises(AppError, match=r"retention\.not_concerned"):
        preview_rule(bank.session, "rule", ("F-00099",))
    end_rule(bank.session, "rule", "neu gefasst")
    with pytest.raises(AppError, match=r"retention\.rule_ended"):
        run(bank)
    with pytest.raises(AppError, match=r"retention\.unknown_rule"):
        end_rule(bank.session, "nothing")
    assert [row.ended_at is not None for row in list_rules(bank.session)] == [True]


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
