"""A field that is locked is seen to be so before anybody types into it."""

import pytest
from PySide6.QtWidgets import QComboBox, QDateEdit, QLineEdit, QWidget

from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.prefs import Prefs, ThemeMode
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.window import Window
from tests.ui.conftest import MakeWindow


def frame_of(field: QWidget) -> tuple[set[str], str]:
    """The colours along the upper frame of ``field``, and that of its ground."""
    image = field.grab().toImage()
    middle = image.width() // 2
    along = {image.pixelColor(x, 0).name() for x in range(middle - 12, middle + 12)}
    return along, image.pixelColor(middle, image.height() // 2).name()


def tones_of(form: QWidget) -> set[tuple[str, str | None]]:
    return {(label.text(), label.property("tone")) for label in form.findChildren(Label)}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_a_locked_field_is_told_from_an_open_one_though_both_are_empty(
    make_window: MakeWindow, name: ThemeMode
) -> None:
    """By its frame in dashes, its ground, and its title: in high contrast no ground alone tells."""
    window = make_window(Prefs(theme=name))
    dialog = FormDialog(window.context, "Locks", "Send", window)
    form = dialog.form
    made = {"Open": QLineEdit(), "Locked": QLineEdit(), "Day": QDateEdit(), "Kind": QComboBox()}
    fields = [form.add(word, field) for word, field in made.items()]
    dialog.insert(QLineEdit())  # which has the keyboard
    dialog.open()
    for field in fields[1:]:
        form.lock(field)
    colors = current_colors()
    assert frame_of(fields[0]) == ({colors.field}, colors.surface)
    for field in fields[1:]:
        along, ground = frame_of(field)
        assert len(along) > 1, "a frame in dashes"
        assert ground == colors.idle_soft
    assert tones_of(form) >= {("Open", None), ("Locked", "faint")}
    form.lock(fields[1], False)
    assert frame_of(fields[1]) == ({colors.field}, colors.surface)
    assert ("Locked", "") in tones_of(form)


def test_a_locked_field_shows_no_example_that_reads_like_a_value(plain: Window) -> None:
    form = Form(plain)
    line = form.add("Due", QLineEdit())
    line.setPlaceholderText("e.g. 2026-12-31")
    form.lock(line)
    assert not line.placeholderText()
    form.lock(line)
    form.lock(line, locked=False)
    assert line.placeholderText() == "e.g. 2026-12-31"
    line.setPlaceholderText("Empty: as before")
    form.lock(line, locked=False)
    assert line.placeholderText() == "Empty: as before", "given since then"
    form.lock(line)
    form.lock(line, locked=False)
    assert line.placeholderText() == "Empty: as before"
