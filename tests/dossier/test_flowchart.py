"""The lineage figure: a name that is wider than its box breaks where a reader expects it."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise, product

import pypdfium2
import pytest
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.hyphens import SOFT_HYPHEN, with_hyphens
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Flowchart, Station
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import flowchart, fonts
from mlops_desktop.dossier.typeset.flowchart import FlowchartFigure
from mlops_desktop.dossier.typeset.frame import TEXT_WIDTH
from mlops_desktop.dossier.typeset.grouping import grouped
from mlops_desktop.dossier.typeset.lines import Line
from mlops_desktop.dossier.typeset.tagging import TaggedCanvas


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Gesamtbanksteuerung", "Gesamtbanksteue-rung"),
        ("Kündigung", "Kün-di-gung"),
        ("Score", "Score"),
        ("jahresabschluesse", "jah-re-sab-schluesse"),
        ("v2026.1", "v2026.1"),
    ],
)
def test_a_word_breaks_before_a_consonant_and_its_vowel(word: str, parts: str) -> None:
    assert with_hyphens(word).replace(SOFT_HYPHEN, "-") == parts


def test_only_a_word_that_is_too_wide_for_its_box_is_broken(german: Words) -> None:
    fonts.register()
    chain = [f"s{number}" for number in range(6)]
    names = ("Gesamtbanksteuerung im Haus", *("kurz",) * 5)
    stations = tuple(
        Station(key, "lineage.dataset", name, "", is_marked=False)
        for key, name in zip(chain, names, strict=True)
    )
    figure = FlowchartFigure(Flowchart(stations, tuple(pairwise(chain))), Language(german))
    figure.wrap(460, 600)
    told = [line.words for line in figure._lines(stations[0], 64.0)]
    assert told[0].endswith(SOFT_HYPHEN)
    assert "".join(told).replace(SOFT_HYPHEN, "").replace(" ", "") == "GesamtbanksteuerungimHaus"
    assert [line.words for line in figure._lines(stations[1], 64.0)] == ["kurz"]


def test_a_name_that_is_cut_shows_no_code_of_a_hyphen(
    german: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts.register()
    drawn: list[str] = []

    def draw(_: object, lines: tuple[Line, ...], *__: object, **___: object) -> None:
        drawn.extend(one.words for one in lines)

    monkeypatch.setattr(flowchart, "draw_lines", draw)
    chart = chain_of(9, 8)
    stations = tuple(replace(one, name=f"jahresabschluesse-{one.name}") for one in chart.stations)
    figure = FlowchartFigure(replace(chart, stations=stations), Language(german))
    figure.canv = Canvas(BytesIO())
    figure.wrap(460, 600)
    figure._draw()
    assert any(one.endswith("…") for one in drawn)
    assert not [one for one in drawn if "U+" in one]


def chain_of(layers: int, beside: int) -> Flowchart:
    """Return a chart so many steps long, each step with so many datasets beside each other."""
    stations = tuple(
        Station(
            f"{at}.{number}", "lineage.dataset", f"kreditbestand-{at}-{number}", "", is_marked=False
        )
        for at, number in product(range(layers), range(beside))
    )
    flows = tuple(
        (f"{at}.{number}", f"{at + 1}.{number}")
        for at, number in product(range(layers - 1), range(beside))
    )
    return Flowchart(stations, (*flows, ("0.0", f"{layers - 1}.0")))


def drawn(chart: Flowchart, words: Words) -> tuple[FlowchartFigure, bytes]:
    fonts.register()
    out = BytesIO()
    figure = FlowchartFigure(chart, Language(words))
    canvas = TaggedCanvas(out)
    figure.wrapOn(canvas, TEXT_WIDTH, 700)
    figure.drawOn(canvas, 60, 100)
    canvas.showPage()
    canvas.save()
    return figure, out.getvalue()


@pytest.mark.parametrize(("layers", "beside"), [(1, 1), (3, 4), (9, 8), (12, 5), (6, 30), (2, 58)])
def test_the_smallest_letters_have_six_points_and_nothing_leaves_the_page(
    german: Words, layers: int, beside: int
) -> None:
    chart = chain_of(layers, beside)
    figure, pdf = drawn(chart, german)
    assert figure.height <= 580
    with pypdfium2.PdfDocument(pdf) as document:
        letters = document[0].get_textpage()
        printed = [
            at for at in range(letters.count_chars()) if letters.get_text_range(at, 1).strip()
        ]
        assert len(printed) > len(chart.stations)
        assert min(size_of(letters, at) for at in printed) >= 6
        boxes = [letters.get_charbox(at) for at in printed]
        read = "".join(letters.get_text_range().split())
    assert min(box[0] for box in boxes) >= 60
    assert max(box[2] for box in boxes) <= 60 + TEXT_WIDTH
    assert "U+00AD" not in read
    passed = [height for bends in figure._placed.bends.values() for _, height in bends]
    farthest = max([*passed, *figure._placed.heights.values()])
    if figure._is_down:
        assert figure._corner(0, farthest)[0] + figure._wide <= TEXT_WIDTH + 0.01


def size_of(letters: pypdfium2.PdfTextPage, at: int) -> float:
    """Return the size of a letter as it stands on the page, in points."""
    matrix = pypdfium2.raw.FS_MATRIX()
    assert pypdfium2.raw.FPDFText_GetMatrix(letters, at, matrix)
    return float(pypdfium2.raw.FPDFText_GetFontSize(letters, at) * abs(matrix.d))


def test_versions_that_everything_treats_alike_are_one_station() -> None:
    stations = tuple(
        Station(name, "lineage.version" if "@" in name else "lineage.dataset", name, "", bad)
        for name, bad in (
            ("daten", False), ("M-1@1", False), ("M-1@2", False), ("M-1@3", False),
            ("M-1@4", True), ("M-2@1", False), ("anders", False),
        )
    )  # fmt: skip
    flows = (*(("daten", one.key) for one in stations[1:6]), ("anders", "M-1@3"))
    found = grouped(Flowchart(stations, flows))
    assert [one.name for one in found.stations] == [
        "daten", "M-1@1, 2", "M-1@3", "M-1@4", "M-2@1", "anders",
    ]  # fmt: skip
    kept = {one.key for one in found.stations}
    assert {end for flow in found.flows for end in flow} <= kept
    assert ("daten", "M-1@1") in found.flows
    assert len(found.flows) == 5
    many = tuple(Station(f"M@{at}", "lineage.version", f"M@{at}", "", False) for at in range(1, 7))
    assert [one.name for one in grouped(Flowchart(many, ())).stations] == ["M@1 … 6"]
