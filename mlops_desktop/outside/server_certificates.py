"""The certificate a server shows, read without trusting it: so that a refusal can name it."""

import socket
import ssl
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.x509.oid import NameOID

_SECONDS = 5.0
_HTTPS = 443


def certificate_shown(url: str) -> str | None:
    """Return whom a server's certificate names, who issued it, and its days; None if none is seen.

    Nothing is sent but the greeting, and nothing that comes back is believed.
    """
    parts = urlsplit(url)
    if parts.scheme != "https" or not parts.hostname:
        return None
    try:
        der = _read(parts.hostname, parts.port or _HTTPS)
        return _told(x509.load_der_x509_certificate(der)) if der is not None else None
    except (OSError, ValueError):
        return None


def _read(host: str, port: int) -> bytes | None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((host, port), _SECONDS) as plain,
        context.wrap_socket(plain, server_hostname=host) as secured,
    ):
        return secured.getpeercert(binary_form=True)


def _told(certificate: x509.Certificate) -> str:
    begins = certificate.not_valid_before_utc.date().isoformat()
    ends = certificate.not_valid_after_utc.date().isoformat()
    names = ", ".join(_names(certificate)[:3])
    return f"{names} ({_name(certificate.issuer)}), {begins} – {ends}"


def _names(certificate: x509.Certificate) -> list[str]:
    try:
        kind = x509.SubjectAlternativeName
        found = certificate.extensions.get_extension_for_class(kind).value
    except x509.ExtensionNotFound:
        return [_name(certificate.subject)]
    hosts = found.get_values_for_type(x509.DNSName)
    return [*hosts, *map(str, found.get_values_for_type(x509.IPAddress))] or [
        _name(certificate.subject)
    ]


def _name(name: x509.Name) -> str:
    for kind in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        if found := name.get_attributes_for_oid(kind):
            return str(found[0].value)
    return name.rfc4514_string()
