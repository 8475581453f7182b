"""How requests of Amazon's SDK are sent: signed by it, carried by our own transport.

The SDK reads bodies whole and holds its timeouts per read, so that a drip or a bomb would hold the
program. Here its ``before-send`` hook hands each signed request over, and gets back an answer that
was read within the limits.
"""

from typing import Any
from urllib.parse import urlsplit

import httpx2
from botocore.awsrequest import AWSPreparedRequest, AWSResponse

from mlops_desktop.outside.http_address import choose_proxy, open_tls, split_base
from mlops_desktop.outside.http_answers import follow_redirect
from mlops_desktop.outside.http_body import Budget, read_body
from mlops_desktop.outside.http_faults import (
    TRANSPORT_ERRORS,
    Fault,
    HttpFault,
    Reason,
    fault_of_error,
)
from mlops_desktop.outside.http_json import refuse_html
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.outside.http_transport import SocketTransport
from mlops_desktop.outside.http_watch import Watch

_ERROR_BYTES = 64 * 1024


class Wire:
    """Sends what the SDK signed; ``body`` is the last answer as it came, decoded."""

    def __init__(
        self, endpoint: str, ca_file: str | None, proxy: str | None, limits: Limits, watch: Watch
    ) -> None:
        self.body = b""
        self._limits = limits
        self._budget = Budget(limits.sync_bytes)
        parts = urlsplit(endpoint)
        base = split_base(f"{parts.scheme}://{parts.netloc}")
        self._transport = SocketTransport(open_tls(ca_file), choose_proxy(base, proxy), watch)

    def send(self, request: AWSPreparedRequest, **_: object) -> AWSResponse:
        """Return the answer to a signed request; raises HttpFault.

        A session token counts as a secret from here on.
        """
        self.body = b""
        remember_secret(_text(request.headers.get("X-Amz-Security-Token")))
        headers = {name: _text(value) or "" for name, value in request.headers.items()}
        given = httpx2.Request(request.method, request.url, headers=headers, content=request.body)
        try:
            answer = self._transport.handle_request(given)
            answer.request = given
            try:
                return self._read(answer, request.url)
            finally:
                answer.close()
        except TRANSPORT_ERRORS as error:
            raise fault_of_error(error) from error

    def close(self) -> None:
        """Close what is open."""
        self._transport.close()

    def _read(self, answer: httpx2.Response, url: str) -> AWSResponse:
        if answer.has_redirect_location:
            follow_redirect(answer)
            # A signature is for one place alone, so even the same server is not asked again.
            raise HttpFault(Fault.PROTOCOL, Reason.REDIRECT_LOOP, str(answer.status_code))
        is_good = answer.status_code == httpx2.codes.OK
        limit = self._limits.page_bytes if is_good else _ERROR_BYTES
        encoding = answer.headers.get("Content-Encoding", "")
        self.body = read_body(answer.iter_raw(), encoding, limit, self._budget)
        if is_good:
            refuse_html(self.body)
        headers = dict(answer.headers)
        headers.pop("content-encoding", None)
        return AWSResponse(url, answer.status_code, headers, _Read(self.body))


class _Read:
    """A body that the SDK reads anew."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def stream(self) -> Any:
        """Yield the whole body."""
        yield self._body


def _text(value: str | bytes | None) -> str | None:
    return value.decode("latin-1") if isinstance(value, bytes) else value
