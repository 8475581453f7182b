"""Approval rules as data: which steps a request takes, who may not sign, and by when."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.identity import Role


class Kind(StrEnum):
    """What a decision is asked for."""

    REGISTER = "register"
    PROMOTE = "promote"
    TIER_CHANGE = "tier_change"
    MATERIAL_CHANGE = "material_change"
    WAIVER = "waiver"
    OVERLAY = "overlay"
    RETIREMENT = "retirement"
    VALIDATION_REPORT = "validation_report"


class RuleStatus(StrEnum):
    """Where a version of a rule stands; only an active one is chosen for new requests."""

    DRAFT = "draft"
    ACTIVE = "active"
    ARCHIVED = "archived"


PERMITTING = frozenset({Kind.REGISTER, Kind.PROMOTE, Kind.MATERIAL_CHANGE})
"""The kinds whose approval lets a model be used."""

RELATIONS = ("owner", "developer", "requester", "contributor")
"""How a person can stand to what is decided, so that a rule can bar him from deciding."""


ALWAYS_BARRED = ("owner", "developer", "requester")
"""No rule lets these decide: otherwise one's own work could be approved by a rule of one's own."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a request is about, as far as it chooses the rule."""

    kind: Kind = Kind.PROMOTE
    tier: int | None = None
    environment: str = ""
    regions: tuple[str, ...] = ()
    methodology: str | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """For what a rule is meant; a part that is empty means everything."""

    kinds: tuple[Kind, ...] = ()
    tiers: tuple[int, ...] = ()
    environments: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    methodologies: tuple[str, ...] = ()

    def covers(self, subject: Subject) -> bool:
        """Tell whether every part that is not empty holds what the request has."""
        return (
            (not self.kinds or subject.kind in self.kinds)
            and (not self.tiers or subject.tier in self.tiers)
            and (not self.environments or subject.environment in self.environments)
            and (not self.regions or bool(set(subject.regions).intersection(self.regions)))
            and (not self.methodologies or subject.methodology in self.methodologies)
        )

    @property
    def weight(self) -> int:
        """How many parts narrow it: of two rules that fit, the narrower one is meant."""
        parts = (self.kinds, self.tiers, self.environments, self.regions, self.methodologies)
        return sum(map(bool, parts))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a rule: how many approvals, from persons with one of these roles (none: any).

    ``members`` narrows it to named persons (m of n); ``committee`` names the body whose signed
    resolution decides the step instead.
    """

    id: str
    needed: int
    roles: tuple[Role, ...] = ()
    members: tuple[str, ...] = ()
    committee: str | None = None

    @property
    def is_narrowed(self) -> bool:
        """Whether not everybody can fill it."""
        return bool(self.roles or self.members)


@dataclass(frozen=True, slots=True)
class Rule:
    """Which steps a request takes, in order or side by side, and who may not sign.

    ``deadline`` counts working days; after it the request is shown to ``escalate_to``.
    """

    id: str
    steps: tuple[Step, ...]
    barred: tuple[str, ...] = ALWAYS_BARRED
    version: int = 1
    scope: Scope = Scope()
    is_ordered: bool = False
    deadline: int | None = None
    escalate_to: Role | None = None

    @property
    def needed(self) -> int:
        """How many signatures of persons it takes; committees sign by their own rules."""
        return sum(step.needed for step in self.steps if step.committee is None)


_TWO = (Step("approval", needed=2),)
_FIRST_FOUR_EYES = Rule("four_eyes", _TWO)
FOUR_EYES = Rule("four_eyes", _TWO, RELATIONS, version=2)
"""What holds where no rule of the workspace fits; its first version did not bar contributors."""

FROM_PAPER = Rule("from_paper", (Step("confirmation", needed=1),))
"""Stands where a rule stands for what was decided on paper: a second person confirms."""

BUILT_IN = {(rule.id, rule.version): rule for rule in (_FIRST_FOUR_EYES, FOUR_EYES, FROM_PAPER)}


def built_in(id: str, version: int | None) -> Rule:
    """Return a rule that needs no event; old requests name no version, which is the first."""
    return BUILT_IN[id, version or 1]


def choose(rules: Iterable[Rule], subject: Subject) -> Rule:
    """Return the rule for a request: the narrowest that fits, of equals the one added last."""
    chosen = FOUR_EYES
    weight = -1
    for rule in rules:
        if rule.scope.covers(subject) and rule.scope.weight >= weight:
            chosen, weight = rule, rule.scope.weight
    return chosen
