"""A chart says its values."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.charts.picture import Drawn, Mark
from mlops_desktop.ui.colors import Colors, read_colors
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.window import Window


def draw(figure: object, colors: Colors) -> Drawn:
    axes = figure.add_subplot()  # type: ignore[attr-defined]
    axes.plot([1, 2, 3], [0.71, 0.70, 0.66], color=colors.accent, marker="o")
    marks = tuple(Mark(x, y, f"Gini {y}") for x, y in ((1, 0.71), (2, 0.70), (3, 0.66)))
    return Drawn(marks, (("quarter", "Gini"), ("1", "0.71"), ("2", "0.70"), ("3", "0.66")))


def is_drawn(chart: ChartView) -> bool:
    return chart._picture is not None and chart._picture.image.size() == chart.size()


def test_a_chart_says_its_values_and_gives_its_data(plain: Window, qtbot: QtBot) -> None:
    chart = ChartView(plain.context, "Gini over time")
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    chart.show()
    chart.show_chart(draw)
    qtbot.waitUntil(lambda: is_drawn(chart))
    qtbot.waitUntil(lambda: not chart._later.isActive() and plain.context.jobs.is_idle())
    picture = chart._picture
    assert picture is not None
    x, y, *_ = picture.points[1]
    assert picture.image.pixelColor(int(x), int(y)).name() == read_colors("light").accent
    QTest.mouseMove(chart.windowHandle(), QPoint(int(x) + 3, int(y) - 3))
    qtbot.waitUntil(lambda: chart._at == 1)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart._at == 2
    QTest.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "quarter\tGini\n1\t0.71\n2\t0.70\n3\t0.66"
    assert "3, 0.66" in chart.accessibleDescription()
