"""Words that must not be cut: labels, links, chips, and values in a narrow pane."""

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.lines import NameLine, TextBox, show_start
from mlops_desktop.ui.widgets.link import Link
from mlops_desktop.ui.widgets.room import Room
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.window import Window


@pytest.mark.parametrize("mood", ["good", "warn", "bad", "info", "idle"])
def test_moods_differ_in_shape_and_not_only_in_colour(mood: str, qtbot: QtBot) -> None:
    shapes = {}
    for other in ("good", "warn", "bad", "info", "idle"):
        chip = Chip(Status(other, "word"))
        qtbot.addWidget(chip)
        chip.resize(chip.sizeHint())
        image = chip.grab().toImage()
        ground = image.pixelColor(chip.width() - 8, chip.height() // 2).name()
        shapes[other] = {
            (x, y)
            for x in range(4, 20)
            for y in range(chip.height())
            if image.pixelColor(x, y).name() != ground
        }
    assert all(shapes[mood] != shape for other, shape in shapes.items() if other != mood)


def test_a_label_shows_what_would_turn_its_letters(qtbot: QtBot) -> None:
    label = Label("gnp\u202eexe")
    qtbot.addWidget(label)
    assert label.text() == "gnp\\u202eexe"
    label.setText("a\u2066b")
    assert label.text() == "a\\u2066b"


def test_a_link_says_by_dots_that_its_name_does_not_fit(plain: Window, qtbot: QtBot) -> None:
    name = "M-00003 LGD Baufinanzierung (IRB) & Söhne"
    shown = Sections(plain.context, "Facts")
    qtbot.addWidget(shown)
    shown.show_groups((Group("", (Fact("Model", name, go=lambda: None),)),))
    shown.resize(360, 120)
    shown.show()
    (link,) = shown.findChildren(QPushButton)
    qtbot.waitUntil(lambda: link.text().endswith("…"))
    assert link.width() >= link.fontMetrics().horizontalAdvance(link.text())
    assert link.toolTip() == name
    shown.resize(900, 120)
    qtbot.waitUntil(lambda: link.text() == name.replace("&", "&&"))


def test_a_link_is_whole_where_the_names_beside_it_can_spare_the_room(
    plain: Window, qtbot: QtBot
) -> None:
    name = "M-00013 AML-Transaktionsmonitoring"
    shown = Sections(plain.context, "Facts")
    qtbot.addWidget(shown)
    shown.show_groups((Group("", (Fact("Model", name, go=lambda: None),)),))
    (link,) = shown.findChildren(QPushButton)
    shown.resize(link.sizeHint().width() + 100, 120)
    shown.show()
    qtbot.waitUntil(lambda: link.text() == name)


def test_no_word_of_a_value_is_cut_in_a_narrow_pane(plain: Window, qtbot: QtBot) -> None:
    value = (
        "Dokumentenlenkung\nEingriffsschwelle\nrisk_models/lgd\n7925ef6573b847c08624060bba4aadab"
    )
    shown = Sections(plain.context, "Facts")
    area = Room(shown)
    qtbot.addWidget(area)
    shown.show_groups((Group("", (Fact("Gedruckt", value),)),))
    area.resize(900, 300)
    area.show()
    label = next(one for one in shown.findChildren(QLabel) if "Eingriff" in one.text())
    assert label.text() == value
    for wide in (230, 170):
        area.resize(wide, 300)
        qtbot.waitUntil(lambda: label.minimumSizeHint().width() <= label.width())
        assert area.horizontalScrollBar().maximum() == 0
        assert label.geometry().right() < wide
        assert label.text().replace("\u00ad", "").replace("\u200b", "") == value
    assert "Eingriffs\u00adschwelle" in label.text()
    area.resize(900, 300)
    assert label.text() == value


def test_a_sentence_in_a_chip_takes_more_lines_where_it_has_no_room_in_one(
    plain: Window, qtbot: QtBot
) -> None:
    warning = "No spare key: who loses the variable's value loses the workspace"
    shown = Sections(plain.context, "Facts")
    area = Room(shown)
    qtbot.addWidget(area)
    shown.show_groups(
        (Group("Key", (Fact("Kept in", "variable"),), status=Status("warn", warning)),)
    )
    area.resize(900, 300)
    area.show()
    (chip,) = shown.findChildren(Chip)
    qtbot.waitUntil(lambda: chip.width() == chip.sizeHint().width())
    one_line = chip.height()
    area.resize(260, 300)
    qtbot.waitUntil(lambda: chip.height() >= 2 * one_line - 6)
    assert area.horizontalScrollBar().maximum() == 0
    assert not chip.toolTip()


def test_a_short_link_asks_for_no_more_than_its_name(plain: Window, qtbot: QtBot) -> None:
    link = Link()
    qtbot.addWidget(link)
    link.lead("Owner", "Kai", lambda: None)
    assert link.minimumSizeHint().width() <= link.sizeHint().width()
    assert link.minimumSizeHint().width() < link.fontMetrics().averageCharWidth() * 12


def test_a_long_text_in_a_line_shows_its_beginning(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    show_start(line, "Logistische Regression mit Kalibrierung auf die zentrale Ausfallneigung")
    assert line.cursorPosition() == 0


def test_what_a_line_offers_wears_the_sheet_of_its_part_of_the_window(
    plain: Window, qtbot: QtBot
) -> None:
    dialog = QDialog(plain)
    line = NameLine(["Dr. Katrin Feddersen", "Jonas Brandt"])
    QVBoxLayout(dialog).addWidget(line)
    dialog.show()
    line.completer().complete()
    popup = line.completer().popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    assert popup.styleSheet() == dialog.styleSheet() != ""
    assert f"QListView#{popup.objectName()} {{" in popup.styleSheet()
    popup.hide()
    dialog.close()


def test_a_text_is_as_high_as_its_lines_up_to_a_height(plain: Window, qtbot: QtBot) -> None:
    box = TextBox(lines=2)
    qtbot.addWidget(box)
    box.resize(300, box.height())
    box.show()
    least = box.height()
    box.setPlainText("one line")
    assert box.height() == least
    box.setPlainText("many words " * 30)
    qtbot.waitUntil(lambda: box.height() > 2 * least)
    qtbot.waitUntil(lambda: not box.verticalScrollBar().isVisible())
    narrow, wide = box.height(), box.width() * 2
    box.resize(wide, box.height())
    qtbot.waitUntil(lambda: box.height() < narrow)
    box.setPlainText("many words " * 900)
    qtbot.waitUntil(box.verticalScrollBar().isVisible)
    assert box.height() < 10 * least
    box.clear()
    qtbot.waitUntil(lambda: box.height() == least)


def test_the_line_that_is_typed_stays_in_sight_in_a_scrolled_form(
    plain: Window, qtbot: QtBot
) -> None:
    inside, box = QWidget(), TextBox(lines=2)
    column = QVBoxLayout(inside)
    column.addWidget(box)
    room = Room(inside)
    qtbot.addWidget(room)
    room.resize(300, 120)
    room.show()
    room.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    for _ in range(9):
        box.insertPlainText("one more line\n")
    qtbot.waitUntil(lambda: room.verticalScrollBar().maximum() > 0)
    seen = room.viewport().rect()

    def typed() -> QPoint:
        return box.viewport().mapTo(room.viewport(), box.cursorRect().center())

    qtbot.waitUntil(lambda: seen.contains(typed()))
