"""The status bar: the ledger at the left, the running jobs at the right."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QScrollArea,
    QStatusBar,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.ui.actions import Action
from mlops_desktop.ui.colors import current_colors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job
from mlops_desktop.ui.motion import is_still
from mlops_desktop.ui.pace_said import say_pace, say_remaining
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import IconButton
from mlops_desktop.ui.widgets.chips import Mood, draw_shape
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sentence_button import SentenceButton


class _Shape(QWidget):
    """The shape of a mood, for the eye beside the sentence."""

    def __init__(self) -> None:
        super().__init__()
        self.mood: Mood = "idle"
        self.setFixedSize(14, 14)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the mood."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = QColor(getattr(current_colors(), self.mood))
        draw_shape(painter, QPointF(7, 7), 8, self.mood, ink)


def step_text(context: Context, job: Job) -> str:
    """Say how far ``job`` is: its own sentence, or a count, or that it waits."""
    step = job.progress.step
    if job.progress.is_cancelled():
        return tr("Stopping…")
    if not job.running:
        return tr("Waiting")
    if step.key:
        return context.say(step.key, **dict(step.parameters))
    if step.total:
        number = context.language.number
        return tr("{done} of {total}", done=number(step.done), total=number(step.total))
    return context.language.number(step.done) if step.done else tr("Running")


def show_step(bar: QProgressBar, job: Job) -> None:
    """Set ``bar`` to how far ``job`` is; it swings while the total is unknown, if it may."""
    step = job.progress.step
    swings = job.running and not is_still()
    bar.setRange(0, step.total or (0 if swings else 1))
    bar.setValue(min(step.done, step.total or 0))
    bar.setTextVisible(False)


class JobList(QFrame):
    """All listed jobs with progress and a way to stop each."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Running work"))
        self._context = context
        self._rows: dict[Job, tuple[Label, QProgressBar]] = {}
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(12, 12, 12, 12)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self._inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outside = QVBoxLayout(self)
        outside.setContentsMargins(1, 1, 1, 1)
        outside.addWidget(area)
        self.setFixedWidth(self.fontMetrics().averageCharWidth() * 60)
        context.jobs.listed.connect(self._refresh)
        self._refresh()

    def _refresh(self) -> None:
        listing = self._context.jobs.listing()
        if set(listing) != set(self._rows):
            self._rebuild(listing)
        for job, (said, bar) in self._rows.items():
            parts = (step_text(self._context, job), say_pace(self._context, job))
            said.setText(" · ".join(filter(None, parts)))
            show_step(bar, job)

    def _rebuild(self, listing: tuple[Job, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._rows = {}
        for job in listing:
            self._column.addWidget(self._row(job))
        if not listing:
            self._column.addWidget(Label(tr("Nothing is running."), tone="muted"))
        self._column.addStretch()
        room = len(listing) * self.fontMetrics().lineSpacing()  # for rates that are said later
        self.resize(self.width(), min(420, self._inside.sizeHint().height() + room + 4))

    def _row(self, job: Job) -> QWidget:
        row = QWidget()
        said, bar = Label(tone="muted", size="small", wrap=True), QProgressBar()
        bar.setAccessibleName(job.name)
        stop = IconButton("close", lambda: self._context.jobs.cancel(job))
        stop.call(tr("Stop: {name}", name=job.name))
        text = QVBoxLayout()
        text.setSpacing(4)
        for part in (Label(job.name), bar, said):
            text.addWidget(part)
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 6)
        line.addLayout(text, 1)
        line.addWidget(stop, 0, Qt.AlignmentFlag.AlignTop)
        self._rows[job] = (said, bar)
        return row


class StatusBar(QStatusBar):
    """Ledger left, work right; both lead on."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self.setSizeGripEnabled(False)
        self._context = context
        self._shape = _Shape()
        self._ledger = SentenceButton(self._open_ledger)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(90)
        self._work = SentenceButton(self.open_jobs)
        self._work.setObjectName("jobs")
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(10, 2, 0, 2)
        row.setSpacing(2)
        row.addWidget(self._shape)
        row.addWidget(self._ledger)
        self.addWidget(left)
        self.addPermanentWidget(self._bar)
        self.addPermanentWidget(self._work)
        self._left = left
        left.hide()
        context.ledger_said.connect(self._say_ledger)
        context.jobs.listed.connect(self._show_jobs)
        context.language_changed.connect(self._show_jobs)
        context.workspace_changed.connect(self._on_workspace)
        self._show_jobs()
        row_of_table = Action("jobs", "work.list", self.open_jobs, "Ctrl+J", "sync", menu="View")
        context.actions.add(row_of_table)

    def open_jobs(self) -> None:
        """Open the list of jobs above the button."""
        listing = JobList(self._context, self)
        corner = self.mapToGlobal(QPoint(self.width(), 0))
        listing.move(corner.x() - listing.width() - 8, corner.y() - listing.height() - 6)
        listing.show()
        listing.setFocus()

    def _say_ledger(self, mood: Mood, told: str) -> None:
        sentence = told if self._context.is_open else ""  # what comes late is of a closed one
        self._shape.mood = mood
        self._shape.update()
        self._ledger.setText(sentence)
        self._ledger.setAccessibleName(tr("Ledger: {state}", state=sentence))
        self._left.setVisible(bool(sentence))

    def _on_workspace(self) -> None:
        """Say nothing of a ledger that is not here any more."""
        if not self._context.is_open:
            self._say_ledger("idle", "")

    def _open_ledger(self) -> None:
        self._context.show_page("ledger")

    def _show_jobs(self) -> None:
        listing = self._context.jobs.listing()
        self._bar.setVisible(bool(listing))
        self._work.setVisible(bool(listing))
        if listing:
            show_step(self._bar, listing[0])
            self._bar.setAccessibleName(listing[0].name)
            said = tr(
                "{name}: {step}", name=listing[0].name, step=step_text(self._context, listing[0])
            )
            said = " · ".join(filter(None, (said, say_remaining(self._context, listing[0]))))
            more = len(listing) - 1
            self._work.setText(tr("{first} and %n more", "", more, first=said) if more else said)
