"""A real repository over https: git's own http-backend behind basic authentication and TLS."""

import base64
import contextlib
import os
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


@cache
def http_backend() -> Path | None:
    """Return git's http-backend, or None where it is not installed."""
    with contextlib.suppress(OSError, subprocess.CalledProcessError):
        told = subprocess.run(["git", "--exec-path"], capture_output=True, check=True, text=True)
        place = Path(told.stdout.strip()) / "git-http-backend"
        return place if place.exists() else None
    return None


@dataclass
class GitServer:
    """Where it listens, who may read, and the answers it gave."""

    url: str
    login: str
    statuses: list[int] = field(default_factory=list)


def _handler(root: Path, backend: Path, server: GitServer) -> type[BaseHTTPRequestHandler]:
    expected = "Basic " + base64.b64encode(server.login.encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._serve(b"")

        def do_POST(self) -> None:
            self._serve(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

        def _serve(self, body: bytes) -> None:
            if self.headers.get("Authorization") != expected:
                server.statuses.append(401)
                self.send_response(401)
                self.send_header("WWW-Authenticate", 'Basic realm="models"')
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            head, _, content = self._ask_backend(body).partition(b"\r\n\r\n")
            lines = [line.partition(": ") for line in head.decode().split("\r\n")]
            headers = {name: value for name, _, value in lines}
            status = int(headers.pop("Status", "200").split()[0])
            server.statuses.append(status)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def _ask_backend(self, body: bytes) -> bytes:
            path, _, query = self.path.partition("?")
            told = {
                "GIT_PROJECT_ROOT": str(root),
                "GIT_HTTP_EXPORT_ALL": "1",
                "GIT_CONFIG_COUNT": "1",
                "GIT_CONFIG_KEY_0": "safe.directory",
                "GIT_CONFIG_VALUE_0": "*",
                "PATH_INFO": path,
                "QUERY_STRING": query,
                "REQUEST_METHOD": self.command,
                "REMOTE_USER": server.login.partition(":")[0],
                "CONTENT_TYPE": self.headers.get("Content-Type", ""),
                "CONTENT_LENGTH": str(len(body)),
                "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
                "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            }
            done = subprocess.run(
                [backend], env={**os.environ, **told}, input=body, capture_output=True, check=True
            )
            return done.stdout

        def log_message(self, *_: object) -> None:
            """Say nothing: what was answered stands in ``statuses``."""

    return Handler


class _Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not trust the certificate hangs up: that is the test."""


@contextlib.contextmanager
def serving_git(root: Path, login: str, tls: ssl.SSLContext) -> Iterator[GitServer]:
    """Serve the repositories below a folder to ``login`` (name:password) alone."""
    backend = http_backend()
    assert backend is not None
    server = GitServer("", login)
    listening = _Quiet(("127.0.0.1", 0), _handler(root, backend, server))
    server.url = f"https://127.0.0.1:{listening.server_port}"
    listening.socket = tls.wrap_socket(
        listening.socket, server_side=True, do_handshake_on_connect=False
    )
    thread = threading.Thread(target=listening.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        listening.shutdown()
        listening.server_close()
        thread.join()
