"""TLS: only servers that the system or the connection's own CA file vouches for."""

import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.outside.server_certificates import certificate_shown
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
    assert (fault.fault, fault.reason) == (Fault.TLS, Reason.CERTIFICATE_ISSUER)


def test_a_certificate_for_another_name_is_refused_and_can_be_named(
    authority: trustme.CA, ca_file: str
) -> None:
    with serving(lambda _: Reply(), _context(authority, "other.example")) as server:
        fault = _fault(server, ca_file)
        shown = certificate_shown(server.url)
        assert not server.asked
    assert (fault.fault, fault.reason) == (Fault.TLS, Reason.CERTIFICATE_NAME)
    assert shown is not None
    assert shown.startswith("other.example (trustme")
    assert certificate_shown("http://127.0.0.1:1") is certificate_shown(server.url) is None


def test_a_certificate_out_of_its_days_and_one_that_signs_itself_are_told_apart(
    authority: trustme.CA, ca_file: str, tmp_path: Path
) -> None:
    past, ahead = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(days=9)
    days = ((None, past), (ahead, None), (None, None))
    reasons = []
    for begins, ends in days:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if begins is ends:
            context.load_cert_chain(_self_signed(tmp_path))
        else:
            issued = authority.issue_cert("127.0.0.1", not_before=begins, not_after=ends)
            issued.configure_cert(context)
        with serving(lambda _: Reply(), context) as server:
            reasons.append(_fault(server, ca_file).reason)
    assert reasons == [
        Reason.CERTIFICATE_EXPIRED,
        Reason.CERTIFICATE_EARLY,
        Reason.CERTIFICATE_SELF_SIGNED,
    ]


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    begins = datetime.now(UTC) - timedelta(days=1)
    made = x509.CertificateBuilder(
        name, name, key.public_key(), 5, begins, begins.replace(year=2040)
    )
    file = folder / "own.pem"
    plain = (Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file.write_bytes(
        key.private_bytes(*plain) + made.sign(key, SHA256()).public_bytes(Encoding.PEM)
    )
    return file


def test_a_server_without_tls_is_told_apart(ca_file: str) -> None:
    with serving(lambda _: Reply()) as server:
        server.url = server.url.replace("http", "https")
        fault = _fault(server, ca_file)
    assert (fault.fault, fault.reason) == (Fault.TLS, Reason.NO_TLS)


def test_a_ca_file_that_is_none_is_refused(tmp_path: Path) -> None:
    junk = tmp_path / "ca.pem"
    junk.write_text("no certificate")
    for file in (junk, tmp_path / "missing.pem"):
        with pytest.raises(AppError) as refused:
            HttpClient(Address("https://mlflow.example", ca_file=str(file)))
        assert refused.value.code == "source.bad_ca_file"
        assert refused.value.where == str(file)
