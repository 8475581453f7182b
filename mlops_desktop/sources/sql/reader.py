"""The database as a source: probe, pull; each query is one page of its mapped cells."""

import hashlib
import json
import math
from collections.abc import Iterator
from datetime import UTC, datetime

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.decision_records import DecisionRecord
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.databases.engines import Login
from mlops_desktop.outside.databases.faults import DatabaseFault
from mlops_desktop.outside.databases.limits import DatabaseLimits
from mlops_desktop.outside.databases.reading import Database, Rows, Server
from mlops_desktop.sources.base import Connection, Credentials, SourceFailure
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Fact,
    Failure,
    FailureCode,
    Observation,
    Page,
    Pair,
    Probe,
    Stream,
)
from mlops_desktop.sources.sql.facts import facts_of
from mlops_desktop.sources.sql.plan import FactsKind, Query, read_plan, read_seconds
from mlops_desktop.sources.tabular.cells import read_time, read_zone
from mlops_desktop.sources.tabular.decisions import decision_of
from mlops_desktop.sources.tabular.mapping import Row, RowRefused, by_heading, word
from mlops_desktop.sources.tabular.points import MOST_SERIES, ManySeries

_BEGINNING = "1970-01-01T00:00:00+00:00"
_MOST_REQUEST = 2_000
_TRIED = 1_000
_NEVER_ANSWERED = {FailureCode.UNREACHABLE, FailureCode.TIMEOUT, FailureCode.TLS}


class Sql:
    """A reader of one database; used by one thread, for one sync or one test."""

    streams: tuple[Stream, ...]

    def __init__(
        self,
        connection: Connection,
        credentials: Credentials,
        is_cancelled: IsCancelled = lambda: False,
        limits: DatabaseLimits | None = None,
    ) -> None:
        self._plan = read_plan(connection.settings)
        self._zone = read_zone(connection.setting("zone", "UTC"))
        seconds = read_seconds(connection.setting("seconds", "60"))
        login = Login(
            credentials.username, credentials.password or credentials.token, connection.ca_file
        )
        wanted = limits or DatabaseLimits(seconds=seconds)
        self._database = Database(connection.url, login, wanted, is_cancelled)
        told = (one.stream for one in self._plan)
        self.streams = tuple(dict.fromkeys(one for one in told if one is not None))

    def probe(self) -> Probe:
        """Tell version and user, whether this login could write, and the rows of each query."""
        first = self.streams[0] if self.streams else Stream.DECISIONS
        try:
            server = self._database.describe()
        except DatabaseFault as fault:
            failure = failure_of(first, fault)
            is_there = failure.code not in _NEVER_ANSWERED
            return Probe(is_reachable=is_there, failures=(failure,))
        visible, failures = [], []
        for query in self._plan:
            try:  # of decisions nothing is found, but the query and its columns are tried
                number = len(self._read(query, _BEGINNING, _TRIED).lines)
                visible.append(Pair(query.name, f"{number}+" if number == _TRIED else str(number)))
            except DatabaseFault as fault:
                failures.append(failure_of(query.stream or Stream.DECISIONS, fault, query.name))
        return Probe(
            is_reachable=True,
            version=server.version,
            identity=server.user,
            visible=tuple(visible),
            failures=tuple(failures),
            warnings=tuple(_warnings(server)),
        )

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield a page a query, then a completion or one failure.

        A query with ``:since`` goes on where the last reading ended, so absence says nothing.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "sql")
            return
        known = _read_cursor(cursor)
        own = [one for one in self._plan if one.stream is stream]
        try:
            for query in own:
                rows = self._read(query, known.get(query.name, _BEGINNING))
                known |= self._newest(query, rows)
                yield self._page(stream, query, rows)
        except DatabaseFault as fault:
            yield failure_of(stream, fault)
            return
        is_partial = any("since" in one.select.parameters for one in own)
        text = json.dumps(known, sort_keys=True) if is_partial else None
        yield Completion(stream, text, is_partial=is_partial)

    def read_decision(self, reference: str) -> DecisionRecord | None:
        """Return the decision that a query finds by its reference; raises SourceFailure."""
        stream = Stream.DECISIONS
        for query in self._plan:
            if query.kind is not FactsKind.DECISIONS:
                continue
            values = {"reference": reference, "since": _BEGINNING}
            try:
                rows = self._database.read(query.select, query.columns.headings, values)
                told = _mapped(query, rows)
                # a condition that is too wide must not hand out somebody else's case
                own = [row for row in told if word(row, "reference") == reference]
                if own:
                    row = {**own[0], "line": 1, "language": "en"}
                    return decision_of(row, self._zone, query.openly)
            except DatabaseFault as fault:
                raise SourceFailure(failure_of(stream, fault)) from fault
            except RowRefused as error:
                raise _unparsed(stream, "row_refused", f"{query.name}: {error.detail}") from None
        return None

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def _read(self, query: Query, since: str, most: int | None = None) -> Rows:
        values, headings = {"since": since}, query.columns.headings
        return self._database.read(query.select, headings, values, most)

    def _newest(self, query: Query, rows: Rows) -> dict[str, str]:
        """Return where the next reading of a query with ``:since`` goes on."""
        if "since" not in query.select.parameters:
            return {}
        told = [word(row, "time") for row in _mapped(query, rows)]
        times = [at for one in told if one and (at := self._time(one)) is not None]
        return {query.name: max(times).isoformat()} if times else {}

    def _time(self, told: str) -> datetime | None:
        try:
            return read_time(told, self._zone).astimezone(UTC)
        except ValueError:
            return None  # parsing the page refuses the row and says which

    def _page(self, stream: Stream, query: Query, rows: Rows) -> Page:
        # a database promises no order; with one, the same rows are the same page
        lines = sorted(json.dumps(row, ensure_ascii=True) for row in _mapped(query, rows))
        raw = "\n".join(lines).encode()
        request = f"SQL {query.name}: {query.select.text}"[:_MOST_REQUEST]
        evidence = Evidence(request, clock.now(), hashlib.sha256(raw).hexdigest())
        return Page(stream, evidence, raw, lambda kept: self._parse(stream, query, kept))

    def _parse(self, stream: Stream, query: Query, raw: bytes) -> tuple[Fact, ...]:
        rows: list[Row] = [
            {**msgspec.json.decode(line), "line": number, "language": "en"}
            for number, line in enumerate(raw.splitlines(), 1)
        ]
        try:
            return facts_of(rows, query, self._zone)
        except RowRefused as error:
            raise _unparsed(stream, "row_refused", f"{query.name}: {error.detail}") from None
        except ManySeries:
            raise _unparsed(stream, "many_rows", f"{MOST_SERIES} series") from None


