"""Acts on items as they were recorded, and each item as it was known before one of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind, kind_named
from mlops_desktop.core.items.state import ItemState
from mlops_desktop.store import records
from mlops_desktop.store.tables.items import item_states, item_steps, items
from mlops_desktop.store.tables.ledger import events

OPENED, EDITED = "opened", "edited"


@dataclass(frozen=True, slots=True)
class ItemAct:
    """An event of an item: which, who did it, by which program if any, from which day it holds.

    ``step`` is "opened", "edited" or the step taken; ``models`` are those an edit names.
    """

    position: int
    item: str
    kind: ItemKind
    step: str
    person: str
    agent: str | None
    effective: date
    details: ItemDetails
    cleared: tuple[str, ...] = ()
    models: tuple[str, ...] = ()


class _Actor(msgspec.Struct):
    agent: str | None = None


class _Body(msgspec.Struct):
    actor: _Actor


_BODIES = msgspec.json.Decoder(_Body)


def read_acts(connection: sa.Connection) -> Iterator[ItemAct]:
    """Yield every act on every item in the order recorded, commitments closed."""
    c = item_steps.c
    query = (
        sa.select(c.position, c.item, c.step, c.person, c.effective, c.record)
        .add_columns(items.c.kind, events.c.body, events.c.type)
        .select_from(
            item_steps.join(items, items.c.id == c.item).join(
                events, events.c.position == c.position
            )
        )
        .order_by(c.position)
    )
    for row in connection.execute(query).mappings():
        kind = kind_named(row["kind"])
        own = {name_of(event) for event in (kind.opened, kind.edited, kind.moved)}
        if row["type"] in own:  # what is told of papers moves validations too
            yield _act(kind, row)


def _act(kind: ItemKind, row: sa.RowMapping) -> ItemAct:
    payloads = {OPENED: kind.opened, EDITED: kind.edited}
    payload: object = records.from_text(payloads.get(row["step"], kind.moved), row["record"])
    return ItemAct(
        row["position"],
        row["item"],
        kind,
        row["step"],
        row["person"],
        _BODIES.decode(bytes(row["body"])).actor.agent,
        date.fromisoformat(row["effective"][:10]),
        getattr(payload, "details", kind.details()),
        getattr(payload, "cleared", ()),
        getattr(payload, "models", ()),
    )


def opened_by_program(connection: sa.Connection, act: ItemAct) -> bool:
    """Tell whether a program opened the item that an act is about."""
    c = events.c
    query = sa.select(c.body).where(c.subject == act.item, c.type == name_of(act.kind.opened))
    body = connection.execute(query.order_by(c.position).limit(1)).scalar()
    return body is not None and _BODIES.decode(bytes(body)).actor.agent is not None


def item_before(connection: sa.Connection, act: ItemAct) -> ItemState | None:
    """Return an item as it was known before an act, whose rules were asked of it."""
    c = item_states.c
    query = (
        sa.select(item_states)
        .where(c.id == act.item, c.position < act.position)
        .order_by(c.effective.desc(), c.position.desc())
        .limit(1)
    )
    row = connection.execute(query).mappings().first()
    if row is None:
        return None
    return ItemState(
        id=row["id"],
        stage=row["stage"],
        details=records.from_text(act.kind.details, row["record"]),
        models=records.texts(row["models"]),
        opener=row["opener"],
        opened=date.fromisoformat(row["opened"]),
        closed=date.fromisoformat(row["closed"]) if row["closed"] else None,
        taken=records.texts(row["taken"]),
        takers=records.texts(row["takers"]),
        marked=records.texts(row["marked"]),
    )


def last_day_before(connection: sa.Connection, act: ItemAct) -> date | None:
    """Return the newest day from which a step to another stage known before an act holds."""
    c = item_steps.c
    query = sa.select(sa.func.max(c.effective)).where(
        c.item == act.item, c.position < act.position, c.step.in_(act.kind.turns)
    )
    found = connection.execute(query).scalar()
    return date.fromisoformat(found[:10]) if found else None
