"""What sources over HTTP share: opening the client, and faults and answers in our own nouns."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from mlops_desktop.outside.http import Answer, HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_json import read_json
from mlops_desktop.sources.base import Connection, Credentials, IsCancelled, SourceFailure
from mlops_desktop.sources.observations import (
    Evidence,
    Fact,
    Failure,
    FailureCode,
    Observation,
    Page,
    Stream,
)

Parse = Callable[[bytes], tuple[Fact, ...]]
Shape = TypeVar("Shape")


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
) -> HttpClient:
    """Return the read-only client of a connection; raises AppError as :class:`HttpClient` does."""
    address = Address(connection.url, connection.ca_file, connection.proxy)
    login = Login(credentials.username, credentials.password, credentials.token)
    return HttpClient(address, login, reads=reads, is_cancelled=is_cancelled)


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
