import io
from functools import partial

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from reportlab.pdfgen.canvas import Canvas

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.charts.picture import Drawn, Mark
from mlops_desktop.ui.colors import Colors, read_colors
from mlops_desktop.ui.page import find_pages
from mlops_desktop.ui.pages.approvals.conditions import Conditions
from mlops_desktop.ui.pages.monitoring.span_box import SpanBox
from mlops_desktop.ui.pages.overview.card import FigureCard
from mlops_desktop.ui.pages.overview.cuts import Cut, CutRow
from mlops_desktop.ui.table.filter import FilterLine
from mlops_desktop.ui.theme import make_sheet
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chart import ChartView
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.dialog import ConfirmDialog
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.form import Facts, Form
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.lines import NameLine, show_start
from mlops_desktop.ui.widgets.link import Link
from mlops_desktop.ui.widgets.pdf import PdfView
from mlops_desktop.ui.widgets.room import Across, Below, Room
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog, Signing
from mlops_desktop.ui.widgets.tiles import Tiles
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow, said


@pytest.fixture
def plain(make_window: MakeWindow) -> Window:
    return make_window()


def make_pdf(pages: int) -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(pages):
        canvas.drawString(80, 700, f"Dossier page {number + 1}")
        canvas.rect(0, 0, 600, 400, fill=1)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def test_a_pdf_is_shown_page_by_page_and_can_be_read_aloud(plain: Window, qtbot: QtBot) -> None:
    view = PdfView(plain.context)
    qtbot.addWidget(view)
    view.resize(500, 600)
    view.show()
    pages: list[tuple[int, int]] = []
    view.page_changed.connect(lambda at, of: pages.append((at, of)))
    view.show_pdf(make_pdf(3))
    qtbot.waitUntil(lambda: view.page_count() == 3)
    assert "Dossier page 1" in view.accessibleDescription()

    def is_drawn() -> bool:
        return view.viewport().grab().toImage().pixelColor(250, 500).lightness() < 40

    qtbot.waitUntil(is_drawn)
    QTest.keyClick(view, Qt.Key.Key_End)
    assert pages[-1] == (3, 3)
    QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: view.horizontalScrollBar().maximum() > 0)


def test_what_is_no_pdf_is_refused(plain: Window, qtbot: QtBot) -> None:
    view = PdfView(plain.context)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.failed) as told:
        view.show_pdf(b"no such thing")
    assert told.args[0].code == "window.pdf_unreadable"


def draw(figure: object, colors: Colors) -> Drawn:
    axes = figure.add_subplot()  # type: ignore[attr-defined]
    axes.plot([1, 2, 3], [0.71, 0.70, 0.66], color=colors.accent, marker="o")
    marks = tuple(Mark(x, y, f"Gini {y}") for x, y in ((1, 0.71), (2, 0.70), (3, 0.66)))
    return Drawn(marks, (("quarter", "Gini"), ("1", "0.71"), ("2", "0.70"), ("3", "0.66")))


def is_drawn(chart: ChartView) -> bool:
    return chart._picture is not None and chart._picture.image.size() == chart.size()


