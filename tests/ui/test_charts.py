"""Charts over time: what they draw, say and give as data, in both languages."""

import math
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mlops_desktop.core.timeline import Bound, Happening, Line, Timeline
from mlops_desktop.ui.charts.picture import Spot, render
from mlops_desktop.ui.charts.reading import nearest, walk
from mlops_desktop.ui.charts.timeline import draw_timeline, ink_of, numbers
from mlops_desktop.ui.colors import read_colors
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
    drawn = [QColor(one) for one in ink_of(read_colors(theme)).lines[:3]]
    for one, other in pairwise(drawn):
        apart = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
        assert sum(map(abs, apart)) > 90, (one.name(), other.name())


@pytest.fixture
def plain(make_window: MakeWindow) -> Window:
    return make_window()


@pytest.mark.parametrize(
    ("language", "rows", "said", "read"),
    [
        (
            "en",
            [("Time", "PSI", "warning", "intervention", "Event"),
             ("31/03/2026", "0.08", "0.2", "0.25", ""),
             ("30/06/2026", "not measured", "0.2", "0.25", "v3.1"),
             ("29/09/2026", "0.14", "0.1", "0.25", "")],
            ["PSI: 3 values from 31/03/2026 to 29/12/2026, last 0.27, least 0.08, greatest 0.27.",
             "warning: 0.1.", "intervention: 0.25.",
             "Not measured from 29/12/2026 to 02/04/2027.", "30/06/2026: v3.1."],
            ["30/06/2026 · PSI\nnot measured\nwarning 0.2\nintervention 0.25",
             "29/12/2026 · PSI\n0.27\nwarning 0.1\nintervention 0.25", "30/06/2026\nv3.1"],
        ),
        (
            "de",
            [("Zeit", "PSI", "warning", "intervention", "Ereignis"),
             ("31.03.2026", "0,08", "0,2", "0,25", ""),
             ("30.06.2026", "nicht gemessen", "0,2", "0,25", "v3.1"),
             ("29.09.2026", "0,14", "0,1", "0,25", "")],
            [("PSI: 3 Werte vom 31.03.2026 bis 29.12.2026, zuletzt 0,27, kleinster 0,08, "
              "größter 0,27."), "warning: 0,1.", "intervention: 0,25.",
             "Nicht gemessen vom 29.12.2026 bis 02.04.2027.", "30.06.2026: v3.1."],
            ["30.06.2026 · PSI\nnicht gemessen\nwarning 0,2\nintervention 0,25",
             "29.12.2026 · PSI\n0,27\nwarning 0,1\nintervention 0,25", "30.06.2026\nv3.1"],
        ),
    ],
)  # fmt: skip
def test_a_timeline_is_read_spoken_and_a_table_too(
    plain: Window,
    qtbot: QtBot,
    language: str,
    rows: list[tuple[str, ...]],
    said: list[str],
    read: list[str],
) -> None:
    plain.context.language.use(language)
    colors = read_colors("light")
    picture = render(draw_timeline(plain.context, PSI), QSize(640, 320), 1.0, colors)
    assert list(picture.table[:4]) == rows
    assert picture.said.split("\n") == said
    assert [picture.points[at].said for at in (1, 3, 4)] == read
    drawn = {
        picture.image.pixelColor(x, y).name()
        for x in range(0, 640, 2)
        for y in range(picture.image.height())
    }
    # the line, both bounds and the ground of the gap are there, each in its role's colour
    assert {colors.accent, colors.warn, colors.bad, colors.idle_soft} <= drawn
    large = render(draw_timeline(plain.context, PSI), QSize(640, 320), 1.0, colors, 1.5)
    assert large.image.size() == picture.image.size()
    assert large.points[0].x > picture.points[0].x, "larger numbers take more room"


def narrow_chart(plain: Window, letters: float) -> tuple[Figure, FigureCanvasAgg]:
    """Return the PSI over time in a narrow place, with letters so many times as large."""
    dots = 100 * letters
    figure = Figure((440 / dots, 320 / dots), dots, layout="constrained")
    canvas = FigureCanvasAgg(figure)
    draw_timeline(plain.context, PSI)(figure, read_colors("light"))
    return figure, canvas


