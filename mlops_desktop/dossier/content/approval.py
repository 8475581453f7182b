"""Requests for approval, their steps, decisions and what voided them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.dossier.content.ledger import Head
from mlops_desktop.dossier.content.values import Missing, Moment


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a request: how many of which roles must agree, and how many have."""

    name: str
    needed: int
    given: int
    roles: tuple[str, ...]


class SignatureState(StrEnum):
    """What is known of a decision's signature."""

    VERIFIED = "verified"
    BROKEN = "broken"
    UNCHECKED = "unchecked"
    FROM_PAPER = "from_paper"
    UNSIGNED = "unsigned"


@dataclass(frozen=True, slots=True)
class Decision:
    """One person's decision with its signature and the head of the ledger he saw.

    ``seen`` is None where nothing was signed here; ``signature`` then says so.
    """

    person: str
    role: str
    on_behalf_of: str | None
    decision: str
    meaning: str
    at: Moment
    comment: str | Missing
    conditions: tuple[str, ...]
    signature: SignatureState
    certificate: str | Missing
    covered: str | Missing
    seen: Head | None


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A covered field that changed after a decision, with both values."""

    name: str
    before: str | Missing
    after: str | Missing
    at: Moment


@dataclass(frozen=True, slots=True)
class Approval:
    """A request for approval and all that came of it."""

    number: str
    subject: str
    version: str | None
    environment: str | None
    requested_by: str
    requested_at: Moment
    state: str
    expires_on: date | None
    steps: tuple[Step, ...]
    decisions: tuple[Decision, ...]
    voided_by: tuple[FieldChange, ...]
    entities: tuple[str, ...] = ()
    """The legal entities it is limited to; none means all."""
