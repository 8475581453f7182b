"""What can be filled in, as texts: read, written and heard alike whatever widget it is."""

from collections.abc import Iterator
from typing import Any, Protocol, runtime_checkable

from PySide6.QtCore import QDate, Qt, SignalInstance
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QRadioButton,
    QSpinBox,
    QWidget,
)

_KINDS = (QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit, QCheckBox, QRadioButton)
_BETWEEN = "\x1f"


@runtime_checkable
class DraftPart(Protocol):
    """A part of a form that says and takes all it holds as one text."""

    changed: Any

    def draft_text(self) -> str: ...
    def take_draft(self, text: str) -> None: ...


def fields_of(form: QWidget) -> Iterator[QWidget]:
    """Yield what can be filled in, in order; never a secret, never what only shows something."""
    for child in form.children():
        if not isinstance(child, QWidget):
            continue
        if isinstance(child, DraftPart) or _is_open(child):
            yield child
        elif not isinstance(child, (*_KINDS, QAbstractSpinBox, QListWidget)):
            yield from fields_of(child)


def _is_open(widget: QWidget) -> bool:
    if isinstance(widget, QLineEdit):
        is_plain = widget.echoMode() == QLineEdit.EchoMode.Normal
        return is_plain and not widget.isReadOnly()
    if isinstance(widget, QListWidget):
        return _ticks(widget)
    is_shown = isinstance(widget, QPlainTextEdit) and widget.isReadOnly()
    return isinstance(widget, _KINDS) and not is_shown


def _ticks(widget: QListWidget) -> bool:
    ticked = Qt.ItemFlag.ItemIsUserCheckable
    return any(bool(widget.item(at).flags() & ticked) for at in range(widget.count()))


def name_of(widget: QWidget) -> str:
    """Return what a person knows the field by."""
    return widget.accessibleName() or widget.objectName() or type(widget).__name__


def changed_of(widget: QWidget) -> SignalInstance:
    """Return the signal of a change."""
    match widget:
        case DraftPart():
            found = widget.changed
        case QLineEdit() | QPlainTextEdit():
            found = widget.textChanged
        case QComboBox():
            found = widget.currentTextChanged
        case QSpinBox():
            found = widget.valueChanged
        case QDateEdit():
            found = widget.dateChanged
        case QListWidget():
            found = widget.itemChanged
        case _:
            found = widget.toggled  # type: ignore[attr-defined]
    signal: SignalInstance = found
    return signal


def read(widget: QWidget) -> str:
    """Return what a field holds."""
    match widget:
        case DraftPart():
            return widget.draft_text()
        case QLineEdit():
            return widget.text()
        case QPlainTextEdit():
            return widget.toPlainText()
        case QComboBox():
            return widget.currentText()
        case QSpinBox():
            return str(widget.value())
        case QDateEdit():
            return widget.date().toString(Qt.DateFormat.ISODate)
        case QListWidget():
            items = (widget.item(at) for at in range(widget.count()))
            checked = Qt.CheckState.Checked
            return _BETWEEN.join(one.text() for one in items if one.checkState() == checked)
        case _:
            return "1" if widget.isChecked() else ""  # type: ignore[attr-defined]


def write(widget: QWidget, text: str) -> None:
    """Let a field hold ``text``; what it does not offer is left as it was."""
    match widget:
        case DraftPart():
            widget.take_draft(text)
        case QLineEdit():
            widget.setText(text)
        case QPlainTextEdit():
            widget.setPlainText(text)
        case QComboBox():
            _choose(widget, text)
        case QSpinBox():
            widget.setValue(int(text))
        case QDateEdit():
            widget.setDate(QDate.fromString(text, Qt.DateFormat.ISODate))
        case QListWidget():
            _tick(widget, frozenset(text.split(_BETWEEN)))
        case QRadioButton():
            _press(widget, is_on=bool(text))
        case _:
            widget.setChecked(bool(text))  # type: ignore[attr-defined]


def _choose(box: QComboBox, text: str) -> None:
    at = box.findText(text)
    if at >= 0:
        box.setCurrentIndex(at)
    elif box.isEditable():
        box.setEditText(text)


def _tick(widget: QListWidget, wanted: frozenset[str]) -> None:
    for item in (widget.item(at) for at in range(widget.count())):
        if item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            is_on = item.text() in wanted
            item.setCheckState(Qt.CheckState.Checked if is_on else Qt.CheckState.Unchecked)


def _press(button: QRadioButton, *, is_on: bool) -> None:
    """Press or release; the last of a group is released only where the group lets go for once."""
    group = button.group()
    if is_on or group is None:
        button.setChecked(is_on)
        return
    group.setExclusive(False)
    button.setChecked(False)
    group.setExclusive(True)
