"""The clock over one request: a total deadline and cancellation, checked inside every read.

The timeouts of an HTTP library hold per read, so that a server that sends a byte a second holds
the caller for hours. Here each wait on the socket is a short slice of what is left of the whole.
"""

import ipaddress
import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import httpcore2

from mlops_desktop.core.work import IsCancelled, never
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason

_SLICE = 0.1


class Watch:
    """Deadline and cancellation of the request under way; a client runs one at a time."""

    def __init__(
        self, is_cancelled: IsCancelled = never, connect: float = 10.0, total: float = 1800.0
    ) -> None:
        self._is_cancelled = is_cancelled
        self._ends = 0.0
        self._total = total
        self.connect = connect

    @contextmanager
    def running(self, seconds: float) -> Iterator[None]:
        """Give the request inside the block ``seconds`` in all, taken from the watch's total."""
        started = time.monotonic()
        self._ends = started + min(seconds, self._total)
        try:
            yield
        finally:
            self._total -= time.monotonic() - started

    def is_over_in(self, seconds: float) -> bool:
        """Tell whether the deadline passes within ``seconds``."""
        return time.monotonic() + seconds >= self._ends

    def left(self) -> float:
        """Return the seconds left; raises HttpFault when cancelled or out of time."""
        if self._is_cancelled():
            raise HttpFault(Fault.CANCELLED, Reason.STOPPED)
        left = self._ends - time.monotonic()
        if left <= 0:
            raise HttpFault(Fault.TIMEOUT, Reason.DEADLINE)
        return left

    def sleep(self, seconds: float) -> None:
        """Wait ``seconds``, awake for cancellation and the deadline."""
        wakes = time.monotonic() + seconds
        while (wait := wakes - time.monotonic()) > 0:
            time.sleep(min(wait, _SLICE, self.left()))


class WatchedStream(httpcore2.NetworkStream):
    """A connection whose every read and write ends with the watch."""

    def __init__(self, stream: httpcore2.NetworkStream, watch: Watch) -> None:
        self._stream = stream
        self._watch = watch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Return what comes; ``timeout`` holds for one read only, so the watch decides instead."""
        while True:
            try:
                return self._stream.read(max_bytes, min(_SLICE, self._watch.left()))
            except httpcore2.ReadTimeout:
                continue

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send all of ``buffer``."""
        self._stream.write(buffer, self._watch.left())

    def close(self) -> None:
        """Close the connection."""
        self._stream.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.NetworkStream:
        """Return the same connection secured, watched as before."""
        secured = self._stream.start_tls(ssl_context, server_hostname, self._watch.left())
        return WatchedStream(secured, self._watch)

    def get_extra_info(self, info: str) -> Any:
        """Return what the connection below knows."""
        return self._stream.get_extra_info(info)


class WatchedBackend(httpcore2.NetworkBackend):
    """Connects within the watch, and never to a link-local address (cloud metadata services)."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._inner = httpcore2.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        """Connect to the first address that answers; raises HttpFault or httpcore2's errors."""
        refused: httpcore2.ConnectError | httpcore2.ConnectTimeout | None = None
        for address in _addresses(host, port):
            wait = min(self._watch.connect, self._watch.left())
            try:
                stream = self._inner.connect_tcp(address, port, wait, local_address, socket_options)
                return WatchedStream(stream, self._watch)
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                refused = error
        raise refused or httpcore2.ConnectError(host)


def _addresses(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError as error:
        raise HttpFault(Fault.UNREACHABLE, Reason.NAME_UNKNOWN, host) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    if any(_is_link_local(address) for address in addresses):
        raise HttpFault(Fault.UNREACHABLE, Reason.LINK_LOCAL, host)
    return addresses


def _is_link_local(address: str) -> bool:
    parsed = ipaddress.ip_address(address)
    mapped = parsed.ipv4_mapped if isinstance(parsed, ipaddress.IPv6Address) else None
    return (mapped or parsed).is_link_local
