"""The page Dossiers as a whole: its list, one with its pages and checks, and every view of it."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mlops_desktop.services import dossiers
from mlops_desktop.services.dossiers import Order
from mlops_desktop.ui.pages.dossiers.library import make_columns
from mlops_desktop.ui.pages.dossiers.said import say_places
from mlops_desktop.ui.pages.dossiers.shelf import Found
from mlops_desktop.ui.pages.dossiers.verifying import with_seal
from mlops_desktop.ui.widgets.room import area_of
from tests.services.steps import ask, cast
from tests.support.bank import FOUNDER, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk, close, texts
from tests.ui.pages.dossiers.acts import choose, open_desk, order, page_of, seal_dialog
from tests.ui.pages.reads import watch_reads
from tests.ui.pages.test_room import text_size
from tests.ui.room import scrolled_inside


def test_an_empty_page_leads_to_the_first_export(empty: Desk) -> None:
    page = page_of(empty)
    assert "No dossier has left this workspace yet." in said(page)
    assert empty.can("dossier.export")


def test_the_list_is_filtered_and_sorted(desk: Desk, tmp_path: Path) -> None:
    dossiers.export_dossier(
        desk.bank.session, Order("1", tmp_path / "de.pdf", "de"), desk.bank.unlock(FOUNDER)
    )
    page = page_of(desk)
    for text, number in (
        ("", 2), ("language:de", 1), ("model:mittelstand", 2), ("person:brandt", 0), ("fedd", 2),
    ):  # fmt: skip
        page.list.set_filter(text)
        page.reload()
        desk.settle()
        assert page.list.count() == number, text
    page.list.set_filter("colour:red")
    desk.settle()
    assert "colour" in said(page.list.bar)


def test_the_preview_draws_the_seal(desk: Desk, tmp_path: Path) -> None:
    content = (tmp_path / "dossier.pdf").read_bytes()
    assert "Dr. Katrin Feddersen" in _seal_text(with_seal(content))
    assert _dark(with_seal(content)) > _dark(content)
    assert with_seal(b"no PDF") == b"no PDF"


def _seal_text(content: bytes) -> str:
    with pypdfium2.PdfDocument(content) as document:
        return str(document[0].get_textpage().get_text_bounded(bottom=0, top=220))


def _dark(content: bytes) -> int:
    """Count the dark pixels where the seal stands."""
    with pypdfium2.PdfDocument(content) as document:
        picture = document[0].render(scale=1).to_pil().convert("L")
    lower = picture.crop((0, int(picture.height * 0.75), picture.width, int(picture.height * 0.92)))
    return sum(lower.histogram()[:100])


def test_the_number_of_the_page_is_said_in_the_other_language_at_once(desk: Desk) -> None:
    page = choose(desk)
    assert "Page 1 of " in said(page.detail)
    desk.window.context.language.use("de")
    assert "Seite 1 von " in said(page.detail)


def test_checks_stand_beside_the_pages_or_below_them(desk: Desk) -> None:
    page = choose(desk)
    assert page.detail.split.orientation() == Qt.Orientation.Horizontal
    panel = page.detail.panel
    assert panel._ground.minimumSizeHint().width() <= panel.viewport().width()
    desk.window.resize(900, 760)
    desk.settle()
    assert page.detail.split.orientation() == Qt.Orientation.Vertical


def test_checks_have_a_tab_where_they_and_the_pages_would_be_scrolled_twice(desk: Desk) -> None:
    page = choose(desk)
    tabs, panel = page.detail.tabs, page.detail.panel
    assert not tabs.isTabVisible(2)
    desk.window.resize(1280, 800)
    with text_size(desk, 200):
        desk.settle()
        assert tabs.isTabVisible(2)
        for at in range(tabs.count()):
            tabs.setCurrentIndex(at)
            desk.settle()
            assert scrolled_inside(desk.window) == []
            room = area_of(page.detail.split)
            assert room is not None
            assert room.verticalScrollBar().maximum() == 0
        assert panel.isVisible()
        assert panel.height() > panel.fontMetrics().lineSpacing() * 3
        tabs.setCurrentIndex(0)
    desk.window.resize(1440, 900)
    desk.settle()
    assert not tabs.isTabVisible(2)
    assert panel.isVisible()
    assert panel.width() > page.detail.split.width() // 4


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(desk: Desk, language: str) -> None:
    desk.window.context.language.use(language)
    page = choose(desk)
    for at in range(page.detail.tabs.count()):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


def test_both_dialogs_have_names(empty: Desk, tmp_path: Path) -> None:
    form = order(empty, tmp_path / "out.pdf")
    assert nameless(form) == []
    dialog = seal_dialog(empty, form)
    assert dialog is not None
    assert nameless(dialog) == []
    dialog.reject()
    close(form)


def test_the_window_itself_never_asks_the_database(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = watch_reads(monkeypatch)
    page = choose(desk)
    page.work.verify_again()
    page.reload()
    desk.settle()
    close(desk.do("dossier.export"))
    assert len(asked) > 4
    assert not any(asked)


def test_the_record_says_who_countersigned_and_who_is_due(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    first, second = "Jonas Brandt", "Miriam Sander"
    request = ask(file_bank)
    for name in (first, second):
        cast(file_bank, request, name)
    out = tmp_path / "dossier.pdf"
    order = Order("1", out, signers=("approvers",))
    dossiers.export_dossier(file_bank.as_(second), order, file_bank.unlock(second))
    dossiers.countersign_dossier(file_bank.as_(first), out, file_bank.unlock(first))
    desk = open_desk(make_window, file_bank, qtbot)
    page = choose(desk)
    line = page.detail.line
    assert line is not None
    assert line.place.found is Found.SAME
    facts = say_places(desk.window.context, line.row)
    assert [fact.name for fact in facts] == [f"1. {first}", f"2. {second}"]
    assert facts[0].value.startswith("signed ")
    assert facts[1].value == "due now"
    page.detail.tabs.setCurrentIndex(1)
    desk.settle()
    shown = texts(page.detail.record)
    assert all(name in shown for name in (f"1. {first}", f"2. {second}", "due now"))
    columns = make_columns(desk.window.context, page.library)
    assert [column.text(line) for column in columns if column.id == "waits"] == [second]
