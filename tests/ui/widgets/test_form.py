"""Forms: what is wrong stands beside its field, and a title never takes the field's room."""

from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.approvals.conditions import Conditions
from mlops_desktop.ui.widgets.form import Facts, Form
from mlops_desktop.ui.window import Window
from tests.ui.conftest import said


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
