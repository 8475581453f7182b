"""Charts: vectors in the page's fonts, and no figure that is not a fact."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from numpy import asarray
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.alternatives import describe_series
from mlops_desktop.dossier.content import Axis, Limit, Missing, Point, Reason, Series, Served
from mlops_desktop.dossier.figures import draw_series
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.vector import draw_figure
from tests.dossier.sample import SERIES, at


def drawn(series: Series, words: Words) -> bytes:
    fonts.register()
    out = BytesIO()
    canvas = Canvas(out, (300, 140), initialFontName=fonts.REGULAR)  # type: ignore[arg-type]
    draw_figure(draw_series(series, Language(words), 300, 140), canvas)
    canvas.save()
    return out.getvalue()


def test_a_chart_is_vectors_and_text(german: Words) -> None:
    pdf = drawn(SERIES[0], german)
    with pikepdf.open(BytesIO(pdf)) as opened:
        page = opened.pages[0]
        assert "/XObject" not in page.Resources or not page.Resources.XObject
        operators = {str(step.operator) for step in pikepdf.parse_content_stream(page)}
        assert {"c", "l", "S", "Tj"} <= operators
        names = {str(font.BaseFont) for font in page.Resources.Font.values()}
    assert all("IBMPlexSans" in name for name in names)


@pytest.mark.parametrize("series", SERIES, ids=lambda series: series.metric)
def test_a_chart_prints_facts_alone(series: Series, english: Words) -> None:
    language = Language(english)
    values = [point.value for point in series.points if isinstance(point.value, str)]
    facts = {language.decimal(value) for value in values}
    facts |= {language.decimal(t) for t in (series.warning, series.intervention) if t}
    facts |= {point.version for point in series.points if point.version}
    facts |= {language.day(point.at.date()) for point in series.points if point.at}
    facts |= {series.metric}
    shown = "".join(read_text(drawn(series, english)))
    rest = shown
    for fact in sorted(facts, key=len, reverse=True):
        rest = rest.replace(fact, "")
    assert not any(character.isdigit() for character in rest)
    assert language.decimal(values[-1]) in shown


def series_of(*values: str | Missing, axis: Axis = Axis.VERSION) -> Series:
    points = tuple(
        Point(str(n), at(f"2026-01-{n + 1:02d}"), value) for n, value in enumerate(values)
    )
    return Series("m", axis, points)


@pytest.mark.parametrize(
    "values",
    [
        ("1",),
        ("0.5", "0.5", "0.5"),
        ("0", "0"),
        ("1e300", "-1e300"),
        ("1", Missing(Reason.NOT_MEASURED), "NaN", "2"),
        ("-1", "inf", "word", "3"),
    ],
    ids=str,
)
def test_odd_values_are_drawn_or_left_out(
    values: tuple[str | Missing, ...], english: Words
) -> None:
    assert "m" in "".join(read_text(drawn(series_of(*values), english)))


def test_a_gap_is_not_bridged_and_thresholds_hold_from_their_day(english: Words) -> None:
    values: tuple[str | Missing, ...] = ("0.1", Missing(Reason.NOT_MEASURED), "0.3", "0.4")
    points = tuple(
        Point(None, at(f"2026-0{month}-01"), value) for month, value in enumerate(values, 1)
    )
    limits = (Limit(at("2025-01-01"), "0.2"), Limit(at("2026-03-01"), "0.25"))
    served = (Served(at("2026-02-10"), "7"),)
    series = Series("psi", Axis.TIME, points, limits=limits, served=served)
    language = Language(english)
    bound, line, event = draw_series(series, language, 300, 140).axes[0].lines
    assert [f"{value:.2g}" for value in asarray(line.get_ydata())] == ["0.1", "nan", "0.3", "0.4"]
    assert asarray(bound.get_ydata()).tolist() == [0.2, 0.25, 0.25]
    days = asarray(line.get_xdata()).tolist()
    assert days[0] < asarray(event.get_xdata()).tolist()[0] < days[2]
    shown = "".join(read_text(drawn(series, english)))
    assert "version 7" in shown
    assert "0.25" in shown
    assert "0.2" not in shown.replace("0.25", "")
    assert describe_series(series, language).endswith("In production from 10 Feb 2026: 7.")


def test_two_values_of_one_moment_are_drawn(english: Words) -> None:
    moment = at("2026-01-01")
    series = Series("m", Axis.TIME, (Point(None, moment, "1"), Point(None, moment, "2")))
    assert "1 Jan 2026" in "".join(read_text(drawn(series, english)))


def test_the_last_value_stands_with_its_unit(german: Words) -> None:
    points = (Point(None, at("2026-01-01"), "2.1"), Point(None, at("2026-02-01"), "2.8"))
    series = Series("Volumenfehler", Axis.TIME, points, warning="4", measured_in="%")
    assert "2,8\u00a0%" in "".join(read_text(drawn(series, german))).replace(" ", "\u00a0")
    figure = draw_series(series, Language(german), 300, 140)
    assert [one.get_text() for one in figure.axes[0].get_yticklabels()] == ["2,1", "2,8\u00a0%"]
    wide = draw_series(
        replace(series, measured_in="Anfragen je Stunde"), Language(german), 300, 140
    )
    assert [one.get_text() for one in wide.axes[0].get_yticklabels()] == ["2,1", "2,8"]
    told = describe_series(series, Language(german))
    assert ("2,8\u00a0%" in told, "4\u00a0%" in told) == (True, True)


def test_a_name_is_never_taken_for_mathematics(english: Words) -> None:
    series = Series(
        "$x^2$ \\frac{1}", Axis.VERSION, (Point("$1$", None, "1"), Point("%", None, "2"))
    )
    shown = "".join(read_text(drawn(series, english)))
    assert "$x^2$ \\frac{1}" in shown
    assert "$1$" in shown
