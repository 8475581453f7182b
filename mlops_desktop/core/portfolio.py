"""Figures of the whole inventory: what each counts, by what it is cut, and where its rows are."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mlops_desktop.core.ageing import Ageing, Open, age
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.events.exceptions import ExceptionRule
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.reconciliation import WAYS

SOON = timedelta(days=90)


class Place(StrEnum):
    """The list in which the rows of a figure are."""

    MODELS = "models"
    ITEMS = "governance"
    CONTRADICTIONS = "reconciliation"


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What figures read of a model of the inventory, as of the day they are for.

    ``is_measured`` tells whether anything is measured in time, None where no series is known.
    """

    state: State
    tier: int | None
    owner: str
    regions: tuple[str, ...]
    approval: Approval
    approved_until: date | None
    next_review: date | None
    monitoring: Monitoring | None
    is_measured: bool | None = None
    number: int = 0

    @property
    def is_unmeasured(self) -> bool:
        """Whether nothing is measured in time; without a series what is on record decides."""
        if self.is_measured is not None:
            return not self.is_measured
        return self.monitoring in (None, Monitoring.UNMEASURED)

    @property
    def runs_unmeasured(self) -> bool:
        """Whether it is in production and nothing is measured in time."""
        return self.state is State.PRODUCTION and self.is_unmeasured

    def expires(self, on: date) -> bool:
        """Whether an approval that is granted ends soon after ``on``."""
        if self.state in _NOT_CURRENT or self.approval not in _GRANTED:
            return False
        return self.approved_until is not None and self.approved_until <= on + SOON


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """What figures read of an item, as of the day they are for."""

    kind: str
    rank: int
    opened: date
    is_closed: bool
    is_overdue: bool
    lapsed: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by its name, its value, and the filter that leads to its rows.

    ``filter`` is empty where no single list holds them.
    """

    name: str
    value: int
    place: Place
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One value of a cut and how many models have it; an empty ``key`` is "none recorded"."""

    key: str
    count: int


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Every figure as of a day; a model of several regions counts in each of them."""

    on: date
    models: int
    figures: tuple[Figure, ...]
    by_tier: tuple[Part, ...]
    by_state: tuple[Part, ...]
    by_owner: tuple[Part, ...]
    by_region: tuple[Part, ...]
    heat: tuple[tuple[str, str, int], ...]
    """(tier, state, count), in the order of tiers and of states."""
    ageing: Ageing


_GRANTED = frozenset({Approval.APPROVED, Approval.INTERIM})
_NOT_CURRENT = frozenset({State.RETIRED})
CONTRADICTING = frozenset(list(ExceptionRule).index(rule) for rule in WAYS)
"""The ranks of exceptions that contradict what a source tells."""


def compute(models: Iterable[ModelFacts], items: Iterable[ItemFacts], on: date) -> Portfolio:
    """Return the figures of models of the inventory (no candidates, none decided against)."""
    known, kept = tuple(models), tuple(items)
    heat = Counter((_tier(one), one.state.value) for one in known)
    order = {state.value: place for place, state in enumerate(State)}
    return Portfolio(
        on,
        len(known),
        (*_of_models(known, on), *_of_items(kept, on)),
        _cut(_tier(one) for one in known),
        _cut((one.state.value for one in known), lambda key: order[key]),
        _cut(one.owner for one in known),
        _cut(region for one in known for region in one.regions or ("",)),
        tuple(
            (tier, state, heat[tier, state])
            for tier, state in sorted(heat, key=lambda pair: (pair[0] or "9", order[pair[1]]))
        ),
        age(_open_findings(kept), on),
    )


def _open_findings(items: Iterable[ItemFacts]) -> Iterable[Open]:
    still = (one for one in items if one.kind == "finding" and not one.is_closed)
    return (Open(one.rank, one.opened, one.is_overdue) for one in still)


def _of_models(models: tuple[ModelFacts, ...], on: date) -> Iterable[Figure]:
    current = [one for one in models if one.state not in _NOT_CURRENT]

    def count(holds: Callable[[ModelFacts], bool]) -> int:
        return sum(map(holds, current))

    yield Figure("current", len(current), Place.MODELS)
    yield Figure("retired", len(models) - len(current), Place.MODELS, "scope:retired")
    in_production = count(lambda one: one.state is State.PRODUCTION)
    yield Figure("in_production", in_production, Place.MODELS, "state:production")
    overdue = count(lambda one: one.next_review is not None and one.next_review < on)
    yesterday = (on - timedelta(days=1)).isoformat()
    yield Figure("reviews_overdue", overdue, Place.MODELS, f"due:<{yesterday}")
    expiring = count(lambda one: one.expires(on))
    yield Figure("approvals_expiring", expiring, Place.MODELS, "approval:expiring")
    yield from _by_approval(current)
    unmeasured = count(lambda one: one.runs_unmeasured)
    yield Figure("unmeasured", unmeasured, Place.MODELS, "measured:no")


def _by_approval(current: Iterable[ModelFacts]) -> Iterable[Figure]:
    counted = Counter(one.approval for one in current)
    shown = (
        Approval.NEVER_VALIDATED,
        Approval.AWAITING_CONFIRMATION,
        Approval.NEVER_APPROVED,
        Approval.APPROVED_IN_PART,
    )
    for approval in shown:
        value = approval.value
        yield Figure(value, counted[approval], Place.MODELS, f"approval:{value}")


def _of_items(items: tuple[ItemFacts, ...], on: date) -> Iterable[Figure]:
    still = [one for one in items if not one.is_closed]
    for name, kind in (
        ("breaches_open", "breach"),
        ("findings_open", "finding"),
        ("exceptions_open", "exception"),
        ("overlays_active", "overlay"),
    ):
        number = sum(one.kind == kind for one in still)
        yield Figure(name, number, Place.ITEMS, f"kind:{kind} scope:open")
    told = sum(one.kind == "exception" and one.rank in CONTRADICTING for one in still)
    yield Figure(
        "contradictions", told, Place.CONTRADICTIONS, "state:open state:planned state:tolerated"
    )
    overdue = sum(one.is_overdue for one in still)
    yield Figure("items_overdue", overdue, Place.ITEMS, "due:over")
    yield Figure("items_lapsed", sum(one.lapsed for one in still), Place.ITEMS)
    ages = [(on - one.opened).days for one in still if one.kind == "finding"]
    average = round(sum(ages) / len(ages)) if ages else 0
    yield Figure("finding_age", average, Place.ITEMS, "kind:finding scope:open")


def _tier(facts: ModelFacts) -> str:
    return str(facts.tier) if facts.tier is not None else ""


def _cut(
    keys: Iterable[str], order: Callable[[str], object] = lambda key: (not key, key)
) -> tuple[Part, ...]:
    counted = Counter(keys)
    return tuple(Part(key, counted[key]) for key in sorted(counted, key=order))  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure on two days."""

    name: str
    before: int
    after: int


def compare(before: Portfolio, after: Portfolio) -> tuple[Change, ...]:
    """Return every figure with its values on both days."""
    then = {figure.name: figure.value for figure in before.figures}
    return tuple(Change(one.name, then.get(one.name, 0), one.value) for one in after.figures)
