"""Models out: lists filtered, sorted and paged in SQL, and one model whole, as of any date."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.lifecycle import NOT_CURRENT, Scope, State
from mlops_desktop.core.model_state import Approval, ModelState
from mlops_desktop.store import log, records, search
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.projected import model_states, models


class SortBy(StrEnum):
    """Columns a list can be sorted by."""

    NUMBER = "number"
    NAME = "name"
    STATE = "state"
    TIER = "tier"
    OWNER = "owner"
    UPDATED = "updated"
    NEXT_REVIEW = "next_review"


@dataclass(frozen=True, slots=True)
class ModelFilter:
    """Which models, in which order. ``words`` must all occur; the other fields must equal."""

    words: tuple[str, ...] = ()
    scope: Scope = Scope.CURRENT
    states: tuple[State, ...] = ()
    tiers: tuple[int, ...] = ()
    owners: tuple[str, ...] = ()
    approvals: tuple[Approval, ...] = ()
    sources: tuple[str, ...] = ()
    due_by: date | None = None
    sort: SortBy = SortBy.NUMBER
    is_descending: bool = False
    as_of: AsOf = field(default=NOW)


@dataclass(frozen=True, slots=True)
class ModelRow:
    """A model as lists show it. ``id`` is the number people say, ``key`` the UUID."""

    key: str
    id: str
    name: str
    state: State
    tier: int | None
    owner: str
    approval: Approval
    approved_until: date | None
    serving: str
    next_review: date | None
    source: str
    updated_at: str


_SORTS = {
    SortBy.NUMBER: "number",
    SortBy.NAME: "name_key",
    SortBy.STATE: "state",
    SortBy.TIER: "tier",
    SortBy.OWNER: "owner_key",
    SortBy.UPDATED: "updated_at",
    SortBy.NEXT_REVIEW: "next_review",
}


def list_models(
    connection: sa.Connection, wanted: ModelFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[ModelRow, ...]:
    """Return the rows of one page, in the order asked for."""
    table, query = _filtered(connection, wanted)
    key = table.c[_SORTS[wanted.sort]]
    order = key.desc() if wanted.is_descending else key.asc()
    query = query.order_by(order.nulls_last(), table.c.number).offset(offset)
    found = connection.execute(query.limit(limit) if limit is not None else query).mappings()
    return tuple(_row(row, wanted.as_of.day) for row in found)


def count_models(connection: sa.Connection, wanted: ModelFilter) -> int:
    """Return how many models a filter matches."""
    _, query = _filtered(connection, wanted)
    return connection.execute(sa.select(sa.func.count()).select_from(query.subquery())).scalar_one()


def _filtered(
    connection: sa.Connection, wanted: ModelFilter
) -> tuple[sa.FromClause, sa.Select[tuple[object, ...]]]:
    table = models if wanted.as_of.is_now else _as_of(connection, wanted.as_of)
    query = sa.select(*(table.c[name] for name in _COLUMNS)).select_from(table)
    conditions = [*_plain_conditions(table, wanted)]
    if wanted.words:
        words = [word.casefold() for word in wanted.words]
        matching = sa.select(models.c.id).where(search.condition(connection.dialect.name, words))
        conditions.append(
            search.condition(connection.dialect.name, words)
            if table is models
            else table.c.id.in_(matching)
        )
    return table, query.where(*conditions)


_COLUMNS = (
    "id",
    "number",
    "name",
    "state",
    "stage",
    "tier",
    "owner_name",
    "approval",
    "approved_until",
    "serving",
    "next_review",
    "source",
    "updated_at",
)


def _plain_conditions(table: sa.FromClause, wanted: ModelFilter) -> list[sa.ColumnElement[bool]]:
    c = table.c
    made: list[sa.ColumnElement[bool]] = []
    if wanted.scope is Scope.CURRENT and not wanted.states:
        made.append(c.state.not_in([state.value for state in sorted(NOT_CURRENT)]))
    if wanted.scope is Scope.RETIRED:
        made.append(c.state == State.RETIRED.value)
    if wanted.states:
        made.append(c.state.in_([state.value for state in wanted.states]))
    if wanted.tiers:
        made.append(c.tier.in_(wanted.tiers))
    if wanted.approvals:
        made.append(c.approval.in_([approval.value for approval in wanted.approvals]))
    if wanted.sources:
        made.append(c.source.in_(wanted.sources))
    if wanted.due_by is not None:
        made.append(c.next_review <= wanted.due_by.isoformat())
    owners = (c.owner_key.contains(sort_key(name), autoescape=True) for name in wanted.owners)
    return [*made, *owners]


def _as_of(connection: sa.Connection, as_of: AsOf) -> sa.FromClause:
    """Return a selectable of each model's state as of the dates asked for."""
    inner = model_states.alias("inner_states")
    newest = (
        sa.select(inner.c.position, inner.c.effective)
        .where(inner.c.id == models.c.id, *_limits(connection, inner, as_of))
        .order_by(inner.c.effective.desc(), inner.c.position.desc())
        .limit(1)
    )
    position = newest.with_only_columns(inner.c.position).scalar_subquery()
    effective = newest.with_only_columns(inner.c.effective).scalar_subquery()
    joined = models.join(
        model_states,
        sa.and_(
            model_states.c.id == models.c.id,
            model_states.c.position == position,
            model_states.c.effective == effective,
        ),
    )
    return sa.select(model_states).select_from(joined).subquery("states")


