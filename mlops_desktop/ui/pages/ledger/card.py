"""How the ledger stands, in sentences, with the way to verify it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mlops_desktop.services.ledger import LedgerState
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.pages.ledger.said import say_anchored, say_broken
from mlops_desktop.ui.pages.ledger.watch import NOT_AT_ITS_PLACE, Standing
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.status import show_step, step_text
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.chips import Chip, Status
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label

_CHIPS = {"ledger.history_shortened": "shortened", **dict.fromkeys(NOT_AT_ITS_PLACE, "away")}


class StateCard(QFrame):
    """Chip and sentences at the left, the actions at the right; progress while verifying."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._context = context
        self.job: Job | None = None
        self._chip = Chip(Status("idle", ""))
        self._verified = Label(wrap=True)
        self._anchored = Label(tone="muted", wrap=True)
        self._bar = QProgressBar()
        self._step = Label(tone="muted", size="small")
        actions = context.actions
        self._verify = ActionButton(actions.action("ledger.verify"), icon="verify", default=True)
        self._stop = ActionButton(actions.action("ledger.stop"), icon="stop")
        self._checks = ActionButton(actions.action("ledger.show_checks"))
        self._lay_out()
        self.show_job(None)

    def _lay_out(self) -> None:
        standing = QWidget()
        said = QHBoxLayout(standing)
        said.setContentsMargins(0, 0, 0, 0)
        said.setSpacing(10)
        said.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        self._verified.setContentsMargins(0, 3, 0, 0)  # at the line of the chip's word
        said.addWidget(self._verified, 1, Qt.AlignmentFlag.AlignTop)
        top = Flow()
        top.add_wide(standing)
        top.go_right()
        for button in (self._checks, self._stop, self._verify):
            top.addWidget(button)
        text = QVBoxLayout(self)
        text.setContentsMargins(16, 12, 16, 12)
        text.setSpacing(4)
        text.addLayout(top)
        for part in (self._anchored, self._step, self._bar):
            text.addWidget(part)

    def show_standing(self, standing: Standing) -> None:
        """Say how the ledger stands."""
        self._chip.set_status(self._status(standing))
        state, error = standing.state, standing.error
        if error is not None:
            what, meaning, remedy = self._context.explain(error)
            self._verified.setText(what)
            self._anchored.setText(" ".join(part for part in (meaning, remedy) if part))
        elif state is not None:
            self._verified.setText(self._say_verified(standing, state))
            self._anchored.setText(self._say_anchored(state))

    def show_job(self, job: Job | None) -> None:
        """Show how far the verification is, or that none runs."""
        self.job = job
        for part in (self._bar, self._step, self._stop):
            part.setVisible(job is not None)
        self._verify.setVisible(job is None)
        if job is not None:
            show_step(self._bar, job)
            self._bar.setAccessibleName(job.name)
            self._step.setText(step_text(self._context, job))

    def _status(self, standing: Standing) -> Status:
        say, state = self._context.say, standing.state
        if standing.error is not None:
            return Status("bad", say(f"ledger.chip.{_CHIPS.get(standing.error.code, 'unknown')}"))
        if standing.verdict is not None and not standing.verdict.is_ok:
            return Status("bad", say("ledger.chip.broken"))
        if state is None or not state.verified_size:
            return Status("idle", say("ledger.chip.never"))
        if state.verified_size < state.size:
            return Status("info", say("ledger.chip.part"))
        return Status("good", say("ledger.chip.verified"))

    def _say_verified(self, standing: Standing, state: LedgerState) -> str:
        say, number = self._context.say, self._context.language.number
        if standing.verdict is not None and not standing.verdict.is_ok:
            return say_broken(self._context, standing.verdict)
        if not state.verified_size:
            return say("ledger.card.never")
        if state.verified_size < state.size:
            verified, size = number(state.verified_size), number(state.size)
            return say("ledger.card.part", verified=verified, size=size)
        moment = standing.verified_at or state.seen_at
        day, _, time = self._context.language.time(moment).rpartition(" ")
        return say("ledger.card.verified", day=day, time=time)

    def _say_anchored(self, state: LedgerState) -> str:
        if state.anchored_at is None:
            return self._context.say("ledger.card.never_anchored")
        anchored = say_anchored(self._context, state.anchored_at)
        moment = self._context.language.time(state.anchored_at)
        since = say_count(self._context, "ledger.standing.since", state.since_anchor)
        return self._context.say("ledger.card.anchored", time=moment, ago=anchored, since=since)
