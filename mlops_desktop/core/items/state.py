"""An item as the fold of its events, and the rules that say who may take which step."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, cast

from mlops_desktop.core.details import fields_set, is_empty, merge
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.identity import Person
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ANY, OWN, PROGRAM, ItemKind, Step
from mlops_desktop.core.model_state import Happening


class Opened(Protocol):
    """An event that opens an item."""

    item: str
    models: tuple[str, ...]
    details: ItemDetails


class Edited(Protocol):
    """An event that changes an item; ``models``, where given, replace those before."""

    item: str
    details: ItemDetails
    cleared: tuple[str, ...]
    models: tuple[str, ...]
    reason: Erasable | None


class Moved(Protocol):
    """An event that takes a step of an item's life."""

    item: str
    step: str
    details: ItemDetails
    reason: Erasable | None


@dataclass(frozen=True, slots=True)
class ItemState:
    """An item at one point: its stage, what it says, which models it is about."""

    id: str
    stage: str
    details: ItemDetails
    models: tuple[str, ...]
    opener: str
    opened: date
    closed: date | None = None
    taken: tuple[str, ...] = ()
    """The names of the steps taken, in order."""
    takers: tuple[str, ...] = ()
    """Who took each of them."""
    marked: tuple[str, ...] = ()
    """What steps were to remember, in order."""


def apply(kind: ItemKind, state: ItemState | None, happening: Happening) -> ItemState | None:
    """Return the item after an event; one that does not concern it changes nothing."""
    payload, day = happening.payload, happening.effective.date()
    if isinstance(payload, kind.opened):
        opened = cast(Opened, payload)
        return ItemState(
            opened.item, kind.stages[0], opened.details, opened.models,
            happening.actor.person, day,
        )  # fmt: skip
    if state is None:
        return None
    if isinstance(payload, kind.edited):
        edited = cast(Edited, payload)
        details = merge(state.details, edited.details, edited.cleared)
        return replace(state, details=details, models=edited.models or state.models)
    if isinstance(payload, kind.moved):
        return _moved(kind, state, cast(Moved, payload), happening)
    return state


def _moved(kind: ItemKind, state: ItemState, moved: Moved, happening: Happening) -> ItemState:
    day = happening.effective.date()
    step = kind.step(moved.step)
    stage = step.to or state.stage
    is_closed = stage in kind.closed
    return replace(
        state,
        stage=stage,
        details=merge(state.details, moved.details),
        closed=(state.closed or day) if is_closed else None,
        taken=(*state.taken, moved.step),
        takers=(*state.takers, happening.actor.person),
        marked=(*state.marked, *_mark(step, moved.details)),
    )


def _mark(step: Step, details: ItemDetails) -> tuple[str, ...]:
    return (str(getattr(details, step.marks)),) if step.marks else ()


def fold(kind: ItemKind, happenings: Iterable[Happening]) -> ItemState | None:
    """Return the item after all events, in the order given."""
    state: ItemState | None = None
    for happening in happenings:
        state = apply(kind, state, happening)
    return state


@dataclass(frozen=True, slots=True)
class Bonds:
    """Who stands how to an item, by person's id, as far as rules ask for it."""

    opener: str
    owner: str | None
    model_owners: tuple[str, ...] = ()
    model_developers: tuple[str, ...] = ()
    others: tuple[tuple[str, str], ...] = ()
    """Relations by a person field of the kind's own details or by a step taken."""

    def of(self, person: str) -> frozenset[str]:
        """Name every relation a person has to the item."""
        held = {
            "opener": (self.opener,),
            "owner": (self.owner,),
            "model_owner": self.model_owners,
            "model_developer": self.model_developers,
        }
        named = {name for name, who in self.others if who == person}
        return frozenset({name for name, who in held.items() if person in who} | named)


def refusal_of(
    kind: ItemKind, state: ItemState, step: Step, person: Person, bonds: Bonds, given: ItemDetails
) -> str | None:
    """Return the name of the rule that refuses a step, or None where the person may take it.

    The rules are ``stage``, ``once``, ``only_<relation>``, ``not_<relation>``, ``missing`` (a
    field the step needs) and those of the kind. The same function decides at every entry point.
    """
    if state.stage not in step.leaves:
        return "stage"
    if step.once and step.name in state.taken:
        return "once"
    held = bonds.of(person.id) | {f"role_{role.value}" for role in person.roles}
    if step.by and not held & set(step.by):
        return f"only_{step.by[0]}"
    for relation in step.barred:
        if relation in held:
            return f"not_{relation}"
    if any(is_empty(getattr(given, name)) for name in step.needs):
        return "missing"
    return kind.refuse(step.name, merge(state.details, given), state.marked)


def program_refusal(kind: ItemKind, state: ItemState, step: Step, *, is_own: bool) -> str | None:
    """Return the name of the rule that keeps the program from a step, None where it takes it.

    ``program`` for one that only persons take, or of an item that a person opened; ``stage``.
    """
    if state.stage not in step.leaves:
        return "stage"
    may = PROGRAM in step.by or step.program == ANY or (step.program == OWN and is_own)
    return None if may else "program"


def edit_refusal(
    kind: ItemKind, state: ItemState, person: Person, bonds: Bonds, changed: Iterable[str]
) -> str | None:
    """Return the name of the rule that refuses an edit, or None where the person may make it.

    Whoever opened it corrects it until the first step is taken. After that, and for everybody
    else, a field that steps bring is changed by them alone (``by_step``), with their rules; so are
    the ``models`` where the kind fixes them; and whoever is kept from it changes nothing
    (``not_<relation>``). The same function decides at every entry point.
    """
    if state.opener == person.id and not state.taken:
        return None
    held = bonds.of(person.id)
    for relation in kind.kept_from:
        if relation in held:
            return f"not_{relation}"
    fixed = fixed_fields(kind, state, person.id) - kind.frozen  # frozen ones say so by themselves
    return "by_step" if fixed & set(changed) else None


def fixed_fields(kind: ItemKind, state: ItemState, person: str) -> frozenset[str]:
    """Name the fields that a person cannot edit because steps alone change them, or nobody does.

    ``models`` among them where the kind fixes what it is about.
    """
    if state.opener == person and not state.taken:
        return kind.frozen
    models = {"models"} if kind.fixes_models and state.taken else set()
    return kind.given_by_steps | kind.frozen | models


def bonds_of(
    kind: ItemKind,
    state: ItemState,
    model_owners: Iterable[str] = (),
    model_developers: Iterable[str] = (),
) -> Bonds:
    """Return who stands how to an item; a relation nobody was named for is the opener's."""
    named = [(name, getattr(state.details, name) or state.opener) for name in kind.relations]
    took = [(f"took_{step}", who) for step, who in zip(state.taken, state.takers, strict=True)]
    others = (*named, *took)
    owner = state.details.owner
    return Bonds(state.opener, owner, tuple(model_owners), tuple(model_developers), others)


def missing_fields(kind: ItemKind, details: ItemDetails) -> tuple[str, ...]:
    """Name the fields that an item of the kind cannot be opened without, and that are empty."""
    given = fields_set(details)
    return tuple(name for name in kind.required if name not in given)


def is_overdue(kind: ItemKind, stage: str, due: date | None, on: date) -> bool:
    """Tell whether an item still open on a day was due before it."""
    return due is not None and stage not in kind.closed and due < on
