"""Any list on paper: A4 on its side, every cell, what was asked, who printed; never a dossier."""

import re
from datetime import date
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.dossier.archive import require_archival
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers
from mlops_desktop.services.list_prints import ListColumn, ListWish, print_list
from tests.services.conftest import FOUNDER, Bank

COLUMNS = (
    ListColumn("Number", 9),
    ListColumn("Name", 40),
    ListColumn("PSI", 8, is_numeric=True),
)
HOSTILE = '<img src="/etc/passwd"> =cmd() \u202eevil\x00'


def wish(rows: int, language: str = "en", as_of: AsOf = NOW, line: str = "tier:1") -> ListWish:
    lines = tuple((f"M-{at:05}", f"Modell {at} {HOSTILE}", f"0.{at:03}") for at in range(rows))
    return ListWish("Models", COLUMNS, lines, language, line, "Sorted by Name, ascending", as_of)


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("en", ("Filter: tier:1", "As of 31 May 2026", "not sealed", "Page 1 of ", "90 rows")),
        ("de", ("Filter: tier:1", "Stand 31.05.2026", "nicht gesiegelt", "Seite 1 von ", "90 Ze")),
    ],
)
def test_every_row_is_there_with_what_was_asked_in_both_languages(
    file_bank: Bank, language: str, told: tuple[str, ...]
) -> None:
    pdf = print_list(file_bank.session, wish(90, language, on(date(2026, 5, 31))))
    pages = texts(pdf)
    assert len(pages) > 1
    for sentence in (*told, FOUNDER, "Elbmark Bank AG", "Models"):
        assert sentence in pages[0], sentence
    whole = "".join(pages)
    assert [f"M-{at:05}" in whole for at in range(90)] == [True] * 90
    assert "\u202e" not in whole
    assert re.search(rf"(Page {len(pages)} of|Seite {len(pages)} von)\s+{len(pages)}", pages[-1])
    with pypdfium2.PdfDocument(pdf) as document:
        assert document[0].get_width() == pytest.approx(841.9, abs=0.1)
        assert document[0].get_height() == pytest.approx(595.3, abs=0.1)


def test_it_is_archival_tagged_and_no_dossier(file_bank: Bank, tmp_path: Path) -> None:
    pdf = print_list(file_bank.session, wish(3, line=""))
    require_archival(pdf)
    assert "No filter: every row" in texts(pdf)[0]
    (tmp_path / "list.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "list.pdf") as opened:
        assert "/StructTreeRoot" in opened.Root
        assert opened.Root.Lang == "en"
    found = dossiers.verify_dossier(tmp_path / "list.pdf", session=file_bank.session)
    assert found.verdict.outcome is Outcome.NOT_A_DOSSIER


def test_only_ink_that_a_grey_printer_shows_is_used(file_bank: Bank) -> None:
    with pypdfium2.PdfDocument(print_list(file_bank.session, wish(30))) as document:
        picture = document[0].render(scale=2, grayscale=True).to_pil()
    dark = sum(picture.histogram()[:110])
    pale = sum(picture.histogram()[150:200])
    assert dark > pale


def test_an_empty_list_prints_its_titles(file_bank: Bank) -> None:
    (page,) = texts(print_list(file_bank.session, wish(0)))
    assert "0 rows" in page
    assert "Number" in page
    assert "PSI" in page


def test_no_word_breaks_where_a_line_has_room_for_it(file_bank: Bank) -> None:
    titles = (
        "Modell",
        "Kennzahl",
        "Wert",
        "Zustand",
        "Gemessen",
        "Grund",
        "Läufe",
        "Verantwortung",
    )
    columns = tuple(ListColumn(title, 5, title in {"Wert", "Läufe"}) for title in titles)
    long = "Ein langer Grund, der über mehrere Zeilen geht und allen Raum nähme. " * 3
    row = (
        "M-00002",
        "PSI",
        "0,27",
        "Eingriffsschwelle verletzt",
        "30.09.2026",
        long,
        "12",
        "Kredit",
    )
    asked = ListWish("Überwachung", columns, (row,), "de")
    (page,) = texts(print_list(file_bank.session, asked))
    for word in (*titles, *row[:5], *row[6:], *long.split()):
        assert word in page, word


def test_a_day_stays_on_one_line_beside_long_texts(file_bank: Bank) -> None:
    plan = "A plan that takes several lines and would take all the room there is. " * 3
    heads = {
        "No.": "B-00004", "Model": "M-00021", "Metric": "Groundedness", "Segment": "",
        "Level": "intervention threshold breached", "Value": "0.94", "Threshold": "< 0.95",
        "Since": "30 Sept 2026", "State": "action planned by the owner", "Plan": plan,
    }  # fmt: skip
    columns = tuple(ListColumn(head, min(len(told), 40), False) for head, told in heads.items())
    asked = ListWish("Breaches", columns, (tuple(heads.values()),), "en")
    (page,) = texts(print_list(file_bank.session, asked))
    assert "30 Sept 2026" in page
