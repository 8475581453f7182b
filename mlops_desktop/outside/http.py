"""The one HTTP client: read-only, within limits, cancellable, every failure typed."""

import hashlib
import json
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode

import httpx2

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.work import IsCancelled, never
from mlops_desktop.outside.http_address import Address, choose_proxy, open_tls, split_base
from mlops_desktop.outside.http_answers import follow_redirect, read_answer
from mlops_desktop.outside.http_body import Budget
from mlops_desktop.outside.http_faults import (
    TRANSPORT_ERRORS,
    Fault,
    HttpFault,
    Reason,
    fault_of_error,
)
from mlops_desktop.outside.http_json import JsonValue
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_recording import SCHEME, open_recording
from mlops_desktop.outside.http_redaction import redact, remember_login
from mlops_desktop.outside.http_retry import retrying
from mlops_desktop.outside.http_transport import ReadOnlyTransport, SocketTransport
from mlops_desktop.outside.http_watch import Watch

_HEADERS = {
    "User-Agent": "mlops-desktop",
    "Accept": "application/json, text/plain;q=0.5",
    "Accept-Encoding": "identity",
    "Connection": "close",
}
_JSON = "application/json"
_PLAYED_BASE = "http://recording.invalid"


@dataclass(frozen=True, slots=True)
class Login:
    """A bearer token, or a name with a password, or neither."""

    username: str | None = None
    password: str | None = field(default=None, repr=False)
    token: str | None = field(default=None, repr=False)

    def auth(self) -> httpx2.Auth:
        """Return how requests are signed in; a token goes before a name.

        Raises AppError ``source.bad_token`` for one that no header can hold.
        """
        if self.token:
            return _Bearer(_checked(self.token.strip()))
        if self.username is not None:
            return httpx2.BasicAuth(self.username, self.password or "")
        return httpx2.Auth()


def _checked(token: str) -> str:
    if not (token.isascii() and token.isprintable()):
        raise AppError("source.bad_token", recovery=Recovery.CONFIGURATION)
    return token


class _Bearer(httpx2.Auth):
    def __init__(self, token: str) -> None:
        self._header = f"Bearer {token}"

    def auth_flow(
        self, request: httpx2.Request
    ) -> Generator[httpx2.Request, httpx2.Response, None]:
        request.headers["Authorization"] = self._header
        yield request


@dataclass(frozen=True, slots=True)
class Answer:
    """A successful answer: what was asked, when it was read, and the exact decoded body.

    ``link`` is its Link header (RFC 8288), by which some services name the next page.
    """

    request: str
    body: bytes = field(repr=False)
    fetched_at: datetime
    link: str = ""

    @property
    def digest(self) -> str:
        """SHA-256 of the body, in hex."""
        return hashlib.sha256(self.body).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """A body that is sent: its bytes, media type, and how the request is told of it."""

    content: bytes
    kind: str
    shown: str


class HttpClient:
    """Reads from one origin; used by one thread at a time.

    ``reads`` names the paths (below the base address) to which a POST only reads. Redirects are
    followed within the origin alone, so no credential leaves it. Raises AppError ``source.bad_…``
    for an address, CA file or proxy that cannot be used. ``recording:NAME`` plays a recording.
    """

    def __init__(
        self,
        address: Address,
        login: Login | None = None,
        *,
        reads: frozenset[str] = frozenset(),
        limits: Limits | None = None,
        is_cancelled: IsCancelled = never,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        login = login or Login()
        remember_login(login.username, login.password, login.token)
        self.limits = limits or Limits()
        is_played = address.url.startswith(SCHEME)
        self._base = split_base(_PLAYED_BASE if is_played else address.url)
        self._watch = Watch(is_cancelled, self.limits.connect, self.limits.sync_seconds)
        self._budget = Budget(self.limits.sync_bytes)
        self._link = ""
        inner = transport or self._open_transport(address, is_played=is_played)
        posts = frozenset(self._base.path + path for path in reads)
        self._client = httpx2.Client(
            transport=ReadOnlyTransport(inner, posts),
            auth=login.auth(),
            headers=_HEADERS | dict(address.headers),
            trust_env=False,
        )

    def _open_transport(self, address: Address, *, is_played: bool) -> httpx2.BaseTransport:
        if is_played:
            return open_recording(address.url)
        tls = open_tls(address.ca_file)
        return SocketTransport(tls, choose_proxy(self._base, address.proxy), self._watch)

    def get(self, path: str, query: Mapping[str, str] | None = None) -> Answer:
        """Read ``path`` below the base address; raises HttpFault for anything but status 200."""
        target = f"{path}?{urlencode(query)}" if query else path
        return self._ask("GET", target, None)

    def post(self, path: str, body: Mapping[str, JsonValue]) -> Answer:
        """Ask one of the reading POST paths with a JSON body; raises HttpFault like ``get``."""
        text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return self._ask("POST", path, Sent(text.encode(), _JSON, text))

    def submit(self, path: str, content: bytes, kind: str) -> Answer:
        """Ask one of the reading POST paths with bytes of a media type; HttpFault like ``get``."""
        return self._ask("POST", path, Sent(content, kind, hashlib.sha256(content).hexdigest()))

    def close(self) -> None:
        """Close what is open; the client is of no use afterwards."""
        self._client.close()

    def _ask(self, method: str, target: str, body: "Sent | None") -> Answer:
        asked = f"{method} {self._base.path}{target}" + (f" {body.shown}" if body else "")
        with self._watch.running(self.limits.deadline):
            retry = retrying(self.limits, self._watch)
            found = retry(self._attempt, method, target, body)
            return Answer(redact(asked), found, clock.now(), self._link)

    def _attempt(self, method: str, target: str, body: "Sent | None") -> bytes:
        self._watch.left()
        url = httpx2.URL(f"{self._base.scheme}://{self._base.netloc}{self._base.path}{target}")
        try:
            for _ in range(self.limits.redirects + 1):
                found = self._send(method, url, body)
                if isinstance(found, bytes):
                    return found
                url = found
        except TRANSPORT_ERRORS as error:
            raise fault_of_error(error) from error
        raise HttpFault(Fault.PROTOCOL, Reason.REDIRECT_LOOP)

    def _send(self, method: str, url: httpx2.URL, body: "Sent | None") -> bytes | httpx2.URL:
        typed = {"Content-Type": body.kind} if body else None
        content = body.content if body else None
        request = self._client.build_request(method, url, content=content, headers=typed)
        response = self._client.send(request, stream=True)
        try:
            if response.has_redirect_location:
                return follow_redirect(response)
            self._link = response.headers.get("Link", "")
            return read_answer(response, self.limits, self._budget)
        finally:
            response.close()
