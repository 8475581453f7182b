"""Columns of a chapter's grid: no word is broken where the page has room for it."""

from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Chapter, Grid, Kind, Part, Value
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.pages import chapter
from mlops_desktop.dossier.pages.chapter import _shares
from mlops_desktop.dossier.pages.sheet import Sheet
from mlops_desktop.dossier.typeset.frame import TEXT_WIDTH
from mlops_desktop.dossier.typeset.ink import width_of
from mlops_desktop.dossier.typeset.table import PAD_X, STRONG, Table
from tests.dossier.sample import content

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


def test_tables_of_a_chapter_that_are_alike_have_the_same_columns(english: Words) -> None:
    parts = tuple(
        Part(name, name, grid=Grid(("model", "rule_detail"), ((_cell("M-00001"), _cell(told)),)))
        for name, told in (("a", "x"), ("b", "a long sentence that says why " * 3))
    )
    made = content()
    sheet = Sheet(made.document, made.facts, Language(english), ())
    built = chapter.build(sheet, Chapter("paragraphs", parts))
    first, second = (one for one in built if isinstance(one, Table))
    assert first.columns == second.columns


def _cell(told: str) -> tuple[Value, ...]:
    return (Value(Kind.TEXT, told),)
