"""What an export holds: rows and columns as asked for, and what must be known about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias, cast

from mlops_desktop.core import clock
from mlops_desktop.core.custom_fields import Field
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.inventory import ENTITY_FIELDS, PERSON_FIELDS
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.ledger.text import plain_text
from mlops_desktop.services.exports.own import OwnCell, OwnCells, columns_of
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.own_values import is_own
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import models
from mlops_desktop.store.queries.custom_fields import list_fields
from mlops_desktop.store.queries.inventory_index import open_states, read_records
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.queries.named import printed_names
from mlops_desktop.store.queries.registry import SourceRow, list_sources
from mlops_desktop.store.unit_of_work import ReadSession

Cell: TypeAlias = int | StrEnum | OwnCell

_FIRST = ("id", "register_id", "name", "state", "approval", "approved_until", "serving")
_LAST = ("source", "updated_at")
_OF_ROWS = ("id", "state", "approval", "approved_until", "serving", "source", "updated_at")


def all_columns() -> tuple[str, ...]:
    """Return every column there is, in the order of a whole export."""
    rest = tuple(name for name in field_names() if name not in _FIRST)
    return (*_FIRST, *rest, *_LAST)


ALL_COLUMNS = all_columns()


def has_column(name: str) -> bool:
    """Tell whether a column of that name can be exported."""
    return name in ALL_COLUMNS or is_own(name)


@dataclass(frozen=True, slots=True)
class Wish:
    """Which models and columns, in which order, and in whose language.

    ``line`` is the filter as the person typed it, for the page about the export.
    """

    models: ModelFilter
    columns: tuple[str, ...] = ALL_COLUMNS
    language: str = "en"
    line: str = ""


@dataclass(frozen=True, slots=True)
class BlindSpot:
    """A source with the time of its last complete reading; None where there was none."""

    source: str
    last_good: datetime | None
    is_reached: bool


@dataclass(frozen=True, slots=True)
class About:
    """From where and when an export is: asked how, of which ledger, not knowing what."""

    workspace: str
    person: str
    at: datetime
    line: str
    scope: str
    as_known: date | None
    as_at: date | None
    size: int
    root: str
    rows: int
    blind_spots: tuple[BlindSpot, ...] = ()


@dataclass(frozen=True, slots=True)
class Content:
    """Rows under columns, in order, with what must be known about them."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...] = field(repr=False)
    about: About
    own: tuple[Field, ...] = ()


def gather(session: Session, wish: Wish) -> Content:
    """Return what an export would hold, from one view of the workspace.

    Raises ``export.column_unknown``.
    """
    with session.workspace.read() as view:
        own = list_fields(view.connection, wish.models.as_of)
        wish = replace(wish, columns=columns_of(wish.columns, ALL_COLUMNS, own))
        rows = models.list_models(view.connection, narrow_by_rules(view, wish.models))
        told = OwnCells(own, printed_names(view.connection, wish.models.as_of))
        states = _states(view, wish, rows)
        cells = tuple(_line(row, states.get(row.key), wish.columns, told) for row in rows)
        about = _about(session, view, wish, told.names, len(rows))
    return Content(wish.columns, cells, about, own)


def _states(view: ReadSession, wish: Wish, rows: tuple[ModelRow, ...]) -> dict[str, ModelState]:
    if all(name in _OF_ROWS for name in wish.columns):
        return {}
    held = read_records(view.connection, wish.models.as_of)
    return open_states(view.connection, {row.key: held[row.key] for row in rows})


def _line(
    row: ModelRow, state: ModelState | None, columns: tuple[str, ...], own: OwnCells
) -> tuple[Cell, ...]:
    def cell(name: str) -> Cell:
        if name in _OF_ROWS:
            return cast(Cell, getattr(row, name))
        return own.cell(state, name) if is_own(name) else detail_of(state, name, own.names)

    return tuple(map(cell, columns))


def detail_of(state: ModelState | None, name: str, names: Mapping[str, str]) -> Cell:
    """Return a field of a model's record as a cell, ids by what they are called; None if empty."""
    value: object = getattr(state.details, name) if state is not None else None
    if name in PERSON_FIELDS and value is not None:
        return names.get(str(value), str(value))
    if name in ENTITY_FIELDS and value is not None:
        held = value if isinstance(value, tuple) else (str(value),)
        return plain_text(", ".join(names.get(one, one) for one in held))
    match value:
        case Erasable():
            return plain_text(value.text) if value.text is not None else None
        case tuple():
            return ", ".join(map(str, value))
        case None | int() | date():
            return value
        case StrEnum():
            return value
        case _:
            return plain_text(str(value))


def _about(
    session: Session, view: ReadSession, wish: Wish, names: Mapping[str, str], rows: int
) -> About:
    head, asked = view.head(), wish.models
    person = session.actor.person
    return About(
        workspace=session.workspace.id,
        person=names.get(person, person),
        at=clock.now(),
        line=wish.line,
        scope=asked.scope.value,
        as_known=asked.as_of.known,
        as_at=asked.as_of.at,
        size=head.size,
        root=head.root().hex(),
        rows=rows,
        blind_spots=tuple(
            _blind_spot(row) for row in list_sources(view.connection) if not row.is_removed
        ),
    )


def _blind_spot(row: SourceRow) -> BlindSpot:
    last_good = clock.from_text(row.completed_at) if row.completed_at else None
    return BlindSpot(row.name, last_good, row.result is not None and not row.result.failures)
