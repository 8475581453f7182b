"""Remembers at this desk when a person last looked at an Overview; nothing of it is recorded."""

from mlops_desktop.core import clock
from mlops_desktop.services.overview.cards import Looked
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.overview.role import RoleSpec


class Memory:
    """What stood when the program was opened stays the difference's beginning until it ends."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._begun: dict[str, Looked | None] = {}

    def recall(self, role: RoleSpec) -> Looked | None:
        """Return when the acting person looked last before this sitting."""
        if not role.remembers:
            return None
        key = self._key(role)
        if key not in self._begun:
            self._begun[key] = _read(self._context.prefs.looked.get(key))
        return self._begun[key]

    def keep(self, role: RoleSpec, size: int) -> None:
        """Remember that a ledger of ``size`` events was looked at now."""
        if role.remembers:
            now = clock.to_text(clock.now())
            self._context.prefs.looked[self._key(role)] = [size, now]

    def _key(self, role: RoleSpec) -> str:
        session = self._context.session
        return f"{session.workspace.id}/{session.actor.person}/{role.id}"


def _read(kept: list[str | int] | None) -> Looked | None:
    """Return what was kept; of a file changed by hand, nothing."""
    try:
        size, at = kept or (0, "")
        return Looked(int(size), clock.from_text(str(at)))
    except (TypeError, ValueError):
        return None
