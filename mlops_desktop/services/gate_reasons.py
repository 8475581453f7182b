"""Why the gate says no: the rule by name, and the sentence about this case."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.versions import VersionRow


@dataclass(frozen=True, slots=True)
class Place:
    """Where a version is to go: the environment, and the id of the legal entity it is to serve.

    Without an entity it is to serve all that are recorded as using the model. ``digest`` is the
    SHA-256 of the artefact at hand, where the pipeline told it.
    """

    environment: str
    entity: str | None = None
    digest: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule that says no, and what it says here, in English as all of the command line.

    ``parameters`` are what ``gate.<rule>`` is said with in another language: codes and ISO dates.
    """

    rule: str
    detail: str
    parameters: tuple[tuple[str, str | int], ...] = ()


About: TypeAlias = Callable[[VersionRow, Place], Iterable[Reason]]
"""What says no about a version of a model that was looked at before, and a place."""


def reason(rule: str, /, **parameters: str | int) -> Reason:
    """Return a reason in the words of ``gate.<rule>``."""
    detail = read_words("en").text(f"gate.{rule}", **parameters)
    return Reason(rule, detail, tuple(parameters.items()))
