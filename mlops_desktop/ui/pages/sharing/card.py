"""Where one stands with others, in sentences, with what can be done about it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mlops_desktop.services.copies.sharing import Sharing
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.pages.sharing.said import say_standing
from mlops_desktop.ui.status import show_step, step_text
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.yielding import YieldingLabel


class StandingCard(QFrame):
    """Chip and sentences at the left, the actions at the right; progress while work runs."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._context = context
        self.job: Job | None = None
        self._chip = Chip(Status("idle", ""))
        self._what = YieldingLabel()
        self.more = YieldingLabel(tone="muted")
        self.here = YieldingLabel(tone="muted")
        self._bar, self._step = QProgressBar(), Label(tone="muted", size="small")
        actions = context.actions
        self._of_copy = (
            ActionButton(actions.action("sharing.outbox"), icon="export"),
            ActionButton(actions.action("sharing.answer"), icon="open"),
            ActionButton(actions.action("sharing.pull"), icon="sync"),
            ActionButton(actions.action("sharing.push"), icon="export", default=True),
        )
        self._of_shared = (
            ActionButton(actions.action("sharing.receive"), icon="open"),
            ActionButton(actions.action("sharing.extract"), icon="filter"),
            ActionButton(actions.action("sharing.take"), icon="archive", default=True),
        )
        self._stop = ActionButton(actions.action("sharing.stop"), icon="stop")
        self._lay_out()
        self.show_job(None)

    def show_sharing(self, shared: Sharing) -> None:
        """Say where one stands; a copy is brought back, a shared workspace taken away."""
        status, what, more = say_standing(self._context, shared)
        self._chip.set_status(status)
        self._what.setText(what)
        self.more.setText(more)
        is_copy = shared.state is not None
        for button in self._of_copy:
            button.setVisible(is_copy and self.job is None)
        for button in self._of_shared:
            button.setVisible(not is_copy and self.job is None)

    def show_here(self, names: tuple[str, ...]) -> None:
        """Say who else is here; nothing where nobody is, or nobody can tell."""
        self.here.setText(
            self._context.say("sharing.standing.here", names=", ".join(names)) if names else ""
        )
        self.here.setVisible(bool(names))

    def show_job(self, job: Job | None) -> None:
        """Show how far the work is, or that none runs."""
        self.job = job
        for part in (self._bar, self._step, self._stop):
            part.setVisible(job is not None)
        if job is not None:
            for button in (*self._of_copy, *self._of_shared):
                button.hide()
            show_step(self._bar, job)
            self._bar.setAccessibleName(job.name)
            self._step.setText(step_text(self._context, job))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(self._what, 1)
        text = QVBoxLayout()
        text.setSpacing(4)
        text.addLayout(top)
        for part in (self.more, self.here, self._step, self._bar):
            text.addWidget(part)
        self.here.hide()
        deeds = Flow()
        deeds.go_right()
        for button in (*self._of_shared, *self._of_copy, self._stop):
            deeds.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addLayout(text)
        column.addLayout(deeds)
