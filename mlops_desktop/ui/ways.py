"""The ways into a workspace, through services: open, make, join, leave."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui import sample
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.menus import short_name
from mlops_desktop.ui.recovery_form import RecoveryForm
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.ways_forms import NewForm, PassphraseForm
from mlops_desktop.ui.ways_team import LOCKED, Joining, TeamForm

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session
    from mlops_desktop.services.workspaces import NewWorkspace

_ENDING = ".mlops"
_LOGIN = "workspace.login_refused"
_GONE = "workspace.not_found"
Tell = Callable[[AppError], None]


class ServiceWays:
    """Opens and makes workspaces in the write lane; what fails is said where it was asked."""

    def recent(self) -> tuple[str, ...]:
        """Return the places opened last, newest first."""
        from mlops_desktop.services.profile import recent_places

        return recent_places()

    def open_demo(self, context: Context) -> None:
        """Build the sample bank if need be, and open it in a window of its own."""
        code = context.language.code

        def build(progress: Progress) -> None:
            sample.build(progress, code)

        def tell(_: None) -> None:
            said = tr("The sample bank opens in a window of its own.")
            label = context.say("welcome.show_people")
            context.toasted.emit(Toast(said, open_label=label, open=sample.show_people))

        name = tr("Building the sample bank")
        context.jobs.submit_network(name, build, tell, context.show_error, source=sample.SOURCE)

    def make_new(self, context: Context) -> None:
        """Ask what a new workspace needs, make it and open it."""
        form = NewForm(context, _window(context), _ENDING)

        def make() -> None:
            wanted, name = form.wanted(), tr("Making the workspace")
            self._enter(
                context, name, lambda: _make(wanted), form.show_error, form.made(),
                lambda session: _show_recovery(context, session, wanted.key_passphrase),
            )  # fmt: skip

        form.submitted.connect(make)  # before any method is a slot, which loses the signal
        context.workspace_changed.connect(form.done_well)
        form.open()

    def choose_file(self, context: Context) -> None:
        """Ask which file to open."""
        dialog = QFileDialog(_window(context), tr("Open a workspace"), str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda path: self.open_target(context, path))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def join_team(self, context: Context, place: str = "postgresql://") -> None:
        """Ask for the team's server, ``place`` unless said otherwise, and who joins."""
        form = TeamForm(context, _window(context), place)

        def join() -> None:
            wanted = form.wanted()
            self._enter(context, tr("Joining the team"), lambda: _join(wanted), form.show_error)

        form.submitted.connect(join)  # before any method is a slot, which loses the signal
        context.workspace_changed.connect(form.done_well)
        form.open()

    def open_target(self, context: Context, target: str) -> None:
        """Open the file or server ``target``; asks for the secret it needs if due."""

        def tell(error: AppError) -> None:
            if error.code == LOCKED:
                self._open_with_passphrase(context, target)
            elif error.code == _LOGIN:
                self.join_team(context, target)
            else:
                context.show_error(error)
                self._offer_to_forget(context, target, error)

        name = tr("Opening {place}", place=target)
        self._enter(context, name, lambda: _open(target), tell)

    def open_window(self, context: Context, target: str) -> None:
        """Open ``target`` in a window of its own, which is a program of its own.

        So two workspaces share no thread and no fault, and each is closed by itself.
        """
        sample.start(target)
        context.toast(context.say("recent.opening", place=short_name(target)))

    def forget(self, context: Context, target: str) -> None:
        """Take ``target`` out of what was open before; it is not deleted."""
        from mlops_desktop.services.profile import forget_place

        forget_place(target)
        context.toast(context.say("recent.forgotten", place=short_name(target)))

    def leave(self, context: Context) -> None:
        """Close the workspace that is open."""
        self._use(context, None)

    def _offer_to_forget(self, context: Context, target: str, error: AppError) -> None:
        """Let who opened what is gone take it out of the list."""
        if error.code == _GONE and target in self.recent():
            words, name = context.say("recent.forget"), short_name(target)
            toast = Toast(
                context.say("recent.missing", place=name),
                open_label=words,
                open=lambda: self.forget(context, target),
            )
            context.toasted.emit(toast)

    def _open_with_passphrase(self, context: Context, target: str) -> None:
        form = PassphraseForm(context, _window(context), target)

        def unlock() -> None:
            given = form.passphrase()
            name = tr("Opening {place}", place=target)
            self._enter(context, name, lambda: _open(target, given), form.show_error)

        form.submitted.connect(unlock)  # before any method is a slot, which loses the signal
        context.workspace_changed.connect(form.done_well)
        form.open()

    def _enter(
        self,
        context: Context,
        name: str,
        work: Callable[[], "Session"],
        tell: Tell,
        said: str = "",
        then: Callable[["Session"], None] = lambda session: None,
    ) -> None:
        def run(progress: Progress) -> "Session":
            return work()

        def use(session: "Session") -> None:
            self._use(context, session)
            if said:
                context.toast(said)
            then(session)

        context.jobs.submit_write(name, run, use, tell)

    def _use(self, context: Context, session: "Session | None") -> None:
        old = context.session if context.is_open else None
        context.use_session(session, session.workspace.name if session is not None else "")
        if old is not None:
            close = old.workspace.close
            context.jobs.submit_write(
                tr("Closing the workspace"), lambda _: close(), _nothing, context.show_error
            )


def _open(target: str, passphrase: str | None = None) -> "Session":
    from mlops_desktop.services.workspaces import open_workspace

    return open_workspace(target, ask=None if passphrase is None else lambda: passphrase)


def _make(wanted: "NewWorkspace") -> "Session":
    from mlops_desktop.services.workspaces import create_workspace

    return create_workspace(wanted)


def _show_recovery(context: Context, session: "Session", passphrase: str | None) -> None:
    """Show the key of a new workspace once, unless a variable brought it."""

    def read(progress: Progress) -> tuple[str, ...]:
        from mlops_desktop.services.care.recovery import new_groups

        return new_groups(session, passphrase)

    def show(groups: tuple[str, ...]) -> None:
        if groups:
            RecoveryForm(context, _window(context), groups).open()

    name = context.say("welcome.recovery.reading")
    context.jobs.submit_read(name, read, show, context.show_error)


def _join(wanted: Joining) -> "Session":
    from mlops_desktop.services.workspaces import Entrance, open_workspace

    return open_workspace(
        wanted.place,
        acting=wanted.person or None,
        database_password=wanted.password or None,
        ask=_answer(wanted.key_passphrase),
        entrance=Entrance(_answer(wanted.secret), _answer(wanted.key_passphrase)),
    )


def _answer(secret: str) -> Callable[[], str] | None:
    return (lambda: secret) if secret else None


def _window(context: Context) -> QWidget:
    window = context.parent()
    assert isinstance(window, QWidget)
    return window


def _nothing(_result: None) -> None:
    """Need nothing more once it is closed."""
