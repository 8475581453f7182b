"""Items of every kind: open, edit, take a step, list, show; the rules decide at every entry."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, cast

import mlops_desktop.store.queries.items as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.details import fields_set, is_empty, merge
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import PROGRAM, ItemKind, Step, kind_named, kinds
from mlops_desktop.core.items.state import Bonds, ItemState, bonds_of, missing_fields, refusal_of
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.entities import check_entity
from mlops_desktop.services.field_texts import parse_texts
from mlops_desktop.services.finding import finders_of
from mlops_desktop.services.item_changes import check_edit, check_touched, differences, moved_models
from mlops_desktop.services.item_dates import check_change, check_opening
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people, present
from mlops_desktop.store.queries.item_filter import ItemFilter, ItemSort
from mlops_desktop.store.queries.items import ItemRow, StepRow
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

__all__ = ["ItemFilter", "ItemRow", "ItemSort", "StepRow"]


@dataclass(frozen=True, slots=True)
class Given:
    """What a person gives: texts by field, models by name, why, and from when it holds."""

    texts: Mapping[str, str]
    models: tuple[str, ...] = ()
    reason: str | None = None
    effective: datetime | None = None
    files: tuple[File, ...] = ()
    """Files that the texts name by their digests; kept in the workspace with them."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that leaves the item's stage; ``refusal`` names the rule that keeps it from me."""

    step: Step
    refusal: str | None


@dataclass(frozen=True, slots=True)
class ItemSheet:
    """One item whole: row, state, steps taken, names of persons and models, steps on offer."""

    kind: ItemKind
    row: ItemRow
    state: ItemState
    steps: tuple[StepRow, ...]
    names: Mapping[str, str]
    models: tuple[model_queries.ModelRow, ...]
    offers: tuple[Offer, ...]


