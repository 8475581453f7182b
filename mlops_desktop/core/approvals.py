"""Approvals as pure functions of what is recorded: rules, quorum, segregation, voiding."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.inventory import ModelDetails, Pair, VersionDetails


class Status(StrEnum):
    """Where a request stands; derived, never typed."""

    OPEN = "open"
    APPROVED = "approved"
    CONDITIONAL = "conditional"
    REJECTED = "rejected"
    VOIDED = "voided"
    WITHDRAWN = "withdrawn"
    REVOKED = "revoked"
    EXPIRED = "expired"


APPROVING = frozenset({Decision.APPROVE, Decision.CONDITION})
"""The decisions that count towards a quorum."""

GRANTED = frozenset({Status.APPROVED, Status.CONDITIONAL})


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rule: how many approvals, from persons with one of these roles (none: any)."""

    id: str
    needed: int
    roles: frozenset[Role] = frozenset()


@dataclass(frozen=True, slots=True)
class Rule:
    """Which steps a request takes and who may not sign, by relation to the model."""

    id: str
    steps: tuple[Step, ...]
    barred: tuple[str, ...] = ("owner", "developer", "requester")


FOUR_EYES = Rule("four_eyes", (Step("approval", needed=2),))
RULES = {FOUR_EYES.id: FOUR_EYES}


@dataclass(frozen=True, slots=True)
class Cast:
    """A decision that counts: who, what, and until when it holds."""

    person: str
    decision: Decision
    fingerprint: str
    valid_until: date | None = None


@dataclass(frozen=True, slots=True)
class Relations:
    """The persons a request is about, by id; who handed a model over still counts as its owner."""

    owner: str | None = None
    developer: str | None = None
    requester: str | None = None
    former_owners: tuple[str, ...] = ()
    former_developers: tuple[str, ...] = ()

    def of(self, person: str) -> tuple[str, ...]:
        """Name every relation ``person`` has or had to the request."""
        held = {
            "owner": (self.owner, *self.former_owners),
            "developer": (self.developer, *self.former_developers),
            "requester": (self.requester,),
        }
        return tuple(name for name, who in held.items() if person in who)


@dataclass(frozen=True, slots=True)
class Request:
    """A request for approval with all that was decided about it and changed under it since."""

    id: str
    version: str
    environment: str
    rule: str
    requester: str
    casts: tuple[Cast, ...] = ()
    changed: tuple[str, ...] = ()
    is_withdrawn: bool = False
    is_revoked: bool = False
    rests_until: date | None = None
    """The last day of an override of the tier that the covered fields rest on."""

    @property
    def valid_until(self) -> date | None:
        """The last day an approval holds: the earliest that a signer or an override set."""
        limits = [cast.valid_until for cast in self.casts if cast.valid_until is not None]
        if self.rests_until is not None:
            limits.append(self.rests_until)
        return min(limits, default=None)


def assess(request: Request, on: date) -> Status:
    """Return where a request stands on a day, from the decisions cast and what changed since."""
    if request.is_withdrawn:
        return Status.WITHDRAWN
    if any(cast.decision is Decision.REJECT for cast in request.casts):
        return Status.REJECTED
    if request.is_revoked:
        return Status.REVOKED
    if request.changed:
        return Status.VOIDED
    if request.rests_until is not None and request.rests_until < on:
        return Status.EXPIRED  # what it covers is no longer so, decided or not
    if not is_met(RULES[request.rule], request.casts):
        return Status.OPEN
    if request.valid_until is not None and request.valid_until < on:
        return Status.EXPIRED
    conditional = any(cast.decision is Decision.CONDITION for cast in request.casts)
    return Status.CONDITIONAL if conditional else Status.APPROVED


def is_met(rule: Rule, casts: Iterable[Cast]) -> bool:
    """Tell whether enough different persons with different certificates approved."""
    yes = [cast for cast in casts if cast.decision in APPROVING]
    distinct = min(len({cast.person for cast in yes}), len({cast.fingerprint for cast in yes}))
    return distinct >= sum(step.needed for step in rule.steps)


def check_signer(
    rule: Rule, relations: Relations, casts: Iterable[Cast], signer: Person, status: Status
) -> None:
    """Raise ``approval.refused_…`` naming the rule that keeps ``signer`` from deciding."""
    refusal = refusal_of(rule, relations, casts, signer, status)
    if refusal is not None:
        raise AppError(f"approval.refused_{refusal}", person=signer.name, status=status.value)


def refusal_of(
    rule: Rule, relations: Relations, casts: Iterable[Cast], signer: Person, status: Status
) -> str | None:
    """Return the name of the rule that refuses ``signer``, or None where he may decide.

    Administrators are not exempt; the same function decides in the window, on the command line
    and in the verifier.
    """
    if status is not Status.OPEN:
        return "closed"
    if signer.is_revoked:
        return "revoked"
    if not signer.can_sign:
        return "no_certificate"
    for relation in relations.of(signer.id):
        if relation in rule.barred:
            return relation
    given = tuple(casts)
    if any(cast.person == signer.id or cast.fingerprint == signer.fingerprint for cast in given):
        return "twice"
    wanted = frozenset[Role]().union(*(step.roles for step in rule.steps))
    return "role" if wanted and not wanted.intersection(signer.roles) else None


def may_still_sign(
    rule: Rule, relations: Relations, casts: Iterable[Cast], people: Iterable[Person]
) -> tuple[Person, ...]:
    """Return the persons who may still decide an open request."""
    given = tuple(casts)
    return tuple(
        person
        for person in people
        if refusal_of(rule, relations, given, person, Status.OPEN) is None
    )


COVERED_MODEL_FIELDS = ("purpose", "limitations", "tier", "methodology", "origin")
_VERSION_FIELDS = ("version", "artifact", "signature", "run_id")


def _plain(value: object) -> str:
    digest = getattr(value, "digest", None)
    return str(digest if digest is not None else "" if value is None else value)


def covered_fields(model: ModelDetails, version: VersionDetails) -> tuple[Pair, ...]:
    """Return what a decision on a version covers, sorted by field name, absent fields as ""."""
    pairs = [Pair(f"model.{name}", _plain(getattr(model, name))) for name in COVERED_MODEL_FIELDS]
    pairs += [Pair(f"version.{name}", _plain(getattr(version, name))) for name in _VERSION_FIELDS]
    run = version.run
    if run is not None:
        pairs += [Pair(f"parameter.{item.name}", item.value) for item in run.parameters]
        pairs += [Pair(f"metric.{item.name}", item.value) for item in run.metrics]
        pairs += [Pair(f"dataset.{item.name}", item.digest) for item in run.datasets]
    return tuple(sorted(pairs, key=lambda pair: (pair.name, pair.value)))


def digest_fields(covered: tuple[Pair, ...]) -> str:
    """Return the SHA-256 (hexadecimal) of the canonical form of covered fields.

    A list of ``[name, value]`` texts in JSON without white space, which is its RFC 8785 form.
    """
    rows = [[pair.name, pair.value] for pair in covered]
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def changed_fields(before: tuple[Pair, ...], after: tuple[Pair, ...]) -> tuple[str, ...]:
    """Name the covered fields whose values differ, sorted."""
    differing = set(before).symmetric_difference(after)
    return tuple(sorted({pair.name for pair in differing}))
