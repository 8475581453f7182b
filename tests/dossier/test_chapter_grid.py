"""Columns of a chapter's grid: no word is broken where the page has room for it."""

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.dossier.pages.chapter import _shares
from mlops_desktop.dossier.typeset.frame import TEXT_WIDTH
from mlops_desktop.dossier.typeset.ink import width_of
from mlops_desktop.dossier.typeset.table import PAD_X, STRONG

_LIGHTS = [
    ("Bereich", "Nach Risikoklasse", "Ampel", "Vorher", "Beurteilt von", "Begründung", "Nachweise"),
    ("Trennschärfe", "verlangt", "gelb: mit Anmerkungen", "", "Jonas Brandt", "x " * 60, ""),
    ("Implementierung", "verlangt", *["keine erfasst"] * 5),
]


def test_the_words_of_a_narrow_column_stand_whole() -> None:
    shares = _shares(_LIGHTS)
    for column, share in zip(zip(*_LIGHTS, strict=True), shares, strict=True):
        words = [word for cell in column for word in cell.split()]
        room = share * TEXT_WIDTH - 2 * PAD_X
        assert max(width_of(word, STRONG) for word in words) <= room
    assert abs(sum(shares) - 1) < 1e-9


_MODELS = [
    ("Modell", "Klasse", "Zustand", "Freigabe", "Verantwortung", "Überprüfung", "Offene Vorgänge",
     "Überfällig"),
    ("M-00013\nAML-Transaktionsmonitoring", "2", "im Produktivbetrieb", "befristet freigegeben",
     "Dr. Katrin Feddersen", "31.12.2026", "11", "1"),
    ("M-00011\nSondertilgungsmodell Baufinanzierung", "2", "in Validierung", "freigegeben",
     "nicht verfügbar", "18.12.2027", "3", "0"),
]  # fmt: skip


def test_where_not_every_word_has_room_the_widest_column_alone_breaks_its_own() -> None:
    shares = _shares(_MODELS)
    broken = []
    for column, share in zip(zip(*_MODELS, strict=True), shares, strict=True):
        words = [word for cell in column for word in cell.split()]
        if max(width_of(word, STRONG) for word in words) > share * TEXT_WIDTH - 2 * PAD_X:
            broken.append(column[0])
    assert broken == ["Modell"]
    assert abs(sum(shares) - 1) < 1e-9


@given(st.lists(st.lists(st.text(max_size=60), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_columns_share_the_whole_width(rows: list[list[str]]) -> None:
    shares = _shares(rows)
    assert abs(sum(shares) - 1) < 1e-9
    assert min(shares) > 0
