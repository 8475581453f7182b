"""Versions of a model side by side; experiments fixed beforehand and concluded with bounds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW
from mlops_desktop.core.comparison import Hidden, Part
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.events.use_cases import Direction
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import DatasetInput, Metric, Pair, Run, VersionDetails
from mlops_desktop.core.items.experiments import EXPERIMENT, Outcome, outcome_of
from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.content import Part as PrintedPart
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import approvals
from mlops_desktop.services.comparison import Comparing, Comparison, compare_versions
from mlops_desktop.services.dossiers.chapters import experiments
from mlops_desktop.services.experiments import read_outcome, request_promotion
from mlops_desktop.services.items import Given, open_item, take_step
from mlops_desktop.services.models import read_sheet
from tests.services.conftest import Bank
from tests.services.steps import DEVELOPER, register


def add(bank: Bank, model: str, label: str, gini: str, brier: str, digest: str) -> None:
    run = Run(
        f"r{label}",
        metrics=(Metric("gini", gini), Metric("brier", brier)),
        parameters=(Pair("depth", label),),
        datasets=(DatasetInput("loans", digest),),
    )
    with bank.session.workspace.write(bank.as_(DEVELOPER).actor) as work:
        work.record(VersionRegistered(new_id(), model, VersionDetails(label, run=run)))


@pytest.fixture
def model(bank: Bank) -> str:
    key = register(bank)
    add(bank, key, "7", "0.74", "0.031", "d1")
    add(bank, key, "8", "0.76", "0.035", "d2")
    return key


def compare(bank: Bank, *versions: str, by: str | None = None) -> Comparison:
    return compare_versions(bank.session, "M-00001", Comparing(versions, by))


def test_versions_stand_side_by_side(bank: Bank, model: str) -> None:
    found = compare(bank, "7", "8")
    assert [one.version for one in found.columns] == ["7", "8"]
    told = {(line.part, line.name): line.values for line in found.lines}
    assert told[Part.METRIC, "gini"] == ("0.74", "0.76")
    assert told[Part.DATA, "loans"] == ("d1", "d2")
    assert told[Part.PARAMETER, "depth"] == ("7", "8")
    assert (found.criterion, found.best) == (None, None)


def test_the_best_by_a_criterion_with_what_it_hides(bank: Bank, model: str) -> None:
    found = compare(bank, "7", "8", by="gini")
    assert found.best == 1
    assert [(one.kind, one.name) for one in found.cautions] == [
        (Hidden.WORSE, "brier"),
        (Hidden.OTHER_DATA, "loans"),
    ]


def test_data_a_version_was_checked_on_is_not_what_it_learned_from(bank: Bank) -> None:
    key = register(bank)
    for label, learned, checked in (("7", "d1", "c1"), ("8", "d1", "c2")):
        used = (
            DatasetInput("loans", learned, context="Training"),
            DatasetInput("loans", checked, context="Validation"),
            DatasetInput("loans", f"{checked}t", context="test"),
        )
        run = Run(f"r{label}", metrics=(Metric("gini", f"0.{label}"),), datasets=used)
        with bank.session.workspace.write(bank.as_(DEVELOPER).actor) as work:
            work.record(VersionRegistered(new_id(), key, VersionDetails(label, run=run)))
    found = compare(bank, "7", "8", by="gini")
    told = {(line.part, line.name): line.values for line in found.lines}
    assert told[Part.DATA, "loans"] == ("d1", "d1")
    assert told[Part.CHECKED_ON, "loans"] == ("c1, c1t", "c2, c2t")
    assert [(one.kind, one.name) for one in found.cautions] == [(Hidden.OTHER_CHECKS, "loans")]


def test_what_cannot_be_compared_is_refused(bank: Bank, model: str) -> None:
    for versions, by, code in (
        (("7", "9"), None, "version.not_found"),
        (("7",), None, "comparison.too_few"),
        (("7", "8"), "ks", "comparison.metric_unknown"),
    ):
        with pytest.raises(AppError) as told:
            compare(bank, *versions, by=by)
        assert told.value.code == code


PLAN = {
    "title": "v8 gegen v7",
    "hypothesis": "v8 trennt besser",
    "criterion": "gini",
    "direction": "at_least",
    "smallest": "0.01",
    "sample": "1000",
    "champion": "7",
    "challenger": "8",
}
RESULT = {
    "champion_value": "0.74",
    "challenger_value": "0.76",
    "champion_sample": "1200",
    "challenger_sample": "1100",
    "lower": "0.012",
    "upper": "0.028",
    "confidence": "95",
}


def fix(bank: Bank, model: str, **texts: str) -> str:
    today = clock.today()
    days = {"starts": today.isoformat(), "ends": (today + timedelta(days=30)).isoformat()}
    return open_item(bank.session, EXPERIMENT, Given(PLAN | days | texts, (model,))).id


def conclude(bank: Bank, id: str, **texts: str) -> None:
    given = Given(RESULT | texts, reason="Auswertung")
    take_step(bank.session, EXPERIMENT, id, "conclude", given)


def test_a_promotion_is_asked_for_with_the_result(bank: Bank, model: str) -> None:
    id = fix(bank, model)
    with pytest.raises(AppError, match=r"experiment\.not_concluded"):
        request_promotion(bank.session, id, "production")
    conclude(bank, id)
    assert read_outcome(bank.session, id) is Outcome.BETTER
    asked = request_promotion(bank.session, id, "production", "bitte bald")
    row = approvals.show_request(bank.session, asked.id)
    assert (row.label, row.environment) == ("8", "production")
    assert "[0.012; 0.028], 95 %, better" in (row.comment or "")


def test_nobody_stops_early(bank: Bank, model: str) -> None:
    id = fix(bank, model)
    with pytest.raises(AppError, match=r"item\.refused_early"):
        conclude(bank, id, challenger_sample="999")
    later = clock.now() + timedelta(days=31)
    with clock.reading(lambda: later):
        conclude(bank, id, challenger_sample="999")


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        ({"challenger": "7"}, "item.refused_same_version"),
        ({"ends": "2020-01-01"}, "item.refused_ends_before"),
        ({"sample": "0"}, "item.refused_no_sample"),
    ],
)
def test_a_plan_that_decides_nothing_is_refused(
    file_bank: Bank, texts: dict[str, str], code: str
) -> None:
    with pytest.raises(AppError) as told:
        fix(file_bank, register(file_bank), **texts)
    assert told.value.code == code


def test_the_bounds_decide_not_the_figure() -> None:
    told = ExperimentDetails(direction=Direction.AT_LEAST, smallest="0.01", lower="0", upper="0.05")
    assert outcome_of(told) is Outcome.UNDECIDED
    assert outcome_of(replace(told, lower="0.01")) is Outcome.BETTER
    assert outcome_of(replace(told, lower="-0.04", upper="-0.01")) is Outcome.WORSE
    less = replace(told, direction=Direction.AT_MOST)
    assert outcome_of(replace(less, lower="-0.04", upper="-0.01")) is Outcome.BETTER
    assert outcome_of(replace(less, lower=None)) is None


def test_the_dossier_tells_the_result_with_its_figure(file_bank: Bank) -> None:
    key = register(file_bank)
    add(file_bank, key, "7", "0.74", "0.031", "d1")
    add(file_bank, key, "8", "0.76", "0.035", "d2")
    id = fix(file_bank, key)
    assert [part.name for part in _chapter(file_bank, key)] == ["experiment"]
    conclude(file_bank, id)
    _, effect = _chapter(file_bank, key)
    (interval,) = effect.intervals
    assert (interval.value, interval.lower, interval.upper) == ("0.02", "0.012", "0.028")
    assert [field.name for field in effect.fields][-1] == "experiment_outcome"


def _chapter(bank: Bank, key: str) -> tuple[PrintedPart, ...]:
    with bank.session.workspace.read() as view:
        chapter = experiments.build(view, read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    return chapter.parts
