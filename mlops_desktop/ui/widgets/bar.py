"""The inline bar: what happened, what it means, what to do, and details; beside what failed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.announcing import announce
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button, IconButton
from mlops_desktop.ui.widgets.picture import Picture
from mlops_desktop.ui.widgets.yielding import YieldingLabel

Kind = Literal["bad", "warn", "info", "good"]
_ICONS = {"bad": "error", "warn": "warning", "info": "info", "good": "verify"}


@dataclass(frozen=True, slots=True)
class Deed:
    """What can be done about a message: the words on its button, and the act."""

    words: str
    act: Callable[[], None]


class MessageBar(QFrame):
    """Hidden until it has something to say; a person can put it away, unless it is held.

    Its parts are made with its first message: most of a page's bars never have one.
    """

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._kind: Kind = "bad"
        self._tell: Callable[[], None] | None = None
        self._error: AppError | None = None
        self._held: Callable[[], None] | None = None
        self._is_covered = False
        self._deed: Deed | None = None
        self._parts: _Parts | None = None
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        context.speaking.enlist(self, self._retranslate)

    def show_error(self, error: AppError, details: str = "") -> None:
        """Explain ``error`` until it is put away; ``details`` can be opened and copied."""
        self.stand(partial(self._explain, error, details))
        self._error = error

    def stand(self, tell: Callable[[], None]) -> None:
        """Let ``tell`` say something here, and again in another language until it is put away."""
        tell()
        self._tell = tell

    def _explain(self, error: AppError, details: str) -> None:
        what, meaning, remedy = self._context.explain(error)
        place = tr("Where: {place}", place=error.where) if error.where else ""
        self.say("bad", what, "\n".join(part for part in (meaning, remedy, place) if part), details)

    def say(
        self, kind: Kind, what: str, rest: str = "", details: str = "", deed: Deed | None = None
    ) -> None:
        """Show a sentence of ``kind`` and, below it, what it means and what to do."""
        self._kind, self._tell, self._deed = kind, None, deed
        self._error = None
        if self._parts is None:
            self._parts = _Parts(self, self._do, self.clear)
        self._parts.say(what, rest, details, deed.words if deed is not None else "")
        self._parts.close.show()
        self._is_covered = True
        self.setAccessibleName(what)
        self.setAccessibleDescription(rest)
        self._draw(self._parts.picture)
        self.show()
        announce(self, "\n".join(filter(None, (what, rest))), is_urgent=kind in ("bad", "warn"))

    def hold(self, kind: Kind, what: str, rest: str = "", deed: Deed | None = None) -> None:
        """Show what nobody may put away; what is said after it covers it for a time only."""
        self.say(kind, what, rest, "", deed)
        self._held, self._is_covered = partial(self.hold, kind, what, rest, deed), False
        if self._parts is not None:
            self._parts.close.hide()

    def let_go(self) -> None:
        """Hold nothing any more: what was held no longer counts."""
        self._held = None
        self.clear()

    def put_away(self, error: AppError) -> None:
        """Put the bar away if ``error`` is what it explains."""
        if self._error is error:
            self.clear()

    def clear(self) -> None:
        """Put the bar away, or show again what is held."""
        self._tell = self._error = None
        if self._held is None:
            self.hide()
        elif self._is_covered:
            self._held()

    def _draw(self, picture: Picture) -> None:
        self.setProperty("bar", self._kind)
        self.style().unpolish(self)
        self.style().polish(self)
        picture.show_icon(_ICONS[self._kind], self._kind)

    def _retranslate(self) -> None:
        if self._parts is not None:
            self._parts.retranslate()
        if self._tell is not None:
            error = self._error
            self.stand(self._tell)
            self._error = error

    def _do(self) -> None:
        if self._deed is not None:
            self._deed.act()


class _Parts:
    """What a bar holds: a picture, its sentences, what can be done, and details to open."""

    def __init__(self, bar: QFrame, act: Callable[[], None], close: Callable[[], None]) -> None:
        self.picture = Picture("error", "bad")
        self._what = YieldingLabel(strong=True, selectable=True)
        self._rest = YieldingLabel(selectable=True)
        self._trace = QPlainTextEdit(readOnly=True)
        self._trace.setMaximumHeight(160)
        self._more = Button(flat=True, clicked=self._toggle)
        self._copy = Button(flat=True, clicked=self._copy_details)
        self._act = Button(clicked=act)
        self.close = IconButton("close", close)
        self._lay_out(bar)
        self.retranslate()

    def _lay_out(self, bar: QFrame) -> None:
        text = QVBoxLayout()
        text.setSpacing(2)
        buttons = QHBoxLayout()
        for button in (self._act, self._more, self._copy):
            buttons.addWidget(button)
        buttons.addStretch()
        for part in (self._what, self._rest):
            text.addWidget(part)
        text.addLayout(buttons)
        text.addWidget(self._trace)
        row = QHBoxLayout(bar)
        row.setContentsMargins(12, 8, 6, 8)
        row.setSpacing(10)
        row.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)
        row.addWidget(self.close, 0, Qt.AlignmentFlag.AlignTop)

    def say(self, what: str, rest: str, details: str, words: str) -> None:
        """Show the sentences, the ``words`` of what can be done, and closed details."""
        self._act.setText(words)
        self._act.setVisible(bool(words))
        self._what.setText(what)
        self._rest.setText(rest)
        self._rest.setVisible(bool(rest))
        self._trace.setPlainText(details)
        self._trace.hide()
        self._more.setVisible(bool(details))
        self._copy.setVisible(bool(details))

    def retranslate(self) -> None:
        """Say the buttons again."""
        self._more.setText(tr("Details"))
        self._copy.setText(tr("Copy details"))
        self.close.call(tr("Put this message away"))
        self._trace.setAccessibleName(tr("Details"))

    def _toggle(self) -> None:
        self._trace.setVisible(self._trace.isHidden())

    def _copy_details(self) -> None:
        parts = (self._what.text(), self._rest.text(), self._trace.toPlainText())
        QGuiApplication.clipboard().setText("\n\n".join(part for part in parts if part))
