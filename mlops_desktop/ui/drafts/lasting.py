"""Drafts outlive the window: sealed in the profile, read again with the workspace."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.drafts.shelf import Kept, Place
from mlops_desktop.ui.jobs import Progress

if TYPE_CHECKING:
    from mlops_desktop.services.kept_drafts import KeptDraft
    from mlops_desktop.services.session import Session


class LastingDrafts(QObject):
    """Keeps the drafts of the workspace that is open; one for the window."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        context.drafts.on_change = self._write
        context.workspace_changed.connect(self._read)

    def _read(self) -> None:
        drafts = self._context.drafts
        drafts.is_lasting = False
        if not self._context.is_open:
            return
        session, workspace = self._context.session, self._context.workspace_name
        if getattr(session, "desk_key", None) is None:  # a desk that only reads
            return

        def ask(progress: Progress) -> "tuple[KeptDraft, ...]":
            from mlops_desktop.services.kept_drafts import read_drafts

            return read_drafts(session)

        def take(found: "tuple[KeptDraft, ...]") -> None:
            drafts.is_lasting = _lasts(session)
            drafts.take((_place(workspace, one), _kept(one)) for one in found)

        name = self._context.say("drafts.job")
        self._context.jobs.submit_read(name, ask, take, _ignore, key="drafts:read")

    def _write(self) -> None:
        """Write what there is now; a draft is small, and a window that falls keeps it."""
        if not self._context.is_open or not self._context.drafts.is_lasting:
            return
        from mlops_desktop.services.kept_drafts import KeptDraft, keep_drafts

        session, workspace = self._context.session, self._context.workspace_name
        kept = tuple(
            KeptDraft(place[1], one.title, one.at, one.values)
            for place, one in self._context.drafts.of(workspace)
        )
        try:
            keep_drafts(session, kept)
        except AppError as error:
            self._context.drafts.is_lasting = False
            self._context.show_error(error)


def _lasts(session: "Session") -> bool:
    from mlops_desktop.services.kept_drafts import can_keep

    return can_keep(session)


def _place(workspace: str, one: "KeptDraft") -> Place:
    return workspace, one.form, one.title


def _kept(one: "KeptDraft") -> Kept:
    return Kept(one.title, one.at, one.values)


def _ignore(error: AppError) -> None:
    """Begin without: a draft that cannot be read keeps nobody from working."""
