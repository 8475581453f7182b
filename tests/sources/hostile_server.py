"""A server that answers as it is told: well, badly, slowly, or not to the end."""

import contextlib
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

_DRIP_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the server got it; ``target`` is the request line's, absolute at a proxy."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return urlsplit(self.target).path

    @property
    def query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.target).query))


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer; ``cut_at`` breaks it off, the drips send one byte at a time without end."""

    body: bytes = b"{}"
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut_at: int | None = None
    drips_body: bool = False
    drips_headers: bool = False


Respond = Callable[[Asked], Reply]


@dataclass(slots=True)
class HostileServer:
    """What is served at ``url`` can be changed at any time; ``asked`` keeps every request."""

    url: str
    respond: Respond
    asked: list[Asked] = field(default_factory=list)
    ends: threading.Event = field(default_factory=threading.Event)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    told: HostileServer

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def do_CONNECT(self) -> None:
        self._answer()

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        asked = Asked(self.command, self.path, dict(self.headers.items()), body)
        self.told.asked.append(asked)
        self.close_connection = True
        with contextlib.suppress(ConnectionError, ssl.SSLError, TimeoutError):
            self._send(self.told.respond(asked))

    def _send(self, reply: Reply) -> None:
        if reply.drips_headers:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self._drip()
            return
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        # Unsaid, a client may send its next request into the closing line (RFC 9112, 9.6).
        self.send_header("Connection", "close")
        self.send_header("Content-Length", str(1 << 30 if reply.drips_body else len(reply.body)))
        self.end_headers()
        self.wfile.write(reply.body[: reply.cut_at])
        if reply.drips_body:
            self._drip()

    def _drip(self) -> None:
        while not self.told.ends.wait(_DRIP_SECONDS):
            self.wfile.write(b" ")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is given
        pass


@contextlib.contextmanager
def serving(respond: Respond, tls: ssl.SSLContext | None = None) -> Iterator[HostileServer]:
    """Serve on a free port of the loopback until the block ends."""
    told = HostileServer("", respond)
    handler = type("Handler", (_Handler,), {"told": told})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = False
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    told.url = f"{'https' if tls else 'http'}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), name="hostile server")
    thread.start()
    try:
        yield told
    finally:
        told.ends.set()
        server.shutdown()
        thread.join()
        server.server_close()
