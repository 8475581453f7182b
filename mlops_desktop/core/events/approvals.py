"""Requests for approval and the signed decisions about them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.rules import Kind, Rule


class Decision(StrEnum):
    """What a signer can say."""

    APPROVE = "approve"
    CONDITION = "condition"
    REJECT = "reject"
    ABSTAIN = "abstain"


@dataclass(frozen=True, slots=True)
class Condition:
    """What must be done for an approval with conditions to stand, and by when."""

    text: Erasable
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """The head of the ledger the signer saw: tree size and root (hexadecimal)."""

    size: int
    root: str


@event("approval.requested")
@dataclass(frozen=True, slots=True)
class ApprovalRequested:
    """A decision is asked for: may this version go to that environment, or what ``kind`` says.

    ``covered`` lists the fields the decision covers with their values (commitments by digest);
    ``digest`` is the SHA-256 (hexadecimal) of their canonical form. ``terms`` is the rule where
    the workspace made it; ``about`` is the id of what else is decided (a waiver, an overlay).
    ``entities`` are the ids of the legal entities it is asked for; none means all of them.
    """

    request: str
    model: str
    version: str
    environment: str
    rule: str
    covered: tuple[Pair, ...]
    digest: str
    comment: Erasable | None = None
    kind: Kind = Kind.PROMOTE
    rule_version: int | None = None
    terms: Rule | None = None
    about: str | None = None
    entities: tuple[str, ...] = ()


@event("approval.decided")
@dataclass(frozen=True, slots=True)
class ApprovalDecided:
    """A person decided and signed; the signature in the envelope covers all of these fields.

    ``on_behalf_of`` and ``behalf_name`` are the person in whose place he did, by which delegation.
    ``entities`` are the legal entities to which he limits his approval; none leaves it as asked.
    """

    request: str
    model: str
    person: str
    name: Erasable
    role: Role
    decision: Decision
    meaning: str
    digest: str
    seen: Seen
    fingerprint: str
    comment: Erasable | None = None
    conditions: tuple[Condition, ...] = ()
    valid_until: date | None = None
    on_behalf_of: str | None = None
    step: str | None = None
    behalf_name: Erasable | None = None
    delegation: str | None = None
    entities: tuple[str, ...] = ()


@event("approval.refused")
@dataclass(frozen=True, slots=True)
class ApprovalRefused:
    """A person tried to decide and a rule said no; the attempt stays on record."""

    request: str
    model: str
    person: str
    decision: Decision
    rule: str
    on_behalf_of: str | None = None


@event("approval.withdrawn")
@dataclass(frozen=True, slots=True)
class ApprovalWithdrawn:
    """The requester took the request back before it was decided."""

    request: str
    model: str
    reason: Erasable | None = None


@event("approval.revoked")
@dataclass(frozen=True, slots=True)
class ApprovalRevoked:
    """A granted approval no longer holds from here on; signed like a decision."""

    request: str
    model: str
    person: str
    name: Erasable
    role: Role
    meaning: str
    digest: str
    seen: Seen
    fingerprint: str
    reason: Erasable


@event("approval.recused")
@dataclass(frozen=True, slots=True)
class ApprovalRecused:
    """A person declared himself partial: he no longer decides this request. Signed by him."""

    request: str
    model: str
    person: str
    name: Erasable
    reason: Erasable
    digest: str
    seen: Seen
    fingerprint: str


@event("condition.met")
@dataclass(frozen=True, slots=True)
class ConditionMet:
    """A person who is none of those the rule bars signed that a condition is met, by evidence."""

    request: str
    model: str
    number: int
    person: str
    name: Erasable
    digest: str
    seen: Seen
    fingerprint: str
    document: Document | None = None
    comment: Erasable | None = None
