"""The few dialogs: a form to send, a loss to confirm, a signature to give. All use open()."""

from functools import partial
from pathlib import Path
from typing import Protocol, runtime_checkable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.drafts.draft import Draft, Values
from mlops_desktop.ui.drops import Drops, Landing
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.bar import Deed, MessageBar
from mlops_desktop.ui.widgets.body import Body
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.form import Facts, Form
from mlops_desktop.ui.widgets.yielding import YieldingLabel

_NO_SIDE = Qt.AlignmentFlag(0)
_TITLES = 0.45
"""Of the width of a form, what titles may take for the sake of one edge."""


@runtime_checkable
class TakesPaths(Protocol):
    """A field that can hold files."""

    def take_paths(self, paths: tuple[Path, ...]) -> None: ...


class FormDialog(QDialog):
    """A form with one verb; it stays open until its owner says ``done`` or shows what is wrong."""

    submitted = Signal()
    keeps_draft = True
    """Whether what was typed is kept when the form is left without being sent."""

    def __init__(
        self, context: Context, title: str, verb: str, parent: QWidget, *, sentence: str = ""
    ) -> None:
        super().__init__(parent)
        self._filling: Draft | None = None
        self._left: QWidget | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.context = context
        self.bar = MessageBar(context)
        self.form = Form()
        self.verb = Button(verb, self._submit, default=True)
        self._cancel = Button(tr("Cancel"), self.reject)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 0, 24, 0)
        self._column.setSpacing(10)
        self._column.addWidget(self.bar)
        self._column.addWidget(self.form)
        self._column.addStretch()
        if sentence:
            self.lead(sentence)
        head = _head(title)
        self._body = Body(inside, head)
        self._stand_up(head)
        self.setMinimumWidth(self.fontMetrics().averageCharWidth() * 76)

    def _stand_up(self, head: QWidget) -> None:
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._cancel)
        buttons.addWidget(self.verb)
        buttons.setContentsMargins(24, 0, 24, 18)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(0, 0, 0, 0)
        outside.setSpacing(10)
        outside.addWidget(head)
        outside.addWidget(self._body, 1)
        outside.addLayout(buttons)

    def lead(self, sentence: str) -> None:
        """Say below the title what follows when the form is sent."""
        self._column.insertWidget(0, YieldingLabel(sentence, tone="muted"))

    def insert(self, widget: QWidget, side: Qt.AlignmentFlag = _NO_SIDE) -> None:
        """Put ``widget`` above the form, as wide as the form unless it stands at a ``side``."""
        self._column.insertWidget(self._column.indexOf(self.form), widget, 0, side)

    def is_complete(self) -> bool:
        """Whether the form can be sent; says what is wrong where it is not."""
        return True

    def hesitate(self) -> None:
        """Begin on Cancel: Enter alone does nothing that cannot be taken back."""
        self._cancel.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Keep the form from being changed while its work runs."""
        now = _focused(self)
        if busy and now is not None and self.form.isAncestorOf(now):
            self._left = now
        self.form.setEnabled(not busy)
        self.verb.setEnabled(not busy)
        if not busy and self._left is not None:
            self._left.setFocus()
            self._left = None

    def show_error(self, error: AppError) -> None:
        """Explain why nothing was done and let the person try again."""
        self.set_busy(False)
        self.bar.show_error(error)

    def done_well(self) -> None:
        """Close after the work is done."""
        self.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on Enter in a line, and on Ctrl+Enter anywhere."""
        if self._filling is not None and event.matches(QKeySequence.StandardKey.Undo):
            self._filling.undo()
        elif self._filling is not None and event.matches(QKeySequence.StandardKey.Redo):
            self._filling.redo()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.focusWidget() is self._cancel:
                self.reject()
            else:
                self._submit()
        else:
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin the draft, and offer the one that was left before."""
        super().showEvent(event)
        if self._filling is None:
            self._filling = Draft(self)
            self._filling.begin()
            self._align()
            self._catch_files()
            self._offer_draft()
            self._begin_in_form()
        QTimer.singleShot(0, self, self._stretch)

    def _align(self) -> None:
        """Begin what is told and what is asked at one edge, unless its titles are too long."""
        parts: list[Form | Facts] = [
            *self._body.findChildren(Form),
            *self._body.findChildren(Facts),
        ]
        most = int(max(self.width(), self.minimumWidth()) * _TITLES)
        room = max((room for one in parts if (room := one.titles_room()) <= most), default=0)
        for part in parts:
            part.begin_at(max(room, part.titles_room()))

    def event(self, event: QEvent) -> bool:
        """Grow after something inside asked for more room, as far as the window behind has it."""
        if event.type() != QEvent.Type.LayoutRequest:  # after another, Qt's part may be gone
            return super().event(event)
        handled = super().event(event)
        layout = self.layout()
        if layout is not None:
            behind = self.parentWidget()
            most = behind.window().width() if behind is not None else self.width()
            width = max(self.width(), min(layout.totalMinimumSize().width(), most))
            self.resize(width, max(self.height(), layout.totalHeightForWidth(width)))
            QTimer.singleShot(0, self, self._stretch)
        return handled

    def _stretch(self) -> None:
        """Scroll nothing that there is room for: lines may wrap anew once they are laid out."""
        if not self.isVisible() or self._body.width() != self.width():
            return  # not laid out yet: what the body hides is of a size it never has
        hidden = self._body.verticalScrollBar().maximum()
        if 0 < hidden <= self._body.room_left():
            self.resize(self.width(), self.height() + hidden)

    def _begin_in_form(self) -> None:
        """Put the keyboard into the first field unless the form chose another place."""
        now = _focused(self)
        chosen = now is not None and not isinstance(now, QAbstractButton)
        first = next(filter(self._takes_keys, self.form.findChildren(QWidget)), None)
        if first is not None and not chosen:
            first.setFocus()

    def _takes_keys(self, widget: QWidget) -> bool:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        return takes and widget.isEnabled() and widget.isVisibleTo(self)

    def done(self, result: int) -> None:
        """Keep what was typed where the form is left, forget it where it was sent."""
        if result == QDialog.DialogCode.Accepted:
            self.context.drafts.drop(self._draft_place())
        elif self.keep_draft():
            drop = partial(self.context.drafts.drop, self._draft_place())
            say = self.context.say
            self.context.toast(say("drafts.kept"), to_open=drop, open_label=say("drafts.discard"))
        super().done(result)

    def keep_draft(self) -> bool:
        """Keep what a person typed and did not send; return whether there was anything."""
        if not self.keeps_draft or self._filling is None or not self._filling.is_begun():
            return False
        self.context.drafts.keep(self._draft_place(), self._filling.values())
        return True

    def land(self, paths: tuple[Path, ...]) -> Landing:
        """Say what becomes of files that are dropped on the form."""
        for part in self.form.findChildren(QWidget):
            if isinstance(part, TakesPaths) and part.isEnabled():
                return Landing(self.context.say("drops.form.file"), part.take_paths)
        return Landing(self.context.say("drops.form.none"))

    def _catch_files(self) -> None:
        drops = Drops(self.context, self, self, self.land)
        for line in (*self.findChildren(QLineEdit), *self.findChildren(QPlainTextEdit)):
            drops.watch(line.viewport() if isinstance(line, QPlainTextEdit) else line)

    def _offer_draft(self) -> None:
        kept = self.context.drafts.find(self._draft_place()) if self.keeps_draft else None
        if kept is not None and self._filling is not None:
            fill = partial(self._continue, self._filling, kept.values)
            time = self.context.language.time(kept.at)
            is_of_today = kept.at.astimezone().date() == clock.now().astimezone().date()
            shown = time.rpartition(" ")[2] if is_of_today else time
            said = self.context.say("drafts.left" if is_of_today else "drafts.left_on", time=shown)
            self.bar.say("info", said, deed=Deed(self.context.say("drafts.continue"), fill))

    def _continue(self, filling: Draft, values: Values) -> None:
        self.bar.clear()
        filling.fill(values)

    def _draft_place(self) -> tuple[str, str, str]:
        return (self.context.workspace_name, type(self).__qualname__, self.windowTitle())

    def _submit(self) -> None:
        if self.verb.isEnabled() and self.is_complete():
            self.bar.clear()
            self.set_busy(True)
            self.submitted.emit()


def _head(title: str) -> QWidget:
    """Return what a form is called; it stands still while the form below is scrolled."""
    head = QWidget()
    row = QVBoxLayout(head)
    row.setContentsMargins(24, 20, 24, 0)
    row.addWidget(YieldingLabel(title, size="title", strong=True))
    return head


def _focused(dialog: QDialog) -> QWidget | None:
    """Return what has the keyboard; Qt's stubs forget that it may be nothing."""
    return dialog.focusWidget()


class ConfirmDialog(FormDialog):
    """Asks before what cannot be taken back, and for the reason where one is kept."""

    def __init__(
        self, context: Context, title: str, sentence: str, verb: str, parent: QWidget,
        *, reason: str = "",
    ) -> None:  # fmt: skip
        super().__init__(context, title, verb, parent, sentence=sentence)
        needed = tr("Needed; it stays on record.")
        self._reason = self.form.add(reason, QPlainTextEdit(), needed) if reason else None
        if self._reason is not None:
            self._reason.setTabChangesFocus(True)
            self._reason.setMaximumHeight(self.fontMetrics().height() * 6)
            self._reason.setFocus()
        else:
            self.hesitate()

    def reason(self) -> str:
        """Return the reason as typed."""
        return self._reason.toPlainText().strip() if self._reason is not None else ""

    def is_complete(self) -> bool:
        """A reason that is asked for must be given."""
        if self._reason is not None and not self.reason():
            self.form.set_wrong(self._reason, tr("Please give a reason; it stays on record."))
            return False
        return True
