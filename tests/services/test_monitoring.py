"""Measurements against thresholds and goals: breaches, what they call for, what stays as it was."""

import math
from array import array
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.breaches import BreachDetails
from mlops_desktop.core.events.exceptions import ExceptionDetails
from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.events.thresholds import Bounds, Level, Side
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.items.breaches import BREACH
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.monitoring import MetricState, judge
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items, ledger, models, sources
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.monitoring.points import thin
from mlops_desktop.services.monitoring.reading import list_attention, list_metrics
from mlops_desktop.services.monitoring.runs import judge_many, judge_points, shortest
from mlops_desktop.services.monitoring.thresholds import (
    NewThreshold,
    end_threshold,
    list_thresholds,
    set_threshold,
)
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.sources.observations import ObservedPoints, Stream
from mlops_desktop.store import rebuild
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.queries.monitoring import list_evaluations
from tests.core.test_monitoring import GINI, PSI, RATIO, T0, version
from tests.services.conftest import Bank
from tests.services.test_sync_things import Monitor

MODEL = "PD Ratenkredit"
QUARTERS = tuple(datetime(2026, month, 30, tzinfo=UTC) for month in (3, 6, 9))


def told(metric: str, values: dict[datetime, float], *segment: Pair) -> ObservedPoints:
    details = SeriesDetails(metric, (Subject(MODEL),), metric=metric, segment=segment)
    times = array("q", [clock.to_milliseconds(at) for at in values])
    name = f"{metric}{[(one.name, one.value) for one in segment]}"
    return ObservedPoints(name, details, times, array("d", values.values()))


def sync(bank: Bank, *points: ObservedPoints) -> None:
    monitor = Monitor({Stream.METRICS: list(points)}, partial={Stream.METRICS})
    sync_source(bank.session, "mon", monitor, lambda *_: None)


@pytest.fixture
def watched(bank: Bank) -> Bank:
    sources.add_source(bank.session, NewSource("mlflow", "mon", "http://127.0.0.1:9"))
    models.register_model(bank.session, {"name": MODEL, "owner": "Corinna Wolters"})
    return bank


def set_psi(bank: Bank, warning: str = "0.1", intervention: str = "0.25", **more: str) -> str:
    wanted = NewThreshold(
        "PSI", Bounds(Side.ABOVE, warning, intervention), valid_from=date(2024, 1, 1), **more
    )
    return set_threshold(bank.session, "M-00001", wanted).id


def breaches(bank: Bank, scope: ItemScope = ItemScope.OPEN) -> list[tuple[str, str, str | None]]:
    rows = items.list_items(bank.session, ItemFilter(("breach",), scope=scope))
    found = []
    for row in rows:
        details = items.show_item(bank.session, row.id).state.details
        assert isinstance(details, BreachDetails)
        found.append((row.stage, str(details.level), details.value))
    return found


def exceptions(bank: Bank) -> list[str | None]:
    rows = items.list_items(bank.session, ItemFilter(("exception",)))
    found = [items.show_item(bank.session, row.id).state.details for row in rows]
    return [one.subject for one in found if isinstance(one, ExceptionDetails)]


def triggers(bank: Bank) -> list[str]:
    """Return every firing on record about the one triggered validation."""
    rows = items.list_items(bank.session, ItemFilter(("validation",), scope=ItemScope.ALL))
    found: list[str] = []
    for row in rows:
        for step in items.show_item(bank.session, row.id).steps:
            details = getattr(step.payload, "details", None)
            if isinstance(details, ValidationDetails) and details.trigger is not None:
                found.append(details.trigger.value)
    assert len(rows) <= 1, "triggers meet in one task"
    return found


def test_a_red_value_is_a_breach_an_exception_and_a_validation(watched: Bank) -> None:
    set_psi(watched)
    sync(watched, told("PSI", dict(zip(QUARTERS, (0.08, 0.14, 0.27), strict=True))))
    assert breaches(watched) == [("open", "red", "0.27")]
    assert exceptions(watched) == ["B-00001"]
    assert triggers(watched) == ["breach"]
    sheet = items.show_item(watched.session, "B-00001")
    assert [step.step for step in sheet.steps] == ["opened", "worsen"]
    assert sheet.row.opened == QUARTERS[1].date(), "since the first value beyond a threshold"
    assert sheet.row.title == "PSI 0.27 > 0.25"
    assert sheet.row.owner == "Corinna Wolters"
    details = sheet.state.details
    assert isinstance(details, BreachDetails)
    (batch,) = [row for row in ledger.read_log(watched.session) if row.type == "points.ingested"]
    assert (details.warning, details.intervention, details.source) == ("0.1", "0.25", "mon")
    assert details.batch is not None
    assert details.digest is not None
    assert batch is not None
    with watched.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
    plan = Given({"resolution": "Segment neu kalibrieren", "due": "2097-03-31", "linked": "F-1"})
    items.take_step(watched.session, BREACH, "B-00001", "plan", plan)
    assert exceptions(watched) == []
    sync(watched, told("PSI", {QUARTERS[2] + timedelta(days=40): 0.09}))
    assert breaches(watched) == []
    assert breaches(watched, ItemScope.ALL) == [("cleared", "red", "0.09")]
    assert triggers(watched) == ["breach"], "nothing fires twice"


