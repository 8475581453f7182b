"""Help, news, about and reports: complete in both languages, and reached by keys."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit, QTextBrowser
from pytestqt.qtbot import QtBot

from mlops_desktop import __version__
from mlops_desktop.services.crash_reports import Problem
from mlops_desktop.services.packages import list_packages
from mlops_desktop.services.wording import read_words
from mlops_desktop.ui.help.about import AboutDialog
from mlops_desktop.ui.help.pane import HelpPane
from mlops_desktop.ui.help.report import ReportDialog, write_report
from mlops_desktop.ui.help.texts import known_terms
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow, button, find, press, said


def help_text(window: Window) -> str:
    return find(window, QTextBrowser).toPlainText()


def test_every_page_has_its_help_and_every_term_its_meaning(make_window: MakeWindow) -> None:
    window = make_window()
    for language in ("en", "de"):
        window.context.language.use(language)
        words, known = read_words(language), known_terms(window.context)
        for spec in find_pages():
            for part in ("shows", "sources"):
                assert words.text(f"help.page.{spec.id}.{part}")
            assert set(spec.terms) <= set(known), spec.id
            assert spec.terms, spec.id
        assert all(one.name and one.meaning for one in known.values())
        news = [key for key in words.sentences if key.startswith("news.")]
        assert f"news.{__version__.replace('.', '_')}.1" in news


def test_help_is_written_in_weights_that_have_a_face(window: Window) -> None:
    window.focus_page()
    press(window, Qt.Key.Key_F1)
    find(find(window, HelpPane), QLineEdit).setText("a")
    block, weights = find(window, QTextBrowser).document().begin(), set()
    while block.isValid():
        piece = block.begin()
        while not piece.atEnd():
            weights.add(piece.fragment().charFormat().fontWeight())
            piece += 1
        block = block.next()
    assert QFont.Weight.DemiBold in weights
    assert max(weights) == QFont.Weight.DemiBold


def test_help_opens_by_f1_follows_the_page_and_gives_the_keyboard_back(
    window: Window, qtbot: QtBot
) -> None:
    window.focus_page()
    before = QApplication.focusWidget()
    press(window, Qt.Key.Key_F1)
    pane = find(window, HelpPane)
    assert pane.isVisible()
    assert pane.geometry().right() == window.width() - 1
    press(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert "Verification proves" in help_text(window)
    window.context.language.use("de")
    assert "Die Prüfung beweist" in help_text(window)
    line = find(pane, QLineEdit)
    line.setText("kopf")
    assert help_text(window).split("\n")[:2] == ["Passende Begriffe", "Kopf"]
    line.setText("<b>gibt es nicht")
    assert help_text(window) == "Kein Begriff passt zu „<b>gibt es nicht“."
    QTest.keyClick(line, Qt.Key.Key_Escape)
    assert not pane.isVisible()
    assert QApplication.focusWidget() is before


def test_without_a_workspace_the_ways_in_are_explained(make_window: MakeWindow) -> None:
    window = make_window()
    window.context.actions.run("help")
    assert "Three ways in" in help_text(window)


def test_news_are_told_once_after_an_update(make_window: MakeWindow) -> None:
    window = make_window()
    assert window.context.prefs.version == __version__
    assert "This is version" not in said(window)
    window.context.prefs.version = "0.0.9"
    window.help.greet()
    assert f"This is version {__version__}." in said(window)
    button(window, "What’s new").click()
    assert "first version" in help_text(window)
    assert window.context.prefs.version == __version__


def test_about_names_every_package_with_version_and_licence(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    window.context.actions.run("help.about")
    dialog = find(window, AboutDialog)
    table = find(dialog, ShortTable)
    qtbot.waitUntil(lambda: len(table.rows_in_order()) > 40)
    names = {one.name.casefold(): one for one in list_packages()}
    assert {"pyside6_essentials", "sqlalchemy", "pandas", "reportlab", "keyring"} <= set(names)
    assert "LGPL-3.0" in names["pyside6_essentials"].licence
    assert "pytest" not in names
    assert f"Version {__version__}" in said(dialog)
    button(dialog, "Copy all").click()
    assert "SQLAlchemy\t" in QGuiApplication.clipboard().text()
    dialog.accept()


def test_no_line_of_about_is_cut_in_text_of_twice_the_size(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window()
    window.resize(1440, 900)
    window.context.theme.use_text(200)
    window.context.actions.run("help.about")
    dialog = find(window, AboutDialog)
    qtbot.waitUntil(window.context.jobs.is_idle)
    lines = [one for one in dialog.findChildren(Label) if one.wordWrap()]
    assert len(lines) > 4
    assert [one.text() for one in lines if one.height() < one.heightForWidth(one.width())] == []
    dialog.accept()
    window.context.theme.use_text(100)


@pytest.fixture
def report(window: Window) -> ReportDialog:
    window.show_crash("Sync", "ValueError: in /somewhere\n")
    button(window, "Report…").click()
    return find(window, ReportDialog)


def test_a_crash_becomes_a_report_that_is_read_before_it_is_saved(
    report: ReportDialog, qtbot: QtBot, tmp_path: Path
) -> None:
    text = find(report, QPlainTextEdit).toPlainText()
    assert f"Version: {__version__}" in text
    assert "What stopped: “Sync” stopped because of a mistake in this program." in text
    assert "ValueError: in /somewhere" in text
    button(report, "Save…").click()
    dialog = find(report, QFileDialog)
    place = tmp_path / "report.txt"
    dialog.fileSelected.emit(str(place))
    dialog.reject()
    qtbot.waitUntil(lambda: _read(place) == text)
    report.reject()


def test_a_report_names_day_and_page_in_the_language_of_the_window(window: Window) -> None:
    window.context.language.use("de")
    text = write_report(window.context, Problem())
    today = datetime.now().astimezone()
    assert f"Erstellt: {today:%d.%m.%Y} " in text
    spec = next(one for one in find_pages() if one.id == window.context.actions.page)
    assert f"Seite: {window.context.say(spec.title)} ({spec.id})" in text
    window.context.actions.set_page("models")
    assert "Seite: Modelle (models)" in write_report(window.context, Problem())


def _read(place: Path) -> str:
    return place.read_text("utf-8") if place.exists() else ""
