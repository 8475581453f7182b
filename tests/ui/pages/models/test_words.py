from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.events import load, registry
from mlops_desktop.core.inventory import Metric, Pair, Run, VersionDetails
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.services.ledger import LogRow
from mlops_desktop.services.rows import ModelRow, SortBy, VersionRow
from mlops_desktop.ui.pages.models.columns import owner_of
from mlops_desktop.ui.pages.models.inventory import CANDIDATES, narrow
from mlops_desktop.ui.pages.models.said import say_decimal
from mlops_desktop.ui.pages.models.shown import known
from mlops_desktop.ui.pages.models.summaries import say_summary
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.pages.models.tabs.metrics import Measure, draw_series, series
from mlops_desktop.ui.pages.models.tabs.version_facts import say_signature
from mlops_desktop.ui.table import ListQuery
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow


@pytest.fixture
def window(make_window: MakeWindow) -> Window:
    return make_window()


def row(kind: str, summary: str) -> LogRow:
    at = datetime(2026, 3, 31, tzinfo=UTC)
    return LogRow(7, "id", kind, at, at, "Jonas Brandt", None, summary, "00")


@pytest.mark.parametrize(
    ("language", "kind", "summary", "event", "told"),
    [
        ("en", "model.moved", "retire", "State changed", "retired"),
        ("de", "model.moved", "retire", "Zustand geändert", "außer Betrieb genommen"),
        ("de", "finding.moved", "close", "Schritt einer Feststellung", "Erledigung bestätigt"),
        ("de", "validation.moved", "judged.data", "Schritt einer Validierung",
         "Bereich beurteilt: Daten"),
        ("de", "finding.opened", "due, owner", "Feststellung eröffnet", ""),
        ("de", "permission.answered", "granted", "Aufsicht hat geantwortet", "erteilt"),
        ("en", "model.edited", "owner, -vendor", "Record changed", "Owner, Vendor emptied"),
        ("de", "approval.decided", "condition", "Über Freigabe entschieden",
         "mit Auflagen freigegeben"),
        ("en", "approval.refused", "owner", "Attempt refused",
         "Whoever owns or owned the model may not decide about it."),
        ("de", "candidate.found", "mlflow / churn", "Kandidat gefunden", "mlflow / churn"),
        ("en", "approval.requested", "shadow", "Approval requested", "shadow"),
        ("en", "planet.moved", "x", "planet.moved", "x"),
    ],
)  # fmt: skip
def test_events_are_said_in_words(
    window: Window, language: str, kind: str, summary: str, event: str, told: str
) -> None:
    window.context.language.use(language)
    assert say_event(window.context, kind) == event
    assert say_summary(window.context, row(kind, summary)) == told


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_kind_of_event_has_its_words(window: Window, language: str) -> None:
    window.context.language.use(language)
    load()
    said = {kind: say_event(window.context, kind) for kind in registry.names()}
    assert [kind for kind, words in said.items() if words == kind or "." in words] == []
    assert len(said) > 150


def test_a_figure_has_the_decimal_sign_of_the_locale(window: Window) -> None:
    window.context.language.use("de")
    said = [
        say_decimal(window.context, text) for text in ("0.7183", "-1.5e-3", "7", "1.2.3", "nan")
    ]
    assert said == ["0,7183", "−1,5e−3", "7", "1.2.3", "nan"]


def version(label: str, *metrics: Metric) -> VersionRow:
    details = VersionDetails(label, run=Run("r", metrics=metrics, parameters=(Pair("a", "b"),)))
    return VersionRow(label, "m", "", "", details, "", "", None)


def test_a_series_goes_from_the_oldest_version_and_keeps_gaps() -> None:
    versions = (
        version("3", Metric("auc", "0.9", 1), Metric("auc", "0.8", 0)),
        version("2", Metric("gini", "0.5")),
        version("1", Metric("auc", "NaN")),
    )
    assert series(versions, "auc") == (Measure("1", "NaN"), Measure("2", None), Measure("3", "0.9"))
    assert [one.number for one in series(versions, "auc")] == [None, None, 0.9]


def test_a_gap_breaks_the_line_and_is_named_in_the_data(window: Window, qapp: QApplication) -> None:
    from matplotlib.figure import Figure

    from mlops_desktop.ui.colors import read_colors

    measures = (Measure("1", "0.5"), Measure("2", None), Measure("3", "0.7"))
    figure = Figure()
    drawn = draw_series(window.context, measures, ("Version", "auc"))(figure, read_colors("light"))
    ys = np.asarray(figure.axes[0].lines[0].get_ydata(), dtype=float)
    assert np.isnan(ys).tolist() == [False, True, False]
    assert [mark.said for mark in drawn.marks] == ["Version 1\n0.5", "Version 3\n0.7"]
    assert drawn.table == (("Version", "auc"), ("1", "0.5"), ("2", "not measured"), ("3", "0.7"))


def test_a_scope_narrows_unless_the_line_names_a_state() -> None:
    assert narrow(ListQuery("pd"), "current").scope is Scope.CURRENT
    assert narrow(ListQuery(""), CANDIDATES).states == (State.CANDIDATE,)
    assert narrow(ListQuery("state:retired"), CANDIDATES).states == (State.RETIRED,)
    assert narrow(ListQuery("scope:all"), "retired").scope is Scope.ALL
    sorted_by = narrow(ListQuery("", "owner", descending=True), "all")
    assert (sorted_by.sort, sorted_by.is_descending) == (SortBy.OWNER, True)


_SIGNATURE = (
    '{"inputs":[{"name":"age","type":"long"},{"name":"income","type":"double"}],'
    '"outputs":[{"type":"tensor"}]}'
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (_SIGNATURE, "inputs: age long, income double\noutputs: tensor"),
        ("inputs: age", "inputs: age"),
        ("[1]", "[1]"),
        ("[" * 100_000, "[" * 100_000),
        (None, ""),
    ],
)  # fmt: skip
def test_a_signature_is_read_by_its_columns(text: str | None, told: str) -> None:
    assert say_signature(text) == told


def test_an_event_about_an_id_says_no_id(window: Window) -> None:
    id = "01a207cc-447e-7100-9c12-34a5080927f0"
    assert say_summary(window.context, row("dossier.exported", id)) == ""


def test_a_past_day_knows_no_later_event() -> None:
    first, late = row("model.registered", "x"), row("model.edited", "tier")
    late = replace(late, at=datetime(2026, 4, 2, tzinfo=UTC))
    dated_back = replace(late, effective=datetime(2026, 3, 1, tzinfo=UTC))
    log = (dated_back, late, first)
    assert known(log, NOW) == log
    assert known(log, on(date(2026, 3, 31))) == (first,)
    assert known(log, AsOf(at=date(2026, 3, 15))) == (dated_back,)


def test_a_model_without_an_owner_says_so_and_a_candidate_is_owed_none_yet(window: Window) -> None:
    made = ModelRow(
        "key", "M-00010", "Zinsmodell", State.PRODUCTION, 2, None, None, None, "",
        Approval.APPROVED, None, "1", None, "mlflow", "",
    )  # fmt: skip
    told = {state: owner_of(window.context, replace(made, state=state)) for state in State}
    assert told[State.PRODUCTION] == "no owner"
    assert told[State.CANDIDATE] == ""
    assert owner_of(window.context, replace(made, owner="Corinna Wolters")) == "Corinna Wolters"
