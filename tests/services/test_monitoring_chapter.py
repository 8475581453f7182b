"""What is measured, in the dossier, in the figures of the whole, and as evidence of a rule."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.dossier.content import Field, Kind, Missing, Part, Reason, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages.cover import _states
from mlops_desktop.dossier.pages.inventory import _value
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.services import models, portfolio, sources
from mlops_desktop.services.deployments import Place, open_deployment
from mlops_desktop.services.dossiers.breach_units import titled
from mlops_desktop.services.dossiers.cells import code
from mlops_desktop.services.dossiers.chapters import build_chapters, summary
from mlops_desktop.services.dossiers.chapters.monitoring import build
from mlops_desktop.services.dossiers.extract import _unmeasured
from mlops_desktop.services.models import read_sheet
from mlops_desktop.services.monitoring.reading import list_metrics, measured_models
from mlops_desktop.services.monitoring.thresholds import NewThreshold, set_threshold
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import content
from tests.services.steps import add_version, register
from tests.services.test_monitoring import sync, told
from tests.support.bank import Bank

_DAY = timedelta(days=1)
_MONITORING = Field("monitoring_status", code("monitoring.warning"))


@pytest.fixture
def watched(file_bank: Bank) -> Bank:
    sources.add_source(file_bank.session, NewSource("mlflow", "mon", "http://127.0.0.1:9"))
    add_version(file_bank, register(file_bank))
    open_deployment(file_bank.session, "M-00001", Place("7", "production"))
    return file_bank


def test_a_model_in_production_that_nothing_measures_is_unmeasured(watched: Bank) -> None:
    (row,) = list_metrics(watched.session)
    assert (row.state, row.metric, row.at) == (MetricState.UNMEASURED, "", None)
    assert row.since is not None
    assert row.since.date() == clock.today(), "since it serves"
    with watched.session.workspace.read() as view:
        sheet = read_sheet(view, row.key)
        chapter = build(view, sheet, NOW)
    assert chapter.parts == Missing(Reason.NOT_MEASURED)
    assert list_metrics(watched.session, as_of=AsOf(at=date(2020, 1, 1))) == ()


def test_a_breach_recorded_without_a_unit_is_printed_with_that_of_its_metric(watched: Bank) -> None:
    session = watched.session
    today = datetime.combine(clock.today(), datetime.min.time(), tzinfo=UTC)
    bounds = NewThreshold("PSI", Bounds(Side.ABOVE, "0.1", "0.25"), valid_from=date(2024, 1, 1))
    set_threshold(session, "M-00001", bounds)
    name = models.show_model(session, "M-00001").row.name
    bare = told("PSI", {today - 8 * _DAY: 0.27})
    about = replace(bare.details, subjects=(Subject(name),))
    sync(watched, replace(bare, details=about))
    as_recorded = _breach(watched)
    assert as_recorded.label == "B-00001 PSI 0.27 > 0.25\nB-00001 PSI 0,27 > 0,25"
    later = told("PSI", {today - 7 * _DAY: 0.27})
    sync(watched, replace(later, details=replace(about, unit="%")))
    found = _breach(watched)
    assert found.label == "B-00001 PSI 0.27 % > 0.25 %\nB-00001 PSI 0,27 % > 0,25 %"
    figures = {field.name: field.values for field in found.fields}
    assert figures["breach.value"] == (Value(Kind.EXACT, "0.27"), Value(Kind.TEXT, "%"))


def _breach(bank: Bank) -> Part:
    with bank.session.workspace.read() as view:
        sheet = read_sheet(view, models.show_model(bank.session, "M-00001").row.key)
        chapters = {one.name: one.parts for one in build_chapters(view, sheet, NOW)}
    breaches = chapters["breaches"]
    assert not isinstance(breaches, Missing)
    return breaches[0]


@pytest.mark.parametrize(
    ("bare", "with_percent"),
    [
        ("PSI 0.27 > 0.25", "PSI 0.27 % > 0.25 %"),
        ("PSI (Nord 2) -0.5 ∉ 0.1 … 0.3", "PSI (Nord 2) -0.5 % ∉ 0.1 … 0.3 %"),
        ("Quote 12", "Quote 12 %"),
        ("Quote 12 % > 10 %", "Quote 12 % > 10 %"),
        ("von Hand benannt", "von Hand benannt"),
    ],
)
def test_a_title_takes_the_unit_where_the_program_left_it_out(bare: str, with_percent: str) -> None:
    assert titled(bare, "%") == with_percent


def test_the_dossier_tells_values_thresholds_as_they_held_and_gaps(watched: Bank) -> None:
    session = watched.session
    today = datetime.combine(clock.today(), datetime.min.time(), tzinfo=UTC)
    first = NewThreshold("PSI", Bounds(Side.ABOVE, "0.1", "0.25"), valid_from=date(2024, 1, 1))
    set_threshold(session, "M-00001", first)
    name = models.show_model(session, "M-00001").row.name
    values = {today - days * _DAY: value for days, value in ((190, 0.08), (99, 0.14), (8, 0.27))}
    about = (Subject(name),)
    psi = told("PSI", values)
    gini = told("Gini", {today - days * _DAY: 0.7 for days in (160, 130, 100)})
    sync(
        watched,
        *(
            replace(one, details=replace(one.details, subjects=about, unit="%"))
            for one in (psi, gini)
        ),
    )
    with session.workspace.read() as view:
        key = models.show_model(session, "M-00001").row.key
        chapter = build(view, read_sheet(view, key), NOW)
        chapters = {one.name: one for one in build_chapters(view, read_sheet(view, key), NOW)}
        blind = list(_unmeasured(view, key, NOW))
        assert measured_models(view) == {key: True}
    assert {"monitoring", "breaches"} <= chapters.keys()
    breaches = chapters["breaches"].parts
    assert not isinstance(breaches, Missing)
    figures_told = {field.name: field.values for field in breaches[0].fields}
    for name, text in (("warning", "0.1"), ("intervention", "0.25")):
        with_unit = (Value(Kind.EXACT, text), Value(Kind.TEXT, "%"))
        assert figures_told[f"breach.{name}"] == with_unit, "a figure without its unit is none"
    assert "breach.unit" not in figures_told, "it stands beside each figure"
    assert breaches[0].label == "B-00001 PSI 0.27 % > 0.25 %\nB-00001 PSI 0,27 % > 0,25 %"
    assert not isinstance(chapter.parts, Missing)
    parts = {part.label or part.name: part for part in chapter.parts}
    assert list(parts) == ["PSI", "Gini", "thresholds"]
    (chart,) = parts["PSI"].charts
    assert [point.value for point in chart.points] == ["0.08", "0.14", "0.27"]
    (limit,) = chart.limits
    assert (limit.warning, limit.intervention) == ("0.1", "0.25")
    grid = parts["PSI"].grid
    assert grid is not None
    assert [row[2][0].text for row in grid.rows if not isinstance(row[2], Missing)] == [
        "metric.red", "metric.amber", "metric.green",
    ]  # fmt: skip
    assert [one.metric for one in blind] == ["Gini"]
    figures = {one.name: one for one in portfolio.read_portfolio(session).figures}
    assert (figures["breaches_open"].value, figures["unmeasured"].value) == (1, 0)


@pytest.mark.parametrize(
    ("recorded", "printed"),
    [
        ("within_limits", ["metric.green"]),
        ("warning", ["metric.green", "monitoring_recorded.warning"]),
        (None, ["metric.green"]),
    ],
)
def test_what_is_measured_stands_before_what_a_person_recorded(
    watched: Bank, recorded: str | None, printed: list[str]
) -> None:
    session = watched.session
    first = NewThreshold("PSI", Bounds(Side.ABOVE, "0.1", "0.25"), valid_from=date(2024, 1, 1))
    set_threshold(session, "M-00001", first)
    name = models.show_model(session, "M-00001").row.name
    both = (told(metric, {clock.now() - _DAY: 0.05}) for metric in ("PSI", "without threshold"))
    about = (Subject(name),)
    sync(
        watched,
        *(replace(one, details=replace(one.details, subjects=about)) for one in both),
    )
    if recorded is not None:
        models.edit_model(session, "M-00001", {"monitoring_status": recorded})
    with session.workspace.read() as view:
        sheet = read_sheet(view, models.show_model(session, "M-00001").row.key)
        found = summary.build(view, sheet, NOW)
    assert not isinstance(found.parts, Missing)
    (standing,) = [part.grid for part in found.parts if part.name == "summary_standing"]
    assert standing is not None
    cell = next(row[1] for row in standing.rows if row[0] == code("standing.monitoring_status"))
    assert not isinstance(cell, Missing)
    assert [value.text for value in cell] == printed
    sample = content()
    facts = replace(sample.facts, chapters=(*sample.facts.chapters, found))
    sheet_of = Sheet(sample.document, facts, Language(read_words("de")), ())
    assert ("Überwachung", "innerhalb der Schwellen") in _states(sheet_of)
    in_words = Sheet(sample.document, facts, Language(read_words("en")), ())
    is_otherwise = recorded == "warning"
    assert ("By the metrics" in _value(in_words, _MONITORING)) is is_otherwise
    unsaid = Sheet(sample.document, sample.facts, Language(read_words("en")), ())
    assert ("Monitoring", "intervention threshold breached") in _states(unsaid)


def test_of_many_measurements_the_last_stand_one_by_one_with_what_held_then(watched: Bank) -> None:
    session = watched.session
    today = datetime.combine(clock.today(), datetime.min.time(), tzinfo=UTC)
    for day, warning in ((date(2024, 1, 1), "0.1"), ((today - 4 * _DAY).date(), "0.2")):
        bounds = Bounds(Side.ABOVE, warning, "0.25")
        wanted = NewThreshold("PSI", bounds, valid_from=day, reason="Calm quarters.")
        set_threshold(session, "M-00001", wanted)
    name = models.show_model(session, "M-00001").row.name
    psi = told("PSI", {today - days * _DAY: 0.01 + days % 7 / 1000 for days in range(300, 0, -1)})
    sync(watched, replace(psi, details=replace(psi.details, subjects=(Subject(name),))))
    with session.workspace.read() as view:
        key = models.show_model(session, "M-00001").row.key
        chapter = build(view, read_sheet(view, key), NOW)
    assert not isinstance(chapter.parts, Missing)
    part = chapter.parts[0]
    assert part.grid is not None
    days = [(today - days * _DAY).date().isoformat() for days in range(1, 13)]
    assert [row[0] for row in part.grid.rows] == [(Value(Kind.DATE, day),) for day in days]
    assert {row[2] for row in part.grid.rows} == {code("metric.green")}, "judged, not unrecorded"
    assert [row[3] for row in part.grid.rows] == [
        (Value(Kind.EXACT, "0.2" if days <= 4 else "0.1"),) for days in range(1, 13)
    ]
    told_of = {field.name: field.values for field in part.fields}
    assert told_of["metric_total"] == (Value(Kind.COUNT, "300"),)
    assert told_of["metric_printed"] == (Value(Kind.COUNT, "12"),)