def test_a_value_that_is_dated_ahead_neither_counts_nor_silences_what_comes_after(
    watched: Bank,
) -> None:
    set_psi(watched)
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=ago) for ago in (2, 1, 0)]
    ahead = today + timedelta(days=4000)
    sync(watched, told("PSI", {days[0]: 0.05, days[1]: 0.06, ahead: 0.01}))
    (row,) = list_metrics(watched.session)
    assert (row.value, row.at, row.state) == ("0.06", days[1], MetricState.GREEN)
    sync(watched, told("PSI", {days[2]: 0.3}))
    (row,) = list_metrics(watched.session)
    assert (row.value, row.at, row.state) == ("0.3", days[2], MetricState.RED)
    assert list_attention(watched.session) == (row,), "found by its last evaluation alone"
    assert breaches(watched) == [("open", "red", "0.3")]


def test_a_monitor_that_tells_no_numbers_any_more_is_unmeasured_not_green(watched: Bank) -> None:
    set_psi(watched)
    today = clock.now().replace(hour=0, minute=0, second=0, microsecond=0)
    days = [today - timedelta(days=ago) for ago in range(40, 0, -1)]
    sync(watched, told("PSI", dict.fromkeys(days[:10], 0.05)))
    for day in days[10:]:
        sync(watched, told("PSI", {day: math.nan}))
    (row,) = list_metrics(watched.session)
    assert (row.value, row.at, row.state) == ("0.05", days[9], MetricState.UNMEASURED)
    assert row.since == days[9]


def test_old_evaluations_keep_the_threshold_of_their_time(watched: Bank) -> None:
    id = set_psi(watched)
    sync(watched, told("PSI", dict(zip(QUARTERS, (0.08, 0.14, 0.13), strict=True))))
    assert breaches(watched) == [("open", "amber", "0.14")]
    assert exceptions(watched) == []
    assert triggers(watched) == []
    with pytest.raises(AppError, match="reason_missing"):
        set_psi(watched, "0.2", "0.3")
    looser = NewThreshold("psi", Bounds(Side.ABOVE, "0.2", "0.3"), reason="Beschluss 4/2026")
    assert set_threshold(watched.session, "M-00001", looser).id == id
    assert breaches(watched) == [], "the last value is within what holds now"
    with watched.session.workspace.read() as view:
        (key,) = {one.model for one in list_thresholds(watched.session)}
        rows = list_evaluations(view.connection, key)
        then = [(row.evaluation.level, row.evaluation.bounds.warning) for row in rows]
    assert then == [
        (Level.GREEN, "0.1"), (Level.AMBER, "0.1"), (Level.AMBER, "0.1"), (Level.GREEN, "0.2"),
    ]  # fmt: skip
    end_threshold(watched.session, id[:8], "nicht mehr gemessen")
    assert [one.bounds is None for one in list_thresholds(watched.session)] == [False, False, True]
    with pytest.raises(AppError, match="ended_already"):
        end_threshold(watched.session, id, "noch einmal")
    known_before = AsOf(known=date(2020, 1, 1))
    assert list_thresholds(watched.session, "M-00001", known_before) == ()


def test_a_segment_has_its_own_threshold_and_its_own_breach(watched: Bank) -> None:
    set_psi(watched)
    set_psi(watched, "0.3", "0.5", segment="channel = broker")
    day = QUARTERS[0]
    broker, branch = Pair("channel", "broker"), Pair("channel", "branch")
    sync(watched, told("PSI", {day: 0.2}, broker), told("PSI", {day: 0.2}, branch))
    rows = items.list_items(watched.session, ItemFilter(("breach",)))
    assert [row.title for row in rows] == ["PSI (channel=branch) 0.2 > 0.1"]


def test_a_value_measured_before_its_threshold_is_judged_by_the_first_one(watched: Bank) -> None:
    sync(watched, told("PSI", {QUARTERS[0]: 0.3, QUARTERS[1]: 0.27}))
    assert breaches(watched) == []
    wanted = NewThreshold("PSI", Bounds(Side.ABOVE, "0.1", "0.25"))
    set_threshold(watched.session, "M-00001", wanted)
    assert breaches(watched) == [("open", "red", "0.27")]


