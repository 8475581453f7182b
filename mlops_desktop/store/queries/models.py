"""Models out: lists filtered, sorted and paged in SQL, and one model whole, as of any date."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core.approval_state import HOLDING, Approval
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import Pair, number_in, number_text
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.core.tiering import Basis
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.store import log, records, search
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import narrowing
from mlops_desktop.store.queries.custom_fields import find_field
from mlops_desktop.store.queries.custom_terms import look_up
from mlops_desktop.store.queries.model_filter import (
    ModelFilter,
    SortBy,
    columns_of,
    lapsed,
    order,
    plain_conditions,
)
from mlops_desktop.store.queries.narrowing import Way
from mlops_desktop.store.queries.positions import limits
from mlops_desktop.store.queries.uses import uses_of
from mlops_desktop.store.tables.projected import model_states, models

__all__ = ["ModelFilter", "SortBy"]


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as lists show it. ``id`` is the number people say, ``key`` the UUID."""

    key: str
    id: str
    name: str
    state: State
    tier: int | None
    tier_basis: Basis | None
    tier_until: date | None
    tier_due: date | None
    owner: str
    approval: Approval
    approved_until: date | None
    serving: str
    next_review: date | None
    source: str
    updated_at: str
    is_on_paper: bool = False
    """Whether the approval that holds was recorded from paper, not signed here."""
    own: tuple[Pair, ...] = ()
    """What it holds in the workspace's own fields as it is typed, where that was asked for."""


