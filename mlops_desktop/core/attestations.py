"""Attestation campaigns: what counts as answered, what a tier still lacks, who may answer.

Shares are compared as whole numbers and shown rounded down, so that nothing short of a target
ever reads as the target.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from mlops_desktop.core.delegations import Delegation, find_fault
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.lifecycle import NOT_CURRENT, State


class Answer(StrEnum):
    """What is said of a model's record."""

    CORRECT = "correct"
    CHANGED = "changed"
    NOT_MINE = "not_mine"
    CANNOT_SAY = "cannot_say"


COVERING = frozenset({Answer.CORRECT, Answer.CHANGED})
EXPLAINED = frozenset({Answer.CHANGED, Answer.CANNOT_SAY})
"""Answers that mean nothing without words: what was changed, why nothing can be said."""


class Stage(StrEnum):
    """Where a campaign stands."""

    OPEN = "open"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class Gap(StrEnum):
    """Why a model does not count as covered."""

    NO_OWNER = "no_owner"
    NOT_ANSWERED = "not_answered"
    NOT_MINE = "not_mine"
    CANNOT_SAY = "cannot_say"


@dataclass(frozen=True, slots=True)
class Target:
    """How many percent of a tier must be covered; the tier is None for models without one."""

    percent: str
    tier: int | None = None

    @property
    def share(self) -> Fraction:
        """The percentage as an exact number."""
        return Fraction(self.percent)


@dataclass(frozen=True, slots=True)
class Asked:
    """A model a campaign asks about and who owned it then; nobody where it had no owner."""

    model: str
    person: str | None = None


_PERCENT = re.compile(r"\d{1,3}(?:\.\d{1,2})?")
_PLACES = 100


def read_percent(text: str) -> str | None:
    """Return a percentage from 0 to 100 as its plain decimal text, or None where it is none."""
    plain = text.strip().removesuffix("%").strip().replace(",", ".")
    if not (plain.isascii() and _PERCENT.fullmatch(plain)) or Fraction(plain) > 100:
        return None
    whole, _, rest = plain.partition(".")
    rest = rest.rstrip("0")
    return f"{int(whole)}.{rest}" if rest else str(int(whole))


@dataclass(frozen=True, slots=True)
class Standing:
    """A model in a campaign: its frozen tier, the last answer, its owner and state now."""

    model: str
    tier: int | None
    answer: Answer | None
    has_owner: bool
    state: State

    @property
    def has_left(self) -> bool:
        """Whether it is no model of the inventory any more, so that nobody need answer for it."""
        return self.state in NOT_CURRENT

    @property
    def is_covered(self) -> bool:
        """Whether its last answer counts."""
        return self.answer in COVERING

    @property
    def gap(self) -> Gap | None:
        """Why it is not covered; None where it is, or has left."""
        if self.has_left or self.is_covered:
            return None
        if self.answer is not None:
            return Gap(self.answer.value)
        return Gap.NOT_ANSWERED if self.has_owner else Gap.NO_OWNER


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a tier is covered; ``left`` were asked and have left the inventory since."""

    tier: int | None
    target: Target | None
    asked: int
    left: int
    answered: int
    covered: int

    @property
    def counting(self) -> int:
        """Of how many models the share is taken."""
        return self.asked - self.left

    @property
    def is_met(self) -> bool:
        """Whether the target is reached; a tier without target or models lacks nothing."""
        return self.lacking == 0

    @property
    def lacking(self) -> int:
        """How many models more must be covered."""
        if self.target is None:
            return 0
        needed = self.target.share * self.counting / 100
        return max(0, -(-needed.numerator // needed.denominator) - self.covered)

    @property
    def percent(self) -> str:
        """The share covered as decimal text, rounded down to hundredths; 100 where none counts."""
        return share_text(self.covered, self.counting)


def share_text(part: int, whole: int) -> str:
    """Return part of whole in percent as decimal text, rounded down to hundredths."""
    hundredths = part * 100 * _PLACES // whole if whole else 100 * _PLACES
    units, rest = divmod(hundredths, _PLACES)
    return f"{units}.{rest:02d}".rstrip("0").rstrip(".")


def cover(standings: Iterable[Standing], targets: tuple[Target, ...]) -> tuple[Coverage, ...]:
    """Return how each tier stands that was asked or has a target, the unrated ones last."""
    named = {target.tier: target for target in targets}
    by_tier: dict[int | None, list[Standing]] = {tier: [] for tier in named}
    for one in standings:
        by_tier.setdefault(one.tier, []).append(one)
    ordered = sorted(by_tier, key=lambda tier: (tier is None, tier or 0))
    return tuple(_coverage(tier, named.get(tier), by_tier[tier]) for tier in ordered)


def _coverage(tier: int | None, target: Target | None, all_: list[Standing]) -> Coverage:
    staying = [one for one in all_ if not one.has_left]
    return Coverage(
        tier,
        target,
        len(all_),
        len(all_) - len(staying),
        sum(one.answer is not None for one in staying),
        sum(one.is_covered for one in staying),
    )


@dataclass(frozen=True, slots=True)
class Question:
    """A model in front of whoever wants to answer for it, on a day."""

    model: str
    stage: Stage
    owner: Person | None
    state: State
    on: date
    delegations: tuple[Delegation, ...] = ()


def answer_refusal(question: Question, person: Person) -> str | None:
    """Return the rule that keeps ``person`` from answering, or None where he may.

    The owner answers, or who holds a mandate of his; whoever runs campaigns answers for nobody
    but himself.
    """
    owner = question.owner
    if question.stage is not Stage.OPEN:
        return "not_open"
    if question.state in NOT_CURRENT:
        return "has_left"
    if person.is_revoked:
        return "revoked"
    if owner is None or owner.is_revoked:
        return "no_owner"
    if owner.id == person.id:
        return None
    if Role.RISK_MANAGER in person.roles:
        return "risk_manager"
    known, asked = question.delegations, (question.on, question.model, None)
    fault = find_fault(known, owner.id, person.id, *asked)
    return "not_owner" if fault == "delegation_missing" else fault


def mandate_of(question: Question, person: Person) -> str | None:
    """Return the delegation by which ``person`` answers in the owner's place, None for himself."""
    owner = question.owner
    if owner is None or owner.id == person.id:
        return None
    theirs = (
        one for one in question.delegations if (one.giver, one.holder) == (owner.id, person.id)
    )
    holding = (one.id for one in theirs if not one.fault_on(question.on, question.model, None))
    return next(holding, None)