def test_a_chart_says_its_values_and_gives_its_data(plain: Window, qtbot: QtBot) -> None:
    chart = ChartView(plain.context, "Gini over time")
    qtbot.addWidget(chart)
    chart.resize(400, 240)
    chart.show()
    chart.show_chart(draw)
    qtbot.waitUntil(lambda: is_drawn(chart))
    qtbot.waitUntil(lambda: not chart._later.isActive() and plain.context.jobs.is_idle())
    picture = chart._picture
    assert picture is not None
    x, y, *_ = picture.points[1]
    assert picture.image.pixelColor(int(x), int(y)).name() == read_colors("light").accent
    QTest.mouseMove(chart.windowHandle(), QPoint(int(x) + 3, int(y) - 3))
    qtbot.waitUntil(lambda: chart._at == 1)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    assert chart._at == 2
    QTest.keyClick(chart, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "quarter\tGini\n1\t0.71\n2\t0.70\n3\t0.66"
    assert "3, 0.66" in chart.accessibleDescription()


def sign_dialog(window: Window) -> SignDialog:
    meanings = (Meaning("approve", "I approve"), Meaning("reject", "I reject", needs_comment=True))
    dialog = SignDialog(window.context, "Approve version 7", (("Model", "M-5"),), meanings, window)
    dialog.open()
    return dialog


def test_a_signature_needs_a_meaning_and_a_passphrase(plain: Window, qtbot: QtBot) -> None:
    dialog, signed = sign_dialog(plain), []
    dialog.submitted.connect(lambda: signed.append(dialog.signing()))
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert "Please choose what you declare." in said(dialog)
    assert "Your signature needs the passphrase." in said(dialog)
    dialog._choices.button(1).click()
    dialog.passphrase.setText("correct horse")
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert "This decision needs a reason." in said(dialog)
    dialog.comment.setPlainText("Calibration segment changed.")
    QTest.keyClick(dialog.passphrase, Qt.Key.Key_Return)
    assert signed == [Signing("reject", "Calibration segment changed.", "correct horse")]
    assert "correct horse" not in repr(signed)
    assert not dialog.verb.isEnabled()
    dialog.show_error(AppError("window.pdf_unreadable"))
    assert dialog.verb.isEnabled()
    assert dialog.passphrase.text() == ""
    assert "This file cannot be shown as a PDF." in said(dialog)
    dialog.done_well()


def test_a_loss_is_confirmed_with_a_reason(plain: Window, qtbot: QtBot) -> None:
    dialog = ConfirmDialog(
        plain.context, "Retire", "Stays on record.", "Retire", plain, reason="Why"
    )
    dialog.open()
    heard: list[str] = []
    dialog.submitted.connect(lambda: heard.append(dialog.reason()))
    QTest.mouseClick(dialog.verb, Qt.MouseButton.LeftButton)
    assert heard == []
    assert "Please give a reason; it stays on record." in said(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_a_bar_explains_an_error_and_again_in_german(plain: Window, qtbot: QtBot) -> None:
    bar = MessageBar(plain.context)
    qtbot.addWidget(bar)
    bar.show_error(AppError("window.job_crashed", where="row 3", name="Sync"), "Traceback …")
    text = said(bar)
    assert "“Sync” stopped because of a mistake in this program." in text
    assert "Where: row 3" in text
    QTest.mouseClick(bar._copy, Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text().endswith("Traceback …")
    plain.context.language.use("de")
    assert "„Sync“ wurde durch einen Fehler" in said(bar)
    QTest.mouseClick(bar._close, Qt.MouseButton.LeftButton)
    assert not bar.isVisible()


def test_a_form_says_what_is_wrong_beside_the_field(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    line = form.add("Name", QLineEdit(), "As people say it.")
    form.show()
    form.set_wrong(line, "There is one of that name.")
    assert "There is one of that name." in said(form)
    assert line.accessibleDescription() == "There is one of that name."
    form.set_wrong(line, "")
    assert "There is one" not in said(form)


def test_facts_replace_those_before(qtbot: QtBot) -> None:
    facts = Facts()
    qtbot.addWidget(facts)
    facts.show()
    facts.show_facts((("Owner", "Corinna Wolters"), ("Tier", "2")))
    facts.show_facts((("Owner", "Lena Hofmann"),))
    qtbot.waitUntil(lambda: said(facts) == "Owner\nLena Hofmann")
    value = next(label for label in facts.findChildren(QLabel) if label.text() == "Lena Hofmann")
    assert value.accessibleName() == "Owner: Lena Hofmann"


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
    shown = Sections("Facts")
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


def test_no_word_of_a_value_is_cut_in_a_narrow_pane(plain: Window, qtbot: QtBot) -> None:
    value = (
        "Dokumentenlenkung\nEingriffsschwelle\nrisk_models/lgd\n7925ef6573b847c08624060bba4aadab"
    )
    shown = Sections("Facts")
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
    shown = Sections("Facts")
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


def test_what_belongs_to_a_field_stands_below_it_where_both_have_no_room(
    plain: Window, qtbot: QtBot
) -> None:
    form = Form()
    field, button = form.add("Reference", QLineEdit()), QPushButton("Look it up")
    form.add_below(field, button)
    qtbot.addWidget(form)
    form.resize(600, 120)
    form.show()
    qtbot.waitUntil(lambda: button.y() < field.geometry().bottom() < 60)
    assert button.x() > field.geometry().right()
    form.resize(form.titles_room() + field.sizeHint().width() + 40, 120)
    qtbot.waitUntil(lambda: button.y() > field.geometry().bottom())
    assert field.width() >= field.sizeHint().width()


def test_what_is_wider_than_its_card_is_scrolled_sideways_and_whole_from_top_to_bottom(
    plain: Window, qtbot: QtBot
) -> None:
    inside, figures, better = QWidget(), QWidget(), Chip(Status("good", "0.91"))
    figures.setFixedSize(500, 90 - better.sizeHint().height())
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    column.addWidget(figures)
    column.addWidget(better)
    across = Across(inside)
    qtbot.addWidget(across)
    across.resize(300, across.minimumSizeHint().height())
    across.show()
    qtbot.waitUntil(lambda: across.horizontalScrollBar().maximum() > 0)
    assert across.sizeHint().height() > 90
    across.resize(700, 90)
    qtbot.waitUntil(lambda: across.horizontalScrollBar().maximum() == 0)
    assert across.sizeHint().height() == 90


def test_a_short_link_asks_for_no_more_than_its_name(plain: Window, qtbot: QtBot) -> None:
    link = Link()
    qtbot.addWidget(link)
    link.lead("Owner", "Kai", lambda: None)
    assert link.minimumSizeHint().width() <= link.sizeHint().width()
    assert link.minimumSizeHint().width() < link.fontMetrics().averageCharWidth() * 12


def test_the_head_of_a_detail_keeps_its_lines_in_a_low_pane(plain: Window, qtbot: QtBot) -> None:
    pane = DetailPane(plain.context)
    pane.add_tab("Details", QWidget())
    qtbot.addWidget(pane)
    pane.set_head("Schwellen der Alarme nicht dokumentiert", "F-00012 · Feststellung · Nadine")
    pane.resize(160, 60)
    pane.show()
    title, under = pane._title, pane._under
    qtbot.waitUntil(lambda: title.height() >= title.heightForWidth(title.width()))
    assert title.geometry().bottom() < under.geometry().top()


def test_a_condition_has_room_for_what_must_be_done(plain: Window, qtbot: QtBot) -> None:
    asked = Conditions(plain.context)
    qtbot.addWidget(asked)
    text, day = asked.findChildren(QLineEdit)
    asked.resize(asked.minimumSizeHint())
    asked.show()
    assert text.width() > text.fontMetrics().averageCharWidth() * 25
    for language in ("en", "de"):
        plain.context.language.use(language)
        room = day.width() - day.fontMetrics().height()
        assert day.fontMetrics().horizontalAdvance(day.placeholderText()) < room


@pytest.mark.parametrize(
    "name",
    ["Offene Feststellungen", "Anpassungen, vorgeschlagen oder in Kraft",
     "Schwellenwertverletzungen offen"],
)  # fmt: skip
def test_a_card_has_room_for_its_whole_name(qtbot: QtBot, name: str) -> None:
    card = FigureCard()
    qtbot.addWidget(card)
    card.show_figure(name, "3", "Definition", is_bad=False)
    width, metrics = card.minimumSizeHint().width(), card.fontMetrics()
    assert all(metrics.horizontalAdvance(word) < width - 28 for word in name.split())
    wrapped = metrics.boundingRect(0, 0, width - 28, 0, Qt.TextFlag.TextWordWrap, name)
    assert card.heightForWidth(width) >= wrapped.height() + metrics.height() * 2 + 4
    assert card.heightForWidth(900) == card.sizeHint().height()


def _is_placed(widget: QPushButton) -> bool:
    return widget.x() > 0


def test_an_empty_place_has_its_sentence_in_the_middle(plain: Window, qtbot: QtBot) -> None:
    for width in (420, 1300):
        empty = EmptyState("Hier ist noch kein Modell.", Button("Modell erfassen"))
        qtbot.addWidget(empty)
        empty.resize(width, 400)
        empty.show()
        (sentence,) = (one for one in empty.findChildren(QLabel) if one.text())
        (button,) = empty.findChildren(QPushButton)
        qtbot.waitUntil(partial(_is_placed, button))
        assert abs(sentence.geometry().center().x() - button.geometry().center().x()) <= 1


def test_of_too_many_parts_the_biggest_are_shown_and_the_rest_is_told(qtbot: QtBot) -> None:
    cut = Cut()
    qtbot.addWidget(cut)
    rows = tuple(CutRow(f"Person {at}", at, str(at), f"owner:{at}") for at in range(1, 12))
    cut.show_rows("By owner", rows, lambda left_out: f"and {left_out} more")
    names = [one.text() for one in cut.findChildren(QPushButton)]
    assert names == [f"Person {at}" for at in range(11, 3, -1)]
    assert "and 3 more" in [one.text() for one in cut.findChildren(QLabel)]
    cut.show_rows("By owner", (), str)
    assert cut.isHidden()


def test_a_long_text_in_a_line_shows_its_beginning(qtbot: QtBot) -> None:
    line = QLineEdit()
    qtbot.addWidget(line)
    show_start(line, "Logistische Regression mit Kalibrierung auf die zentrale Ausfallneigung")
    assert line.cursorPosition() == 0


def test_titles_changed_out_of_sight_have_their_room(plain: Window, qtbot: QtBot) -> None:
    pane = DetailPane(plain.context)
    qtbot.addWidget(pane)
    for title in ("oversight.tab.retention", "oversight.tab.erasure", "oversight.tab.retention"):
        pane.add_tab(title, QLabel())
    bar = pane.tabs.tabBar()
    pane.tabs.setTabVisible(2, False)
    pane.resize(900, 300)
    pane.show()
    pane.tabs.setTabText(0, "Ein langer Titel")
    qtbot.waitUntil(lambda: bar.tabRect(0).width() > 60)
    wide = bar.tabRect(0).width()
    pane.tabs.setTabText(0, "a")
    qtbot.waitUntil(lambda: bar.tabRect(0).width() < wide)
    pane.hide()
    pane.tabs.setTabText(0, "Ein langer Titel")
    pane.tabs.setTabVisible(2, False)
    pane.show()
    qtbot.waitUntil(lambda: bar.tabRect(0).width() == wide)


class CountedTiles(Tiles):
    """Counts how often it lays itself out."""

    laid = 0

    def _lay(self, rect: QRect, *, moves: bool) -> int:
        self.laid += 1
        return super()._lay(rect, moves=moves)


def test_tiles_are_laid_once_a_width_until_one_of_them_changes(plain: Window) -> None:
    ground, tiles = QWidget(plain), CountedTiles(5, 10)
    ground.setLayout(tiles)
    card, other = FigureCard(), FigureCard()
    for one in (card, other):
        one.show_figure("Models", "3", "", is_bad=False)
        tiles.addWidget(one)
    ground.show()
    tiles.laid = 0
    narrow, wide = tiles.heightForWidth(200), tiles.heightForWidth(600)
    assert narrow > wide
    assert (tiles.heightForWidth(200), tiles.heightForWidth(600)) == (narrow, wide)
    assert tiles.laid == 2
    card.show_figure("Models " * 40, "3", "", is_bad=False)
    assert tiles.heightForWidth(600) > wide
    card.hide()
    assert tiles.heightForWidth(200) == wide


def test_tiles_take_another_row_where_large_text_leaves_no_room(plain: Window) -> None:
    ground, tiles = QWidget(plain), Tiles(5, 10)
    ground.setLayout(tiles)
    cards = [FigureCard() for _ in range(6)]
    for card in cards:
        card.show_figure("Validated, never approved", "3", "", is_bad=False)
        tiles.addWidget(card)
    least = tiles.minimumSize().width()
    assert [tiles.in_a_row(width) for width in (least, 2 * least + 10, 9 * least)] == [1, 2, 5]
    ground.resize(2 * least + 10, tiles.heightForWidth(2 * least + 10))
    ground.show()
    places = [card.geometry() for card in cards]
    assert [place.x() for place in places[:3]] == [0, least + 10, 0]
    assert places[2].top() > places[1].bottom()
    assert max(place.bottom() for place in places) < ground.height()


def test_the_rail_says_every_place_whole_in_text_of_twice_the_size(
    make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(pages=find_pages())
    window.context.theme.use_text(200)
    rail = window.rail
    rail.resize(320, 2400)
    rail.show()
    heights = {str(index.data()): rail.sizeHintForIndex(index).height() for index in (
        rail.model().index(at, 0) for at in range(rail.model().rowCount()))}  # fmt: skip
    assert heights["Findings & validations"] > heights["Models"] * 1.4
    window.context.theme.use_text(100)


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


def test_an_empty_hint_keeps_no_line_free(plain: Window) -> None:
    form, line = Form(), QLineEdit()
    form.add("Name", line)
    before = form.sizeHint().height()
    form.explain(line, "As on the form.")
    assert form.sizeHint().height() > before
    form.explain(line, "")
    assert form.sizeHint().height() == before


def test_boxes_and_arrows_grow_with_the_text() -> None:
    sheets = {percent: make_sheet(read_colors("light"), "light", percent) for percent in (100, 200)}
    small, large = ("width: 14px; height: 14px", "width: 28px; height: 28px")
    assert (small in sheets[100], large in sheets[100]) == (True, False)
    assert (small in sheets[200], large in sheets[200]) == (False, True)


def test_the_glass_of_a_filter_line_grows_with_the_text(qtbot: QtBot) -> None:
    line = FilterLine(())
    qtbot.addWidget(line)
    line.show()
    before = line._glass.width()
    font = line.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    line.setFont(font)
    line.adjustSize()
    assert line._glass.width() >= before * 1.5
    assert line.textMargins().left() > line._glass.width()
    assert line.rect().contains(line._glass.geometry())


def test_a_long_title_takes_more_lines_and_leaves_its_field_the_room(qtbot: QtBot) -> None:
    form = Form()
    qtbot.addWidget(form)
    long = "Bestätigung durch die Leitung des Modellrisikomanagements und der Compliance"
    field, short = form.add(long, QLineEdit()), form.add("Name", QLineEdit())
    form.resize(500, 200)
    form.show()
    label = form._labels[field]
    assert field.width() == short.width() > 240
    assert label.height() >= label.heightForWidth(label.width()) > label.fontMetrics().height() * 2


def test_what_a_form_hides_keeps_no_room(qtbot: QtBot) -> None:
    form, bare = Form(), Form()
    for one in (form, bare):
        qtbot.addWidget(one)
        one.add("Name", QLineEdit())
    hidden = form.add("Secret", QLineEdit(), "Kept in the keyring.")
    form.set_shown(hidden, False)
    assert form.sizeHint().height() == bare.sizeHint().height()
    form.set_shown(hidden, True)
    assert form.sizeHint().height() > bare.sizeHint().height()


def test_what_stands_below_a_table_keeps_lines_in_sight_in_any_size_of_text(qtbot: QtBot) -> None:
    below = Below(QLabel("Version 3"))
    qtbot.addWidget(below)
    before = below.minimumSizeHint().height()
    font = below.font()
    font.setPointSizeF(font.pointSizeF() * 2)
    below.setFont(font)
    assert below.minimumSizeHint().height() > before * 1.8


def test_the_choice_of_a_span_goes_on_below_its_title(plain: Window) -> None:
    box = SpanBox(plain.context)
    one_line, least = box.sizeHint(), box.minimumSizeHint().width()
    assert least < one_line.width()
    assert box.heightForWidth(least) > one_line.height()
