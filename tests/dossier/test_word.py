"""Drafts as .docx, read back by python-docx and as plain XML."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import docx
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.dossier.content import Chapter, Field, Grid, Kind, Missing, Part, Reason, Value
from mlops_desktop.dossier.content.paper import Paper
from mlops_desktop.dossier.word.plain import plain
from mlops_desktop.dossier.word.writing import write
from mlops_desktop.services.wording import read_words

HOSTILE = (
    '<img src="/etc/passwd">',
    "=cmd()",
    "a\u202eb",
    "x" * 10_000,
    "\U0001f600",
    "nul\x00 bell\x07 vt\x0b \ufffe \ud800",
    "]]>&amp;</w:t>",
    "名前 שם اسم Ωμέγα",
)


def _text(value: str) -> tuple[Value, ...]:
    return (Value(Kind.TEXT, value),)


def paper(told: tuple[str, ...] = HOSTILE) -> Paper:
    rows = tuple((_text(one), _text(one), Missing(Reason.NONE_YET)) for one in told)
    grid = Grid(("paper_item", "paper_owner", "paper_due"), rows)
    parts = (Part("", grid=grid), Part("paper_item", told[0], (Field("paper_model", _text("M")),)))
    return Paper(
        "validation",
        "V-00001",
        told[0],
        "Elbmark Bank AG",
        told[-1],
        datetime(2026, 9, 30, tzinfo=UTC),
        tuple(Field("paper_model", _text(one)) for one in told),
        (Chapter("paper_scope", parts), Chapter("paper_areas", Missing(Reason.NONE_YET))),
    )


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_draft_is_marked_on_every_page_in_both_languages(language: str) -> None:
    words = read_words(language)
    found = docx.Document(BytesIO(write(paper(), words)))
    (section,) = found.sections
    head = section.header.paragraphs[0].text
    assert "DRAFT – not signed" in head
    assert "ENTWURF – nicht signiert" in head
    styles = [one.style.name for one in found.paragraphs if one.style is not None]
    assert styles[:3] == ["Title", "Subtitle", "Draft mark"]
    assert "Heading 1" in styles
    assert "Heading 2" in styles
    title = words.text("dossier.paper.validation.title")
    assert found.paragraphs[0].text == found.core_properties.title == title
    assert found.core_properties.language == language
    told = found.styles["Normal"].element.xpath(".//w:lang/@w:val")
    assert told == [{"en": "en-GB", "de": "de-DE"}[language]]
    headers = found.tables[1].rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    assert len(headers) == 1


def test_hostile_texts_stand_there_as_text_and_stop_nothing() -> None:
    made = write(paper(), read_words("en"))
    with ZipFile(BytesIO(made)) as package:
        assert package.testzip() is None
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                fromstring(package.read(name), forbid_dtd=True)
    table = docx.Document(BytesIO(made)).tables[1]
    shown = [row.cells[0].text for row in table.rows[1:]]
    assert shown[0] == HOSTILE[0]
    assert shown[2] == "a[U+202E]b"
    assert shown[3] == HOSTILE[3]
    assert shown[4] == HOSTILE[4]
    assert shown[5] == "nul[U+0000] bell[U+0007] vt[U+000B] [U+FFFE] [U+D800]"
    assert shown[6:] == list(HOSTILE[6:])


def test_the_same_facts_give_the_same_bytes_and_name_no_machine() -> None:
    words = read_words("de")
    assert write(paper(), words) == write(paper(), words)
    other = replace(paper(), number="V-00002")
    assert write(other, words) != write(paper(), words)
    with ZipFile(BytesIO(write(paper(), words))) as package:
        assert {one.date_time for one in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert package.namelist()[0] == "[Content_Types].xml"
        assert not [name for name in package.namelist() if "thumbnail" in name]
        core = package.read("docProps/core.xml").decode()
    assert "python-docx" not in core
    assert core.count("2026-09-30T00:00:00Z") == 2


@settings(max_examples=30, deadline=None)
@given(st.text(st.characters(codec=None), max_size=80))
def test_every_text_can_be_written(text: str) -> None:
    made = write(paper((text,)), read_words("en"))
    cell = docx.Document(BytesIO(made)).tables[1].rows[1].cells[0]
    assert cell.text == plain(text)


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_wide_font_breaks_no_title_of_a_column_within_a_syllable(language: str) -> None:
    """A reader without the font named has a wider one, and titles are bold: 2.2 mm a letter."""
    columns = ("paper_item", "paper_severity", "paper_evidence", "paper_judged_by", "paper_due")
    long = "Anpassung des Modellergebnisses mit Begründung, befristet bis zur Nachvalidierung. " * 3
    grid = Grid(columns, ((_text(long), _text("5"), _text("no"), _text("A. Yıldız"), _text("–")),))
    made = replace(paper(), chapters=(Chapter("paper_scope", (Part("", grid=grid),)),))
    found = docx.Document(BytesIO(write(made, read_words(language))))
    heads = next(table.rows[0] for table in found.tables if len(table.columns) == len(columns))
    for cell in heads.cells:
        parts = cell.text.replace("\u00ad", "- ").split()
        assert cell.width is not None
        assert max(map(len, parts)) * 2.2 <= cell.width.mm, cell.text
