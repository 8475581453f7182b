"""The client over real sockets: what it sends, what it follows, what it never does."""

import gzip
import http
import json
from collections.abc import Iterator
from pathlib import Path

import httpcore2
import httpx2
import pytest

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http import HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason, fault_of_error
from mlops_desktop.outside.http_limits import Limits
from mlops_desktop.outside.http_transport import ReadOnlyTransport
from tests.sources.hostile_server import Asked, HostileServer, Reply, serving


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with serving(lambda asked: Reply(asked.target.encode())) as server:
        yield server


def _client(server: HostileServer, login: Login | None = None, **more: object) -> HttpClient:
    return HttpClient(Address(f"{server.url}/base/"), login, **more)  # type: ignore[arg-type]


def test_asks_below_the_base_path_and_keeps_the_exact_body(server: HostileServer) -> None:
    client = _client(server)
    answer = client.get("/api/list", {"order_by": "name ASC", "name": "Bär & Söhne"})
    client.close()
    target = "/base/api/list?order_by=name+ASC&name=B%C3%A4r+%26+S%C3%B6hne"
    assert answer.body == target.encode()
    assert answer.request == f"GET {target}"
    assert server.asked[0].headers["Accept-Encoding"] == "identity"


def test_posts_to_named_paths_alone(server: HostileServer) -> None:
    client = _client(server, reads=frozenset({"/search"}))
    answer = client.post("/search", {"b": ["x"], "a": 1})
    with pytest.raises(AppError) as refused:
        client.post("/delete", {})
    client.close()
    assert answer.request == 'POST /base/search {"a":1,"b":["x"]}'
    assert json.loads(server.asked[0].body) == {"a": 1, "b": ["x"]}
    assert (refused.value.code, refused.value.recovery) == ("request.not_read_only", Recovery.BUG)
    assert len(server.asked) == 1


@pytest.mark.parametrize("method", sorted(set(http.HTTPMethod) - {"GET"}))
def test_the_transport_lets_no_other_method_pass(method: str) -> None:
    passed: list[str] = []

    class Inner(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            passed.append(request.method)
            return httpx2.Response(200)

    guard = ReadOnlyTransport(Inner(), frozenset({"/read"}))
    with pytest.raises(AppError):
        guard.handle_request(httpx2.Request(method, "https://source.example/write"))
    assert not passed


@pytest.mark.parametrize(
    ("login", "header"),
    [
        (Login(), None),
        (Login(token="t0ken-long"), "Bearer t0ken-long"),
        (Login("Müller", "Paß:wort"), "Basic TcO8bGxlcjpQYcOfOndvcnQ="),
        (Login("name", "password", "t0ken-long"), "Bearer t0ken-long"),
    ],
)
def test_signs_in(server: HostileServer, login: Login, header: str | None) -> None:
    client = _client(server, login)
    client.get("/")
    client.close()
    assert server.asked[0].headers.get("Authorization") == header
    assert "t0ken" not in repr(login)
    assert "Paß" not in repr(login)


def test_a_token_that_no_header_can_hold_does_not_show(server: HostileServer) -> None:
    client = _client(server, Login(token=" copied-with-spaces \n"))
    client.get("/")
    client.close()
    assert server.asked[0].headers["Authorization"] == "Bearer copied-with-spaces"
    for token in ("first-line\nsecond-line", "schlüssel"):
        with pytest.raises(AppError) as refused:
            _client(server, Login(token=token))
        assert refused.value.code == "source.bad_token"
        assert token not in str(refused.value)


def test_an_error_about_our_own_request_quotes_no_header() -> None:
    error = httpcore2.LocalProtocolError("Illegal header value b'Bearer geheim'")
    assert "geheim" not in str(fault_of_error(error))


def test_does_not_read_the_netrc_file(
    server: HostileServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine 127.0.0.1 login other password stolen\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(netrc))
    client = _client(server)
    client.get("/")
    client.close()
    assert "Authorization" not in server.asked[0].headers


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_follows_a_redirect_within_the_origin(server: HostileServer, status: int) -> None:
    def respond(asked: Asked) -> Reply:
        if asked.path.endswith("/old"):
            return Reply(status=status, headers={"Location": "../new?x=1"})
        return Reply(asked.target.encode())

    server.respond = respond
    client = _client(server, Login(token="t0ken-long"))
    assert client.get("/api/old").body == b"/base/new?x=1"
    client.close()
    assert server.asked[1].headers["Authorization"] == "Bearer t0ken-long"


def _redirect_fault(server: HostileServer, location: str, *, is_post: bool = False) -> HttpFault:
    server.respond = lambda _: Reply(status=302, headers={"Location": location})
    client = _client(server, Login(token="t0ken-long"), reads=frozenset({"/x"}))
    with pytest.raises(HttpFault) as refused:
        client.post("/x", {}) if is_post else client.get("/x")
    client.close()
    return refused.value


@pytest.mark.parametrize(
    "location",
    [
        "https://127.0.0.1/",
        "http://localhost/",
        "http://127.0.0.1:1/",
        "//evil.example/",
        "ftp://127.0.0.1/",
        "http://user:secret@127.0.0.1:{port}/",
        "http://[broken/",
    ],
)
def test_follows_no_redirect_to_another_origin(server: HostileServer, location: str) -> None:
    fault = _redirect_fault(server, location.format(port=server.url.rpartition(":")[2]))
    assert (fault.fault, fault.reason) == (Fault.PROTOCOL, Reason.FOREIGN_REDIRECT)
    assert "secret" not in fault.detail
    assert len(server.asked) == 1


def test_follows_redirects_three_times_and_no_post_that_would_become_a_get(
    server: HostileServer,
) -> None:
    assert _redirect_fault(server, "/again").reason is Reason.REDIRECT_LOOP
    assert len(server.asked) == 1 + 3
    assert _redirect_fault(server, "/again", is_post=True).reason is Reason.REDIRECT_LOOP
    assert len(server.asked) == 1 + 3 + 1


def test_reads_compressed_answers_although_it_asks_for_plain_ones(server: HostileServer) -> None:
    server.respond = lambda _: Reply(gzip.compress(b"plain"), headers={"Content-Encoding": "gzip"})
    client = _client(server)
    assert client.get("/").body == b"plain"
    client.close()


@pytest.mark.parametrize("attempts", [1, 4])
def test_asks_again_as_often_as_it_may(server: HostileServer, attempts: int) -> None:
    server.respond = lambda _: Reply(b"busy", 503, {"Retry-After": "0"})
    client = _client(server, limits=Limits(attempts=attempts))
    with pytest.raises(HttpFault) as refused:
        client.get("/")
    client.close()
    assert refused.value.status == 503
    assert len(server.asked) == attempts


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 504])
def test_asks_once_where_another_try_is_no_use(server: HostileServer, status: int) -> None:
    server.respond = lambda _: Reply(status=status, headers={"Retry-After": "0"})
    client = _client(server)
    with pytest.raises(HttpFault):
        client.get("/")
    client.close()
    assert len(server.asked) == 1


