"""A time-stamp authority in the process, with its own root and revocation lists."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.levels import Means
from mlops_desktop.dossier.signatures import read_roots
from mlops_desktop.dossier.timestamping import Authority
from mlops_desktop.dossier.trust import Trust
from mlops_desktop.outside.certificates import (
    create_authority,
    new_p256_key,
    new_rsa_key,
    to_pem,
)
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.revocation_lists import Revoked, issue_list, read_list

NAME = "Zeitstempel 1"
_DER = Encoding.DER


def _as_asn1(certificate: x509.Certificate) -> asn1.Certificate:
    return asn1.Certificate.load(certificate.public_bytes(_DER))


def lists_of(
    authority: Credential, at: datetime, *revoked: x509.Certificate, days: int = 30
) -> bytes:
    """Return a revocation list in DER form, issued an hour before ``at``."""
    since = at - timedelta(hours=1)
    gone = [Revoked(one.serial_number, since) for one in revoked]
    return read_list(issue_list(authority, gone, since, at + timedelta(days=days)).encode())


@cache
def _rsa() -> RSAPrivateKey:
    """Return the one key of all authorities: their roots differ, and making one takes time."""
    return new_rsa_key()


@dataclass
class TimeAuthority:
    """Stamps at the time it is told; ``purpose`` is what its certificate is for."""

    since: datetime
    purpose: x509.ObjectIdentifier = ExtendedKeyUsageOID.TIME_STAMPING
    years: int = 9
    asked: int = 0
    root: Credential = field(init=False)
    certificate: x509.Certificate = field(init=False)

    def __post_init__(self) -> None:
        self.root = create_authority("Zeitstempel AG", self.since, new_p256_key())
        self._key = key = _rsa()
        subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, NAME)])
        builder = x509.CertificateBuilder().subject_name(subject)
        builder = builder.issuer_name(self.root.certificate.subject).public_key(key.public_key())
        builder = builder.serial_number(x509.random_serial_number()).not_valid_before(self.since)
        builder = builder.not_valid_after(self.since + timedelta(days=365 * self.years))
        builder = builder.add_extension(x509.ExtendedKeyUsage([self.purpose]), critical=True)
        self.certificate = builder.sign(self.root.private, SHA256())

    @property
    def pem(self) -> bytes:
        """The root that verifiers trust."""
        return to_pem(self.root.certificate).encode()

    @property
    def trust_roots(self) -> tuple[asn1.Certificate, ...]:
        """The same as pyHanko knows it."""
        return (_as_asn1(self.root.certificate),)

    def ask_at(self, at: datetime) -> "Ask":
        """Return what answers requests at a time."""
        secret = self._key.private_bytes(_DER, PrivateFormat.PKCS8, NoEncryption())
        stamper = DummyTimeStamper(
            _as_asn1(self.certificate), keys.PrivateKeyInfo.load(secret), fixed_dt=at
        )
        return Ask(self, stamper)

    def means(self, level: Level, at: datetime, authority: Credential) -> Means:
        """Return what a level takes, with the lists of both authorities."""
        roots = tuple(read_roots(self.pem + to_pem(authority.certificate).encode()))
        lists = (lists_of(self.root, at), lists_of(authority, at))
        trust = Trust(roots, lists)
        return Means(level, at, trust, Authority(self.ask_at(at), NAME, trust, at))


@dataclass
class Ask:
    """Answers with real time stamps."""

    authority: TimeAuthority
    stamper: DummyTimeStamper

    def __call__(self, request: bytes) -> bytes:
        self.authority.asked += 1
        asked = tsp.TimeStampReq.load(request)
        return bytes(self.stamper.request_tsa_response(asked).dump())
