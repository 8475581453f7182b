"""TLS: only servers that the system or the connection's own CA file vouches for."""

import ssl
from pathlib import Path

import pytest
import trustme

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from tests.sources.hostile_server import HostileServer, Reply, serving


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    file = tmp_path / "bank-ca.pem"
    authority.cert_pem.write_to_path(file)
    return str(file)


def _context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


def _fault(server: HostileServer, ca_file: str | None) -> HttpFault:
    client = HttpClient(Address(server.url, ca_file=ca_file))
    with pytest.raises(HttpFault) as refused:
        client.get("/")
    client.close()
    return refused.value


def test_a_private_authority_is_refused_without_its_file_and_accepted_with_it(
    authority: trustme.CA, ca_file: str
) -> None:
    with serving(lambda _: Reply(b"secure"), _context(authority, "127.0.0.1")) as server:
        fault = _fault(server, None)
        assert not server.asked
        client = HttpClient(Address(server.url, ca_file=ca_file))
        assert client.get("/").body == b"secure"
        client.close()
    assert (fault.fault, fault.reason) == (Fault.TLS, Reason.CERTIFICATE)
    assert "self-signed" in fault.detail or "issuer" in fault.detail


def test_a_certificate_for_another_name_is_refused(authority: trustme.CA, ca_file: str) -> None:
    with serving(lambda _: Reply(), _context(authority, "other.example")) as server:
        fault = _fault(server, ca_file)
        assert not server.asked
    assert (fault.fault, fault.reason) == (Fault.TLS, Reason.CERTIFICATE)


def test_a_server_without_tls_is_told_apart(ca_file: str) -> None:
    with serving(lambda _: Reply()) as server:
        server.url = server.url.replace("http", "https")
        fault = _fault(server, ca_file)
    assert (fault.fault, fault.reason) == (Fault.TLS, Reason.HANDSHAKE)


def test_a_ca_file_that_is_none_is_refused(tmp_path: Path) -> None:
    junk = tmp_path / "ca.pem"
    junk.write_text("no certificate")
    for file in (junk, tmp_path / "missing.pem"):
        with pytest.raises(AppError) as refused:
            HttpClient(Address("https://mlflow.example", ca_file=str(file)))
        assert refused.value.code == "source.bad_ca_file"
        assert refused.value.where == str(file)
