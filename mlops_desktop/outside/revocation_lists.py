"""Revocation lists (RFC 5280, 5): issued by the workspace's authority, and read from files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.credentials import Credential

_MOST_BYTES = 32 << 20
_ENDINGS = frozenset({".crl", ".pem", ".der"})


@dataclass(frozen=True, slots=True)
class Revoked:
    """A certificate that counts no longer from a moment on."""

    serial: int
    since: datetime


def issue_list(
    authority: Credential, revoked: Iterable[Revoked], at: datetime, until: datetime
) -> str:
    """Return a list (PEM) of what ``authority`` revoked; the next one is due at ``until``."""
    issuer = authority.certificate
    own_id = issuer.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    issuer_id = x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(own_id)
    builder = x509.CertificateRevocationListBuilder().issuer_name(issuer.subject)
    builder = builder.last_update(at).next_update(until)
    builder = builder.add_extension(x509.CRLNumber(int(at.timestamp())), critical=False)
    builder = builder.add_extension(issuer_id, critical=False)
    for one in revoked:
        entry = x509.RevokedCertificateBuilder().serial_number(one.serial)
        builder = builder.add_revoked_certificate(entry.revocation_date(one.since).build())
    made = builder.sign(authority.private, SHA256())
    return made.public_bytes(Encoding.PEM).decode("ascii")


def read_list(data: bytes, where: str = "") -> bytes:
    """Return a list's DER form from PEM or DER; raises ``revocation.unreadable``."""
    is_pem = data.lstrip().startswith(b"-----")
    try:
        found = x509.load_pem_x509_crl(data) if is_pem else x509.load_der_x509_crl(data)
        return found.public_bytes(Encoding.DER)
    except ValueError:
        raise AppError("revocation.unreadable", where=where, path=where) from None


def read_lists(place: Path) -> tuple[bytes, ...]:
    """Return the lists of a file, or of every list in a folder, in DER form.

    Raises ``revocation.not_opened``, ``revocation.unreadable``, ``revocation.none_found``.
    """
    try:
        files = sorted(_lists_in(place)) if place.is_dir() else [place]
        read = [(file, _read(file)) for file in files]
    except OSError as error:
        raise AppError(
            "revocation.not_opened",
            recovery=Recovery.CONFIGURATION,
            where=str(place),
            path=str(place),
            reason=error.strerror or "",
        ) from error
    if not read:
        raise AppError("revocation.none_found", where=str(place), path=str(place))
    return tuple(read_list(data, str(file)) for file, data in read)


def _lists_in(folder: Path) -> Iterator[Path]:
    return (one for one in folder.iterdir() if one.suffix.lower() in _ENDINGS and one.is_file())


def _read(file: Path) -> bytes:
    with file.open("rb") as opened:
        return opened.read(_MOST_BYTES)


def revoked_since(pem: str, certificate: x509.Certificate) -> datetime | None:
    """Return since when a list (PEM) revokes the certificate; None where it does not."""
    known = x509.load_pem_x509_crl(pem.encode("ascii"))
    if known.issuer != certificate.issuer:
        return None
    found = known.get_revoked_certificate_by_serial_number(certificate.serial_number)
    return found.revocation_date_utc if found is not None else None


def next_due(pem: str) -> datetime | None:
    """Return until when a list (PEM) counts; None where it does not say."""
    return x509.load_pem_x509_crl(pem.encode("ascii")).next_update_utc
