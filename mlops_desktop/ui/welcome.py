"""What is shown while no workspace is open: three ways in, and what was open before."""

from functools import partial
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui import sample
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.status import show_step, step_text
from mlops_desktop.ui.widgets.buttons import ActionButton, Button
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.picture import Picture

_WAYS = (("demo", "overview"), ("new", "add"), ("join", "sources"))
_FIRST = "demo"


class Ways(Protocol):
    """The ways into a workspace; each ends in ``context.use_session`` or in a message."""

    def recent(self) -> tuple[str, ...]: ...
    def leave(self, context: Context) -> None: ...
    def open_demo(self, context: Context) -> None: ...
    def make_new(self, context: Context) -> None: ...
    def choose_file(self, context: Context) -> None: ...
    def join_team(self, context: Context) -> None: ...
    def open_target(self, context: Context, target: str) -> None: ...
    def open_window(self, context: Context, target: str) -> None: ...
    def forget(self, context: Context, target: str) -> None: ...


class Way(QFrame):
    """A card: what a way is, what it needs, and the button that goes it."""

    def __init__(self, context: Context, id: str, icon: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._context, self._id = context, id
        self._title, self._text = Label(strong=True), Label(tone="muted", wrap=True)
        action = context.actions.action(f"workspace.{id}")
        self.button = ActionButton(action, default=id == _FIRST)
        self.column = QVBoxLayout()
        self.column.setSpacing(4)
        self.column.addWidget(self._title)
        self.column.addWidget(self._text)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 14, 18, 14)
        row.setSpacing(16)
        row.addWidget(Picture(icon, "accent", size=26), 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self.column, 1)
        row.addWidget(self.button)

    def retranslate(self) -> None:
        """Say every word again."""
        text = self._id
        if text == _FIRST and sample.place() is not None:
            text = "demo_there"
        self._title.setText(self._context.say(f"welcome.way.{self._id}"))
        self._text.setText(self._context.say(f"welcome.text.{text}"))


class Building(QWidget):
    """How far the sample bank is, with the way to stop it; its passphrases once it is there."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._job: Job | None = None
        self._bar, self._step = QProgressBar(), Label(tone="muted", size="small")
        self._cancel = Button("", self._stop)
        self._people = Label(tone="muted", size="small", wrap=True, selectable=True)
        self._show_people = Button("", sample.show_people, flat=True)
        running = QHBoxLayout()
        running.addWidget(self._bar, 1)
        running.addWidget(self._cancel)
        there = QHBoxLayout()
        there.addWidget(self._people, 1)
        there.addWidget(self._show_people)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self._step)
        column.addLayout(running)
        column.addLayout(there)
        self.show_state()

    def show_state(self) -> None:
        """Show the job that builds it, or where the passphrases are, or nothing."""
        jobs = self._context.jobs.listing()
        self._job = next((job for job in jobs if job.source == sample.SOURCE), None)
        for part in (self._bar, self._step, self._cancel):
            part.setVisible(self._job is not None)
        if self._job is not None:
            show_step(self._bar, self._job)
            self._bar.setAccessibleName(self._job.name)
            self._step.setText(step_text(self._context, self._job))
        people = sample.people() if self._job is None else None
        for there in (self._people, self._show_people):
            there.setVisible(people is not None)
        self._people.setText(self._context.say("welcome.people", path=str(people or "")))
        self.setVisible(self._job is not None or people is not None)

    def retranslate(self) -> None:
        """Say every word again."""
        self._cancel.setText(self._context.say("welcome.cancel"))
        self._show_people.setText(self._context.say("welcome.show_people"))
        self.show_state()

    def _stop(self) -> None:
        if self._job is not None:
            self._context.jobs.cancel(self._job)


class Welcome(QWidget):
    """The ways in and the recent workspaces."""

    def __init__(self, context: Context, ways: Ways) -> None:
        super().__init__()
        self._context = context
        self._ways = ways
        self._title = Label(size="heading", strong=True)
        self._what = Label(tone="muted", wrap=True)
        self._cards = {id: Way(context, id, icon) for id, icon in _WAYS}
        self._building = Building(context)
        self._cards[_FIRST].column.addWidget(self._building)
        self.setFocusProxy(self._cards[_FIRST].button)
        self._other = Label(tone="muted", size="small")
        self._open = ActionButton(context.actions.action("workspace.open"), icon="open")
        self._recent = QVBoxLayout()
        self._recent.setSpacing(2)
        self._backs: dict[str, Button] = {}
        self._missing: tuple[str, ...] = ()
        self._lay_out()
        context.speaking.enlist(self, self.retranslate)
        context.jobs.listed.connect(self._on_jobs)
        context.jobs.ended.connect(self._on_ended)
        self.retranslate()

    def measure(self) -> None:
        """Keep the lines of a length that can be read."""
        self._inside.setMaximumWidth(self.fontMetrics().averageCharWidth() * 110)

    def retranslate(self) -> None:
        """Say every word again."""
        self._title.setText(self._context.say("welcome.title"))
        self._what.setText(self._context.say("welcome.lead"))
        for card in self._cards.values():
            card.retranslate()
        self._building.retranslate()
        self._other.setText(self._context.say("welcome.other"))
        self.show_recent()

    def show_recent(self) -> None:
        """List the workspaces that were open before; those that are missing are marked then."""
        while (item := self._recent.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.setParent(None)
                widget.deleteLater()
        self._backs = {target: self._way_back(target) for target in self._ways.recent()}
        for back in self._backs.values():
            self._recent.addWidget(back, 0, Qt.AlignmentFlag.AlignLeft)
        self._mark(self._missing)
        self._look_for(tuple(self._backs))

    def _way_back(self, target: str) -> Button:
        open_it = partial(self._ways.open_target, self._context, target)
        return Button(target, open_it, flat=True)

    def _look_for(self, targets: tuple[str, ...]) -> None:
        """Look in the read lane which files are there: a drive may be slow to answer."""

        def look(progress: Progress) -> tuple[str, ...]:
            from mlops_desktop.services.profile import is_missing

            return tuple(target for target in targets if is_missing(target))

        name = self._context.say("recent.looking")
        if targets and not self._context.is_open:
            self._context.jobs.submit_read(name, look, self._mark, _ignore, key="welcome:recent")

    def _mark(self, missing: tuple[str, ...]) -> None:
        self._missing = missing
        for target, back in self._backs.items():
            is_missing = target in missing
            said = self._context.say("recent.missing", place=target) if is_missing else target
            back.setText(said)

    def _on_jobs(self) -> None:
        if not self._context.is_open:
            self._building.show_state()

    def _on_ended(self, job: object) -> None:
        if isinstance(job, Job) and job.source == sample.SOURCE:
            self._cards[_FIRST].retranslate()
            self._building.show_state()

    def _lay_out(self) -> None:
        self._inside = inside = QWidget()
        self.measure()
        column = QVBoxLayout(inside)
        column.setSpacing(8)
        for part in (self._title, self._what):
            column.addWidget(part)
        column.addSpacing(12)
        for card in self._cards.values():
            column.addWidget(card)
        column.addSpacing(12)
        column.addWidget(self._other)
        column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)
        column.addLayout(self._recent)
        outside = QHBoxLayout()
        outside.addStretch(1)
        outside.addWidget(inside, 8)
        outside.addStretch(1)
        page = QVBoxLayout(self)
        page.addStretch(2)
        page.addLayout(outside)
        page.addStretch(3)


def _ignore(error: AppError) -> None:
    """Mark nothing: opening says what is wrong."""