def list_items(
    session: Session, wanted: ItemFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[ItemRow, ...]:
    """Return the rows of a page of items."""
    with session.workspace.read() as view:
        return queries.list_items(view.connection, wanted, offset=offset, limit=limit)


def count_items(session: Session, wanted: ItemFilter) -> int:
    """Return how many items a filter matches."""
    with session.workspace.read() as view:
        return queries.count_items(view.connection, wanted)


def items_about(
    session: Session, model: str, as_of: AsOf = NOW
) -> Mapping[str, tuple[ItemRow, ...]]:
    """Return every item about a model id, open and closed, by the plural of its kind."""
    wanted = ItemFilter(scope=ItemScope.ALL, models=(model,), as_of=as_of)
    found = list_items(session, wanted)
    return {kind.plural: tuple(row for row in found if row.kind == kind.noun) for kind in kinds()}


def count_overdue_of(session: Session) -> int:
    """Return how many open items the acting person is responsible for are overdue."""
    with session.workspace.read() as view:
        person = people.look_up(view.connection, session.actor.person)
        if person is None:
            return 0
        return queries.count_items(view.connection, ItemFilter(owners=(person.name,), overdue=True))


def show_item(
    session: Session, named: str, as_of: AsOf = NOW, kind: ItemKind | None = None
) -> ItemSheet:
    """Return an item by number or UUID; raises ``item.not_found``, ``item.not_known_then``."""
    with session.workspace.read() as view:
        id = queries.find_item(view.connection, named, kind)
        person = people.look_up(view.connection, session.actor.person)
        return read_item(view, id, as_of, person)


def read_item(view: ReadSession, id: str, as_of: AsOf, person: Person | None = None) -> ItemSheet:
    """Return an item whole, inside a read session; steps are offered to ``person`` alone."""
    found = queries.get_item(view.connection, id, as_of)
    kind = kind_named(found.row.kind)
    state = found.state
    offers = _offers(view, kind, state, person) if person is not None else ()
    models = tuple(_model_row(view, model, as_of) for model in state.models)
    steps = queries.list_steps(view.connection, id, as_of)
    names = printed_names(view.connection, as_of)
    return ItemSheet(kind, found.row, state, steps, names, models, offers)


def _model_row(view: ReadSession, model: str, as_of: AsOf) -> model_queries.ModelRow:
    try:
        return model_queries.get_model(view.connection, model, as_of).row
    except AppError:  # an item can be dated before the model it is about was recorded
        return model_queries.get_model(view.connection, model).row


def _offers(
    view: ReadSession, kind: ItemKind, state: ItemState, person: Person
) -> tuple[Offer, ...]:
    bonds = _bonds(view, kind, state)
    found = [
        (step, refusal_of(kind, state, step, person, bonds, kind.details()))
        for step in kind.steps_from(state.stage)
        if PROGRAM not in step.by
    ]
    # What a step needs is asked for when it is taken; only then can it be missing.
    return tuple(Offer(step, None if rule == "missing" else rule) for step, rule in found)


@locks_late
def open_item(session: Session, kind: ItemKind, given: Given) -> Recorded:
    """Open an item about these models.

    Raises ``item.field_missing`` naming the first field it cannot be without,
    ``item.model_missing``, ``field.…``, ``model.not_found``, ``item.refused_…``, ``date.…``.
    """
    with session.workspace.write(session.actor) as work:
        _keep_files(work, given)
        details = parse_texts(kind.details, given.texts, finders_of(work))
        ids = _find_models(work, given)
        details = _with_copies(work, kind, details, ids)
        id = record_opening(work, kind, details, ids, effective=given.effective)
    return Recorded(id, work.changes)


def _keep_files(work: WriteSession, given: Given) -> None:
    for file in given.files:
        keep_file(work, file)


def _with_copies(
    work: WriteSession, kind: ItemKind, details: ItemDetails, models: tuple[str, ...]
) -> ItemDetails:
    """Fill from the first model what the kind copies of it and nobody gave."""
    if not models or not kind.copies:
        return details
    model = work.ask(present.current_state, models[0]).details
    copied = {name: getattr(model, name) for name in kind.copies}
    return merge(replace(kind.details(), **copied), details)


def record_opening(
    work: WriteSession,
    kind: ItemKind,
    details: ItemDetails,
    models: tuple[str, ...],
    *,
    effective: datetime | None = None,
) -> str:
    """Open an item inside a write session and return its id; raises as :func:`open_item`."""
    missing = missing_fields(kind, details)
    if missing:
        raise AppError("item.field_missing", where=missing[0], field=missing[0], kind=kind.noun)
    if kind.needs_model and not models:
        raise AppError("item.model_missing", where="models", kind=kind.noun)
    rule = kind.refuse("", details, ())
    if rule is not None:
        raise AppError(f"item.refused_{rule}", kind=kind.noun)
    check_opening(kind, details, effective)
    id = new_id()
    check_entity(work, id, details)
    make = cast(Any, kind.opened)
    work.record(make(id, tuple(dict.fromkeys(models)), details), effective=effective)
    return id


@locks_late
def edit_item(session: Session, kind: ItemKind, named: str, given: Given) -> Recorded:
    """Change fields of an open item; a blank text empties its field.

    Raises ``item.closed``, ``item.sealed``, ``item.nothing_changed``,
    ``item.field_missing``, ``item.field_frozen``, ``item.refused_by_step``,
    ``item.refused_not_<relation>``, ``field.…``, ``date.…``.
    """
    with session.workspace.write(session.actor) as work:
        _keep_files(work, given)
        id = queries.find_item(work.connection, named, kind)
        state = queries.get_item(work.connection, id).state
        if not kind.is_editable(state.stage):
            code = "item.closed" if state.stage in kind.closed else "item.sealed"
            raise AppError(code, id=named)
        texts = {name: text for name, text in given.texts.items() if text.strip()}
        wanted = parse_texts(kind.details, texts, finders_of(work))
        changes, cleared = differences(state.details, wanted, set(given.texts) - set(texts))
        ids = _find_models(work, given)
        if not fields_set(changes) and not cleared and ids in ((), state.models):
            raise AppError("item.nothing_changed", id=named)
        check_touched(kind, fields_set(changes), frozenset(cleared))
        person = people.get_person(work.connection, work.actor.person)
        changed = {*fields_set(changes), *cleared, *moved_models(state, ids)}
        check_edit(kind, state, person, _bonds(work, kind, state), changed)
        check_change(work, kind, state, changes, given.effective)
        check_entity(work, id, merge(state.details, changes, cleared))
        make = cast(Any, kind.edited)
        edited = make(id, changes, cleared, ids, commit_text(given.reason))
        work.record(edited, effective=given.effective)
    return Recorded(id, work.changes)


def _find_models(work: WriteSession, given: Given) -> tuple[str, ...]:
    return tuple(model_queries.find_model(work.connection, named) for named in given.models)


@locks_late
def take_step(session: Session, kind: ItemKind, named: str, step: str, given: Given) -> Recorded:
    """Take a step of an item's life, with the fields it needs.

    Raises ``item.refused_<rule>`` naming the rule that keeps the acting person from it,
    ``item.field_missing``, ``item.reason_missing``, ``item.unknown_step``, ``field.…``,
    ``date.…``.
    """
    wanted = kind.step(step)
    if wanted.reason and not (given.reason and given.reason.strip()):
        raise AppError("item.reason_missing", where="reason", step=step)
    with session.workspace.write(session.actor) as work:
        _keep_files(work, given)
        id = queries.find_item(work.connection, named, kind)
        _check_taken(wanted, given.texts)
        details = parse_texts(kind.details, given.texts, finders_of(work))
        state = queries.get_item(work.connection, id).state
        _check_step(work, kind, state, wanted, details)
        check_change(work, kind, state, details, given.effective, step)
        make = cast(Any, kind.moved)
        moved = make(id, step, details, commit_text(given.reason))
        work.record(moved, effective=given.effective)
    return Recorded(id, work.changes)


def _check_taken(step: Step, texts: Mapping[str, str]) -> None:
    for name in texts:
        if name not in (*step.needs, *step.takes):
            raise AppError("item.field_unfit", where=name, field=name, step=step.name)


def _check_step(
    work: WriteSession,
    kind: ItemKind,
    state: ItemState,
    step: Step,
    given: ItemDetails,
) -> None:
    bonds = _bonds(work, kind, state)
    person = people.get_person(work.connection, work.actor.person)
    rule = refusal_of(kind, state, step, person, bonds, given)
    if rule is None:
        return
    if rule == "missing":
        name = next(name for name in step.needs if is_empty(getattr(given, name)))
        raise AppError("item.field_missing", where=name, field=name, kind=kind.noun)
    raise AppError(f"item.refused_{rule}", person=person.name, stage=state.stage, step=step.name)


def _bonds(view: ReadSession | WriteSession, kind: ItemKind, state: ItemState) -> Bonds:
    owners: list[str] = []
    developers: list[str] = []
    for model in state.models:
        found = model_queries.get_model(view.connection, model).state
        owners += found.owners
        developers += found.developers
    return bonds_of(kind, state, owners, developers)
