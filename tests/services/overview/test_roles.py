"""Expert, data scientist, data engineer, software engineer and DevOps: what each finds first."""

from datetime import date, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.events.checks import CheckDetails, CheckKind, CheckObserved, Verdict
from mlops_desktop.core.items.feedback import FEEDBACK
from mlops_desktop.core.items.use_cases import USE_CASE
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import deployments, feedback, items, models
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.items import Given
from mlops_desktop.services.overview import data, devops, expert, science, software
from mlops_desktop.services.overview.cards import Beside, Look, Marked, Said
from tests.services.conftest import FOUNDER, Bank
from tests.services.lineage_bank import CLEAN, SEEN, History, learned
from tests.services.overview.ways import figures_of, first_card, parameters, table
from tests.services.overview_rows import count_rows, counted
from tests.services.steps import register
from tests.services.test_comparison import add, fix

DUE = date(2096, 12, 15)
EXPERT, OWNER, DEVELOPER = "Jonas Brandt", "Corinna Wolters", "Mateusz Kowalczyk"
READERS = (expert, science, data, software, devops)


def look(bank: Bank, who: str, as_of: AsOf = NOW) -> Look:
    return Look(bank.as_(who), as_of)


@pytest.fixture
def model(bank: Bank) -> str:
    """A model of the owner and the developer: v7 serves, v8 challenges it; another is nobody's."""
    key = register(bank)
    models.register_model(bank.session, {"name": "Verhaltensscore Girokonto"})
    add(bank, key, "7", "0.74", "0.031", "d1")
    add(bank, key, "8", "0.76", "0.035", "d2")
    for label, role in (("7", "champion"), ("8", "challenger")):
        deployments.open_deployment(bank.session, key, Place(label, "production", role))
    return key


def test_an_expert_finds_the_answer_and_the_finding_that_cases_became(
    bank: Bank, model: str
) -> None:
    by = bank.as_(EXPERT)
    ids = [
        items.open_item(by, FEEDBACK, Given({"title": f"Fall {at}", "cause": cause}, (model,))).id
        for at, cause in enumerate(("zu spät", "war schon weg", "war schon weg", "unklar"))
    ]
    answer = Given({"answer": "Behoben in Version 9."})
    items.take_step(bank.as_(OWNER), FEEDBACK, ids[0], "answer", answer)
    choice = feedback.Choice(model, cause="war schon weg")
    finding = feedback.make_finding(bank.as_(OWNER), choice, "Falsche Auswahl", DUE).id
    cards = expert.read_cards(look(bank, EXPERT))
    waits = first_card(cards)
    assert [one.way.record for one in waits.waits] == [ids[0], finding]
    assert parameters(waits.waits[0].about)["text"] == "Behoben in Version 9."
    assert parameters(waits.waits[0].more[0])["by"] == OWNER
    assert parameters(waits.waits[1].about)["n"] == 2
    found = figures_of(cards)
    told = {name.rpartition(".")[2]: value for name, value in found.items()}
    assert told == {"open": 1, "answered": 1, "taken_up": 2}  # no model is hers: of all, no number
    assert figures_of(expert.read_cards(look(bank, OWNER)))["overview.own.models"] == 1


def test_models_stand_against_their_business_goals(bank: Bank, model: str) -> None:
    goal = {
        "title": "Kundenbindung",
        "approved_use": "Halten",
        "kpi": "Kündigungsquote",
        "direction": "at_most",
        "target": "-2",
        "unit": "%",
    }
    use = items.open_item(bank.session, USE_CASE, Given(goal, (model,))).id
    bare = Given({"title": "Preise", "approved_use": "Preise", "owner": EXPERT}, (model,))
    items.open_item(bank.session, USE_CASE, bare)
    for who in (OWNER, EXPERT):  # on the record, or of a use
        cards = expert.read_cards(look(bank, who))
        first, second = table(cards, "overview.expert.goals").rows
        assert isinstance(first.cells[-1], Marked)
        assert (first.way.record, first.cells[-1].mood) == (use, "warn")  # unmeasured is not met
        assert second.cells[1] == "Preise"
        assert figures_of(cards)["overview.own.models"] == 1
    nobodys = table(expert.read_cards(look(bank, FOUNDER)), "overview.expert.goals")
    assert nobodys.lead is not None
    assert nobodys.lead.key == "overview.expert.goals_all"


