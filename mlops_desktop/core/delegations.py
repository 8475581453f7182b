"""Delegation: a person lets another sign in his place, for some time and some requests."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.rules import Kind


@dataclass(frozen=True, slots=True)
class Mandate:
    """For what a delegation is meant; a part that is empty means everything."""

    models: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()

    def covers(self, model: str, kind: Kind | None) -> bool:
        """Tell whether a request about ``model`` of this kind is meant.

        None is what is no request, an attestation: a mandate for some kinds does not cover it.
        """
        return (not self.models or model in self.models) and (not self.kinds or kind in self.kinds)


EVERYTHING = Mandate()


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who lets whom sign in his place, from the first to the last day; both count."""

    id: str
    giver: str
    holder: str
    begins: date
    ends: date
    mandate: Mandate = EVERYTHING
    is_revoked: bool = False

    def fault_on(self, day: date, model: str, kind: Kind | None) -> str | None:
        """Return why it does not hold for a request on a day, None where it does."""
        if self.is_revoked:
            return "delegation_revoked"
        if day > self.ends:
            return "delegation_expired"
        if day < self.begins:
            return "delegation_not_begun"
        return None if self.mandate.covers(model, kind) else "delegation_scope"


def find_fault(
    known: Iterable[Delegation],
    giver: str,
    holder: str,
    day: date,
    model: str,
    kind: Kind | None,
) -> str | None:
    """Return why ``holder`` may not sign in the place of ``giver``: of several, the newest tells.

    A mandate is not handed on: only what the giver himself granted counts.
    """
    theirs = [one for one in known if (one.giver, one.holder) == (giver, holder)]
    faults = [one.fault_on(day, model, kind) for one in theirs]
    if not faults:
        return "delegation_missing"
    return None if None in faults else faults[-1]