def list_models(
    connection: sa.Connection, wanted: ModelFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[ModelRow, ...]:
    """Return the rows of one page, in the order asked for."""
    wanted = _with_lapses(connection, looked_up(connection, wanted))
    found: tuple[ModelRow, ...] = ()
    for way in _ways(connection, wanted, offset, limit):
        found = _read(connection, way, wanted, offset, limit)
        if len(found) == limit:
            break
    return found


def count_models(connection: sa.Connection, wanted: ModelFilter) -> int:
    """Return how many models a filter matches."""
    wanted = _with_lapses(connection, looked_up(connection, wanted))
    is_narrowed = _is_narrowed(connection, wanted)
    table, conditions = (narrowing.counting if is_narrowed else planned_way)(connection, wanted)
    query = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return connection.execute(query).scalar_one()


def looked_up(connection: sa.Connection, wanted: ModelFilter) -> ModelFilter:
    """Say what was typed of own fields and of persons means; raises what it refuses."""
    if wanted.persons:
        wanted = replace(wanted, in_use_by=uses_of(connection, wanted.persons, wanted.as_of))
    if wanted.sort_field:
        name = find_field(connection, wanted.sort_field, "--sort").definition.name
        wanted = replace(wanted, sort_field=name)
    if all(term.keys is not None for term in wanted.fields):
        return wanted
    return replace(wanted, fields=tuple(look_up(connection, term) for term in wanted.fields))


def _with_lapses(connection: sa.Connection, wanted: ModelFilter) -> ModelFilter:
    """Say whether overrides of tiers may have run out, so that a tier is seldom worked out."""
    if not wanted.tiers and wanted.sort is not SortBy.TIER:
        return wanted
    query = sa.select(models.c.id).where(lapsed(columns_of(models), wanted.as_of.day)).limit(1)
    found = not wanted.as_of.is_now or connection.execute(query).first() is not None
    return replace(wanted, has_lapsed=found)


def _ways(
    connection: sa.Connection, wanted: ModelFilter, offset: int, limit: int | None
) -> Iterator[Way]:
    if _is_narrowed(connection, wanted):
        yield from narrowing.ways(connection, wanted, offset=offset, limit=limit)
    else:
        yield planned_way(connection, wanted)


def _is_narrowed(connection: sa.Connection, wanted: ModelFilter) -> bool:
    # PostgreSQL keeps statistics and plans by them; states of the past are read one by one.
    return wanted.as_of.is_now and connection.dialect.name == "sqlite"


def planned_way(connection: sa.Connection, wanted: ModelFilter) -> Way:
    """Return the conditions as they are, for the database to plan."""
    table = models if wanted.as_of.is_now else states_as_of(connection, wanted.as_of)
    conditions = [*plain_conditions(columns_of(table), wanted)]
    if wanted.words:
        hit = search.condition(connection.dialect.name, wanted.folded_words)
        matching = sa.select(models.c.id).where(hit)
        conditions.append(hit if table is models else table.c.id.in_(matching))
    return Way(table, conditions)


def _read(
    connection: sa.Connection, way: Way, wanted: ModelFilter, offset: int, limit: int | None
) -> tuple[ModelRow, ...]:
    columns = columns_of(way.table)
    query = sa.select(*(columns[name] for name in ROW_COLUMNS)).where(*way.conditions)
    query = query.order_by(*order(columns, wanted)).offset(offset)
    found = connection.execute(query.limit(limit) if limit is not None else query).mappings()
    day = wanted.as_of.day
    return tuple(row_of(row, day) for row in found)


ROW_COLUMNS = (
    "id",
    "number",
    "name",
    "state",
    "stage",
    "tier",
    "tier_until",
    "tier_after",
    "tier_due",
    "owner_name",
    "approval",
    "approved_until",
    "on_paper",
    "serving",
    "next_review",
    "source",
    "updated_at",
)


def states_as_of(connection: sa.Connection, as_of: AsOf) -> sa.FromClause:
    """Return a selectable of each model's state as of the dates asked for."""
    inner = model_states.alias("inner_states")
    newest = (
        sa.select(inner.c.position, inner.c.effective)
        .where(inner.c.id == models.c.id, *limits(connection, inner, as_of))
        .order_by(inner.c.effective.desc(), inner.c.position.desc())
        .limit(1)
    )
    position = newest.with_only_columns(inner.c.position).scalar_subquery()
    effective = newest.with_only_columns(inner.c.effective).scalar_subquery()
    # SQLite is kept from beginning at the states, of which it would judge every one.
    is_file = connection.dialect.name == "sqlite"
    key = narrowing.UNINDEXED["id"] if is_file else models.c.id
    joined = models.join(
        model_states,
        sa.and_(
            model_states.c.id == key,
            model_states.c.position == position,
            model_states.c.effective == effective,
        ),
    )
    # A number is given once, so a page in that order needs the states of its own models alone.
    states = (column for column in model_states.columns if column.name != "number")
    return sa.select(models.c.number, *states).select_from(joined).subquery("states")


def row_of(row: sa.RowMapping, day: date) -> ModelRow:
    """Return a row of :data:`ROW_COLUMNS` as lists show it on a day."""
    until, ends = _day(row["approved_until"]), _day(row["tier_until"])
    overridden = ends >= day if ends is not None else None
    approval, state = Approval(row["approval"]), State(row["state"])
    # Expiry is judged on the day asked for and is never an event.
    if until is not None and until < day and approval in HOLDING:
        approval = Approval.EXPIRED
        state = State(row["stage"]) if state is State.APPROVED else state
    return ModelRow(
        key=row["id"],
        id=number_text(row["number"]),
        name=row["name"],
        state=state,
        tier=row["tier_after"] if overridden is False else row["tier"],
        tier_basis=_basis(row, overridden),
        tier_until=ends,
        tier_due=_day(row["tier_due"]),
        owner=row["owner_name"],
        approval=approval,
        approved_until=until,
        serving=row["serving"],
        next_review=_day(row["next_review"]),
        source=row["source"],
        updated_at=row["updated_at"],
        is_on_paper=bool(row["on_paper"]) and approval in HOLDING,
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _basis(row: sa.RowMapping, overridden: bool | None) -> Basis | None:
    if row["tier_due"] is not None:
        return Basis.OVERRIDDEN if overridden else Basis.ASSESSED
    return Basis.BY_HAND if row["tier"] is not None else None


def find_model(connection: sa.Connection, named: str) -> str:
    """Return the UUID of a model named by number, UUID or exact name.

    Raises ``model.not_found``, or ``model.ambiguous`` for a name that several models bear.
    """
    text = clean_text(named).strip()
    number = number_in(text)
    if number is not None:
        wanted: list[sa.ColumnElement[bool]] = [models.c.number == number]
    else:  # one after the other: asked as one, the database passes every model
        by_name = sa.and_(models.c.name_key == sort_key(text), models.c.name == text)
        wanted = [models.c.id == text, by_name]
    found: list[str] = []
    for one in wanted:
        if not found:
            asked = sa.select(models.c.id).where(one).limit(2)
            found = [*connection.execute(asked).scalars()]
    if len(found) > 1:
        raise AppError("model.ambiguous", name=named)
    if not found:
        raise AppError("model.not_found", name=named)
    return found[0]


def numbers(connection: sa.Connection, keys: Iterable[str]) -> dict[str, str]:
    """Return the number people say of each model id."""
    query = sa.select(models.c.id, models.c.number).where(models.c.id.in_(list(keys)))
    return {row.id: number_text(row.number) for row in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class ModelAsOf:
    """A model's row and folded state, its committed texts opened as far as they still can be."""

    row: ModelRow
    state: ModelState
    position: int
    effective: str


def get_model(connection: sa.Connection, key: str, as_of: AsOf = NOW) -> ModelAsOf:
    """Return a model as of the dates asked for; raises ``model.not_known_then`` before that."""
    query = (
        sa.select(model_states)
        .where(model_states.c.id == key, *limits(connection, model_states, as_of))
        .order_by(model_states.c.effective.desc(), model_states.c.position.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().first()
    if found is None:
        raise AppError("model.not_known_then", day=as_of.day.isoformat())
    opened = log.open_commitments(connection, set(records.digests_in(found["record"])))
    state = records.from_text(ModelState, found["record"], opened)
    row = row_of(found, as_of.day)
    return ModelAsOf(row, state.on(as_of.day), found["position"], found["effective"])
