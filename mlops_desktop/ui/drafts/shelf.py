"""Drafts that were left, until they are sent, thrown away, or the window closes."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.ui.drafts.draft import Values


@dataclass(frozen=True, slots=True)
class Kept:
    """What a form held when it was left: its title, the moment, and its fields."""

    title: str
    at: datetime
    values: Values


class Drafts:
    """In the memory of the window alone: what is typed into forms is the bank's business.

    A form is known by its workspace, its kind and its title, which names the record.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], Kept] = {}

    def keep(self, place: tuple[str, str, str], values: Values) -> None:
        """Keep a draft in place of the one before."""
        self._kept[place] = Kept(place[2], clock.now(), values)

    def find(self, place: tuple[str, str, str]) -> Kept | None:
        """Return the draft of a form."""
        return self._kept.get(place)

    def drop(self, place: tuple[str, str, str]) -> None:
        """Forget a draft: it was sent, or is not wanted any more."""
        self._kept.pop(place, None)

    def all(self) -> tuple[Kept, ...]:
        """Return every draft, oldest first."""
        return tuple(sorted(self._kept.values(), key=lambda one: one.at))
