"""Items out: lists filtered, sorted and paged in SQL, one item whole, as of any date."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.erasable import Erasure
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind, item_number, kind_named, kinds
from mlops_desktop.core.items.state import ItemState, is_overdue
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.store import log, records
from mlops_desktop.store.queries.item_filter import ItemFilter, item_conditions, item_order
from mlops_desktop.store.queries.items_then import ROW, states_on
from mlops_desktop.store.queries.positions import limits
from mlops_desktop.store.tables.items import item_states, item_steps, items


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item as lists show it. ``number`` is what people say, ``id`` the UUID.

    ``rank`` is the place among the grades of its kind, the worst first. ``lapsed`` tells that the
    day until which it holds is over. ``models`` are ids.
    """

    id: str
    kind: str
    number: str
    stage: str
    title: str
    owner: str
    rank: int
    due: date | None
    expires: date | None
    opened: date
    closed: date | None
    models: tuple[str, ...]
    is_closed: bool
    is_overdue: bool
    lapsed: bool
    erasure: Erasure | None = None
    """When and by which rule its title was erased."""
    owner_id: str | None = None
    about: str = ""
    """What the models are called, where that was asked for."""


@dataclass(frozen=True, slots=True)
class ItemAsOf:
    """An item's row and folded state."""

    row: ItemRow
    state: ItemState


@dataclass(frozen=True, slots=True)
class StepRow:
    """An event of an item: what was done, by whom, when, with which reason and fields."""

    position: int
    step: str
    person: str
    at: str
    effective: str
    payload: object


