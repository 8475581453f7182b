"""Operators written straight say what reportlab's own text object would say."""

from io import BytesIO

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.dossier.typeset import fonts
from mlops_desktop.dossier.typeset.writing import move, write

fonts.register()
WORDS = st.text(
    st.sampled_from("abc XYZ 019 ()\\[]<>%/{}#'\"äöüßÄÖÜéłž€–„“αβγДж"), min_size=1, max_size=30
).filter(lambda words: bool(words.strip()))


def printed(pieces: list[tuple[str, str, float]], *, directly: bool) -> str:
    out = BytesIO()
    canvas = Canvas(out, A4, invariant=1)
    text = canvas.beginText()
    for line, (words, font, size) in enumerate(pieces):
        if directly:
            move(text, 40, 800 - 20 * line)
            write(text, words, font, size, 12)
        else:
            text.setTextOrigin(40, 800 - 20 * line)
            text.setFont(font, size, 12)
            text.textOut(words)
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    page = document[0].get_textpage()
    found = str(page.get_text_bounded())
    page.close()
    document.close()
    return found


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from([fonts.REGULAR, fonts.BOLD]),
                          st.sampled_from([7.0, 8.0, 9.5])), min_size=1, max_size=8))  # fmt: skip
def test_it_reads_as_reportlab_writes_it(pieces: list[tuple[str, str, float]]) -> None:
    assert printed(pieces, directly=True) == printed(pieces, directly=False)


def test_a_font_is_set_where_it_changes() -> None:
    canvas = Canvas(BytesIO(), A4)
    text = canvas.beginText()
    for words, size in (("a", 8.0), ("b", 8.0), ("ä", 8.0), ("c", 9.0)):
        write(text, words, fonts.REGULAR, size, 12)
    told = " ".join(text._code)  # type: ignore[attr-defined]
    assert told.count("8 Tf") == 1
    assert told.count("9 Tf") == 1
    write(text, "d", fonts.BOLD, 9.0, 12)
    text.setFont(fonts.REGULAR, 9, 12)
    text.textOut("e")
    write(text, "f", fonts.REGULAR, 9.0, 12)
    assert " ".join(text._code).count("9 Tf") == 3  # type: ignore[attr-defined]


@pytest.mark.parametrize("words", ["(", ")", "\\", "\\)", "a(b)c\\"])
def test_what_ends_a_string_in_pdf_is_escaped(words: str) -> None:
    assert words in printed([(words, fonts.REGULAR, 8.0)], directly=True)
