"""The page Monitoring as persons use it: what is out of bounds, its chart, thresholds, plans."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QLineEdit
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.events.thresholds import Bounds, Side
from mlops_desktop.services import items, models, sources
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.monitoring.thresholds import (
    NewThreshold,
    list_thresholds,
    set_threshold,
)
from mlops_desktop.services.sources import NewSource
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.said import say_rank, say_rank_in_brief
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.tabs.monitoring import MonitoringTab
from mlops_desktop.ui.pages.monitoring import PAGE
from mlops_desktop.ui.pages.monitoring.page import MonitoringPage
from mlops_desktop.ui.pages.monitoring.said import say_bounds
from mlops_desktop.ui.table.measuring import PADDING
from mlops_desktop.ui.widgets.chart import ChartView
from tests.services.test_monitoring import MODEL, sync, told
from tests.support.bank import Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, close, field, texts, type_in

_DAY = timedelta(days=1)


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    today = datetime.combine(clock.today(), datetime.min.time(), tzinfo=UTC)
    past = [today - number * _DAY for number in (200, 109, 18)]
    sources.add_source(file_bank.session, NewSource("mlflow", "mon", "http://127.0.0.1:9"))
    models.register_model(file_bank.session, {"name": MODEL, "owner": "Corinna Wolters"})
    psi = NewThreshold("PSI", Bounds(Side.ABOVE, "0.1", "0.25"), valid_from=date(2024, 1, 1))
    set_threshold(file_bank.session, "M-00001", psi)
    sync(
        file_bank,
        told("PSI", dict(zip(past, (0.08, 0.14, 0.27), strict=True))),
        told("Gini", {today - number * _DAY: 0.7 for number in (160, 130, 100)}),
    )
    desk = Desk(make_window(pages=(MODELS, GOVERNANCE, PAGE)), file_bank, qtbot)
    desk.window.context.use_session(file_bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> MonitoringPage:
    desk.window.show_page("monitoring")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, MonitoringPage)
    return page


def drawn(desk: Desk, chart: ChartView) -> tuple[tuple[str, ...], ...]:
    desk.qtbot.waitUntil(lambda: chart._picture is not None)
    assert chart._picture is not None
    return chart._picture.table


def test_what_is_out_of_bounds_comes_first_and_is_shown_whole(desk: Desk) -> None:
    page = page_of(desk)
    desk.qtbot.waitUntil(lambda: page.heading() == "1 out of bounds, 1 not measured, 2 in all")
    assert [page.scopes.tabText(at) for at in range(3)] == [
        "Out of bounds 1", "Not measured 1", "All 2",
    ]  # fmt: skip
    page.list.view.selectRow(0)
    desk.settle()
    assert "PSI" in texts(page.detail)
    table = drawn(desk, page.detail.chart)
    assert [row[1] for row in table] == ["PSI", "0.08", "0.14", "0.27"]
    assert nameless(page) == []
    assert unreachable(desk.window) == []
    desk.window.context.actions.run("monitoring.copy")
    assert "0.27" in QGuiApplication.clipboard().text()
    page.scopes.setCurrentIndex(1)
    desk.settle()
    page.list.view.selectRow(0)
    desk.settle()
    day = desk.window.context.language.date(clock.today() - 100 * _DAY)
    assert f"not measured since {day}" in texts(page.detail)
    page.scopes.setCurrentIndex(2)
    desk.qtbot.waitUntil(lambda: page.list.count() == 2)
    lines = [page.list.view.rows.line(at) for at in range(2)]
    states = [line.cells[2].status for line in lines if line is not None]
    assert [one.word for one in states if one is not None] == ["intervention", "not measured"]
    page.list.set_filter("state:red")
    desk.qtbot.waitUntil(lambda: page.list.count() == 1)


def test_what_a_past_day_does_not_list_is_not_told_beside_it(desk: Desk) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    assert page.detail.isVisible()
    desk.window.context.show_as_of(clock.today() - timedelta(days=30))
    desk.settle()
    assert page.list.model.rowCount() == 0
    assert not page.detail.isVisible()
    desk.window.context.show_as_of(None)
    desk.settle()
    assert page.list.view.current_id() == ""


def test_a_plan_is_made_for_a_breach_and_a_threshold_changed_with_a_reason(desk: Desk) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    end = desk.do("monitoring.end")
    said = texts(end)
    assert f"{MODEL} · PSI: " in said
    assert "0.25" in said
    assert "An open breach counts as cleared unless another threshold holds." in said
    close(end)
    form = desk.do("monitoring.plan")
    assert f"M-00001 {MODEL}" in texts(form)
    assert "stays open until" in texts(form)
    type_in(form, "Action plan", "Segment neu kalibrieren")
    type_in(form, "Due", "31/12/2099")
    desk.send(form)
    wanted = ItemFilter(("breach",))
    (row,) = items.list_items(desk.bank.session, wanted)
    assert row.stage == "planned"
    form = desk.do("monitoring.threshold")
    metric, warning = field(form, "Metric"), field(form, "Warning threshold")
    assert isinstance(metric, QLineEdit)
    assert isinstance(warning, QLineEdit)
    assert (metric.text(), warning.text()) == ("PSI", "0.1")
    warning.setText("0.3")
    type_in(form, "Intervention threshold", "0.2")
    desk.send(form)
    desk.qtbot.waitUntil(lambda: "The thresholds do not fit each other." in texts(form))
    type_in(form, "Intervention threshold", "0.5")
    desk.send(form)
    assert "Changing a threshold needs a reason." in texts(form)
    type_in(form, "Why", "Beschluss 4/2026")
    type_in(form, "Measured every", "monthly")  # what is no number of days is not left out
    desk.send(form)
    desk.qtbot.waitUntil(lambda: "The thresholds do not fit each other." in texts(form))
    type_in(form, "Measured every", "")
    desk.send(form)
    desk.qtbot.waitUntil(lambda: page.heading().startswith("0 out of bounds"))
    assert items.list_items(desk.bank.session, wanted) == ()


def test_the_model_shows_its_metrics_and_leads_to_them(desk: Desk) -> None:
    desk.window.context.language.use("de")
    page = desk.models()
    page.list.view.selectRow(0)
    desk.settle()
    tabs = page.detail.tabs
    names = [tabs.tabText(at) for at in range(tabs.count())]
    tabs.setCurrentIndex(names.index("Überwachung"))
    desk.settle()
    (tab,) = page.findChildren(MonitoringTab)
    assert [row[1] for row in drawn(desk, tab.chart)][:2] == ["PSI", "0,08"]
    tab.table.opened.emit(tab._found.metrics[0].row if tab._found else None)
    desk.settle()
    found = desk.window.stage.page()
    assert isinstance(found, MonitoringPage)
    desk.qtbot.waitUntil(lambda: "PSI" in texts(found.detail))


def type_day(page: MonitoringPage, name: str, text: str) -> QLineEdit:
    line = field(page.detail, name)
    assert isinstance(line, QLineEdit)
    line.setText(text)
    line.editingFinished.emit()
    return line


def test_the_time_shown_is_chosen_and_kept_for_the_next_metric(desk: Desk) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    assert len(drawn(desk, page.detail.chart)) == 4
    type_in(page.detail, "Time shown", "last 30 days")
    desk.settle()
    assert [row[1] for row in drawn(desk, page.detail.chart)] == ["PSI", "0.27"]
    type_in(page.detail, "Time shown", "last quarter of a year")
    type_in(page.detail, "Time shown", "last year")
    desk.settle()
    assert len(drawn(desk, page.detail.chart)) == 4
    type_in(page.detail, "Time shown", "from a day to a day")
    type_day(page, "First day", (clock.today() - 120 * _DAY).isoformat())
    end = type_day(page, "Last day", (clock.today() - 90 * _DAY).isoformat())
    desk.settle()
    assert [row[1] for row in drawn(desk, page.detail.chart)] == ["PSI", "0.14"]
    page.scopes.setCurrentIndex(1)
    desk.settle()
    page.list.view.selectRow(0)
    desk.settle()
    assert [row[1] for row in drawn(desk, page.detail.chart)][:2] == ["Gini", "0.7"]
    type_day(page, "Last day", "no day")
    desk.settle()
    assert end.property("wrong")
    type_day(page, "Last day", (clock.today() - 110 * _DAY).isoformat())
    desk.settle()
    assert "Nothing was measured in the time shown" not in texts(page.detail)
    type_in(page.detail, "Time shown", "last 30 days")
    desk.settle()
    assert page.detail.chart.isHidden()


def test_the_models_tab_has_a_time_of_its_own(desk: Desk) -> None:
    page = desk.models()
    page.list.view.selectRow(0)
    desk.settle()
    tab = page.detail.open_tab(MonitoringTab)
    desk.settle()
    assert len(drawn(desk, tab.chart)) == 4
    type_in(tab, "Time shown", "last 30 days")
    desk.settle()
    assert [row[1] for row in drawn(desk, tab.chart)] == ["PSI", "0.27"]


def test_thresholds_come_from_a_sheet_that_is_tried_first(desk: Desk, tmp_path: Path) -> None:
    page = page_of(desk)
    sheet = tmp_path / "schwellen.csv"

    def choose(text: str) -> None:
        sheet.write_text(text, "utf-8")
        desk.window.context.actions.run("monitoring.import")
        found = page.window().findChildren(QFileDialog, "thresholdFile")
        (dialog,) = (one for one in found if one.isVisible())
        dialog.fileSelected.emit(str(sheet))
        dialog.reject()
        desk.settle()

    choose("Modell;Kennzahl;Warnschwelle\nM-00001;Gini;0,6\n")
    dialog = desk.dialog()
    assert "Row 2, direction" in texts(dialog)
    assert not dialog.verb.isEnabled()
    dialog.reject()
    choose("Modell;Kennzahl;Richtung;Warnschwelle;Gilt ab\nM-00001;Gini;unter;0,6;01.01.2024\n")
    dialog = desk.dialog()
    assert "1 threshold would come" in texts(dialog)
    desk.send(dialog)
    found = {one.metric: one.bounds for one in list_thresholds(desk.bank.session)}
    assert found["Gini"] == Bounds(Side.BELOW, "0.6")


def test_thresholds_are_told_in_the_unit_of_their_metric(desk: Desk) -> None:
    context, kept = desk.window.context, Bounds(Side.BELOW, "5", "3")
    assert say_bounds(context, kept, "%") == "< 5 / 3\u202f%"
    assert say_bounds(context, replace(kept, unit="h"), "%") == "< 5 / 3 h"
    assert say_bounds(context, kept) == "< 5 / 3"


def test_both_thresholds_have_the_same_decimals(desk: Desk) -> None:
    context = desk.window.context
    assert say_bounds(context, Bounds(Side.BELOW, "0.55", "0.5")) == "< 0.55 / 0.50"
    assert say_bounds(context, Bounds(Side.ABOVE, "0.1")) == "> 0.1 / –"
    band = Bounds(Side.BAND, "0.85", "0.75", "1.15", "1.2")
    assert "0.75…1.20" in say_bounds(context, band)
    context.language.use("de")
    assert say_bounds(context, Bounds(Side.BELOW, "0.55", "0.5")) == "< 0,55 / 0,50"


def test_how_grave_a_breach_is_stands_in_a_word_beside_its_value_and_in_a_list(desk: Desk) -> None:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    page.detail.tabs.setCurrentIndex(4)
    desk.settle()
    table, context = page.detail.breaches, desk.window.context
    line = table.rows.line(0)
    assert line is not None
    assert line.cells[1].text == "0.27 · intervention"
    began, grave = (context.language.date(clock.today() - number * _DAY) for number in (109, 18))
    assert line.cells[2].text == began, "a warning first"
    title = table.model().headerData(2, Qt.Orientation.Horizontal)
    assert title == "Outside since"
    assert f"intervention threshold breached since {grave}" in texts(page.detail)
    whole = table.rooms._wanted["what"] + 2 * PADDING
    assert table.columnWidth(1) >= whole
    assert page.detail.bounds.isColumnHidden(3), "nobody gave a reason"
    (row,) = items.list_items(desk.bank.session, ItemFilter(("breach",)))
    assert say_rank_in_brief(context, row) == "intervention"
    assert say_rank(context, row) == "intervention threshold breached"
