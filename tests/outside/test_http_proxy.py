"""Through a proxy, configured or from the surroundings."""

from collections.abc import Iterator

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.http import HttpClient, Login
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from tests.sources.hostile_server import HostileServer, Reply, serving

_ORIGIN = "http://mlflow.bank.invalid"


@pytest.fixture
def proxy() -> Iterator[HostileServer]:
    with serving(lambda asked: Reply(asked.target.encode())) as proxy:
        yield proxy


def test_goes_through_the_configured_proxy(proxy: HostileServer) -> None:
    there = proxy.url.replace("//", "//pname:ppassword@")
    client = HttpClient(Address(_ORIGIN, proxy=there), Login(token="t0ken-long"))
    answer = client.get("/version")
    client.close()
    assert answer.body == f"{_ORIGIN}/version".encode()
    assert proxy.asked[0].headers["Proxy-Authorization"].startswith("Basic ")
    assert "ppassword" not in answer.request


def test_goes_through_the_proxy_of_the_surroundings(
    proxy: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url)
    client = HttpClient(Address(_ORIGIN))
    client.get("/version")
    client.close()
    assert len(proxy.asked) == 1


def test_goes_directly_where_the_surroundings_exempt_it(
    proxy: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", proxy.url)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    with serving(lambda _: Reply(b"direct")) as origin:
        client = HttpClient(Address(origin.url))
        assert client.get("/").body == b"direct"
        client.close()
    assert not proxy.asked


def test_a_proxy_that_wants_a_login_is_told_apart(proxy: HostileServer) -> None:
    proxy.respond = lambda _: Reply(status=407)
    for origin in (_ORIGIN, _ORIGIN.replace("http", "https")):
        client = HttpClient(Address(origin, proxy=proxy.url))
        with pytest.raises(HttpFault) as refused:
            client.get("/")
        client.close()
        assert (refused.value.fault, refused.value.reason) == (Fault.AUTH, Reason.PROXY)


@pytest.mark.parametrize("bad", ["socks5://proxy:1080", "ftp://proxy", "http://", "http://[x"])
def test_refuses_what_is_no_http_proxy(bad: str) -> None:
    with pytest.raises(AppError) as refused:
        HttpClient(Address(_ORIGIN, proxy=bad))
    assert refused.value.code == "source.bad_proxy"