def test_a_goal_missed_by_a_good_model_calls_for_a_validation(watched: Bank) -> None:
    set_threshold(
        watched.session, "M-00001",
        NewThreshold("AUC", Bounds(Side.BELOW, "0.75", "0.7"), valid_from=date(2024, 1, 1)),
    )  # fmt: skip
    goal = {
        "title": "Kündigungen", "approved_use": "Ansprache", "kpi": "Kündigungsquote",
        "direction": "at_most", "target": "-2", "measure": "churn change",
    }  # fmt: skip
    items.open_item(watched.session, kind_named("use_case"), Given(goal, ("M-00001",)))
    sync(watched, told("AUC", {QUARTERS[0]: 0.81}), told("churn change", {QUARTERS[0]: -2.1}))
    assert triggers(watched) == []
    sync(watched, told("churn change", {QUARTERS[1]: -0.4}))
    assert triggers(watched) == ["business_goal"]
    sync(watched, told("churn change", {QUARTERS[2]: -0.3}))
    assert triggers(watched) == ["business_goal"], "the state is the same"
    details = items.show_item(watched.session, "V-00001").state.details
    assert isinstance(details, ValidationDetails)
    assert details.description is not None
    assert details.description.text == "churn change -0.4 > -2"
    assert breaches(watched) == [], "a goal is no threshold"


@pytest.mark.parametrize("is_ended", [False, True])
def test_a_model_that_is_good_again_is_validated_for_a_goal_of_a_use_that_goes_on(
    watched: Bank, is_ended: bool
) -> None:
    set_threshold(
        watched.session, "M-00001",
        NewThreshold("AUC", Bounds(Side.BELOW, "0.75"), valid_from=date(2024, 1, 1)),
    )  # fmt: skip
    for measure in ("churn change", "sales"):
        goal = {
            "title": measure, "approved_use": "Ansprache", "kpi": measure,
            "direction": "at_most", "target": "-2", "measure": measure,
        }  # fmt: skip
        items.open_item(watched.session, kind_named("use_case"), Given(goal, ("M-00001",)))
    first = (told("AUC", {QUARTERS[0]: 0.72}), told("churn change", {QUARTERS[0]: -0.4}))
    sync(watched, *first, told("sales", {QUARTERS[0]: -3.0}))
    if is_ended:
        use = items.list_items(watched.session, ItemFilter(("use_case",)))[0]
        ended = Given({}, reason="Eingestellt")
        items.take_step(watched.session, kind_named("use_case"), use.number, "end", ended)
    sync(watched, told("AUC", {QUARTERS[1]: 0.81}))
    assert triggers(watched) == ([] if is_ended else ["business_goal"])


@pytest.mark.parametrize(
    ("bounds", "where"),
    [
        (Bounds(Side.ABOVE, "0.25", "0.1"), "intervention"),
        (Bounds(Side.ABOVE, "viel"), "warning"),
        (Bounds(Side.ABOVE, "0.1", interval_days=0), "interval_days"),
    ],
)
def test_a_threshold_that_makes_no_sense_is_refused(
    file_bank: Bank, bounds: Bounds, where: str
) -> None:
    models.register_model(file_bank.session, {"name": MODEL})
    with pytest.raises(AppError) as refused:
        set_threshold(file_bank.session, "M-00001", NewThreshold("PSI", bounds))
    assert refused.value.where == where


@given(
    st.lists(st.floats(-2, 2) | st.just(float("nan")), min_size=1, max_size=40),
    st.sampled_from([PSI, GINI, RATIO]),
)
def test_many_values_are_judged_as_each_of_them(values: list[float], bounds: Bounds) -> None:
    levels = {-1: None, 0: Level.GREEN, 1: Level.AMBER, 2: Level.RED}
    many = judge_many(bounds, np.array(values))
    assert [levels[one] for one in many.tolist()] == [judge(bounds, value) for value in values]


@given(st.lists(st.floats(0, 0.5), min_size=1, max_size=30), st.integers(0, 29))
def test_runs_end_with_the_last_value_and_tell_every_change(
    values: list[float], change: int
) -> None:
    times = [clock.to_milliseconds(T0 + timedelta(days=n)) for n in range(len(values))]
    points = Points(np.array(times), np.array(values))
    later = Bounds(Side.ABOVE, "0.2", "0.4")
    known = [version(1, PSI, T0), version(2, later, T0 + timedelta(days=change))]
    found = judge_points(known, "", points, T0 + timedelta(days=99))
    levels = [judge(PSI if n < change else later, value) for n, value in enumerate(values)]
    changes = 1 + sum(one is not other for one, other in pairwise(levels))
    assert found[-1].level is levels[-1]
    assert found[-1].value == shortest(values[-1])
    assert changes <= len(found) <= changes + 1 or len(found) == 24


@given(
    st.lists(st.floats(-9, 9) | st.just(float("nan")), min_size=3, max_size=60), st.integers(2, 9)
)
def test_no_peak_is_lost_where_points_are_thinned(values: list[float], most: int) -> None:
    points = Points(np.arange(len(values)) * 1_000, np.array(values))
    thinned = thin(points, most)
    kept = np.array(thinned.values)
    assert thinned.total == len(values)
    assert len(kept) <= most + 2
    if not np.isnan(points.values).all():
        assert np.nanmin(kept) == np.nanmin(points.values)
        assert np.nanmax(kept) == np.nanmax(points.values)
