"""What a kind of item is: its fields, its stages, and the steps between them, as one table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mlops_desktop.core import items
from mlops_desktop.core.date_rules import KEPT, DateRule, Relation
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.items.details import ItemDetails

PROGRAM = "program"
"""Takes the steps that follow from measurements; no person is it."""
OWN, ANY = "own", "any"


@dataclass(frozen=True, slots=True)
class Step:
    """A step of an item's life: the stages it leaves, the one it leads to ("" stays).

    ``needs`` names fields that must be given with the step, ``takes`` those that may be. ``by``
    names the relations to the item that may take it (none: anybody), ``barred`` those that may
    not: opener, owner, model_owner, model_developer, a person field of ``relations``,
    ``took_<step>``, ``role_<role>``; a step by :data:`PROGRAM` is offered to nobody. A step with
    ``reason`` needs one; one that is ``once`` is not taken again. ``marks`` names a field whose
    values are remembered over the item's life. One that persons take is taken by the program too
    where ``program`` says so: of what it opened itself (:data:`OWN`) or of any (:data:`ANY`).
    """

    name: str
    leaves: frozenset[str]
    to: str = ""
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    barred: tuple[str, ...] = ()
    reason: bool = True
    once: bool = False
    marks: str = ""
    program: str = ""


_DUE = DateRule("due", Relation.NOT_BEFORE)


def lasts(name: str) -> tuple[DateRule, ...]:
    """Return the rules of a day until which something holds: an extension leads beyond it."""
    return DateRule(name, Relation.NOT_BEFORE), extended(name)


def extended(name: str) -> DateRule:
    """Return the rule of an extension: it leads beyond the day it extends."""
    return DateRule(name, Relation.AFTER, KEPT, ("extend",))


def _never(step: str, details: object, marked: tuple[str, ...]) -> str | None:
    return None


@dataclass(frozen=True, slots=True)
class ItemKind:
    """A kind of item. ``prefix`` begins its numbers; ``stages`` stand in the order of life.

    ``required`` names the fields needed to open one, ``ranked`` the field whose order of
    choices sorts the worst first, ``expiry`` the field after whose day it no longer holds; in
    ``resting`` stages nothing is due until that day; to and from ``sealed`` ones lead events of
    another noun, no step, and nobody changes fields there. ``relations`` gives the person
    fields by which steps may be bound. ``needs_model`` asks for at least one model; one without
    ``has_models`` is about none, as models name it. ``copies`` names fields filled from it
    where they are left out. ``refuse`` may refuse a step ("" is the opening), by a rule's name,
    from what the item then says and what it has remembered. ``kept_from`` names the relations
    that change no field of what another opened; with ``fixes_models`` what it is about stands
    once the first step was taken. ``dates`` says how its dates stand to each other; that
    nothing is due before the day from which it is said holds for every kind.
    """

    noun: str
    plural: str
    prefix: str
    details: type[ItemDetails]
    opened: type[Event]
    edited: type[Event]
    moved: type[Event]
    stages: tuple[str, ...]
    closed: frozenset[str]
    steps: tuple[Step, ...]
    required: tuple[str, ...] = ("title",)
    ranked: str | None = None
    expiry: str | None = None
    resting: frozenset[str] = frozenset()
    sealed: frozenset[str] = frozenset()
    kept_from: tuple[str, ...] = ()
    fixes_models: bool = False
    relations: tuple[str, ...] = ()
    needs_model: bool = True
    has_models: bool = True
    order: int = 100
    copies: tuple[str, ...] = ()
    frozen: frozenset[str] = frozenset()
    refuse: Callable[[str, Any, tuple[str, ...]], str | None] = _never
    dates: tuple[DateRule, ...] = ()

    @property
    def date_rules(self) -> tuple[DateRule, ...]:
        """How every date of such an item stands to other days."""
        return (_DUE, *self.dates)

    def step(self, name: str) -> Step:
        """Return the step of that name; raises ``item.unknown_step``."""
        for known in self.steps:
            if known.name == name:
                return known
        told = ", ".join(step.name for step in self.steps)
        raise AppError("item.unknown_step", where="step", step=name, known=told)

    @property
    def given_by_steps(self) -> frozenset[str]:
        """The fields that steps bring or change."""
        return frozenset(name for step in self.steps for name in (*step.needs, *step.takes))

    @property
    def turns(self) -> frozenset[str]:
        """The steps that lead to another stage: none is dated back before the last of them."""
        return frozenset(step.name for step in self.steps if step.to)

    def is_editable(self, stage: str) -> bool:
        """Tell whether the fields of an item at a stage can be changed."""
        return stage not in self.closed | self.sealed

    def steps_from(self, stage: str) -> tuple[Step, ...]:
        """Return the steps that leave a stage, in the order of the table."""
        return tuple(step for step in self.steps if stage in step.leaves)


_KINDS: dict[str, ItemKind] = {}


def register(kind: ItemKind) -> ItemKind:
    """Make a kind known; its noun and its prefix stand once."""
    taken = {known.prefix for known in _KINDS.values()}
    if kind.noun in _KINDS or kind.prefix in taken:
        raise ValueError(f"kind of item twice: {kind.noun}")
    _KINDS[kind.noun] = kind
    return kind


def kinds() -> tuple[ItemKind, ...]:
    """Return every kind there is, in the order people read them."""
    items.load()
    return tuple(sorted(_KINDS.values(), key=lambda kind: (kind.order, kind.noun)))


def kind_named(noun: str) -> ItemKind:
    """Return the kind of that noun; raises KeyError."""
    items.load()
    return _KINDS[noun]


def item_number(kind: ItemKind, number: int) -> str:
    """Return the number people say: finding 12 becomes F-00012."""
    return f"{kind.prefix}-{number:05d}"
