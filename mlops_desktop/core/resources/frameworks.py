"""What versions of models are built with, and until when that is supported."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from mlops_desktop.core.inventory import Pair

SOON = timedelta(days=180)
_NAMES = {
    "sklearn": "scikit-learn",
    "python_function": "python",
    "torch": "pytorch",
    "pyspark": "spark",
    "tf": "tensorflow",
}
_SUFFIX = "_version"
_PACKAGERS = frozenset({"bentoml", "mlflow", "format", "api", "model"})
"""What wraps a model and is none of what it computes with."""
_PLAIN = re.compile(r"\d+(\.\d+)*")


class Support(StrEnum):
    """Whether a release is supported on a day; unknown is never taken for supported."""

    ENDED = "ended"
    ENDING = "ending"
    SUPPORTED = "supported"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class EndOfLife:
    """The last day on which a release is supported, by whose word, and when that was read."""

    name: str
    title: str
    cycle: str
    last_day: date
    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class NoDate:
    """A framework whose makers publish no last day; ``policy`` is what they say instead, if so.

    ``policy`` is a key of the wording (``resources.policy.…``), as their words are nobody's dates.
    """

    name: str
    title: str
    policy: str
    source: str
    read_on: date


@dataclass(frozen=True, slots=True)
class EndTable:
    """Every end known, by framework and release (``3.9``); ``aliases`` are other names.

    ``undated`` are the frameworks that publish none.
    """

    ends: Mapping[tuple[str, str], EndOfLife]
    aliases: Mapping[str, str]
    undated: Mapping[str, NoDate] = field(default_factory=dict)

    def without_date(self, name: str) -> NoDate | None:
        """Return that a framework publishes no last days; None where that is not known."""
        return self.undated.get(self.aliases.get(name, name))

    def find(self, name: str, version: str) -> EndOfLife | None:
        """Return the end of the release a version belongs to, the longest that fits."""
        known = self.aliases.get(name, name)
        parts = version.split(".")
        for length in range(len(parts), 0, -1):
            found = self.ends.get((known, ".".join(parts[:length])))
            if found is not None:
                return found
        return None


def support_of(end: EndOfLife | None, on: date) -> Support:
    """Return whether a release is supported on a day."""
    if end is None:
        return Support.UNKNOWN
    if end.last_day < on:
        return Support.ENDED
    return Support.ENDING if end.last_day <= on + SOON else Support.SUPPORTED


def framework_name(word: str) -> str:
    """Return what a framework is called here, whatever a tool calls it."""
    told = word.strip().casefold()
    return _NAMES.get(told, told)


def frameworks_in(pairs: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return the frameworks that tags or labels name, with their versions.

    ``python_version``, ``sklearn_version`` and ``framework.scikit-learn`` are such names.
    """
    found: dict[str, str] = {}
    for pair in pairs:
        name = pair.name.strip().casefold()
        if name.startswith("framework.") and _PLAIN.match(pair.value):
            found[framework_name(name.removeprefix("framework."))] = pair.value
        elif name.endswith(_SUFFIX) and _PLAIN.match(pair.value):
            found[framework_name(name.removesuffix(_SUFFIX))] = pair.value
    return tuple(Pair(name, found[name]) for name in sorted(found) if name not in _PACKAGERS)
