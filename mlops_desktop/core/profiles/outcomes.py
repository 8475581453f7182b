"""How a rule can stand for a model, and why."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Result(StrEnum):
    """How a rule stands for a model."""

    MET = "met"
    MISSING = "missing"
    STALE = "stale"
    NOT_APPLICABLE = "not_applicable"
    WAIVED = "waived"
    UNVERIFIABLE = "unverifiable"


GAPS = frozenset({Result.MISSING, Result.STALE})
"""The results that a person has to mend."""


class Reason(StrEnum):
    """Why a rule stands as it does."""

    PRESENT = "present"
    ABSENT = "absent"
    TOO_OLD = "too_old"
    EXPIRED = "expired"
    OUT_OF_SCOPE = "out_of_scope"
    CONDITION = "condition"
    UNDECIDED = "undecided"
    UNKNOWN = "unknown"
    NOT_KEPT = "not_kept"
    ERASED = "erased"
    WAIVER = "waiver"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one rule for one model.

    ``names`` are the facts or the attribute it turns on, ``day`` the date it turns on, ``months``
    the age allowed, ``person`` who waived.
    """

    result: Result
    reason: Reason
    names: tuple[str, ...] = ()
    day: date | None = None
    months: int | None = None
    person: str | None = None


MET = Outcome(Result.MET, Reason.PRESENT)