def test_waits_no_longer_than_it_may(server: HostileServer) -> None:
    server.respond = lambda _: Reply(status=429, headers={"Retry-After": "2"})
    client = _client(server, limits=Limits(retry_after=1.0))
    with pytest.raises(HttpFault):
        client.get("/")
    client.close()
    assert len(server.asked) == 1


def test_waiting_counts_into_the_deadline(server: HostileServer) -> None:
    server.respond = lambda _: Reply(status=429, headers={"Retry-After": "2"})
    client = _client(server, limits=Limits(deadline=1.0))
    with pytest.raises(HttpFault) as refused:
        client.get("/")
    client.close()
    assert refused.value.retry_after == 2
    assert len(server.asked) == 1


def test_all_requests_together_have_an_end(server: HostileServer) -> None:
    client = _client(server, limits=Limits(sync_seconds=0.3))
    server.respond = lambda _: Reply(drips_body=True)
    for _ in range(2):
        with pytest.raises(HttpFault) as late:
            client.get("/")
        assert late.value.reason is Reason.DEADLINE
    client.close()
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("mlflow.example", "source.bad_address"),
        ("ftp://mlflow.example", "source.bad_address"),
        ("https://", "source.bad_address"),
        ("https://mlflow.example:port", "source.bad_address"),
        ("https://[half", "source.bad_address"),
        ("https://name:geheim@mlflow.example", "source.address_holds_secret"),
        ("https://name@mlflow.example", "source.address_holds_secret"),
        ("recording:../../etc", "source.bad_address"),
        ("recording:nothing", "source.bad_address"),
    ],
)
def test_refuses_addresses_before_anything_is_sent(url: str, code: str) -> None:
    with pytest.raises(AppError) as refused:
        HttpClient(Address(url))
    assert refused.value.code == code
    assert "geheim" not in str(refused.value)


def test_takes_the_address_of_the_page_that_people_copy(server: HostileServer) -> None:
    client = HttpClient(Address(f" {server.url}/base/#/models?x=1 "))
    assert client.get("/version").body == b"/base/version"
    client.close()


def test_never_connects_to_a_link_local_address() -> None:
    client = HttpClient(Address("http://169.254.169.254"), limits=Limits(deadline=5.0))
    with pytest.raises(HttpFault) as refused:
        client.get("/latest/meta-data")
    client.close()
    assert refused.value.reason is Reason.LINK_LOCAL


def test_an_unknown_name_is_told_as_such() -> None:
    client = HttpClient(Address("http://nobody.invalid"), limits=Limits(attempts=1))
    with pytest.raises(HttpFault) as refused:
        client.get("/")
    client.close()
    assert (refused.value.fault, refused.value.reason) == (Fault.UNREACHABLE, Reason.NAME_UNKNOWN)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("120", 120), ("Wed, 21 Oct 2015 07:28:00 GMT", 0), ("soon", None), ("", None), ("-5", None)],
)
def test_reads_when_it_may_ask_again(
    server: HostileServer, header: str, seconds: int | None
) -> None:
    server.respond = lambda _: Reply(status=429, headers={"Retry-After": header})
    client = _client(server, limits=Limits(attempts=1))
    with pytest.raises(HttpFault) as refused:
        client.get("/")
    client.close()
    assert refused.value.retry_after == seconds
