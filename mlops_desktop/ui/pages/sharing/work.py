"""What a person does on the page: takes copies away, and brings them back."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Settlement
from mlops_desktop.services.copies import Pulled, Pushed, pull, push
from mlops_desktop.services.copies.sharing import Sharing
from mlops_desktop.services.session import Session
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.job import Ending
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.sharing.forms import ExtractForm, TakeForm, report_to
from mlops_desktop.ui.pages.sharing.going_back import RESTORED, GoBackForm, tell_restored
from mlops_desktop.ui.pages.sharing.origin import OriginForm, Secrets
from mlops_desktop.ui.pages.sharing.said import Line
from mlops_desktop.ui.pages.sharing.settling import ask_settlement
from mlops_desktop.ui.pages.sharing.sticks import AnswerForm, OutboxForm, ReceiveForm
from mlops_desktop.ui.widgets.bar import MessageBar

T = TypeVar("T")
NO_SECRETS = Secrets()


class Place(Protocol):
    """The page, as far as work needs it."""

    found: Sharing | None
    bar: MessageBar

    def chosen(self) -> Line | None: ...
    def window(self) -> QWidget: ...
    def reload(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of sending: what was sent counts, whether or not fetching it went well."""

    pushed: Pushed
    pulled: Pulled | None = None
    error: AppError | None = None


class SharingWork(QObject):
    """Answers the actions of the page; one piece of long work at a time."""

    moved = Signal()
    """Work began, went on or ended."""

    def __init__(self, context: Context, page: Place) -> None:
        super().__init__()
        self._context, self._page = context, page
        self.job: Job | None = None
        context.jobs.listed.connect(self._on_listed)
        context.jobs.ended.connect(self._on_ended)

    def deeds(self) -> dict[str, Deed]:
        """Return what each offer of this work does, and whether it can be done now."""
        return {
            "sharing.push": (self.push, self._has_unshared),
            "sharing.pull": (self.pull, lambda: self._is_copy() and self.job is None),
            "sharing.stop": (self.stop, lambda: self.job is not None),
            "sharing.take": (self.take, self._can_take),
            "sharing.extract": (self.extract, self._can_take),
            "sharing.keep": (lambda: self.settle(Settlement.KEPT), self._can_settle),
            "sharing.again": (lambda: self.settle(Settlement.DONE_AGAIN), self._can_settle),
            "sharing.outbox": (self.write_outbox, self._has_unshared),
            "sharing.answer": (self.read_answer, lambda: self._is_copy() and self.job is None),
            "sharing.receive": (self.receive, self._can_take),
        }

    def push(self) -> None:
        """Send what is not yet shared."""
        self._with_origin("sharing.do.push", _push, self._on_pushed)

    def pull(self) -> None:
        """Bring the copy up to date."""
        self._with_origin("sharing.do.pull", _pull, self._on_pulled)

    def stop(self) -> None:
        """Stop what runs; nothing of it remains half done."""
        if self.job is not None:
            self._context.jobs.cancel(self.job)

    def take(self) -> None:
        """Ask where a copy is to go."""
        TakeForm(self._context, self._page.window()).ask()

    def extract(self) -> None:
        """Ask whom an extract is for."""
        ExtractForm(self._context, self._page.window()).ask()

    def settle(self, settlement: Settlement) -> None:
        """Ask why, and settle the chosen conflict."""
        line = self._page.chosen()
        if line is not None and line.conflict is not None:
            ask_settlement(self._context, line, settlement, self._page.window())

    def write_outbox(self) -> None:
        """Ask for the file that brings what is not shared."""
        OutboxForm(self._context, self._page.window()).ask()

    def read_answer(self, path: str = "") -> None:
        """Ask for the file that brings the copy up to date."""
        AnswerForm(self._context, self._page.window(), path).ask()

    def receive(self, path: str = "") -> None:
        """Ask for the outbox that somebody brought."""
        ReceiveForm(self._context, self._page.window(), path).ask()

    def _with_origin(
        self,
        title: str,
        work: Callable[[Session, Session, Progress], T],
        done: Callable[[T], None],
        secrets: Secrets = NO_SECRETS,
    ) -> None:
        context, session = self._context, self._context.session

        def run(progress: Progress) -> T:
            with secrets.open(session) as team:
                return work(session, team, progress)

        def failed(error: AppError) -> None:
            wanted = secrets.missing(error.code)
            if wanted is None:
                self._refuse(error, secrets)
                return
            form = OriginForm(context, wanted, self._page.window())
            form.submitted.connect(
                lambda: self._with_origin(
                    title, work, done, secrets.with_one(wanted, form.line.text())
                )
            )
            form.submitted.connect(form.done_well)
            form.open()

        self.job = context.jobs.submit_write(
            context.say(title), run, done, failed, ending=Ending.STOPPED
        )
        self.moved.emit()

    def _refuse(self, error: AppError, secrets: Secrets) -> None:
        """Say why nothing was done; with a workspace that was restored a person can go back."""
        context, session, page = self._context, self._context.session, self._page

        def bring(progress: Progress) -> Pulled:
            with secrets.open(session) as team:
                return _pull(session, team, progress, after_restore=True)

        if error.code == RESTORED:
            form = partial(GoBackForm, context, page.window(), error, bring)
            tell_restored(page.bar, context, error, lambda: form().ask())
        else:
            page.bar.show_error(error)

    def _on_pushed(self, sent: Sent) -> None:
        say, held = self._context.say, len(sent.pushed.held)
        number = len(sent.pushed.arrivals)
        word = "pushed_held" if held else "pushed"
        self._context.toast(say(f"sharing.done.{word}", n=number, held=held))
        if sent.pulled is not None:
            self._on_pulled(sent.pulled)
        if sent.error is not None:
            self._page.bar.show_error(sent.error)

    def _on_pulled(self, pulled: Pulled) -> None:
        self._context.toast(
            self._context.say("sharing.done.pulled", n=pulled.came),
            to_open=lambda: self._context.show_page("sharing"),
        )
        self._context.read_again.emit()

    def _on_listed(self) -> None:
        if self.job is not None:
            self.moved.emit()

    def _on_ended(self, job: object) -> None:
        if job is self.job:
            self.job = None
            self.moved.emit()

    def _is_copy(self) -> bool:
        found = self._page.found
        return found is not None and found.state is not None

    def _can_take(self) -> bool:
        found = self._page.found
        return found is not None and found.state is None

    def _can_settle(self) -> bool:
        line = self._page.chosen()
        return self._can_take() and line is not None and line.conflict is not None

    def _has_unshared(self) -> bool:
        found = self._page.found
        return self.job is None and found is not None and bool(found.unshared)


def _push(session: Session, team: Session, progress: Progress) -> Sent:
    """Send, and fetch at once: what was sent counts as shared only once it came back."""
    pushed = push(session, team, report_to(progress), progress.is_cancelled)
    try:
        return Sent(pushed, _pull(session, team, progress))
    except AppError as error:
        return Sent(pushed, error=error)


def _pull(
    session: Session, team: Session, progress: Progress, *, after_restore: bool = False
) -> Pulled:
    report, is_cancelled = report_to(progress), progress.is_cancelled
    return pull(session, team, report, is_cancelled, after_restore=after_restore)
