"""The whole inventory at once, for what compares every row with it: imports and exports."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import msgspec
import sqlalchemy as sa

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.store import log, records
from mlops_desktop.store.queries import models as queries
from mlops_desktop.store.queries.models import ModelFilter, ModelRow
from mlops_desktop.store.tables.projected import entries, models


@dataclass(frozen=True, slots=True)
class Indexed:
    """A model's row with its record still closed, and what rows of files name it by."""

    row: ModelRow
    stage: State
    register_id: str | None
    record: str


class _Details(msgspec.Struct):
    register_id: str | None = None


class _Record(msgspec.Struct):
    details: _Details
    stage: State


_DECODER = msgspec.json.Decoder(_Record)


def read_index(connection: sa.Connection) -> tuple[Indexed, ...]:
    """Return every model there is now, candidates and rejected ones too, by number."""
    held = read_records(connection, NOW)
    rows = queries.list_models(connection, ModelFilter(scope=Scope.ALL))
    return tuple(_indexed(row, held[row.key]) for row in rows)


def _indexed(row: ModelRow, record: str) -> Indexed:
    plain = _DECODER.decode(record)
    return Indexed(row, plain.stage, plain.details.register_id, record)


def read_records(connection: sa.Connection, as_of: AsOf) -> dict[str, str]:
    """Return the record of every model as of the dates asked for, by key."""
    table = models if as_of.is_now else queries.states_as_of(connection, as_of)
    return {row.id: row.record for row in connection.execute(sa.select(table.c.id, table.c.record))}


def open_states(connection: sa.Connection, held: Mapping[str, str]) -> dict[str, ModelState]:
    """Return the states in records, their committed texts opened together."""
    wanted = _digests(held.values())
    opened = log.open_commitments(connection, wanted)
    return {key: records.from_text(ModelState, text, opened) for key, text in held.items()}


def _digests(texts: Iterable[str]) -> list[str]:
    return sorted({digest for text in texts for digest in records.digests_in(text)})


def list_names(connection: sa.Connection) -> Iterator[tuple[str, str]]:
    """Yield every name a registry entry or a model bears, with number and name of its model."""
    shown = {
        row.id: f"{number_text(row.number)} {row.name}".strip()
        for row in connection.execute(sa.select(models.c.id, models.c.number, models.c.name))
    }
    for row in connection.execute(sa.select(models.c.id, models.c.name)):
        yield row.name, shown[row.id]
    for row in connection.execute(sa.select(entries.c.model, entries.c.name)):
        if row.model in shown:
            yield row.name, shown[row.model]


def read_register_id(connection: sa.Connection, key: str) -> str | None:
    """Return a model's id in the bank's register."""
    query = sa.select(models.c.record).where(models.c.id == key)
    return _DECODER.decode(connection.execute(query).scalar_one()).details.register_id


def list_holdings(
    connection: sa.Connection, person: str, roles: tuple[str, ...]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield every model in whose record a person is named in one of these fields, and which."""
    named = models.c.record.contains(f'"{person}"', autoescape=True)
    for row in connection.execute(sa.select(models.c.id, models.c.record).where(named)):
        details = msgspec.json.decode(row.record)["details"]
        found = tuple(role for role in roles if details.get(role) == person)
        if found:
            yield row.id, found
