"""Drafts that were left, until they are sent or thrown away."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.ui.drafts.draft import Values

Place = tuple[str, str, str]
"""Where a draft belongs: the workspace, the kind of the form, and its title."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form held when it was left: its title, the moment, and its fields."""

    title: str
    at: datetime
    values: Values


class Drafts:
    """A form is known by its workspace, its kind and its title, which names the record.

    ``on_change`` is told of each change, so that what was left outlives the window where it can:
    ``is_lasting`` says whether it does.
    """

    def __init__(self) -> None:
        self._kept: dict[Place, Kept] = {}
        self.on_change: Callable[[], None] = _nothing
        self.is_lasting = False

    def keep(self, place: Place, values: Values) -> None:
        """Keep a draft in place of the one before."""
        self._kept[place] = Kept(place[2], clock.now(), values)
        self.on_change()

    def find(self, place: Place) -> Kept | None:
        """Return the draft of a form."""
        return self._kept.get(place)

    def drop(self, place: Place) -> None:
        """Forget a draft: it was sent, or is not wanted any more."""
        if self._kept.pop(place, None) is not None:
            self.on_change()

    def take(self, drafts: Iterable[tuple[Place, Kept]]) -> None:
        """Take up what was left before; what was left since stays."""
        for place, kept in drafts:
            self._kept.setdefault(place, kept)

    def of(self, workspace: str) -> tuple[tuple[Place, Kept], ...]:
        """Return the drafts of one workspace with their places."""
        return tuple(one for one in self._kept.items() if one[0][0] == workspace)

    def all(self) -> tuple[Kept, ...]:
        """Return every draft, oldest first."""
        return tuple(sorted(self._kept.values(), key=lambda one: one.at))


def _nothing() -> None:
    """Nobody wants to know."""
