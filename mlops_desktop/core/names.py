"""The names a model bore before."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name and the day from which the model bore another."""

    name: str
    until: date


def remember(
    former: tuple[FormerName, ...], before: str | None, after: str | None, day: date
) -> tuple[FormerName, ...]:
    """Return the former names after a change; a name that stays is none."""
    if not before or before == after:
        return former
    return (*former, FormerName(before, day))
