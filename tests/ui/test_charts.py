"""Charts over time: what they draw, say and give as data, in both languages."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.charts.timeline import (
    Bound,
    Happening,
    Line,
    Timeline,
    _colour,
    draw_timeline,
)
from mlops_desktop.ui.colors import read_colors
from mlops_desktop.ui.widgets.chart import render
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow

FIRST = datetime(2026, 3, 31, tzinfo=UTC)
TIMES = tuple(FIRST + timedelta(days=91 * number) for number in range(4))
PSI = Timeline(
    (Line("PSI", TIMES, (0.08, math.nan, 0.14, 0.27)),),
    bounds=(
        Bound("warning", ((TIMES[0], 0.2), (TIMES[2], 0.1)), "warn"),
        Bound("intervention", ((TIMES[0], 0.25),), "bad"),
    ),
    happenings=(Happening(TIMES[1], "v3.1"),),
    unmeasured=((TIMES[3], TIMES[3] + timedelta(days=94)),),
)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_beside_each_other_are_not_of_one_colour(theme: str) -> None:
    drawn = [QColor(_colour(number, read_colors(theme))) for number in range(3)]
    for one, other in pairwise(drawn):
        apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
        assert sum(map(abs, apart)) > 90, (one.name(), other.name())


@pytest.fixture
def plain(make_window: MakeWindow) -> Window:
    return make_window()


@pytest.mark.parametrize(
    ("language", "rows"),
    [
        ("en", [("31/03/2026", "0.08"), ("30/06/2026", "not measured"), ("29/09/2026", "0.14")]),
        ("de", [("31.03.2026", "0,08"), ("30.06.2026", "nicht gemessen"), ("29.09.2026", "0,14")]),
    ],
)
def test_a_timeline_is_a_table_too_and_says_its_gap(
    plain: Window, qtbot: QtBot, language: str, rows: list[tuple[str, str]]
) -> None:
    plain.context.language.use(language)
    colors = read_colors("light")
    picture = render(draw_timeline(plain.context, PSI), QSize(640, 320), 1.0, colors)
    assert picture.table[0][1] == "PSI"
    assert list(picture.table[1:4]) == rows
    said = [one[2] for one in picture.points]
    assert len(said) == 3
    assert said[-1].endswith(rows[0][1].replace("08", "27"))
    drawn = {
        picture.image.pixelColor(x, y).name()
        for x in range(0, 640, 2)
        for y in range(picture.image.height())
    }
    # the line, both bounds and the ground of the gap are there, each in its role's colour
    assert {colors.accent, colors.warn, colors.bad, colors.idle_soft} <= drawn


def test_a_bound_holds_from_its_day(plain: Window, qtbot: QtBot) -> None:
    short = Timeline(
        (Line("Gini", TIMES, (0.71, 0.70, 0.69, 0.66)),),
        bounds=(Bound("later", ((TIMES[3] + timedelta(days=1), 0.6),), "warn"),),
    )
    colors = read_colors("dark")
    picture = render(draw_timeline(plain.context, short), QSize(320, 200), 1.0, colors)
    drawn = {picture.image.pixelColor(x, y).name() for x in range(320) for y in range(200)}
    assert colors.warn not in drawn, "what did not hold yet is not drawn"
