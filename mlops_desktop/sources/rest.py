"""What sources over HTTP share: opening the client, and faults and answers in our own nouns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.http import Answer, HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import Connection, Credentials, SourceFailure
from mlops_desktop.sources.observations import (
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

Parse = Callable[[bytes], tuple[Fact, ...]]
Shape = TypeVar("Shape")
Paged = TypeVar("Paged")

_MOST_PAGES = 2000
_MOST_DAYS = 3660
_NEVER_ANSWERED = {Fault.UNREACHABLE, Fault.TIMEOUT, Fault.TLS, Fault.CANCELLED}


@dataclass(frozen=True, slots=True)
class Told:
    """An answer of a stream, with how its facts are read."""

    answer: Answer
    parse: Parse


def open_client(
    connection: Connection,
    credentials: Credentials,
    is_cancelled: IsCancelled,
    reads: frozenset[str] = frozenset(),
    headers: tuple[tuple[str, str], ...] = (),
) -> HttpClient:
    """Return the read-only client of a connection; raises AppError as :class:`HttpClient` does."""
    address = Address(connection.url, connection.ca_file, connection.proxy, headers)
    login = Login(credentials.username, credentials.password, credentials.token)
    return HttpClient(address, login, reads=reads, is_cancelled=is_cancelled)


def read_days(connection: Connection, plain: int) -> int:
    """Return the setting ``days``, how far back is read; raises ``source.days_unreadable``."""
    told = connection.setting("days", str(plain))
    if not (told.isascii() and told.isdigit() and 0 < int(told[:9]) <= _MOST_DAYS):
        raise AppError("source.days_unreadable", where="settings", days=told)
    return int(told)


def failure_of(stream: Stream, fault: HttpFault) -> Failure:
    """Return the fault of a request as the failure of the stream it was made for."""
    return Failure(
        stream,
        FailureCode(fault.fault.value),
        fault.detail,
        is_retryable=fault.is_retryable,
        retry_after=fault.retry_after,
        reason=fault.reason.value,
    )


def evidence_of(answer: Answer, source_version: str | None = None) -> Evidence:
    """Return where an answer came from; the digest is the SHA-256 of its exact bytes."""
    return Evidence(answer.request, answer.fetched_at, answer.digest, source_version)


def tell(
    stream: Stream,
    told: Iterator[Told],
    version: Callable[[], str | None],
    done: Callable[[], Observation],
) -> Iterator[Observation]:
    """Yield a page for each answer and then ``done``, or the failure that ended the answers.

    ``version`` is asked before the first page; an HttpFault of it ends the stream as well.
    """
    try:
        known = version()
        for one in told:
            yield Page(stream, evidence_of(one.answer, known), one.answer.body, one.parse)
    except HttpFault as fault:
        yield failure_of(stream, fault)
    else:
        yield done()


def parsing(
    stream: Stream, shape: type[Shape], facts: Callable[[Shape], tuple[Fact, ...]]
) -> Parse:
    """Return how an answer of that shape is read; it raises SourceFailure ``protocol``."""

    def parse(raw: bytes) -> tuple[Fact, ...]:
        try:
            return facts(read_json(raw, shape))
        except HttpFault as fault:
            raise SourceFailure(failure_of(stream, fault)) from fault

    return parse


def by_token(
    ask: Callable[[str], Paged], following: Callable[[Paged], str], field: str
) -> Iterator[Paged]:
    """Yield the pages of a listing each of which names the next; the last one names "".

    Raises HttpFault ``protocol`` for a token that comes twice, and after 2,000 pages; and what
    asking and ``following`` raise.
    """
    token, seen = "", set[str]()
    for _ in range(_MOST_PAGES):
        answer = ask(token)
        token = following(answer)
        yield answer
        if not token:
            return
        if token in seen:
            raise HttpFault(Fault.PROTOCOL, Reason.REPEATED_PAGE, field)
        seen.add(token)
    raise HttpFault(Fault.PROTOCOL, Reason.ENDLESS_PAGING, field)


def numbered(
    ask: Callable[[int], Answer], count: Callable[[bytes], int], size: int
) -> Iterator[Answer]:
    """Yield the pages that ``ask`` gives by number, from 0, up to the first that is not full.

    ``count`` says how many rows a page has, and raises HttpFault for what is no such page. Raises
    HttpFault ``protocol`` for a full page that comes twice, and after 2,000 pages.
    """
    before = None
    for number in range(_MOST_PAGES):
        answer = ask(number)
        rows = count(answer.body)
        if rows and answer.digest == before:
            raise HttpFault(Fault.PROTOCOL, Reason.REPEATED_PAGE, str(number))
        yield answer
        if rows < size:
            return
        before = answer.digest
    raise HttpFault(Fault.PROTOCOL, Reason.ENDLESS_PAGING, str(_MOST_PAGES))


def ask_about(
    stream: Stream,
    version: Callable[[], str | None],
    visible: Callable[[], tuple[Pair, ...]],
    username: str | None = None,
) -> Probe:
    """Return what a test of a connection finds by these two questions."""
    try:
        return Probe(is_reachable=True, version=version(), identity=username, visible=visible())
    except HttpFault as fault:
        reached = fault.fault not in _NEVER_ANSWERED
        return Probe(is_reachable=reached, failures=(failure_of(stream, fault),))
