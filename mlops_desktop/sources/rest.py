"""What sources over HTTP share: opening the client, and faults and answers in our own nouns."""

from mlops_desktop.outside.http import Answer, HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.sources.base import Connection, Credentials, IsCancelled
from mlops_desktop.sources.observations import Evidence, Failure, FailureCode, Stream


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