@pytest.mark.parametrize("letters", [1.0, 2.0])
def test_dates_and_numbers_of_a_narrow_chart_do_not_overlap(plain: Window, letters: float) -> None:
    figure, canvas = narrow_chart(plain, letters)
    canvas.draw()  # type: ignore[no-untyped-call]
    (axes,) = figure.axes
    for labels in (axes.get_xticklabels(), axes.get_yticklabels()):
        boxes = [one.get_window_extent() for one in labels if one.get_text()]
        assert len(boxes) > 1
        assert not any(one.overlaps(two) for one, two in pairwise(boxes))


@pytest.mark.parametrize("letters", [1.0, 2.0])
def test_a_number_on_the_axis_stands_clear_of_the_first_date(plain: Window, letters: float) -> None:
    figure, canvas = narrow_chart(plain, letters)
    (axes,) = figure.axes
    axes.set_yticks([0.0])
    axes.set_ylim(bottom=0.0)
    canvas.draw()  # type: ignore[no-untyped-call]
    date, number = axes.get_xticklabels()[0], axes.get_yticklabels()[0]
    assert date.get_window_extent().y1 < number.get_window_extent().y0


@pytest.mark.parametrize("days", [2, 40, 400, 4000])
@pytest.mark.parametrize("width", [260, 440, 900])
def test_a_chart_of_any_length_and_width_is_dated_without_a_warning(
    plain: Window, days: int, width: int
) -> None:
    first = datetime(2020, 3, 5, 8, tzinfo=UTC)
    times = tuple(first + timedelta(days=days) * at / 9 for at in range(10))
    picture = draw_timeline(plain.context, Timeline((Line("PSI", times, (0.1,) * 10),)))
    render(picture, QSize(width, 300), 1.0, read_colors("light"))


def test_numbers_are_written_in_the_form_of_the_language(plain: Window) -> None:
    values = (0.0, -0.27, 1234567.891, 68719476736.0, 12.3456789, -1e-9)
    said = {}
    for language in ("en", "de"):
        plain.context.language.use(language)
        said[language] = " ".join(map(numbers(plain.context), values))
    assert said["en"] == "0 −0.27 1,234,568 68,719,476,736 12.3457 −1e−09"
    assert said["de"] == "0 −0,27 1.234.568 68.719.476.736 12,3457 −1e−09"


def test_keys_walk_along_a_series_and_from_one_to_the_next() -> None:
    points = [Spot(x, 0, "", line) for line, xs in enumerate(((0, 10, 20), (0, 19), (11,)))
              for x in xs]  # fmt: skip
    keys = Qt.Key
    at, walked = -1, []
    for key in (keys.Key_Right, keys.Key_Left, keys.Key_Right, keys.Key_End, keys.Key_Right,
                keys.Key_Down, keys.Key_Down, keys.Key_Down, keys.Key_Up, keys.Key_Home,
                keys.Key_Up):  # fmt: skip
        at = walk(points, at, key)
        walked.append(at)
    assert walked == [0, 0, 1, 2, 2, 4, 5, 5, 4, 3, 0]
    assert walk(points, -1, keys.Key_End) == 5
    low = [Spot(0, 100, "gap", is_low=True), Spot(10, 50, "value")]
    assert [nearest(low, QPointF(x, y)) for x, y in ((2, 0), (12, 40), (60, 50))] == [0, 1, -1]


def test_a_bound_holds_from_its_day(plain: Window, qtbot: QtBot) -> None:
    short = Timeline(
        (Line("Gini", TIMES, (0.71, 0.70, 0.69, 0.66)),),
        bounds=(Bound("later", ((TIMES[3] + timedelta(days=1), 0.6),), "warn"),),
    )
    colors = read_colors("dark")
    picture = render(draw_timeline(plain.context, short), QSize(320, 200), 1.0, colors)
    drawn = {picture.image.pixelColor(x, y).name() for x in range(320) for y in range(200)}
    assert colors.warn not in drawn, "what did not hold yet is not drawn"
