"""What leads a new workspace to its first models: three steps above the page, until one is there.

1 connect a source, 2 read it, 3 decide what was found. Whoever knows the way puts them away.
"""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.errands import Errands
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.buttons import Button, IconButton
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label

if TYPE_CHECKING:
    from mlops_desktop.services.first_steps import FirstSteps

_WATCHED = frozenset({"model", "source"})
_STEPS = (1, 2, 3)
_DONE = 4


class FirstStepsBar(QWidget):
    """The three steps; the next one is the default, those done have a tick."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._errands = Errands(context)
        self._found: FirstSteps | None = None
        self._was_new = False
        self._title, self._hint = Label(strong=True), Label(tone="muted", wrap=True)
        self._buttons = {step: Button("", partial(self._do, step)) for step in _STEPS}
        self._see = Button("", self._show_models, default=True)
        self._close = IconButton("close", self._put_away)
        self._lay_out()
        self.hide()
        context.workspace_changed.connect(self._on_workspace)
        context.changed.connect(self._on_changed)
        context.language_changed.connect(self._say)
        self._on_workspace()

    def _lay_out(self) -> None:
        row = Flow()
        for button in self._buttons.values():
            row.addWidget(button)
        row.addWidget(self._see)
        text = QVBoxLayout()
        text.setSpacing(6)
        for part in (self._title, self._hint):
            text.addWidget(part)
        text.addLayout(row)
        card = QFrame()
        card.setObjectName("card")
        whole = QHBoxLayout(card)
        whole.setContentsMargins(14, 10, 8, 12)
        whole.addLayout(text, 1)
        whole.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 10)
        column.addWidget(card)

    def _on_workspace(self) -> None:
        self._found, self._was_new = None, False
        self.hide()
        if self._context.is_open and self._context.session.actor.person:
            self._ask()

    def _on_changed(self, changes: Changes) -> None:
        if self._was_new and changes.kinds & _WATCHED and self._context.is_open:
            self._ask()

    def _ask(self) -> None:
        session = self._context.session

        def ask(progress: Progress) -> "FirstSteps":
            from mlops_desktop.services.first_steps import read_first_steps

            return read_first_steps(session)

        self._context.jobs.submit_read(
            self._context.say("first_steps.reading"), ask, self._show, self._ignore,
            key="first_steps",
        )  # fmt: skip

    def _show(self, found: "FirstSteps") -> None:
        self._was_new = self._was_new or found.step < _DONE
        self._found = found
        self.setVisible(self._was_new)
        self._say()

    def _ignore(self, error: AppError) -> None:
        """Leave it to the pages to say what is wrong."""

    def _say(self) -> None:
        found, say = self._found, self._context.say
        if found is None:
            return
        is_done = found.step == _DONE
        self._close.call(say("first_steps.close"))
        number = self._context.language.number
        title = "first_steps.done" if is_done else "first_steps.title"
        self._title.setText(say(title, n=number(found.models)))
        hint = say(f"first_steps.hint.{found.step}", n=number(found.candidates))
        self._hint.setText(hint)
        self._see.setText(say("first_steps.see"))
        self._see.setVisible(is_done)
        for step, button in self._buttons.items():
            mark = "✓ " if step < found.step else ""
            button.setText(mark + say(f"first_steps.step.{step}"))
            button.setProperty("default", step == found.step)
            button.style().unpolish(button)
            button.style().polish(button)
            button.setEnabled(step <= found.step)
            button.setVisible(not is_done)

    def _do(self, step: int) -> None:
        match step:
            case 1:
                self._errands.run("sources", "source.add")
            case 2:
                self._errands.run("sources", "source.sync_all")
            case _:
                self._context.show_list("models", "state:candidate")

    def _show_models(self) -> None:
        self._context.show_list("models", "")
        self._put_away()

    def _put_away(self) -> None:
        self._was_new = False
        self.hide()
