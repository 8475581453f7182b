"""Setting text: nothing is lost, nothing overflows, nothing hostile gets through."""

import unicodedata
from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.platypus import Flowable, Paragraph

from mlops_desktop.dossier.pages.press import with_room
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.flow import Heading, Place, Text
from mlops_desktop.dossier.typeset.frame import TEXT_WIDTH, Document, Furniture
from mlops_desktop.dossier.typeset.ink import BODY, Align, shorten
from mlops_desktop.dossier.typeset.lines import measure, runs, wrap
from mlops_desktop.dossier.typeset.placing import clusters
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.typeset.table import CELL, Band, Column, Table

FURNITURE = Furniture("Title", "Internal", "Document 1", "As at today", "Page {x} of ", "Seal")
HOSTILE = [
    ("a\u202eb", "a[U+202E]b"),
    ("zero\u200bwidth", "zero[U+200B]width"),
    ("nul\x00", "nul[U+0000]"),
    ("bell\x07", "bell[U+0007]"),
    ("\ufeffbom", "[U+FEFF]bom"),
    ("lone\ud800", "lone[U+D800]"),
    ("🦄", "[U+1F984]"),
    ("😀 中文 한국어", "😀 中文 한국어"),
    ("Ĳ\u02bc \u0e01", "Ĳ\u02bc [U+0E01]"),
    ("Kredit\u00adrisiko", "Kredit\u00adrisiko"),
    ("M-\u00ad1", "M-[U+00AD]1"),
    ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
    ("a\u200cb", "a[U+200C]b"),
    ("e\u0301", "é"),
    ("q\u0308", "q\u0308"),
    ("\u0301a", "[U+0301]a"),
    ("q" + "\u0308" * 4, "q" + "\u0308" * 3 + "[U+0308]"),
    ("tab\tone", "tab one"),
    ("thin\u2009space", "thin space"),
    ("two\r\nlines", "two\nlines"),
    ("carriage\rreturn", "carriage[U+000D]return"),
    ("\ue000", "[U+E000]"),
    ("Müller Ωμέγα Жук ≤ ∑ שלום", "Müller Ωμέγα Жук ≤ ∑ שלום"),
    ("<img src='/etc/passwd'>", "<img src='/etc/passwd'>"),
]


def letters(text: str) -> str:
    """Return what a text shows, without spaces, forms of letters and which way brackets turn."""
    plain = unicodedata.normalize("NFKC", text).translate(_SAME)
    return "".join(plain.replace("\u00ad", "").replace("\u200c", "").split())


_SAME = str.maketrans(dict(zip(")]}»›>≥⟩〉》」』】", "([{«‹<≤⟨〈《「『【", strict=True)))


def printed(*story: Flowable) -> bytes:
    out = BytesIO()
    Document(out, FURNITURE).build(list(story))
    return out.getvalue()


@pytest.mark.parametrize(("given_text", "shown"), HOSTILE)
def test_what_cannot_be_printed_is_shown_as_its_code(given_text: str, shown: str) -> None:
    assert safe(given_text) == shown


@given(st.text(alphabet=st.characters()))
def test_safe_text_has_a_glyph_for_every_character(text: str) -> None:
    for character in safe(text):
        assert character == "\n" or fonts.has_glyph(ord(character))
        assert character in "\u00ad\u200c" or unicodedata.category(character) not in {
            *("Cf", "Cs", "Co", "Cn"),
        }


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300), st.floats(30, 500))
def test_lines_fit_and_lose_nothing(text: str, width: float) -> None:
    lines = wrap(text, BODY, width)
    for line in lines:
        assert line.width <= width + 1e-6 or len(list(clusters(line.words))) == 1
        assert letters("".join(run.text for run in line.runs)) == letters(line.words)
    kept = "".join(line.words for line in lines)
    assert letters(kept) == letters(safe(text))


@given(st.text(max_size=80), st.booleans())
def test_runs_join_to_the_text_and_each_font_has_its_glyphs(text: str, is_right: bool) -> None:
    shown = safe(text).replace("\n", "")
    found = runs(shown, fonts.BOLD, from_right=is_right)
    assert letters("".join(run.text for run in found)) == letters(shown)
    for run in found:
        assert all(ord(character) in fonts.face(run.font).widths for character in run.text)


@given(st.text(max_size=200), st.floats(20, 200))
def test_shortened_words_fit(text: str, width: float) -> None:
    shown = shorten(text, BODY, width)
    assert shown == "…" or measure(shown, BODY.font, BODY.size) <= width


def test_a_word_of_50000_characters_is_printed_whole() -> None:
    columns = (Column("Name", 0.3), Column("Value", 0.7))
    pdf = printed(Table(columns, [("x" * 50_000, "y"), ("after", "z")]))
    text = "".join(read_text(pdf))
    assert text.count("x") == 50_000
    assert "after" in text


def test_a_text_of_many_pages_is_printed_whole() -> None:
    words = " ".join(f"word{number}" for number in range(6000))
    text = "".join(read_text(printed(Text(words))))
    assert all(f"word{number}" in text for number in range(0, 6000, 7))


def test_titles_are_repeated_on_every_page() -> None:
    rows = [(str(number), "value") for number in range(200)]
    pages = read_text(printed(Table((Column("Number", 0.5), Column("Content", 0.5)), rows)))
    assert len(pages) > 3
    assert all("Number" in page and "Content" in page for page in pages)


def test_rows_keep_their_order_and_none_is_lost() -> None:
    rows = [(f"row-{number}-end", "v\nw" if number % 3 else "v") for number in range(300)]
    text = "\n".join(read_text(printed(Table((Column("A", 1), Column("B", 1)), rows))))
    places = [text.index(name) for name, _ in rows]
    assert places == sorted(places)


