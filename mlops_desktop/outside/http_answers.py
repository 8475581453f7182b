"""What an answer's status and headers mean: a body, a redirect to follow, or a typed fault."""

from email.utils import parsedate_to_datetime
from http import HTTPStatus

import httpx2
import msgspec

from mlops_desktop.core import clock
from mlops_desktop.outside.http_body import Budget, read_body
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason, fault_of_status
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_redaction import redact

_SAID_BYTES = 64 * 1024
_SAID_CHARACTERS = 200
_KEEPS_METHOD = (307, 308)


class _Said(msgspec.Struct):
    message: object = ""
    error: object = ""

    def text(self) -> str:
        """Return the first of both that is a text; Prometheus and GitLab say ``error``."""
        return next((one for one in (self.message, self.error) if isinstance(one, str) and one), "")


def read_answer(response: httpx2.Response, limits: Limits, budget: Budget) -> bytes:
    """Return the decoded body of a 200; raises HttpFault for any other status."""
    encoding = response.headers.get("Content-Encoding", "")
    if response.status_code == HTTPStatus.OK:
        return read_body(response.iter_raw(), encoding, limits.page_bytes, budget)
    raise fault_of_status(
        response.status_code,
        _what_was_said(response, encoding),
        read_retry_after(response.headers.get("Retry-After", "")),
    )


def follow_redirect(response: httpx2.Response) -> httpx2.URL:
    """Return where a redirect leads; raises HttpFault unless it stays at the same origin.

    A POST is sent again only by 307 and 308, which keep the method (RFC 9110, 15.4).
    """
    before = response.request.url
    after = before.join(response.headers["Location"])
    if _origin(before) != _origin(after) or after.userinfo:
        place = f"{after.scheme}://{after.host}" + (f":{after.port}" if after.port else "")
        raise HttpFault(Fault.PROTOCOL, Reason.FOREIGN_REDIRECT, redact(place)[:_SAID_CHARACTERS])
    if response.request.method != "GET" and response.status_code not in _KEEPS_METHOD:
        raise HttpFault(Fault.PROTOCOL, Reason.REDIRECT_LOOP, str(response.status_code))
    return after


def _origin(url: httpx2.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port or {"http": 80, "https": 443}.get(url.scheme)


def _what_was_said(response: httpx2.Response, encoding: str) -> str:
    try:
        raw = read_body(response.iter_raw(), encoding, _SAID_BYTES, Budget(_SAID_BYTES))
    except HttpFault as fault:
        if fault.fault in (Fault.CANCELLED, Fault.TIMEOUT):
            raise
        return ""
    try:
        said = msgspec.json.decode(raw, type=_Said).text()
    except (msgspec.MsgspecError, RecursionError):
        text = raw.decode("utf-8", "replace")
        said = "" if text.lstrip().startswith("<") else text
    return redact(" ".join(said.split()))[:_SAID_CHARACTERS]


def read_retry_after(header: str) -> int | None:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), None where it says none."""
    if header.strip().isdecimal():
        return min(int(header.strip()[:9]), 10**6)
    try:
        seconds = (parsedate_to_datetime(header) - clock.now()).total_seconds()
    except (ValueError, TypeError):
        return None
    return max(0, int(seconds))