def _mapped(query: Query, rows: Rows) -> list[Row]:
    return [
        query.columns.take(by_heading(zip(rows.headings, map(_told, line), strict=True)))
        for line in rows.lines
    ]


def _told(cell: object) -> object:
    """Return a cell as JSON can hold it: that has no number without end, and no NaN."""
    return str(cell) if isinstance(cell, float) and not math.isfinite(cell) else cell


def _read_cursor(cursor: str | None) -> dict[str, str]:
    try:
        return msgspec.json.decode(cursor or "{}", type=dict[str, str])
    except msgspec.MsgspecError:
        return {}  # of another version; reading all again is right


def _warnings(server: Server) -> Iterator[str]:
    if server.may_write:
        yield "may_write"
    if server.is_encrypted is False:
        yield "not_encrypted"
    if not server.promises:
        yield "read_only_untried"


def _unparsed(stream: Stream, reason: str, detail: str) -> SourceFailure:
    return SourceFailure(Failure(stream, FailureCode.PROTOCOL, detail, reason=reason))


def failure_of(stream: Stream, fault: DatabaseFault, query: str = "") -> Failure:
    """Return the fault of a query as the failure of its stream."""
    detail = f"{query}: {fault.detail}" if query else fault.detail
    code = FailureCode(fault.fault.value)
    return Failure(stream, code, detail, fault.is_retryable, reason=fault.reason)


def open_source(connection: Connection, credentials: Credentials, is_cancelled: IsCancelled) -> Sql:
    """Open the reader of a database; nothing is sent yet. Raises AppError as the plan does."""
    return Sql(connection, credentials, is_cancelled)
