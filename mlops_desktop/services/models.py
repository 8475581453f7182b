"""The inventory: register, edit, move through life, list, show, compare two dates."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.inventory import ModelDetails, Pair
from mlops_desktop.core.lifecycle import Move, check_move
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import model_fields
from mlops_desktop.services.duplicates import refuse_taken, warn_alike
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.own_values import check_kept, check_required, find_changes, text_of
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.custom_fields import list_fields
from mlops_desktop.store.queries.custom_values import list_values
from mlops_desktop.store.queries.entities import entity_finder
from mlops_desktop.store.queries.entries import EntryRow, list_entries
from mlops_desktop.store.queries.models import ModelAsOf, ModelFilter, ModelRow, SortBy
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.queries.succession import ModelName, list_replaced, name_model
from mlops_desktop.store.queries.versions import (
    DeploymentRow,
    VersionRow,
    list_deployments,
    list_versions,
)
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

__all__ = ["ModelFilter", "ModelRow", "SortBy"]


@dataclass(frozen=True, slots=True)
class ModelSheet:
    """One model whole: its row, folded state, versions, registry entries, deployments, names.

    ``replaced_by`` took its place when it was retired; ``replaces`` are those whose place it took.
    """

    row: ModelRow
    state: ModelState
    versions: tuple[VersionRow, ...]
    entries: tuple[EntryRow, ...]
    deployments: tuple[DeploymentRow, ...]
    names: Mapping[str, str]
    replaced_by: ModelName | None = None
    replaces: tuple[ModelName, ...] = ()
    own_fields: tuple[Field, ...] = ()
    """The fields of the workspace's own as of the dates asked for, archived ones too."""


