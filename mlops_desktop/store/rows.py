"""The buffer between projections and the database: rows put and added, flushed in bulk."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import Protocol, TypeAlias

import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.model_state import Happening, ModelState
from mlops_desktop.store import records, search, sql
from mlops_desktop.store.sql import Cell, Cells
from mlops_desktop.store.tables.projected import models

Row: TypeAlias = dict[str, Cell]
Opener: TypeAlias = Callable[[set[str]], dict[str, str]]
History: TypeAlias = Callable[[str], Iterable[Happening]]


class Earlier(Protocol):
    """Keeps what rows were before they changed."""

    def keep(self, table: sa.Table, keys: Iterable[Cells]) -> None:
        """Keep the rows of these keys as they are now."""


@dataclass(frozen=True, slots=True)
class _Form:
    """A table's columns, as rows are turned into tuples and back."""

    names: tuple[str, ...]
    blank: Row
    key: tuple[int, ...]
    take: Callable[[Row], Cells]

    def cells(self, row: Row) -> Cells:
        """Return every column in order; one the row does not name is NULL."""
        return self.take({**self.blank, **row})

    def row(self, cells: Cells) -> Row:
        """Return the cells by name."""
        return dict(zip(self.names, cells, strict=True))


_REMEMBERED = 5_000
"""How many rows are kept beyond a flush."""


@cache
def _form(table: sa.Table) -> _Form:
    names = tuple(column.name for column in table.columns)
    keys = tuple(names.index(column.name) for column in table.primary_key)
    return _Form(names, dict.fromkeys(names), keys, itemgetter(*names))


_SEARCHED = tuple(_form(models).names.index(name) for name in ("number", "search"))


