"""Handing over what a leaver holds: it is the receiver's once he says yes, and not before."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class HeldModel:
    """A model and the fields of its record in which a person is named."""

    model: str
    roles: tuple[str, ...]


class HandoverState(StrEnum):
    """Where an offer stands."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    REFUSED = "refused"


def answer_refusal(state: HandoverState, receiver: str, person: str) -> str | None:
    """Return the rule that keeps a person from answering an offer, or None."""
    if state is not HandoverState.OFFERED:
        return "answered"
    return None if person == receiver else "only_receiver"
