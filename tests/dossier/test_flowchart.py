"""The lineage figure: a name that is wider than its box breaks where a reader expects it."""

from io import BytesIO
from itertools import pairwise

import pytest
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Flowchart, Station
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import flowchart, fonts
from mlops_desktop.dossier.typeset.breaks import SOFT_HYPHEN, with_hyphens
from mlops_desktop.dossier.typeset.flowchart import FlowchartFigure
from mlops_desktop.dossier.typeset.lines import Line


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
    told = [line.words for line in figure._lines(stations[0], 56.0)]
    assert told[0].endswith(SOFT_HYPHEN)
    assert "".join(told).replace(SOFT_HYPHEN, "").replace(" ", "") == "GesamtbanksteuerungimHaus"
    assert [line.words for line in figure._lines(stations[1], 56.0)] == ["kurz"]


def test_a_name_that_is_cut_shows_no_code_of_a_hyphen(
    german: Words, monkeypatch: pytest.MonkeyPatch
) -> None:
    fonts.register()
    drawn: list[str] = []

    def draw(_: object, lines: tuple[Line, ...], *__: object, **___: object) -> None:
        drawn.extend(one.words for one in lines)

    monkeypatch.setattr(flowchart, "draw_lines", draw)
    names = ("jahresabschluesse-mittelstand-kredit", *("x",) * 7)
    stations = tuple(
        Station(f"s{at}", "lineage.dataset", name, "", is_marked=False)
        for at, name in enumerate(names)
    )
    chain = tuple(pairwise(one.key for one in stations))
    figure = FlowchartFigure(Flowchart(stations, chain), Language(german))
    figure.canv = Canvas(BytesIO())
    figure.wrap(460, 600)
    figure._draw()
    assert any(one.endswith("…") for one in drawn)
    assert not [one for one in drawn if "U+" in one]
