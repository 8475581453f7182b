"""Observed things out: what sources told, listed, one whole, as of any date."""

from collections.abc import Iterable
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.observed.details import ObservedDetails
from mlops_desktop.core.observed.kinds import kind_named
from mlops_desktop.store import records
from mlops_desktop.store.queries.among import Among
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.tables.observed import observed, observed_models, observed_states


@dataclass(frozen=True, slots=True)
class ObservedRow:
    """A thing as a source told it. ``models`` are ids; ``at`` is the source's time, the rest ours.

    ``seen_digest`` names the kept answer it stood in; ``missing_since`` is when a complete
    listing first no longer held it.
    """

    id: str
    kind: str
    source: str
    native_id: str
    name: str
    models: tuple[str, ...]
    at: str | None
    seen_digest: str
    seen_at: str
    missing_since: str | None
    position: int
    details: ObservedDetails
    first_seen: str | None = None


@dataclass(frozen=True, slots=True)
class ObservedFilter:
    """Which things: of kinds, of a source, about a model or any of some; all unless said."""

    kinds: tuple[str, ...] = ()
    source: str | None = None
    model: str | None = None
    models: tuple[str, ...] = ()
    as_of: AsOf = NOW


@dataclass(frozen=True, slots=True)
class KnownThing:
    """A thing as stored, for comparing with a reading."""

    id: str
    native_id: str
    record: str
    models: tuple[str, ...]
    is_missing: bool


def list_observed(
    connection: sa.Connection, wanted: ObservedFilter, *, offset: int = 0, limit: int | None = None
) -> tuple[ObservedRow, ...]:
    """Return things by name, then id at the source."""
    table = things_on(connection, wanted.as_of)
    query = sa.select(table).where(*_conditions(table, wanted))
    query = query.order_by(table.c.name_key, table.c.native_id, table.c.id).offset(offset)
    found = connection.execute(query.limit(limit) if limit is not None else query).mappings()
    return tuple(_row(row) for row in found)


def known_things(
    connection: sa.Connection, source: str, kinds: Iterable[str]
) -> dict[tuple[str, str], KnownThing]:
    """Return the things of a source by kind and native id."""
    c = observed.c
    query = sa.select(c.kind, c.id, c.native_id, c.record, c.models, c.missing_since)
    query = query.where(c.source == source, c.kind.in_(list(kinds)))
    return {
        (row.kind, row.native_id): KnownThing(
            row.id, row.native_id, row.record, records.texts(row.models), bool(row.missing_since)
        )
        for row in connection.execute(query)
    }


def list_unassigned(
    connection: sa.Connection, source: str, kinds: Iterable[str]
) -> tuple[ObservedRow, ...]:
    """Return what a source tells of subjects of which none was found to be a model."""
    c = observed.c
    has_subjects = c.record.contains('"subjects":[{')
    query = sa.select(observed).where(c.source == source, c.kind.in_(list(kinds)))
    query = query.where(c.models == "[]", c.missing_since.is_(None), has_subjects)
    return tuple(_row(row) for row in connection.execute(query).mappings())


def _conditions(table: sa.FromClause, wanted: ObservedFilter) -> list[sa.ColumnElement[bool]]:
    c = table.c
    made: list[sa.ColumnElement[bool]] = []
    if wanted.kinds:
        made.append(c.kind.in_(wanted.kinds))
    if wanted.source is not None:
        made.append(c.source == wanted.source)
    if wanted.model is not None:
        linked = sa.select(observed_models.c.thing).where(observed_models.c.model == wanted.model)
        made += [c.id.in_(linked), c.models.contains(f'"{wanted.model}"', autoescape=True)]
    if wanted.models:
        linked = sa.select(observed_models.c.thing).where(
            Among(observed_models.c.model, wanted.models)
        )
        made += [c.id.in_(linked), c.models != "[]"]
    return made


def things_on(connection: sa.Connection, as_of: AsOf) -> sa.FromClause:
    """Return a selectable of each thing as of the dates asked for."""
    return observed if as_of.is_now else _then(connection, as_of)


def _then(connection: sa.Connection, as_of: AsOf) -> sa.FromClause:
    """Return a selectable of each thing's state as of the dates asked for."""
    c = observed_states.c
    limits = [c.position < known_size(connection, as_of)]
    if as_of.at_text is not None:
        limits.append(c.effective <= as_of.at_text)
    newest = sa.func.row_number().over(
        partition_by=c.id, order_by=(c.effective.desc(), c.position.desc())
    )
    ranked = sa.select(observed_states, newest.label("age")).where(*limits).subquery("ranked")
    searched = sa.select(observed.c.id, observed.c.search, observed.c.first_seen).subquery()
    columns = [column for column in ranked.columns if column.name != "age"]
    joined = ranked.join(searched, searched.c.id == ranked.c.id)
    query = sa.select(*columns, searched.c.search, searched.c.first_seen).select_from(joined)
    return query.where(ranked.c.age == 1).subquery("observed_then")


def _row(row: sa.RowMapping) -> ObservedRow:
    kind = kind_named(row["kind"])
    return ObservedRow(
        id=row["id"],
        kind=kind.noun,
        source=row["source"],
        native_id=row["native_id"],
        name=row["name"],
        models=records.texts(row["models"]),
        at=row["at"],
        seen_digest=row["seen_digest"],
        seen_at=row["seen_at"],
        missing_since=row["missing_since"],
        position=row["position"],
        details=records.from_text(kind.details, row["record"]),
        first_seen=row.get("first_seen"),
    )