def list_items(
    connection: sa.Connection, wanted: ItemFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[ItemRow, ...]:
    """Return the rows of one page, in the order asked for."""
    rows = _page(connection, wanted, offset, limit)
    return _rows(connection, rows, wanted.as_of.day)


def read_items(connection: sa.Connection, wanted: ItemFilter) -> tuple[ItemAsOf, ...]:
    """Return every item that matches as :func:`get_item` does, their texts opened at once."""
    found = _page(connection, wanted, 0, None)
    opened = log.open_commitments(
        connection, {digest for row in found for digest in records.digests_in(row["record"])}
    )
    rows = _rows(connection, found, wanted.as_of.day)
    return tuple(ItemAsOf(row, _state(one, opened)) for row, one in zip(rows, found, strict=True))


def _page(
    connection: sa.Connection, wanted: ItemFilter, offset: int, limit: int | None
) -> Sequence[sa.RowMapping]:
    table = states_on(connection, wanted.as_of, wanted.kinds)
    query = sa.select(table).where(*item_conditions(table, wanted))
    query = query.order_by(*item_order(table, wanted)).offset(offset)
    query = query.limit(limit) if limit is not None else query
    if "row" in table.columns:  # what is sorted are numbers of rows, not the rows
        page = query.with_only_columns(table.columns["row"])
        query = sa.select(item_states).where(ROW.in_(page))
        query = query.order_by(*item_order(item_states, wanted))
    return connection.execute(query).mappings().all()


def _rows(
    connection: sa.Connection, found: Sequence[sa.RowMapping], day: date
) -> tuple[ItemRow, ...]:
    erased = _erased_titles(connection, found)
    return tuple(_row(row, day, erased.get(row["id"])) for row in found)


def _erased_titles(connection: sa.Connection, rows: Sequence[sa.RowMapping]) -> dict[str, Erasure]:
    """Return the erasure of every title that is blank because it was erased, by item."""
    digests = {row["id"]: _title_digest(row["record"]) for row in rows if not row["title"]}
    wanted = {digest for digest in digests.values() if digest}
    erased = log.open_commitments(connection, wanted).erased if wanted else {}
    return {id: erased[digest] for id, digest in digests.items() if digest in erased}


def _title_digest(record: str) -> str:
    title = records.from_text(ItemDetails, record).title
    return title.digest if title is not None else ""


def count_items(connection: sa.Connection, wanted: ItemFilter) -> int:
    """Return how many items a filter matches."""
    table = states_on(connection, wanted.as_of, wanted.kinds)
    query = sa.select(sa.func.count()).select_from(table).where(*item_conditions(table, wanted))
    return connection.execute(query).scalar_one()


def _row(row: sa.RowMapping, day: date, erasure: Erasure | None = None) -> ItemRow:
    kind = kind_named(row["kind"])
    due, expires = _day(row["due"]), _day(row["expires"])
    return ItemRow(
        id=row["id"],
        kind=kind.noun,
        number=item_number(kind, row["number"]),
        stage=row["stage"],
        title=row["title"],
        owner=row["owner_name"],
        rank=row["rank"],
        due=due,
        expires=expires,
        opened=date.fromisoformat(row["opened"]),
        closed=_day(row["closed"]),
        models=records.texts(row["models"]),
        is_closed=bool(row["is_closed"]),
        is_overdue=is_overdue(kind, row["stage"], due, day),
        lapsed=expires is not None and expires < day,
        erasure=erasure,
        owner_id=row["owner"],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def find_item(connection: sa.Connection, named: str, kind: ItemKind | None = None) -> str:
    """Return the UUID of an item named by number (F-00012) or UUID.

    Raises ``item.not_found``, also for one of another kind than asked for.
    """
    prefix, _, digits = named.strip().upper().rpartition("-")
    meant = next((one for one in kinds() if one.prefix == prefix), None)
    query = sa.select(items.c.id).where(items.c.id == named.strip())
    number = whole(digits)
    if meant is not None and number is not None:
        query = sa.select(items.c.id).where(items.c.kind == meant.noun, items.c.number == number)
    if kind is not None:
        query = query.where(items.c.kind == kind.noun)
    found = connection.execute(query).scalar()
    if found is None:
        raise AppError("item.not_found", where="id", name=named)
    return str(found)


def get_item(connection: sa.Connection, id: str, as_of: AsOf = NOW) -> ItemAsOf:
    """Return an item as of the dates asked for; raises ``item.not_known_then`` before that."""
    query = (
        sa.select(item_states)
        .where(item_states.c.id == id, *limits(connection, item_states, as_of))
        .order_by(item_states.c.effective.desc(), item_states.c.position.desc())
        .limit(1)
    )
    found = connection.execute(query).mappings().first()
    if found is None:
        raise AppError("item.not_known_then", day=as_of.day.isoformat())
    opened = log.open_commitments(connection, set(records.digests_in(found["record"])))
    (row,) = _rows(connection, [found], as_of.day)
    return ItemAsOf(row, _state(found, opened))


def current_row(connection: sa.Connection, id: str) -> ItemRow:
    """Return an item's row as this transaction leaves it."""
    found = connection.execute(sa.select(items).where(items.c.id == id)).mappings().one()
    return _row(found, clock.today())


def item_numbers(connection: sa.Connection, ids: Collection[str]) -> dict[str, str]:
    """Return the number people say of each item."""
    c = items.c
    found = connection.execute(sa.select(c.id, c.kind, c.number).where(c.id.in_(list(ids))))
    return {row.id: item_number(kind_named(row.kind), row.number) for row in found}


def current_details(connection: sa.Connection, id: str) -> ItemDetails:
    """Return an item's fields as this transaction leaves them, commitments closed."""
    query = sa.select(items.c.kind, items.c.record).where(items.c.id == id)
    row = connection.execute(query).one()
    return records.from_text(kind_named(row.kind).details, row.record)


def steps_taken(connection: sa.Connection, id: str) -> tuple[str, ...]:
    """Return the names of the steps taken with an item, as this transaction leaves it."""
    query = sa.select(items.c.taken).where(items.c.id == id)
    return records.texts(connection.execute(query).scalar_one())


def _state(row: sa.RowMapping, opened: Mapping[str, str]) -> ItemState:
    return ItemState(
        id=row["id"],
        stage=row["stage"],
        details=records.from_text(kind_named(row["kind"]).details, row["record"], opened),
        models=records.texts(row["models"]),
        opener=row["opener"],
        opened=date.fromisoformat(row["opened"]),
        closed=_day(row["closed"]),
        taken=records.texts(row["taken"]),
        takers=records.texts(row["takers"]),
        marked=records.texts(row["marked"]),
    )


def list_steps(connection: sa.Connection, id: str, as_of: AsOf = NOW) -> tuple[StepRow, ...]:
    """Return every event of an item known and holding by the dates asked for, in order."""
    query = sa.select(item_steps).where(
        item_steps.c.item == id, *limits(connection, item_steps, as_of)
    )
    found = connection.execute(query.order_by(item_steps.c.position)).mappings().all()
    noun = connection.execute(sa.select(items.c.kind).where(items.c.id == id)).scalar_one()
    kind = kind_named(noun)
    return tuple(_step(connection, kind, row) for row in found)


def _step(connection: sa.Connection, kind: ItemKind, row: sa.RowMapping) -> StepRow:
    events = {"opened": kind.opened, "edited": kind.edited}
    record = row["record"]
    opened = log.open_commitments(connection, set(records.digests_in(record)))
    payload = records.from_text(events.get(row["step"], kind.moved), record, opened)
    return StepRow(
        row["position"], row["step"], row["person"],
        clock.to_text(clock.from_text(row["at"])), row["effective"], payload,
    )  # fmt: skip