def list_models(
    session: Session, wanted: ModelFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[ModelRow, ...]:
    """Return the rows of a page of the inventory."""
    with session.workspace.read() as view:
        found = narrow_by_rules(view, wanted)
        return queries.list_models(view.connection, found, offset=offset, limit=limit)


def with_own_values(
    session: Session, rows: tuple[ModelRow, ...], as_of: AsOf = NOW
) -> tuple[ModelRow, ...]:
    """Return rows with what they hold in the workspace's own fields."""
    if not rows:
        return rows
    with session.workspace.read() as view:
        held = list_values(view.connection, as_of, (row.key for row in rows))
        names = people.names(view.connection) if held else {}
    return tuple(
        replace(row, own=tuple(Pair(one.key, text_of(one, names)) for one in held[row.key]))
        if row.key in held
        else row
        for row in rows
    )


def count_models(session: Session, wanted: ModelFilter) -> int:
    """Return how many models a filter matches."""
    with session.workspace.read() as view:
        return queries.count_models(view.connection, narrow_by_rules(view, wanted))


def show_model(session: Session, named: str, as_of: AsOf = NOW) -> ModelSheet:
    """Return a model by number, UUID or name, as of any date."""
    with session.workspace.read() as view:
        key = queries.find_model(view.connection, named)
        return read_sheet(view, key, as_of)


def read_sheet(view: ReadSession, key: str, as_of: AsOf = NOW) -> ModelSheet:
    """Return a model whole, inside a read session."""
    found = queries.get_model(view.connection, key, as_of)
    heir = found.state.successor
    return ModelSheet(
        found.row,
        found.state,
        list_versions(view.connection, key, as_of),
        list_entries(view.connection, key, as_of),
        list_deployments(view.connection, key, as_of),
        printed_names(view.connection, as_of),
        name_model(view.connection, heir, as_of) if heir is not None else None,
        list_replaced(view.connection, key, as_of),
        list_fields(view.connection, as_of),
    )


def number_names(session: Session, keys: Iterable[str]) -> dict[str, str]:
    """Return the number people say of each model id."""
    with session.workspace.read() as view:
        return queries.numbers(view.connection, keys)


def finders_of(view: ReadSession | WriteSession) -> model_fields.Finders:
    """Return the functions that turn typed names into ids of persons and legal entities."""
    return model_fields.Finders(
        lambda named: people.find_person(view.connection, named).id,
        entity_finder(view.connection),
    )


@locks_late
def register_model(
    session: Session,
    texts: Mapping[str, str],
    *,
    effective: datetime | None = None,
    anyway: bool = False,
) -> Recorded:
    """Take a model into the inventory by hand; its name is required.

    One that may be there already is refused with ``model.looks_alike`` unless ``anyway``. Raises
    ``model.name_missing``, ``model.name_taken``, ``model.field_refused``, ….
    """
    with session.workspace.write(session.actor) as work:
        own = list_fields(work.connection)
        details = model_fields.parse_fields(texts, finders_of(work), own)
        if details.name is None:
            raise AppError("model.name_missing", where="name")
        check_required(own, details.custom)
        refuse_taken(work, details.name)
        if not anyway:
            warn_alike(work, details)
        model = new_id()
        work.record(ModelRegistered(model, details), effective=effective)
    return Recorded(model, work.changes)


@locks_late
def edit_model(
    session: Session,
    named: str,
    texts: Mapping[str, str],
    *,
    reason: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Change fields of a model; a blank text empties its field, an equal one changes nothing.

    Raises ``model.nothing_changed`` where all is as it was.
    """
    with session.workspace.write(session.actor) as work:
        key = queries.find_model(work.connection, named)
        before = queries.get_model(work.connection, key).state
        given = {name: text for name, text in texts.items() if text.strip()}
        own = list_fields(work.connection)
        wanted = model_fields.parse_fields(given, finders_of(work), own)
        changes, cleared = find_differences(before.details, wanted, set(texts) - set(given))
        check_kept(own, cleared)
        if "name" in cleared:
            raise AppError("model.name_missing", where="name")
        if changes == ModelDetails() and not cleared:
            raise AppError("model.nothing_changed", id=named)
        edited = ModelEdited(key, changes, cleared, commit_text(reason))
        work.record(edited, effective=effective)
    return Recorded(key, work.changes)


def find_differences(
    before: ModelDetails, wanted: ModelDetails, emptied: set[str]
) -> tuple[ModelDetails, tuple[str, ...]]:
    """Return what changes of a model's details: new values, and the fields that are emptied."""
    changed = {
        name: getattr(wanted, name)
        for name in model_fields.field_names()
        if getattr(wanted, name) not in (None, ())
        and _plain(getattr(wanted, name)) != _plain(getattr(before, name))
    }
    blank = (name for name in emptied if getattr(before, name, None) not in (None, ()))
    custom, emptied_own = find_changes(before.custom, wanted.custom, emptied)
    return ModelDetails(**changed, custom=custom), (*sorted(blank), *emptied_own)


def _plain(value: object) -> object:
    # Two commitments to the same text differ by salt; what people see is the text.
    return getattr(value, "text", value)


@locks_late
def move_model(
    session: Session,
    named: str,
    move: Move,
    *,
    reason: str | None = None,
    successor: str | None = None,
    effective: datetime | None = None,
) -> Recorded:
    """Move a model along its life; retiring and rejecting need a reason.

    Raises ``model.move_refused``, ``model.reason_missing``.
    """
    if move in (Move.RETIRE, Move.REJECT, Move.SUSPEND) and not (reason and reason.strip()):
        raise AppError("model.reason_missing", where="reason", move=move.value)
    with session.workspace.write(session.actor) as work:
        key = queries.find_model(work.connection, named)
        found = queries.get_model(work.connection, key)
        check_move(found.state.stage, move)
        heir = queries.find_model(work.connection, successor) if successor else None
        moved = ModelMoved(key, move, commit_text(reason), heir)
        work.record(moved, effective=effective)
    return Recorded(key, work.changes)


def get_state(view: ReadSession | WriteSession, named: str) -> ModelAsOf:
    """Return a model's current row and state, inside a session."""
    return queries.get_model(view.connection, queries.find_model(view.connection, named))