def test_a_band_stays_with_its_first_row() -> None:
    rows: list[tuple[str] | Band] = []
    for number in range(120):
        rows += [Band(f"band-{number}"), (f"row-{number}",)]
    for page in read_text(printed(Table((Column("A", 1),), rows))):
        lines = [line for line in page.split() if line.startswith(("band-", "row-"))]
        assert lines[-1].startswith("row-")


@pytest.mark.parametrize("lines", range(30, 62, 3))
def test_a_heading_never_stands_alone_above_the_page_of_its_table(lines: int) -> None:
    table = Table((Column("A", 1),), [("first\n" * 9,), ("second",)])
    story = [Text("x\n" * lines), Heading("Heading", 2, "h", outline=False), table]
    (page,) = (page for page in read_text(printed(*with_room(story))) if "Heading" in page)
    assert "first" in page


@pytest.mark.parametrize("lines", range(30, 62, 3))
def test_a_heading_stands_on_the_page_of_the_place_to_sign(lines: int) -> None:
    place = Place("countersign-1", "The place of a signature", 120)
    story = [Text("x\n" * lines), Heading("Signer", 2, "h", outline=False), Text("Empty"), place]
    out = BytesIO()
    document = Document(out, FURNITURE)
    document.build(with_room(story))
    (field,) = (one for one in document.fields if one.name == place.name)
    pages = read_text(out.getvalue())
    assert "Signer" in pages[field.page - 1]


@pytest.mark.parametrize("lines", range(30, 62, 2))
def test_a_few_fields_stand_on_the_page_on_which_their_table_begins(lines: int) -> None:
    columns = (Column("", 0.3), Column("", 0.7))
    fields = Table(
        columns, [("Results", "met\nmissing\nstale\nwaived\nother"), ("More", "2")], titles=False
    )
    table = Table((Column("A", 1),), [("first",), ("second",)])
    part = Heading("Part", 1, "p", outline=False)
    story = [Text("x\n" * lines), part, fields, table]
    (page,) = (page for page in read_text(printed(*with_room(story))) if "Results" in page)
    assert "first" in page


@pytest.mark.parametrize("high", [1, 9])
@pytest.mark.parametrize("lines", range(14, 30))
def test_a_chapter_never_begins_above_the_page_of_its_first_table(lines: int, high: int) -> None:
    table = Table((Column("A", 1),), [("first\n" * high,), ("second",)])
    above = [Heading("Chapter", 0, "c"), Text("Lead\nof\nthree"), Heading("Part", 1, "p")]
    story = [Text("x\n" * lines), *above, table]
    (page,) = (page for page in read_text(printed(*with_room(story))) if "Chapter" in page)
    assert "first" in page


@pytest.mark.parametrize("lines", range(24, 36))
def test_no_row_stands_alone_on_the_next_page_and_a_few_fields_stay_together(lines: int) -> None:
    rows = [(f"row-{number}", "v" if number < 5 else "v\nw\nx\ny") for number in range(6)]
    for titles in (True, False):
        columns = (Column("A", 1), Column("B", 1))
        table = Table(columns, rows, titles=titles)
        pages = read_text(printed(Text("x\n" * lines), table))
        counts = [page.count("row-") for page in pages if "row-" in page]
        assert sum(counts) == len(rows)
        assert counts[-1] > 1 if titles else counts == [6]


def test_every_page_says_x_of_y() -> None:
    pages = read_text(printed(*(Text("line\n" * 60) for _ in range(4))))
    assert len(pages) > 3
    for number, page in enumerate(pages, 1):
        assert f"Page {number} of {len(pages)}" in " ".join(page.split())


def test_headings_make_the_outline() -> None:
    pdf = printed(Heading("One", 0, "a"), Text("x"), Heading("Within", 1, "b"), Text("y"))
    toc = list(pypdfium2.PdfDocument(pdf).get_toc())
    assert [(entry.get_title(), entry.level) for entry in toc] == [("One", 0), ("Within", 1)]


def test_no_flowable_parses_markup() -> None:
    assert not issubclass(Text, Paragraph)
    pdf = printed(
        Text("<b>&amp;</b> %d {x} <a href='javascript:1'>"),
        Table((Column("<i>A</i>", 1, CELL, Align.RIGHT),), [("</para><font>",)]),
    )
    text = "".join(read_text(pdf))
    for literal in ("<b>&amp;</b>", "%d", "{x}", "<i>A</i>", "</para><font>", "javascript"):
        assert literal in text
    assert b"/URI" not in pdf


def test_a_table_takes_the_width_it_is_given() -> None:
    table = Table((Column("A", 1), Column("B", 3)), [("a", "b")])
    assert table.wrap(TEXT_WIDTH, 500)[0] == TEXT_WIDTH
    assert table.split(TEXT_WIDTH, 500) == [table]
    assert table.split(TEXT_WIDTH, 10) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Abschnitt III, Fußnote 3", ("Abschnitt III,", "Fußnote 3")),
        ("Section III, footnote 3", ("Section III,", "footnote 3")),
        ("nach Art. 26 Abs. 7 Buchst. a", ("Art. 26", "Abs. 7", "Buchst. a")),
        ("siehe (Anhang IV Nr. 2)", ("(Anhang IV", "Nr. 2)")),
        ("AT 4.3.5 Tz. 12 Satz", ("Tz. 12",)),
    ],
)
def test_no_line_ends_between_a_paragraph_and_its_number(text: str, kept: tuple[str, ...]) -> None:
    fonts.register()
    for width in range(75, 140, 3):
        lines = [line.words for line in wrap(text, BODY, width)]
        assert [one for one in kept if not any(one in line for line in lines)] == [], width
