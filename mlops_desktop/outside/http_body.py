"""Reading a body within its bounds: what counts is the decoded size, never the sent one."""

import zlib
from collections.abc import Iterable, Iterator

from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason

_GZIP_OR_ZLIB = 47
_STEP = 1 << 20


class Budget:
    """The bytes that one client may still read, over all its requests."""

    def __init__(self, total: int) -> None:
        self.left = total

    def spend(self, size: int) -> None:
        """Count ``size`` bytes; raises HttpFault when there are fewer left."""
        self.left -= size
        if self.left < 0:
            raise HttpFault(Fault.TOO_LARGE, Reason.SYNC_TOO_LARGE)


def read_body(chunks: Iterable[bytes], encoding: str, limit: int, budget: Budget) -> bytes:
    """Return the decoded body of at most ``limit`` bytes.

    Encodings: identity, gzip, deflate (RFC 9110, 8.4). Raises HttpFault with ``page_too_large``,
    ``sync_too_large``, ``encoding`` or ``cut_off``; memory stays near ``limit`` whatever is sent.
    """
    body = bytearray()
    for piece in _decode(chunks, encoding):
        budget.spend(len(piece))
        body += piece
        if len(body) > limit:
            raise HttpFault(Fault.TOO_LARGE, Reason.PAGE_TOO_LARGE, f"> {limit} bytes")
    return bytes(body)


def _decode(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return iter(chunks)
    if name in ("gzip", "x-gzip", "deflate"):
        return _inflate(chunks)
    raise HttpFault(Fault.PROTOCOL, Reason.ENCODING, name[:40])


def _inflate(chunks: Iterable[bytes]) -> Iterator[bytes]:
    inflater = zlib.decompressobj(_GZIP_OR_ZLIB)
    try:
        for chunk in chunks:
            waiting = chunk
            while waiting and not inflater.eof:
                yield inflater.decompress(waiting, _STEP)
                waiting = inflater.unconsumed_tail
        yield inflater.flush(_STEP)
    except zlib.error as error:
        raise HttpFault(Fault.PROTOCOL, Reason.ENCODING, str(error)) from error
    if not inflater.eof:
        raise HttpFault(Fault.PROTOCOL, Reason.CUT_OFF)
