"""The lineage figure: a name that is wider than its box breaks where a reader expects it."""

from itertools import pairwise

import pytest

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Flowchart, Station
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.breaks import SOFT_HYPHEN, with_hyphens
from mlops_desktop.dossier.typeset.flowchart import FlowchartFigure


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Gesamtbanksteuerung", "Gesamtbanksteue-rung"),
        ("Kündigung", "Kün-di-gung"),
        ("Score", "Score"),
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
