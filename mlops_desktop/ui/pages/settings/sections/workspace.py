"""The open workspace: where it lies, how large it is, its key, its proof."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from mlops_desktop.services.ledger import LedgerState, read_state
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.services.workspace_card import KeyPlace, WorkspaceCard, keep_key, show_workspace
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.errands import Errands
from mlops_desktop.ui.pages.settings.asking import SettingsDialog
from mlops_desktop.ui.pages.settings.facts import FactsSection
from mlops_desktop.ui.pages.settings.parts import SectionSpec
from mlops_desktop.ui.pages.settings.said import fact, path_fact, say
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_ONLY_FILE = frozenset({KeyPlace.FILE})


@dataclass(frozen=True, slots=True)
class Shown:
    """The workspace and the state of its ledger."""

    card: WorkspaceCard
    ledger: LedgerState


def _read(session: Session) -> Shown:
    return Shown(show_workspace(session), read_state(session))


def _groups(context: Context, found: Shown) -> tuple[Group, ...]:
    key_status = _key_status(context, found.card)
    return (
        Group(say(context, "workspace.place"), tuple(_place(context, found.card))),
        Group(
            say(context, "workspace.key"),
            tuple(_key(context, found.card)),
            say(context, "workspace.key_lead"),
            key_status,
        ),
        Group(say(context, "workspace.proof"), tuple(_proof(context, found.ledger))),
    )


def _place(context: Context, card: WorkspaceCard) -> Iterator[Fact]:
    yield fact(context, "institution", card.name)
    yield path_fact(context, "server" if card.is_team else "file", card.place)
    if card.size is not None:
        yield fact(context, "size", context.language.locale.formattedDataSize(card.size))
    if card.synced is not None:
        told = say(context, "workspace.synced", service=card.synced)
        yield Fact(say(context, "field.folder"), told, status=Status("warn", told))
    yield fact(context, "events", context.language.number(card.events))
    yield fact(context, "workspace_id", card.id)


def _key_status(context: Context, card: WorkspaceCard) -> Status:
    lone = "no_spare_variable" if KeyPlace.ENVIRONMENT in card.keys else "no_spare"
    stands = "spare" if card.wrapped is not None else lone
    return Status("good" if card.wrapped is not None else "warn", say(context, f"key.{stands}"))


def _key(context: Context, card: WorkspaceCard) -> Iterator[Fact]:
    places = ", ".join(say(context, f"key.{one}") for one in sorted(card.keys))
    yield fact(context, "key_in", places)
    wrapped = str(card.wrapped) if card.wrapped is not None else None
    yield path_fact(context, "wrapped", wrapped, "no_key")
    yield fact(context, "recovery", say(context, "workspace.recovery"))


def _proof(context: Context, state: LedgerState) -> Iterator[Fact]:
    language = context.language
    is_whole = state.verified_size == state.size
    seen = language.time(state.seen_at) if state.seen_at and state.verified_size else None
    yield fact(context, "verified", seen, "never_verified")
    if not is_whole and state.verified_size:
        since = language.number(state.size - state.verified_size)
        yield fact(context, "unverified", since)
    anchored = language.time(state.anchored_at) if state.anchored_at else None
    yield fact(context, "anchored", anchored, "never_anchored")


class Workspace(FactsSection[Shown]):
    """What the workspace is, and what is done to be safe."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "workspace", _read, _groups)
        self._errands = Errands(context)

    def top(self) -> tuple[str, ...]:
        return ("settings.place", "settings.keep_key", "settings.verify")

    def deeds(self) -> Mapping[str, Deed]:
        """Return what can be done about the workspace itself."""
        return {
            "settings.place": (self._show_folder, self._is_file),
            "settings.keep_key": (self._keep_key, self._is_read),
            "settings.verify": (self._verify, self.is_open),
        }

    def _is_read(self) -> bool:
        return self.context.is_open and self.found is not None

    def _is_file(self) -> bool:
        return self._is_read() and self.found is not None and not self.found.card.is_team

    def _show_folder(self) -> None:
        if self.found is not None:
            folder = Path(self.found.card.place).parent
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def _verify(self) -> None:
        """Go where every check says what it found."""
        self._errands.run("ledger", "ledger.verify")

    def _keep_key(self) -> None:
        context = self.context
        needs_old = self.found is not None and self.found.card.keys == _ONLY_FILE
        dialog = SettingsDialog(context, "keep_key", self.window())
        dialog.prepare()
        old = dialog.add_secret("old_passphrase") if needs_old else None
        new, _ = dialog.add_new_secret("passphrase", "workspace_passphrase")
        dialog.places |= {"passphrase.wrong": old or new, "passphrase.": new}
        session = context.session

        def read() -> Callable[[], Recorded]:
            given, before = new.text(), old.text() if old is not None else None
            return dialog.done_here(lambda: keep_key(session, given, before))

        dialog.accepted.connect(self.reload)
        dialog.send(read)
        (old or new).setFocus()


SECTION = SectionSpec("workspace", 80, Workspace, frozenset({"workspace"}))
