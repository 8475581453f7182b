"""Items of every kind: their current row, their row of every date, their models and steps."""

from datetime import date
from enum import StrEnum
from typing import Any, get_args, get_type_hints

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import Event, Signature
from mlops_desktop.core.items.kinds import ItemKind, item_number, kinds
from mlops_desktop.core.items.state import ItemState, apply
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.collation import search_text, sort_key
from mlops_desktop.store.dating import by_date, is_dated_back
from mlops_desktop.store.numbering import number_for
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.items import NO_DAY, item_models, item_states, item_steps, items
from mlops_desktop.store.tables.projected import people

_KINDS: dict[type[Event], ItemKind] = {
    event: kind for kind in kinds() for event in (kind.opened, kind.edited, kind.moved)
}


@projects(*_KINDS)
def project_item(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Advance an item by one event; an event dated back folds the item's history again."""
    kind = _KINDS[type(happening.payload)]
    id = str(happening.payload.item)  # type: ignore[attr-defined] # every item's event has one
    rows.touched.add((kind.noun, id))
    rows.touched.add(("item", id))
    keep_step(rows, kind, id, happening)
    current = None if isinstance(happening.payload, kind.opened) else rows.get(items, id)
    effective = clock.to_text(happening.effective)
    if current is not None and effective < str(current["effective"]):
        if is_dated_back(happening):
            _fold_again(rows, kind, id, happening)
            return
        effective = str(current["effective"])
    after = apply(kind, read_state(rows, kind, current), happening)
    if after is not None:
        write_item(rows, kind, after, happening, effective)


def read_state(rows: Rows, kind: ItemKind, row: Row | None) -> ItemState | None:
    """Return the folded item of a row, its commitments opened as far as they can be."""
    if row is None:
        return None
    record = str(row["record"])
    return ItemState(
        id=str(row["id"]),
        stage=str(row["stage"]),
        details=records.from_text(kind.details, record, rows.opened(record)),
        models=records.texts(str(row["models"])),
        opener=str(row["opener"]),
        opened=date.fromisoformat(str(row["opened"])),
        closed=date.fromisoformat(str(row["closed"])) if row["closed"] else None,
        taken=records.texts(str(row["taken"])),
        takers=records.texts(str(row["takers"])),
        marked=records.texts(str(row["marked"])),
    )


def _fold_again(rows: Rows, kind: ItemKind, id: str, happening: Happening) -> None:
    """Write the states from the event's effective date on, as they are known since it."""
    since = clock.to_text(happening.effective)
    state: ItemState | None = None
    for effective, past in by_date(rows.history(id), (kind.opened,)):
        for item in past:
            state = apply(kind, state, item)
        if state is not None and effective >= since:
            write_item(rows, kind, state, happening, effective)


def keep_step(rows: Rows, kind: ItemKind, id: str, happening: Happening) -> None:
    """Keep an event of an item as one of its steps."""
    payload = happening.payload
    names = {kind.opened: "opened", kind.edited: "edited"}
    row: Row = {
        "position": happening.position,
        "item": id,
        "step": names.get(type(payload)) or str(getattr(payload, "step", "")),
        "person": happening.actor.person,
        "at": clock.to_text(happening.at),
        "effective": clock.to_text(happening.effective),
        "record": records.to_text(payload),
    }
    rows.add(item_steps, row)


def write_item(
    rows: Rows, kind: ItemKind, state: ItemState, happening: Happening, effective: str
) -> None:
    """Keep an item after an event, as of its date; a new one gets the next number of its kind."""
    known = rows.get(items, state.id)
    number = (
        int(str(known["number"])) if known is not None else number_for(rows, kind.noun, state.id)
    )
    row = _row(rows, kind, state, number)
    row |= {"position": happening.position, "effective": effective}
    rows.add(item_states, row)
    rows.put(items, row)
    for model in state.models:
        link: Row = {"item": state.id, "model": model, "position": happening.position}
        rows.keep(item_models, link)
        rows.touched.add(("model", model))


def _row(rows: Rows, kind: ItemKind, state: ItemState, number: int) -> Row:
    details = state.details
    title = (details.title.text or "") if details.title is not None else ""
    owner = _person_name(rows, details.owner)
    due = details.due if state.stage not in kind.resting else None
    expires: date | None = getattr(details, kind.expiry) if kind.expiry else None
    return {
        "id": state.id,
        "kind": kind.noun,
        "number": number,
        "stage": state.stage,
        "is_closed": int(state.stage in kind.closed),
        "title": title,
        "title_key": sort_key(title),
        "owner": details.owner,
        "owner_name": owner,
        "owner_key": sort_key(owner),
        "rank": _rank(kind, details),
        "due": due.isoformat() if due else None,
        "due_key": due.isoformat() if due else NO_DAY,
        "expires": expires.isoformat() if expires else None,
        "opener": state.opener,
        "opened": state.opened.isoformat(),
        "closed": state.closed.isoformat() if state.closed else None,
        "models": records.list_to_text(state.models),
        "taken": records.list_to_text(state.taken),
        "takers": records.list_to_text(state.takers),
        "marked": records.list_to_text(state.marked),
        "search": _search(item_number(kind, number), owner, details),
        "record": records.to_text(details),
    }


def _search(number: str, owner: str, details: object) -> str:
    texts: list[str | None] = [number, owner]
    for name in type(details).__dataclass_fields__:  # type: ignore[attr-defined]
        value = getattr(details, name)
        if isinstance(value, Erasable):
            texts.append(value.text)
        elif isinstance(value, str) and not isinstance(value, StrEnum):
            texts.append(value)
    return search_text(*texts)


def _rank(kind: ItemKind, details: object) -> int:
    """Return the place of the ranked field's value among its choices, the first the worst."""
    if kind.ranked is None:
        return 0
    hint: Any = get_type_hints(kind.details)[kind.ranked]
    (choices,) = [part for part in get_args(hint) if part is not type(None)]
    value = getattr(details, kind.ranked)
    return list(choices).index(value) if value is not None else len(choices)


def _person_name(rows: Rows, person: str | None) -> str:
    if person is None:
        return ""
    found = rows.get(people, person)
    return str(found["name"]) if found else person
