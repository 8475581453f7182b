"""What a format of files is; one file a format in ``formats``, found by scanning."""

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from functools import cache
from typing import Any

from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.files import formats as found_here
from mlops_desktop.sources.files.contents import Content, Form
from mlops_desktop.sources.files.values import moment
from mlops_desktop.sources.observations import ObservedPoints, ObservedThing, Stream

FileFact = ObservedThing | ObservedPoints


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a content lies: its place in the folder, and what was set for the folder.

    ``beside`` gives the content of another file in the same folder, None where there is none.
    """

    place: str
    connection: Connection
    zone: tzinfo = UTC
    beside: Callable[[str], Content | None] = field(default=lambda _: None, repr=False)

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.place.rpartition("/")[2]

    def subjects(self, model: str | None, version: str | None = None) -> tuple[Subject, ...]:
        """Return whom it is about: as the file says, else as was set for the folder."""
        if model:
            return (Subject(model, version),)
        set_model = self.connection.setting("model")
        return (
            (Subject(set_model, self.connection.setting("version") or None),) if set_model else ()
        )

    def labels(self, name: str) -> tuple[Pair, ...]:
        """Return the labels that every fact of a file has."""
        return (Pair("file", self.place), Pair("format", name))

    def moment(self, told: Any) -> datetime | None:
        """Return a time; one without an offset is of the zone set for the folder."""
        return moment(told, self.zone)


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how to tell it, and which facts it holds.

    ``excerpt`` leaves of a content only what may be kept, so that facts are made of nothing else;
    without it the file's own bytes are kept. ``dump`` writes an excerpt.
    """

    name: str
    forms: tuple[Form, ...]
    streams: tuple[Stream, ...]
    recognises: Callable[[Any, Origin], bool]
    facts: Callable[[Any, Origin], tuple[FileFact, ...]]
    excerpt: Callable[[Any, Origin], Any] | None = None
    dump: Callable[[Any], bytes] | None = None


@cache
def formats() -> tuple[Format, ...]:
    """Return every format there is, by name."""
    modules = (
        importlib.import_module(f"{found_here.__name__}.{one.name}")
        for one in pkgutil.iter_modules(found_here.__path__)
    )
    return tuple(sorted((module.FORMAT for module in modules), key=lambda one: one.name))