def test_a_data_scientist_finds_the_experiment_and_both_versions(bank: Bank, model: str) -> None:
    experiment = fix(bank, model)
    cards = science.read_cards(look(bank, DEVELOPER))
    assert first_card(cards).waits[0].way.record == experiment
    beside = next(one for one in cards if isinstance(one, Beside))
    rows = {str(row.name): row.cells for row in beside.rows}
    assert list(rows) == ["gini", "brier"]  # what the experiment is decided by comes first
    assert [isinstance(cell, Marked) for cell in rows["gini"]] == [False, True]
    assert [isinstance(cell, Marked) for cell in rows["brier"]] == [True, False]
    (row,) = table(cards, "overview.science.deployed").rows
    assert (row.cells[1], row.cells[2], row.cells[4]) == ("gini", "7", "8")
    assert row.way.record == "M-00001#comparison"


def test_a_data_engineer_finds_the_failed_check_and_what_hangs_on_it(bank: Bank) -> None:
    history = History(bank)
    history.clean("a", "clean-1")
    history.dataset(CLEAN, "clean-1")
    name = history.model("Bonität", "1", learned(CLEAN, "clean-1"))
    history.check(Verdict.PASSED, "0.2", 3)
    assert first_card(data.read_cards(look(bank, OWNER))).waits == ()
    history.check(Verdict.FAILED, "2.9", 4)
    wait, *others = first_card(data.read_cards(look(bank, OWNER))).waits
    assert (wait.way.record, others) == ("lake/konten", [])
    told = parameters(wait.about)
    assert wait.about.key == "overview.data.completeness"
    assert [getattr(told[one], "value", None) for one in ("found", "asked")] == [97.1, 99]
    assert parameters(wait.more[0])["models"] == name


def test_red_tests_and_what_the_gate_refuses_come_first(bank: Bank, model: str) -> None:
    check = CheckDetails(
        name="last", suite="antworten", kind=CheckKind.TEST, verdict=Verdict.FAILED, total=412,
        failed=3, subjects=(Subject("PD Mittelstand (IRB)", "8"),),
    )  # fmt: skip
    history = History(bank)
    history.record(CheckObserved(new_id(), "ci", "junit/8.xml", (model,), check, SEEN))
    cards = software.read_cards(look(bank, DEVELOPER))
    (wait,) = first_card(cards).waits
    assert parameters(wait.what)["version"] == "8"
    assert parameters(parameters(wait.about)["told"])["failed"] == 3
    assert wait.way.record == "M-00001#tests"
    refused = first_card(devops.read_cards(look(bank, FOUNDER))).waits
    assert len(refused) == 2  # neither was ever approved
    told = [parameters(one)["reason"] for one in refused[0].more]
    reasons = {one.key for one in told if isinstance(one, Said)}
    assert "gate.approval_missing" in reasons
    passed = CheckDetails(
        name="last", suite="antworten", kind=CheckKind.TEST, verdict=Verdict.PASSED, total=412,
        failed=0, subjects=(Subject("PD Mittelstand (IRB)", "8"),),
    )  # fmt: skip
    later = CheckObserved(new_id(), "ci", "junit/9.xml", (model,), passed, SEEN)
    history.record(later)
    assert first_card(software.read_cards(look(bank, DEVELOPER))).waits == ()


def test_every_figure_counts_the_rows_it_leads_to(file_bank: Bank) -> None:
    model = register(file_bank)
    items.open_item(file_bank.as_(EXPERT), FEEDBACK, Given({"title": "Fall"}, (model,)))
    History(file_bank).clean("a", "clean-1", status="FAIL")
    for as_of in (NOW, on(clock.today() - timedelta(days=1))):
        for read in (one.read_cards for one in READERS):
            for name, value, way in counted(read(look(file_bank, OWNER, as_of))):
                assert value == count_rows(file_bank.session, way, as_of), name