class Rows:
    """Projected rows of one transaction: later puts of a key replace earlier ones.

    ``history`` gives the recorded happenings of one subject, for what must be folded again.
    Models are indexed for searching as they are flushed, unless ``indexes`` is false.
    """

    def __init__(
        self,
        connection: sa.Connection,
        history: History,
        open_commitments: Opener,
        *,
        indexes: bool = True,
        earlier: Earlier | None = None,
    ) -> None:
        self.connection = connection
        self._open = open_commitments
        self._indexes = indexes
        self.earlier = earlier
        """Told of rows before they change; in a copy it keeps what they were."""
        self._put: dict[sa.Table, dict[Cells, Cells]] = {}
        self._added: dict[sa.Table, list[Cells]] = {}
        self._kept: dict[sa.Table, dict[Cells, Cells]] = {}
        self._read: dict[tuple[sa.Table, Cells], Cells | None] = {}
        self._texts: dict[str, str] = {}
        self.history = history
        self.states: dict[str, ModelState] = {}
        """Folded models touched of late, so that a bulk seldom decodes one twice."""
        self.last_numbers: dict[str, int] = {}
        """The last number given to each kind of record."""
        self.kept_numbers: dict[str, int] = {}
        """The numbers by id that an extract was given with its records."""
        self.refused: list[AppError] = []
        """Why events had no effect: the rules about custodians spoke against them."""
        self.touched: set[tuple[str, str]] = set()
        self.writes = 0
        """How often rows were written: queries may answer otherwise since."""

    def put(self, table: sa.Table, row: Row) -> None:
        """Insert or replace the row of its primary key."""
        form = _form(table)
        cells = form.cells(row)
        self._put.setdefault(table, {})[tuple([cells[place] for place in form.key])] = cells

    def add(self, table: sa.Table, row: Row) -> None:
        """Insert a row that cannot be there yet."""
        self._added.setdefault(table, []).append(_form(table).cells(row))

    def keep(self, table: sa.Table, row: Row) -> None:
        """Insert a row unless one of its primary key is there, without asking for it."""
        cells = _form(table).cells(row)
        key = tuple([cells[place] for place in _form(table).key])
        self._kept.setdefault(table, {}).setdefault(key, cells)

    def get(self, table: sa.Table, *key: Cell) -> Row | None:
        """Return the row of a primary key, as this transaction sees it."""
        found = self._put.get(table, {}).get(key) or self._find(table, key)
        found = found or self._kept.get(table, {}).get(key)
        return _form(table).row(found) if found is not None else None

    def _find(self, table: sa.Table, key: Cells) -> Cells | None:
        """Ask once for a row: of a list's hundred models all look up the same owner."""
        place = table, key
        if place not in self._read:
            self._read[place] = sql.find_row(self.connection, table, key)
        return self._read[place]

    def read_ahead(self, table: sa.Table, ids: Iterable[str]) -> None:
        """Read the rows of many ids, and the texts in them, in one question each.

        :meth:`get` and :meth:`opened` then find them here.
        """
        put, read = self._put.get(table, {}), self._read
        keys = dict.fromkeys((id,) for id in ids)
        wanted = [key for key in keys if key not in put and (table, key) not in read]
        if wanted:
            found = sql.find_rows(self.connection, table, [id for (id,) in wanted])
            read.update({(table, key): found.get(key[0]) for key in wanted})
            self._open_ahead(table, found.values())

    def _open_ahead(self, table: sa.Table, found: Iterable[Cells]) -> None:
        names = _form(table).names
        if "record" in names:
            records_ = map(itemgetter(names.index("record")), found)
            digests = {one for record in records_ for one in records.digests_in(str(record))}
            self._texts.update(self._open(digests) if digests else {})

    def forget(self) -> None:
        """Read every row anew: they were made otherwise than by this buffer."""
        self.writes += 1
        self._forget_read()

    def _forget_read(self) -> None:
        self._read.clear()
        self._texts.clear()

    def opened(self, record: str) -> dict[str, str]:
        """Return the disclosures that the commitments inside a record can be opened with."""
        wanted = set(records.digests_in(record))
        unknown = wanted - self._texts.keys()
        found = self._open(unknown) if unknown else {}
        return found | {one: self._texts[one] for one in wanted - unknown}

    def select(self, statement: sa.Select[tuple[Cell, ...]]) -> list[Row]:
        """Flush, then return the rows of a query."""
        self.flush()
        return [dict(row) for row in self.connection.execute(statement).mappings()]

    def flush(self) -> None:
        """Write everything pending, one bulk statement a table."""
        if not (self._added or self._put or self._kept):
            return
        self._keep_earlier()
        if self._indexes:
            search.index(
                self.connection, map(itemgetter(*_SEARCHED), self._put.get(models, {}).values())
            )
        for table, added in self._added.items():
            sql.insert_tuples(self.connection, table, added)
        for table, put in self._put.items():
            sql.upsert_tuples(self.connection, table, list(put.values()))
        for table, kept in self._kept.items():
            sql.ignore_tuples(self.connection, table, list(kept.values()))
        self._remember()
        for pending in (self._added, self._put, self._kept):
            pending.clear()
        self.writes += 1

    def _remember(self) -> None:
        """Keep what was read and what is written now, where it is not too much."""
        if len(self._read) + sum(map(len, self._put.values())) > _REMEMBERED:
            self._forget_read()
            return
        for table, put in self._put.items():
            self._read.update({(table, key): cells for key, cells in put.items()})
        for table, keys in self._keys():
            for key in keys:
                self._read.pop((table, key), None)

    def _keep_earlier(self) -> None:
        if self.earlier is not None:
            for table, keys in self._keys():
                self.earlier.keep(table, keys)
            for table, put in self._put.items():
                self.earlier.keep(table, put)

    def _keys(self) -> Iterator[tuple[sa.Table, Iterable[Cells]]]:
        """Yield the keys of rows that are added, and of those kept unless they are there."""
        for table, added in self._added.items():
            key = _form(table).key
            yield table, [tuple([row[place] for place in key]) for row in added]
        yield from self._kept.items()
