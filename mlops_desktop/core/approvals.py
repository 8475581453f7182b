"""Approvals as pure functions of what is recorded: where a request stands, what it covers."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.inventory import ModelDetails, Pair, VersionDetails
from mlops_desktop.core.quorum import APPROVING, Cast, Resolution, Term, is_met, is_resolved
from mlops_desktop.core.rules import Kind, Rule, built_in
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.core.workdays import add_working_days

__all__ = ["GRANTED", "Cast", "Status"]

_REJECTING = frozenset({Decision.REJECT})


@dataclass(frozen=True, slots=True)
class Paper:
    """What was decided on paper, as the rules see it: it counts once a second person confirms.

    ``position`` is that of the confirmation: what was recorded before it changes nothing.
    ``rejecter`` found that the paper does not say so.
    """

    confirmer: str | None = None
    position: int = -1
    valid_until: date | None = None
    terms: tuple[Term, ...] = ()
    rejecter: str | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """A condition of an approval by its number, from 1 on in the order recorded."""

    number: int
    due: date | None
    is_met: bool

    def is_overdue(self, on: date) -> bool:
        """Whether it should have been met by a day."""
        return not self.is_met and self.due is not None and self.due < on


@dataclass(frozen=True, slots=True)
class Request:
    """A request for approval with all that was decided about it and changed under it since.

    ``terms`` is its rule where the workspace made that; ``met`` numbers the conditions met.
    """

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
    kind: Kind = Kind.PROMOTE
    rule_version: int | None = None
    terms: Rule | None = None
    recused: tuple[str, ...] = ()
    met: tuple[int, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    paper: Paper | None = None
    entities: tuple[str, ...] = ()
    """The legal entities it was asked for; none means all."""

    @property
    def holds_for(self) -> frozenset[str] | None:
        """The legal entities for which it holds: those every part names; None means all."""
        said = (cast.entities for cast in self.casts if cast.decision in APPROVING)
        named = [frozenset(part) for part in (self.entities, *said) if part]
        return frozenset.intersection(*named) if named else None

    def covers(self, entity: str | None) -> bool:
        """Tell whether it holds for a legal entity; for None, for any at all."""
        named = self.holds_for
        return named is None or (entity in named if entity is not None else bool(named))

    @property
    def rule_kept(self) -> Rule:
        """The rule it was made under, whatever became of the rule since."""
        return self.terms or built_in(self.rule, self.rule_version)

    @property
    def valid_until(self) -> date | None:
        """The last day an approval holds: the earliest that a signer or an override set."""
        limits = [cast.valid_until for cast in self.casts if cast.valid_until is not None]
        if self.rests_until is not None:
            limits.append(self.rests_until)
        if self.paper is not None and self.paper.valid_until is not None:
            limits.append(self.paper.valid_until)
        return min(limits, default=None)

    @property
    def approvers(self) -> frozenset[str]:
        """The persons who said yes; of a paper, who confirmed it."""
        if self.paper is not None:
            return frozenset({self.paper.confirmer} if self.paper.confirmer else ())
        return frozenset(cast.person for cast in self.casts if cast.decision in APPROVING)

    @property
    def obligations(self) -> tuple[Obligation, ...]:
        """Every condition that a signer or the paper set."""
        terms = [term for cast in self.casts for term in cast.terms]
        terms += self.paper.terms if self.paper else ()
        return tuple(
            Obligation(number, term.due, number in self.met) for number, term in enumerate(terms, 1)
        )

    @property
    def is_decided(self) -> bool:
        """Whether the approvals its rule asks for are there."""
        if self.paper is not None:
            return self.paper.confirmer is not None
        return is_met(self.rule_kept, self.casts, self.resolutions)

    @property
    def is_rejected(self) -> bool:
        """Whether one signer, or one committee, or a paper's second person, said no."""
        if self.paper is not None and self.paper.rejecter is not None:
            return True
        return any(cast.decision is Decision.REJECT for cast in self.casts) or any(
            is_resolved(step, self.resolutions, _REJECTING) for step in self.rule_kept.steps
        )

    @property
    def is_conditional(self) -> bool:
        """Whether a condition is open, or was set by a signer of a time that kept none."""
        set_ones = self.obligations
        if set_ones:
            return not all(one.is_met for one in set_ones)
        decided = [cast.decision for cast in self.casts]
        return Decision.CONDITION in (*decided, *(one.outcome for one in self.resolutions))


def assess(request: Request, on: date) -> Status:
    """Return where a request stands on a day, from the decisions cast and what changed since."""
    if request.is_withdrawn:
        return Status.WITHDRAWN
    if request.is_rejected:
        return Status.REJECTED
    if request.is_revoked:
        return Status.REVOKED
    if request.changed:
        return Status.VOIDED
    if request.rests_until is not None and request.rests_until < on:
        return Status.EXPIRED  # what it covers is no longer so, decided or not
    if not request.is_decided:
        return Status.OPEN
    if request.valid_until is not None and request.valid_until < on:
        return Status.EXPIRED
    return Status.CONDITIONAL if request.is_conditional else Status.APPROVED


def due_on(rule: Rule, asked: date) -> date | None:
    """Return the day by which a request is to be decided; None where its rule sets none."""
    return add_working_days(asked, rule.deadline) if rule.deadline is not None else None


ENTITIES = "request.entities"
"""The covered field that names the legal entities; requests without it are for all of them."""


def scope_fields(entities: Iterable[str]) -> tuple[Pair, ...]:
    """Return what a decision covers of the legal entities it is asked for."""
    told = ", ".join(sorted(entities))
    return (Pair(ENTITIES, told),) if told else ()


COVERED_MODEL_FIELDS = ("purpose", "limitations", "tier", "methodology", "origin")
_VERSION_FIELDS = ("version", "artifact", "signature", "run_id")


def _plain(value: object) -> str:
    digest = getattr(value, "digest", None)
    return str(digest if digest is not None else "" if value is None else value)


def covered_fields(model: ModelDetails, version: VersionDetails) -> tuple[Pair, ...]:
    """Return what a decision on a version covers, sorted by field name, absent fields as ""."""
    pairs = [Pair(f"model.{name}", _plain(getattr(model, name))) for name in COVERED_MODEL_FIELDS]
    pairs += [Pair(f"model.{one.key}", one.plain) for one in model.custom if one.is_covered]
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