def _limits(
    connection: sa.Connection, table: sa.FromClause, as_of: AsOf
) -> list[sa.ColumnElement[bool]]:
    limits = [table.c.position < known_size(connection, as_of)]
    if as_of.at_text is not None:
        limits.append(table.c.effective <= as_of.at_text)
    return limits


def _row(row: sa.RowMapping, day: date) -> ModelRow:
    until = date.fromisoformat(row["approved_until"]) if row["approved_until"] else None
    approval, state = Approval(row["approval"]), State(row["state"])
    # Expiry is judged on the day asked for and is never an event.
    if until is not None and until < day and approval in (Approval.APPROVED, Approval.INTERIM):
        approval = Approval.EXPIRED
        state = State(row["stage"]) if state is State.APPROVED else state
    return ModelRow(
        key=row["id"],
        id=number_text(row["number"]),
        name=row["name"],
        state=state,
        tier=row["tier"],
        owner=row["owner_name"],
        approval=approval,
        approved_until=until,
        serving=row["serving"],
        next_review=date.fromisoformat(row["next_review"]) if row["next_review"] else None,
        source=row["source"],
        updated_at=row["updated_at"],
    )


def find_model(connection: sa.Connection, named: str) -> str:
    """Return the UUID of a model named by number, UUID or exact name.

    Raises ``model.not_found``, or ``model.ambiguous`` for a name that several models bear.
    """
    text = named.strip()
    digits = text.upper().removeprefix("M-")
    if digits.isdecimal() and (text.upper().startswith("M-") or len(digits) <= len("99999")):
        query = sa.select(models.c.id).where(models.c.number == int(digits))
    else:
        query = sa.select(models.c.id).where(sa.or_(models.c.id == text, models.c.name == text))
    found = connection.execute(query.limit(2)).scalars().all()
    if len(found) > 1:
        raise AppError("model.ambiguous", name=named)
    if not found:
        raise AppError("model.not_found", name=named)
    return str(found[0])


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
        .where(model_states.c.id == key, *_limits(connection, model_states, as_of))
        .order_by(model_states.c.effective.desc(), model_states.c.position.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().first()
    if found is None:
        raise AppError("model.not_known_then", day=as_of.day.isoformat())
    opened = log.open_commitments(connection, set(records.digests_in(found["record"])))
    state = records.from_text(ModelState, found["record"], opened)
    row = _row(found, as_of.day)
    return ModelAsOf(row, state, found["position"], found["effective"])
