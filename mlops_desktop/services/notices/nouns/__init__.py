"""Who tells what is due: one file a noun, found by scanning.

A module has ``find(asked)``, which yields every :class:`Notice` due by ``asked.until``, overdue
ones too, whoever it concerns.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Protocol, cast

from mlops_desktop.core.identity import Person
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: what is due by ``until``; ``today`` judges what is overdue.

    Where ``only`` one person is asked for, what concerns others may be left out.
    """

    view: ReadSession
    today: date
    until: date
    only: Person | None = None


@dataclass(frozen=True, slots=True)
class Notice:
    """Something due: what it is, whom it concerns (ids of persons), and by when.

    ``due`` is None for what waits without a date. ``name`` is no free text; ``title`` is, and can
    be erased from the workspace but never from a message that has left it. ``key`` is that of the
    words by which it goes where it has no title of its own. ``models`` are the ids of those it is
    about, where another notice may tell the same.
    """

    kind: str
    id: str
    due: date | None
    persons: tuple[str, ...]
    name: str = ""
    title: str = ""
    key: str = ""
    models: tuple[str, ...] = ()


class Provider(Protocol):
    """A module that tells what is due."""

    def find(self, asked: Asked, /) -> Iterator[Notice]:
        """Yield what is due."""
        ...


@cache
def providers() -> tuple[Provider, ...]:
    """Return every module of this folder."""
    names = [found.name for found in pkgutil.iter_modules(__path__)]
    return tuple(cast(Provider, importlib.import_module(f"{__name__}.{name}")) for name in names)
