"""The fields that every observed thing has; a kind adds its own by inheritance, all optional."""

from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core.inventory import Pair


@dataclass(frozen=True, slots=True)
class Subject:
    """What a source says a thing is about, in the source's own words."""

    model: str
    version: str | None = None


@dataclass(frozen=True, slots=True)
class ObservedDetails:
    """What every observed thing says; None means the source did not tell.

    ``at`` is the source's own time, never ours. ``path`` leads to the thing at its source, below
    the configured address. ``labels`` are the source's own, sorted by name.
    """

    name: str | None = None
    subjects: tuple[Subject, ...] = ()
    at: datetime | None = None
    path: str | None = None
    labels: tuple[Pair, ...] = ()
