"""An attestation campaign from its opening to its end, by its owners and nobody else."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from io import BytesIO

import pytest
from openpyxl import Workbook

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.attestations import Answer, Gap, Stage, Target
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import delegations, ledger, models, people
from mlops_desktop.services.attestations import (
    answering,
    comparing,
    drafts,
    intake,
    running,
    showing,
)
from mlops_desktop.services.attestations.answering import Wish
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.services.delegations import NewDelegation
from mlops_desktop.services.imports import Source
from mlops_desktop.services.notices.collecting import Wanted, collect
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

OWNER, OTHER, MANAGER = "Corinna Wolters", "Mateusz Kowalczyk", FOUNDER
DEPUTY = "Miriam Sander"
YEAR = datetime.now(UTC).year + 1
"""The keys of the people are made today: nobody signs before that."""
OPENED = datetime(YEAR, 9, 1, 8, tzinfo=UTC)
DUE = date(YEAR, 9, 30)
TARGETS = (Target("100", 1), Target("50", 2))
WANTED = NewCampaign("Inventar zum 30.09.2026", "Die Angaben treffen zu.", DUE, TARGETS)


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with clock.reading(lambda: OPENED):
        yield


@pytest.fixture
def campaign(bank: Bank) -> str:
    """A campaign over two models of tier 1, two of tier 2, one of them without an owner."""
    register(bank, name="PD")
    register(bank, name="LGD", owner=OTHER)
    register(bank, name="CCF", tier="2")
    register(bank, name="Scorekarte", tier="2", owner="")
    return running.open_campaign(bank.session, WANTED).id


def _say(bank: Bank, who: str, *wishes: Wish) -> answering.Given:
    return answering.give_answers(bank.as_(who), "AC-1", wishes)


def _codes(given: answering.Given) -> list[tuple[int, str]]:
    return [(one.row, one.error.code) for one in given.refusals]


@pytest.mark.usefixtures("campaign")
def test_a_campaign_is_answered_and_closed(bank: Bank) -> None:
    sheet = showing.show_campaign(bank.session, "ac-00001")
    assert [(one.tier, one.asked, one.covered, one.lacking) for one in sheet.coverage] == [
        (1, 2, 0, 2),
        (2, 2, 0, 1),
    ]
    assert [(one.name, [row.id for row in one.models]) for one in showing.remind(sheet)] == [
        (OWNER, ["M-00001", "M-00003"]),
        (OTHER, ["M-00002"]),
        ("", ["M-00004"]),
    ]
    given = _say(
        bank,
        OWNER,
        Wish("PD", Answer.CANNOT_SAY, "Akte fehlt"),
        Wish("3", Answer.CHANGED, "neuer Name"),
    )
    assert given.is_recorded
    with pytest.raises(AppError, match=r"campaign\.targets_unmet") as unmet:
        running.close_campaign(bank.session, "AC-1")
    told = unmet.value.parameters
    assert told["tiers"] == "1: 0/2 (0 % < 100 %)"
    assert (told["not_answered"], told["cannot_say"], told["no_owner"]) == (
        "M-00002",
        "M-00001",
        "–",
    )
    _say(bank, OWNER, Wish("M-1", Answer.CORRECT))
    _say(bank, OTHER, Wish("M-2", Answer.CORRECT))
    running.close_campaign(bank.session, "AC-1", "vollständig")
    with pytest.raises(AppError, match=r"campaign\.not_open"):
        running.extend_campaign(bank.session, "AC-1", DUE + timedelta(9), "mehr Zeit")
    assert _codes(_say(bank, OWNER, Wish("M-1", Answer.CORRECT))) == [(0, "attestation.not_open")]

    models.move_model(bank.session, "M-1", Move.RETIRE, reason="abgelöst")
    sheet = showing.show_campaign(bank.session, "AC-1")
    assert sheet.row.stage is Stage.CLOSED
    assert not sheet.left, "it stands as it stood at its end"
    said = [one.answer for one in showing.list_given(bank.session, "AC-1")]
    assert said == [Answer.CANNOT_SAY, Answer.CHANGED, Answer.CORRECT, Answer.CORRECT]
    assert ledger.verify_ledger(bank.session).is_ok


@pytest.mark.usefixtures("campaign")
def test_only_owners_and_their_deputies_answer(bank: Bank) -> None:
    given = _say(
        bank,
        OTHER,
        Wish("M-2", Answer.CORRECT, row=2),
        Wish("M-1", Answer.CORRECT, row=3),
        Wish("M-4", Answer.CORRECT, row=4),
        Wish("M-2", Answer.CORRECT, row=5),
        Wish("M-99", Answer.CORRECT, row=6),
    )
    refused = ["not_owner", "no_owner", "twice", "not_asked"]
    assert _codes(given) == [(row, f"attestation.{one}") for row, one in enumerate(refused, 3)]
    assert not showing.list_given(bank.session, "AC-1"), "one refusal and nothing is recorded"
    for answer in (Answer.CHANGED, Answer.CANNOT_SAY):
        given = _say(bank, OTHER, Wish("M-2", answer, " "))
        assert _codes(given) == [(0, "attestation.comment_missing")]

    for holder in (DEPUTY, MANAGER):
        wanted = NewDelegation(bank.ids[holder], OPENED.date(), DUE)
        delegations.grant_delegation(bank.as_(OWNER), wanted, bank.unlock(OWNER))
    assert _codes(_say(bank, MANAGER, Wish("M-1", Answer.CORRECT))) == [
        (0, "attestation.risk_manager")
    ]
    assert _say(bank, DEPUTY, Wish("M-1", Answer.CORRECT)).is_recorded
    (one,) = showing.list_given(bank.session, "AC-1")
    assert (one.person, one.on_behalf_of) == (bank.ids[DEPUTY], bank.ids[OWNER])
    later = datetime(YEAR, 10, 1, 8, tzinfo=UTC)
    with clock.reading(lambda: later):
        given = _say(bank, DEPUTY, Wish("M-1", Answer.CORRECT))
        assert _codes(given) == [(0, "attestation.delegation_expired")]


@pytest.mark.usefixtures("campaign")
def test_who_has_no_person_reads_it_and_is_asked_nothing(bank: Bank) -> None:
    assert answering.show_answerable(bank.read_only(), "AC-1") == ()


@pytest.mark.usefixtures("campaign")
def test_only_risk_managers_run_it(bank: Bank) -> None:
    owner = bank.as_(OWNER)
    acts: tuple[Callable[[], object], ...] = (
        lambda: running.open_campaign(owner, WANTED),
        lambda: running.extend_campaign(owner, "AC-1", DUE + timedelta(1), "mehr Zeit"),
        lambda: running.withdraw_campaign(owner, "AC-1", "falsch"),
        lambda: running.close_campaign(owner, "AC-1"),
    )
    for act in acts:
        with pytest.raises(AppError, match=r"campaign\.refused_role"):
            act()
    for wrong, code in (
        (replace(WANTED, title=" "), "title_missing"),
        (replace(WANTED, statement=""), "statement_missing"),
        (replace(WANTED, due=date(YEAR, 8, 31)), "due_past"),
        (replace(WANTED, targets=()), "target_missing"),
        (replace(WANTED, targets=(Target("1", 1), Target("2", 1))), "target_twice"),
        (replace(WANTED, scope="tier:4"), "nothing_in_scope"),
    ):
        with pytest.raises(AppError, match=rf"campaign\.{code}"):
            running.open_campaign(bank.session, wrong)
    with pytest.raises(AppError, match=r"campaign\.not_later"):
        running.extend_campaign(bank.session, "AC-1", DUE, "mehr Zeit")
    running.extend_campaign(bank.session, "AC-1", DUE + timedelta(30), "Urlaubszeit")
    running.withdraw_campaign(bank.session, "AC-1", "falscher Umfang")
    row = showing.show_campaign(bank.session, "AC-1").row
    assert (row.stage, row.due) == (Stage.WITHDRAWN, DUE + timedelta(30))
    assert row.end is not None
    assert row.end.said is not None
    assert row.end.said.text == "falscher Umfang"


@pytest.mark.usefixtures("campaign")
def test_what_is_frozen_stays_and_what_left_is_named(bank: Bank) -> None:
    models.edit_model(bank.session, "M-1", {"tier": "3", "owner": OTHER})
    models.edit_model(bank.session, "M-4", {"owner": DEPUTY})
    models.move_model(bank.session, "M-2", Move.RETIRE, reason="abgelöst")
    register(bank, name="Nachzügler")
    sheet = showing.show_campaign(bank.session, "AC-1")
    assert [(one.tier, one.asked, one.left) for one in sheet.coverage] == [(1, 2, 1), (2, 2, 0)]
    assert [row.id for row in sheet.left] == ["M-00002"]
    assert sheet.asked[0].person == bank.ids[OWNER], "whose it was"
    assert _codes(_say(bank, OWNER, Wish("M-1", Answer.CORRECT))) == [(0, "attestation.not_owner")]
    assert _codes(_say(bank, OTHER, Wish("M-2", Answer.CORRECT))) == [(0, "attestation.has_left")]
    assert _say(bank, OTHER, Wish("M-1", Answer.CORRECT)).is_recorded
    assert _say(bank, DEPUTY, Wish("M-4", Answer.NOT_MINE)).is_recorded

    found = comparing.compare_campaign(bank.session, "AC-1")
    told = {one.id: {f.field: (f.before, f.after) for f in one.fields} for one in found.asked}
    assert told["M-00001"] == {"tier": ("1", "3"), "owner": (OWNER, OTHER)}
    assert told["M-00002"]["state"] == ("development", "retired")
    assert "M-00003" not in told
    assert [(one.id, one.is_new) for one in found.others] == [("M-00005", True)]
    people.revoke_person(bank.session, DEPUTY, "ausgeschieden")
    gaps = {row.id: row.standing.gap for row in showing.show_campaign(bank.session, "AC-1").open}
    assert gaps == {"M-00003": Gap.NOT_ANSWERED, "M-00004": Gap.NOT_MINE}


@pytest.mark.usefixtures("campaign")
def test_it_is_read_as_of_any_date(bank: Bank) -> None:
    for day in range(2, 5):
        now = datetime(YEAR, 9, day, 8, tzinfo=UTC)
        with clock.reading(partial(datetime.fromisoformat, now.isoformat())):
            match day:
                case 2:
                    _say(bank, OWNER, Wish("M-1", Answer.CANNOT_SAY, "Akte fehlt"))
                case 3:
                    _say(bank, OWNER, Wish("M-1", Answer.CORRECT))
                    people.revoke_person(bank.session, OTHER, "ausgeschieden")
                case _:
                    running.withdraw_campaign(bank.session, "AC-1", "falscher Umfang")
    told = []
    for day in range(1, 5):
        as_of = AsOf(known=date(YEAR, 9, day))
        (sheet,) = showing.list_campaigns(bank.session, as_of)
        first, second = sheet.asked[:2]
        said = first.answer.answer if first.answer else None
        told.append((sheet.row.stage, said, second.standing.gap))
    assert told == [
        (Stage.OPEN, None, Gap.NOT_ANSWERED),
        (Stage.OPEN, Answer.CANNOT_SAY, Gap.NOT_ANSWERED),
        (Stage.OPEN, Answer.CORRECT, Gap.NO_OWNER),
        (Stage.WITHDRAWN, Answer.CORRECT, Gap.NO_OWNER),
    ]
    with pytest.raises(AppError, match=r"campaign\.not_found"):
        showing.show_campaign(bank.session, "AC-1", AsOf(known=date(YEAR, 8, 31)))


@pytest.mark.usefixtures("campaign")
def test_drafts_are_mine_and_given_together(bank: Bank) -> None:
    owner = bank.as_(OWNER)
    filled = drafts.fill_drafts(owner, "AC-1", Answer.CORRECT, apart_from=["M-3"])
    assert [one.answer for one in filled] == [Answer.CORRECT]
    drafts.keep_drafts(owner, "AC-1", [Wish("M-3", Answer.CHANGED)])
    assert not drafts.read_drafts(bank.as_(OTHER), "AC-1")
    with pytest.raises(AppError, match=r"attestation\.not_owner"):
        drafts.keep_drafts(bank.as_(OTHER), "AC-1", [Wish("M-3", Answer.CORRECT)])
    given = drafts.submit_drafts(owner, "AC-1")
    assert _codes(given) == [(2, "attestation.comment_missing")]
    assert len(drafts.read_drafts(owner, "AC-1")) == 2, "refused, they are kept"
    assert not showing.list_given(bank.session, "AC-1")
    drafts.keep_drafts(owner, "AC-1", [Wish("M-3", Answer.CHANGED, "neuer Name")])
    assert drafts.submit_drafts(owner, "AC-1").is_recorded
    assert not drafts.read_drafts(owner, "AC-1")
    assert showing.show_campaign(bank.session, "AC-1").covered == 2
    with pytest.raises(AppError, match=r"attestation\.nothing_said"):
        drafts.submit_drafts(owner, "AC-1")
    drafts.keep_drafts(owner, "AC-1", [Wish("M-3", Answer.NOT_MINE)])
    drafts.keep_drafts(owner, "AC-1", [Wish("M-3", None)])
    assert drafts.drop_drafts(owner, "AC-1") == 0


@pytest.mark.usefixtures("campaign")
def test_answers_come_back_in_a_sheet(bank: Bank) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in (
        ("Modell-ID", "Modell", "Antwort", "Bemerkung"),
        ("M-00001", "PD", "Stimmt", ""),
        ("M-00002", "LGD", "vielleicht", ""),
        ("M-00003", "CCF", "", ""),
    ):
        sheet.append(line)
    out = BytesIO()
    book.save(out)
    given = intake.take_answers(bank.as_(OWNER), "AC-1", Source("a.xlsx", out.getvalue()))
    assert (given.answers, given.is_recorded) == (2, False)
    assert _codes(given) == [(3, "attestation.answer_unknown")]
    text = "ID;Antwort;Kommentar\nM-00001;ja;\nM-00003;geändert;neuer Name\n"
    source = Source("a.csv", text.encode("cp1252"))
    assert not intake.take_answers(bank.as_(OWNER), "AC-1", source, is_dry=True).is_recorded
    assert intake.take_answers(bank.as_(OWNER), "AC-1", source).is_recorded
    assert [one.answer for one in showing.list_given(bank.session, "AC-1")] == [
        Answer.CORRECT,
        Answer.CHANGED,
    ]
    with pytest.raises(AppError, match=r"attestation\.no_columns"):
        intake.take_answers(bank.as_(OWNER), "AC-1", Source("a.csv", b"Name;Antwort\nPD;ja\n"))


@pytest.mark.usefixtures("campaign")
def test_it_is_told_to_owners_and_risk_managers(bank: Bank) -> None:
    def told(name: str) -> list[str]:
        digest = collect(bank.session, Wanted(person=name))
        return [one.id for one in digest.notices if one.kind == "attestation"]

    assert told(OWNER) == ["AC-00001/M-00001", "AC-00001/M-00003"]
    assert told(MANAGER) == ["AC-00001/M-00004"]
    _say(bank, OWNER, Wish("M-1", Answer.CORRECT), Wish("M-3", Answer.NOT_MINE))
    assert told(OWNER) == []
    assert told(MANAGER) == ["AC-00001/M-00003", "AC-00001/M-00004"]


def test_two_models_of_one_name_are_told_apart(file_bank: Bank) -> None:
    other = _record(file_bank, "PD", "PD", "M-00001")[1]
    running.open_campaign(file_bank.session, WANTED)
    given = _say(file_bank, OWNER, Wish("PD", Answer.CORRECT, row=7))
    assert _codes(given) == [(7, "model.ambiguous")]
    wishes = (Wish("M-00001", Answer.CORRECT), Wish(other, Answer.CORRECT))
    assert _say(file_bank, OWNER, *wishes).is_recorded
    said = showing.show_campaign(file_bank.session, "AC-1").asked
    assert [row.answer is not None for row in said] == [True, True, False]


def test_four_thousand_models_in_one_transaction(file_bank: Bank) -> None:
    _record(file_bank, *(f"M {number}" for number in range(4_000)))
    before = _size(file_bank)
    running.open_campaign(file_bank.session, WANTED)
    assert 2 <= _size(file_bank) - before - 1 <= 6, "bodies are limited to 256 KiB"
    drafts.fill_drafts(file_bank.as_(OWNER), "AC-1", Answer.CORRECT, apart_from=["M-00001"])
    given = drafts.submit_drafts(file_bank.as_(OWNER), "AC-1")
    assert given.answers == 3_999
    tiers = showing.show_campaign(file_bank.session, "AC-1").coverage
    assert [one.percent for one in tiers] == ["99.9", "100", "100", "100"]
    with pytest.raises(AppError, match=r"campaign\.targets_unmet"):
        running.close_campaign(file_bank.session, "AC-1")


def _record(bank: Bank, *names: str) -> list[str]:
    """Record models of all tiers in turn, those too that a form would refuse."""
    keys = [new_id() for _ in names]
    with bank.session.workspace.write(bank.session.actor) as work:
        for at, (key, name) in enumerate(zip(keys, names, strict=True)):
            details = ModelDetails(name=name, owner=bank.ids[OWNER], tier=at % 4 + 1)
            work.record(ModelRegistered(key, details))
    return keys


def _size(bank: Bank) -> int:
    with bank.session.workspace.read() as view:
        return view.head().size
