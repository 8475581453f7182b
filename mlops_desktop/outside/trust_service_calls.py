"""Asks time-stamp authorities, OCSP responders and list servers through the one HTTP client."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import HttpFault
from mlops_desktop.outside.http_limits import Limits

_LIMITS = Limits(deadline=20.0, connect=5.0, page_bytes=32 << 20, sync_bytes=64 << 20, attempts=2)


@dataclass(frozen=True, slots=True)
class Way:
    """By which way servers are reached: an extra CA file and a proxy, as with sources."""

    ca_file: str | None = None
    proxy: str | None = None
    limits: Limits = _LIMITS


def submit(url: str, content: bytes, kind: str, answer: str, way: Way) -> bytes:
    """Return what the server at ``url`` answers to a POST of ``content``.

    ``kind`` and ``answer`` are media types. Raises AppError ``trust_service.away`` or
    ``source.bad_…`` for an address, CA file or proxy that cannot be used.
    """
    base, path = _split(url)
    reads = frozenset({path.partition("?")[0]})
    client = HttpClient(_address(base, answer, way), reads=reads, limits=way.limits)
    try:
        return client.submit(path, content, kind).body
    except HttpFault as fault:
        raise _away(url, fault) from fault
    finally:
        client.close()


def fetch(url: str, answer: str, way: Way) -> bytes:
    """Return what lies at ``url``; raises as ``submit``."""
    base, path = _split(url)
    client = HttpClient(_address(base, answer, way), limits=way.limits)
    try:
        return client.get(path).body
    except HttpFault as fault:
        raise _away(url, fault) from fault
    finally:
        client.close()


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url.strip())
    except ValueError as error:
        raise AppError("source.bad_address", recovery=Recovery.CONFIGURATION) from error
    path = parts.path or "/"
    asked = f"{path}?{parts.query}" if parts.query else path
    return f"{parts.scheme}://{parts.netloc}", asked


def _address(base: str, answer: str, way: Way) -> Address:
    return Address(base, way.ca_file, way.proxy, (("Accept", answer),))


def _away(url: str, fault: HttpFault) -> AppError:
    detail = fault.detail or fault.reason.value
    recovery = Recovery.RETRY if fault.is_retryable else Recovery.CONFIGURATION
    told = {"fault": fault.fault.value, "detail": detail[:200]}
    return AppError("trust_service.away", recovery=recovery, where=url, url=url, **told)
