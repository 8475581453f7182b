"""Observed things of every kind: their current row, their rows of every date, their models."""

from typing import cast

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Event, Signature
from mlops_desktop.core.events.series import PointsIngested
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.observed.kinds import Observed, ObservedKind, kinds
from mlops_desktop.store import records
from mlops_desktop.store.collation import search_text, sort_key
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.observed import batches, observed, observed_models, observed_states

_TOLD: dict[type[Event], ObservedKind] = {kind.observed: kind for kind in kinds()}
_MISSED: dict[type[Event], ObservedKind] = {
    kind.missed: kind for kind in kinds() if kind.missed is not None
}


@projects(*_TOLD)
def project_telling(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what the source last told; a thing that was missing is there again."""
    kind = _TOLD[type(happening.payload)]
    told = cast("Observed", happening.payload)
    known = rows.get(observed, told.thing)
    row = _row(kind, told, happening)
    _write(rows, row, str(known["first_seen"]) if known else str(row["seen_at"]))
    rows.touched.add((kind.noun, told.thing))
    for model in told.models:
        _link(rows, kind, told.thing, model, happening.position)
        rows.touched.add(("model", model))


@projects(*_MISSED)
def project_miss(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note since when a complete listing no longer holds the thing."""
    thing = str(happening.payload.thing)  # type: ignore[attr-defined] # as every such event has
    known = rows.get(observed, thing)
    rows.touched.add((_MISSED[type(happening.payload)].noun, thing))
    if known is None:
        return
    for model in records.texts(str(known["models"])):
        rows.touched.add(("model", model))
    circumstances: Row = {"position": happening.position, "effective": clock.to_text(happening.at)}
    _write(
        rows,
        {**known, "missing_since": clock.to_text(happening.at), **circumstances},
        str(known["first_seen"]),
    )


@projects(PointsIngested)
def project_batch(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a batch with the digest that binds its chunks."""
    payload = happening.payload
    if not isinstance(payload, PointsIngested):
        return
    rows.touched.add(("source", payload.source))
    rows.touched.add(("points", payload.batch))
    row: Row = {
        "batch": payload.batch,
        "source": payload.source,
        "at": clock.to_text(happening.at),
        "series": payload.series,
        "points": payload.points,
        "digest": payload.digest,
        "position": happening.position,
    }
    rows.put(batches, row)


def _row(kind: ObservedKind, told: Observed, happening: Happening) -> Row:
    details = told.details
    name = details.name or told.native_id
    words = (name, told.native_id, *(one.model for one in details.subjects))
    return {
        "id": told.thing,
        "kind": kind.noun,
        "source": told.source,
        "native_id": told.native_id,
        "name": name,
        "name_key": sort_key(name),
        "models": records.list_to_text(told.models),
        "at": clock.to_text(details.at) if details.at else None,
        "seen_digest": told.seen.digest,
        "seen_at": clock.to_text(told.seen.fetched_at),
        "missing_since": None,
        "position": happening.position,
        "effective": clock.to_text(happening.effective),
        "record": records.to_text(details),
        "search": search_text(*words),
    }


def _write(rows: Rows, row: Row, first_seen: str) -> None:
    state = {key: cell for key, cell in row.items() if key not in ("search", "first_seen")}
    rows.add(observed_states, state)
    rows.put(observed, {**row, "first_seen": first_seen})


def _link(rows: Rows, kind: ObservedKind, thing: str, model: str, position: int) -> None:
    link: Row = {"thing": thing, "model": model, "kind": kind.noun, "position": position}
    rows.keep(observed_models, link)
