"""What a page is given: jobs, actions, words, the workspace, and signals of what changed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.actions import ActionTable
from mlops_desktop.ui.drafts.shelf import Drafts
from mlops_desktop.ui.jobs import Jobs, Progress
from mlops_desktop.ui.language import Language
from mlops_desktop.ui.own_scope import OwnScope
from mlops_desktop.ui.prefs import Prefs
from mlops_desktop.ui.speaking import Speaking
from mlops_desktop.ui.theme import Theme

if TYPE_CHECKING:
    from mlops_desktop.services.days import Days
    from mlops_desktop.services.session import Session


@dataclass(frozen=True, slots=True)
class Found:
    """A record the palette offers: where it is shown, its id, and what a person reads."""

    page: str
    id: str
    title: str


FindRecords = Callable[[str, Progress], tuple[Found, ...]]
"""Searches records by typed text, in the read lane; at most a few dozen come back."""

FindDays = Callable[[Progress], "Days"]
"""Reads which days can be shown, in the read lane."""


@dataclass(frozen=True, slots=True)
class Toast:
    """A line that says what was done; ``undo`` takes it back, ``target`` leads to the result."""

    text: str
    undo: Callable[[], None] | None = None
    open_label: str = ""
    open: Callable[[], None] | None = None


class Context(QObject):
    """One for the window; outlives every page."""

    changed = Signal(object)
    """Changes: what an operation touched, also outside this page."""
    language_changed = Signal()
    theme_changed = Signal()
    as_of_changed = Signal()
    role_changed = Signal()
    """Another role's Overview was chosen."""
    workspace_left = Signal()
    """The workspace that is open will be closed, or changed for another."""
    workspace_changed = Signal()
    read_again = Signal()
    """Everything shown is to be read again: another window may have changed it."""
    wanted = Signal(str, str)
    """A page id and the id of a record to choose there, or nothing."""
    list_wanted = Signal(str, str)
    """A page id and the text for the filter line of its list."""
    list_sought = Signal()
    """A list is about to be wanted: the page that leads to it is still in sight."""
    action_wanted = Signal(str, str)
    """A page id and the id of an action to do there."""
    toasted = Signal(object)
    failed = Signal(object)
    """An AppError of something that belongs to no page."""
    badge_changed = Signal(str, int)
    ledger_said = Signal(str, str)
    """A status (good, warn, bad, idle) and the sentence about the ledger in the status bar."""

    def __init__(
        self, jobs: Jobs, actions: ActionTable, language: Language, theme: Theme, prefs: Prefs
    ) -> None:
        super().__init__()
        self.jobs = jobs
        self.actions = actions
        self.language = language
        self.theme = theme
        self.prefs = prefs
        self.workspace_name = ""
        self.drafts = Drafts()
        self._session: Session | None = None
        self.as_of = NOW
        self.find_records: FindRecords | None = None
        self.find_days: FindDays | None = None
        self.own_scope = OwnScope(self)
        jobs.changed.connect(self.changed)
        language.changed.connect(self.language_changed)
        theme.changed.connect(self.theme_changed)
        self.speaking = Speaking(self.language_changed, self)

    @property
    def day(self) -> date | None:
        """The past day that is shown, whatever is known of it; None for now."""
        return None if self.as_of.is_now else self.as_of.day

    def say(self, key: str, **parameters: str | int) -> str:
        """Return a sentence of Words or of the window, in the language in force."""
        return self.language.say(key, **parameters)

    def name(self, widget: QWidget, source: str) -> None:
        """Give ``widget`` the name that is spoken, a key of Words or a text marked by later.

        It is said in another language too, as soon as the widget is seen.
        """

        def say() -> None:
            widget.setAccessibleName(self.say(source))

        say()
        self.speaking.enlist(widget, say)

    def explain(self, error: AppError) -> tuple[str, str, str]:
        """Return what happened, what it means and what to do."""
        return self.language.explain(error)

    def toast(
        self,
        text: str,
        undo: Callable[[], None] | None = None,
        *,
        to_open: Callable[[], None] | None = None,
        open_label: str = "",
    ) -> None:
        """Say shortly, at the lower edge, what is done; ``to_open`` leads to the result."""
        self.toasted.emit(Toast(text, undo, open_label, to_open))

    def show_error(self, error: AppError) -> None:
        """Explain, above the page, what failed without belonging to one."""
        self.failed.emit(error)

    def show_page(self, page: str, target: str = "") -> None:
        """Go to ``page`` and choose the record ``target`` there."""
        self.wanted.emit(page, target)

    def show_list(self, page: str, text: str) -> None:
        """Go to ``page`` and show what of its list fits the filter ``text``."""
        self.list_sought.emit()
        self.list_wanted.emit(page, text)

    def do_on(self, page: str, action: str) -> None:
        """Go to ``page`` and do one of its actions as soon as it can be done, or say why not."""
        self.action_wanted.emit(page, action)

    def announce(self, changes: Changes) -> None:
        """Tell every page what was touched, for work that did not go through a lane."""
        self.changed.emit(changes)

    @property
    def session(self) -> "Session":
        """The open workspace and who acts in it; only to be asked for while one is open."""
        if self._session is None:
            raise LookupError("no workspace is open")
        return self._session

    @property
    def place(self) -> str:
        """Where the open workspace lies, nothing without one."""
        return _of_workspace(self._session, "place")

    @property
    def is_open(self) -> bool:
        """Whether a workspace is open."""
        return self._session is not None

    def use_session(self, session: "Session | None", name: str = "") -> None:
        """Show another workspace, or none; the date goes back to now, old answers are dropped."""
        self.jobs.drop_reads()
        self.workspace_left.emit()
        if id := _of_workspace(session, "id"):
            self.prefs.enter(id)
        self._session, self.workspace_name = session, name
        self.show_as_of(None)
        self.workspace_changed.emit()
        if moved := _of_workspace(session, "moved_to"):
            self.show_error(AppError("workspace.moved", place=moved))

    def use_role(self, role: str) -> None:
        """Show the Overview of ``role`` from now on, and remember it at this desk."""
        if role != self.prefs.role:
            self.prefs.role = role
            self.role_changed.emit()

    def show_as_of(self, day: date | AsOf | None) -> None:
        """Show that day as it was known then, two dates, or now for None.

        Nothing can be changed while a day is shown.
        """
        as_of = NOW if day is None else on(day) if isinstance(day, date) else day
        if as_of != self.as_of:
            self.as_of = as_of
            self.actions.set_read_only(not as_of.is_now)
            self.as_of_changed.emit()


def _of_workspace(session: "Session | None", name: str) -> str:
    """Return what a session's workspace has by a name; what only stands for one has nothing."""
    return str(getattr(getattr(session, "workspace", None), name, "") or "")
