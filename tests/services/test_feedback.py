"""Experts' feedback: hundreds at once, counted, answered by others, taken up in one finding."""

from datetime import date, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.feedback import FEEDBACK
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services.feedback import (
    Choice,
    answer_many,
    count_feedback,
    make_finding,
    take_in,
)
from mlops_desktop.services.imports import Source
from mlops_desktop.services.items import (
    Given,
    edit_item,
    list_items,
    open_item,
    show_item,
    take_step,
)
from mlops_desktop.store.queries.item_filter import ItemFilter
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

EXPERT = "Jonas Brandt"
HEAD = "Grund\tSegment\tAktenzeichen\tBeschreibung\n"
STAY, GONE = "wäre ohnehin geblieben", "schon gekündigt"
ROWS = [
    f"{STAY if at % 3 else GONE}\t{'Filiale' if at % 2 else 'Online'}\tK-{at}\tFall {at}\n"
    for at in range(212)
]


def pasted(*rows: str, head: str = HEAD) -> Source:
    return Source("pasted.csv", (head + "".join(rows)).encode())


@pytest.fixture
def model(bank: Bank) -> str:
    return register(bank)


def test_hundreds_are_pasted_at_once_and_counted(bank: Bank, model: str) -> None:
    done = take_in(bank.as_(EXPERT), model, pasted(*ROWS))
    assert (done.rows, done.refusals, done.is_recorded) == (212, (), True)
    counts = count_feedback(bank.session, model)
    assert sum(one.cases for one in counts) == sum(one.open for one in counts) == 212
    assert {(one.cause, one.segment) for one in counts} == {
        (cause, segment) for cause in (STAY, GONE) for segment in ("Filiale", "Online")
    }
    assert counts[0].cases >= counts[-1].cases


def test_a_dry_run_records_nothing(bank: Bank, model: str) -> None:
    done = take_in(bank.as_(EXPERT), model, pasted(*ROWS[:3]), is_dry=True)
    assert (done.rows, done.is_recorded) == (3, False)
    assert count_feedback(bank.session, model) == ()


def test_a_sheet_without_reasons_is_refused(bank: Bank, model: str) -> None:
    with pytest.raises(AppError, match=r"feedback\.no_cause"):
        take_in(bank.as_(EXPERT), model, pasted("Filiale\n", head="Segment\n"))


def test_others_answer_and_who_gave_it_does_not(bank: Bank, model: str) -> None:
    take_in(bank.as_(EXPERT), model, pasted(*ROWS[:9]))
    choice = Choice(model, GONE)
    with pytest.raises(AppError, match=r"feedback\.own"):
        answer_many(bank.as_(EXPERT), choice, "Danke")
    with pytest.raises(AppError, match=r"feedback\.answer_missing"):
        answer_many(bank.session, choice, " ")
    answer_many(bank.session, choice, "Wird ab Version 8 herausgefiltert")
    counts = {one.cause: one.open for one in count_feedback(bank.session, model)}
    assert counts[GONE] == 0
    assert counts[STAY] > 0
    with pytest.raises(AppError, match=r"feedback\.none_open"):
        answer_many(bank.session, choice, "Noch einmal")


def test_the_pattern_behind_cases_becomes_a_finding(bank: Bank, model: str) -> None:
    take_in(bank.as_(EXPERT), model, pasted(*ROWS[:9]))
    done = make_finding(bank.as_(EXPERT), Choice(model, STAY), "Zielgruppe", date(2030, 1, 31))
    finding = show_item(bank.session, done.id, kind=FINDING)
    assert finding.state.details.title is not None
    assert "6 × " not in (finding.state.details.title.text or "")
    assert f"{STAY} / Filiale" in (finding.state.details.description.text or "")  # type: ignore[union-attr]
    counts = {one.cause: one.open for one in count_feedback(bank.session, model)}
    assert (counts[STAY], counts[GONE] > 0) == (0, True)


def test_one_by_one_it_is_an_item_as_any(bank: Bank, model: str) -> None:
    given = Given({"title": "Kunde war umgezogen", "cause": "Adresse"}, (model,))
    id = open_item(bank.as_(EXPERT), FEEDBACK, given).id
    with pytest.raises(AppError, match=r"item\."):
        take_step(bank.as_(EXPERT), FEEDBACK, id, "answer", Given({"answer": "selbst"}))
    take_step(bank.as_(FOUNDER), FEEDBACK, id, "answer", Given({"answer": "behoben"}))
    assert list_items(bank.session, ItemFilter(("feedback",))) == ()


def test_english_headings_are_known_too(file_bank: Bank) -> None:
    key = register(file_bank)
    english = pasted("wrong address;North\n", head="Reason;Segment\n")
    assert take_in(file_bank.as_(EXPERT), key, english).is_recorded


def test_counts_are_those_of_the_day_asked_for(file_bank: Bank) -> None:
    key, today = register(file_bank), clock.today()
    take_in(file_bank.as_(EXPERT), key, pasted("moved\tNorth\n", head="Reason\tSegment\n"))
    (row,) = list_items(file_bank.session, ItemFilter(("feedback",)))
    later = clock.now() + timedelta(days=2)
    with clock.reading(lambda: later):
        edit_item(file_bank.session, FEEDBACK, row.id, Given({"cause": "died"}))
        (then,) = count_feedback(file_bank.session, key, AsOf(today, today))
        (now,) = count_feedback(file_bank.session, key)
    assert (then.cause, now.cause) == ("moved", "died")


def test_named_cases_alone_are_answered_all_or_none(file_bank: Bank) -> None:
    key = register(file_bank)
    take_in(file_bank.as_(EXPERT), key, pasted(*ROWS[:4]))
    chosen = Choice(key, cases=("FB-00001", "FB-00003"))
    answer_many(file_bank.session, chosen, "Behoben")
    with pytest.raises(AppError, match=r"feedback\.not_open"):
        answer_many(file_bank.session, Choice(key, cases=("FB-00002", "FB-00003")), "Noch einmal")
    left = list_items(file_bank.session, ItemFilter(("feedback",)))
    assert [row.number for row in left] == ["FB-00002", "FB-00004"]
