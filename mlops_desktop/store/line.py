"""Statements on their way to PostgreSQL: sent without waiting, answered together.

Straight through the driver's own library: what its cursors and pipeline do around a statement is
several times the statement, and all of it would lie under the lock that other writers wait for.
Nothing is prepared, since the driver's next rollback may forget what the server has prepared.
"""

from collections.abc import Callable, Collection
from contextlib import suppress
from struct import Struct
from typing import Any, TypeAlias

import psycopg
from psycopg import errors, generators, pq
from psycopg.abc import PQGen

Parameter: TypeAlias = str | int | bytes | None
Rows: TypeAlias = list[tuple[bytes | None, ...]]
"""What a statement answered, in the server's binary form."""

_BEGIN = "BEGIN"
_TEXT, _BYTES, _BIGINT = 25, 17, 20  # the server's numbers of the types
_HEAD = Struct("!iiiii").pack
_EMPTY = Struct("!iii").pack
_LENGTH = Struct("!i").pack
_NULL = _LENGTH(-1)
_NUMBER = Struct("!q").pack
_BAD = frozenset({pq.ExecStatus.FATAL_ERROR, pq.ExecStatus.PIPELINE_ABORTED})


Failed: TypeAlias = Callable[[str, Exception], Exception]
"""Makes what is raised of the statement that failed and the driver's error."""


class Line:
    """One connection to the server; parameters are written ``$1``."""

    def __init__(self, link: "psycopg.Connection[Any]", failed: Failed) -> None:
        self._link, self._server, self._failed = link, link.pgconn, failed
        self._sent: list[str] = []
        self._gathers = False

    def gather(self) -> None:
        """Keep here what is sent from now on, as far as the driver can, until :meth:`settle`."""
        self._gathers = True

    def send(self, text: str, parameters: tuple[Parameter, ...]) -> None:
        """Take a statement, within a transaction; it goes out at the latest with :meth:`settle`."""
        try:
            if not self._sent:
                self._server.enter_pipeline_mode()
                if self._server.transaction_status == pq.TransactionStatus.IDLE:
                    self._put(_BEGIN, ())
            self._put(text, parameters)
        except psycopg.Error as error:
            self._sent = []
            raise self._failed(text, error) from error

    def flush(self) -> None:
        """Send what was taken as far as the way is free, and wait for nothing."""
        if self._gathers:
            return
        try:
            self._server.flush()
        except psycopg.Error as error:
            sent, self._sent = self._sent, []
            raise self._failed(sent[-1], error) from error

    def _put(self, text: str, parameters: tuple[Parameter, ...]) -> None:
        given = [
            one if one is None or isinstance(one, bytes) else str(one).encode()
            for one in parameters
        ]
        formats = [int(isinstance(one, bytes)) for one in parameters]
        command = text.encode()
        self._server.send_query_params(command, given, None, formats, pq.Format.BINARY)
        self._sent.append(text)

    def settle(self) -> list[Rows]:
        """Wait for every statement on its way, and return the rows of each.

        Raises for the first that failed; what was sent after it was not run.
        """
        sent, self._sent, self._gathers = self._sent, [], False
        found: list[pq.abc.PGresult] = []
        lost: psycopg.Error | None = None
        if not sent:
            return []
        try:
            self._link.wait(self._answers(len(sent), found))
        except psycopg.Error as error:
            lost = error
        finally:
            with suppress(psycopg.Error):  # of a line that is dead
                self._server.exit_pipeline_mode()
        for text, answer in zip(sent, found, strict=False):
            if answer.status in _BAD:
                raise self._failed(text, errors.error_from_result(answer)) from lost
        if lost is not None:
            raise self._failed(sent[min(len(found), len(sent) - 1)], lost) from lost
        return [_rows(answer) for answer in found[sent[0] == _BEGIN :]]

    def _answers(self, count: int, found: "list[pq.abc.PGresult]") -> PQGen[None]:
        self._server.pipeline_sync()
        yield from generators.send(self._server)
        for _ in range(count):
            found.extend((yield from generators.fetch_many(self._server)))
        yield from generators.fetch_many(self._server)  # the end that was asked for


def texts(items: Collection[str | None]) -> bytes:
    """Return an array of texts as the server reads it; None is NULL."""
    return _array(_TEXT, [None if item is None else item.encode() for item in items])


def blobs(items: Collection[bytes | None]) -> bytes:
    """Return an array of bytes as the server reads it; None is NULL."""
    return _array(_BYTES, items)


def numbers(items: Collection[int | None]) -> bytes:
    """Return an array of integers as the server reads it; None is NULL."""
    return _array(_BIGINT, [None if item is None else _NUMBER(item) for item in items])


def _array(kind: int, items: Collection[bytes | None]) -> bytes:
    if not items:
        return _EMPTY(0, 0, kind)
    parts = [_HEAD(1, 0, kind, len(items), 1)]
    for item in items:
        parts += (_NULL,) if item is None else (_LENGTH(len(item)), item)
    return b"".join(parts)


def _rows(answer: "pq.abc.PGresult") -> Rows:
    columns = range(answer.nfields)
    return [
        tuple([answer.get_value(row, column) for column in columns])
        for row in range(answer.ntuples)
    ]
