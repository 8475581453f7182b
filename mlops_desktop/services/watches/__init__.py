"""What the program does of itself in the session that caused it: one file a matter, by scanning.

A module has ``WATCH``: the kinds of events it looks at, and what it then records.
"""

import importlib
import pkgutil
from functools import cache

from mlops_desktop.core.events.registry import Event
from mlops_desktop.store.unit_of_work import Watch, WriteSession


@cache
def every_watch() -> Watch:
    """Return all watches as one: each sees the events of its own kinds."""
    found = [
        importlib.import_module(f"{__name__}.{module.name}").WATCH
        for module in pkgutil.iter_modules(__path__)
    ]

    def look(work: WriteSession, events: tuple[Event, ...]) -> None:
        for watch in found:
            seen = tuple(event for event in events if type(event) in watch.kinds)
            if seen:
                watch.look(work, seen)

    return Watch(frozenset().union(*(watch.kinds for watch in found)), look)
