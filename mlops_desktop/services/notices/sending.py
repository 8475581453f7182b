"""Sends a digest; the password comes from a variable, else from the keyring."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.whole_numbers import whole
from mlops_desktop.outside import mail, secrets
from mlops_desktop.outside.mail import MailServer, Tls
from mlops_desktop.services.notices.collecting import Digest
from mlops_desktop.services.notices.writing import compose

__all__ = ["MailServer", "Tls"]


def parse_server(
    text: str, tls: Tls, username: str | None = None, ca_file: str | None = None
) -> MailServer:
    """Return the server of ``host:port``; without a port that of the way TLS begins.

    Raises ``mail.bad_server``.
    """
    host, _, port = text.rpartition(":") if ":" in text else (text, "", "")
    usual = "587" if tls is Tls.STARTTLS else "465"
    number = whole(port or usual)
    if not host or "@" in host or number is None or not 0 < number < 65536:
        raise AppError("mail.bad_server", where="--smtp")
    return MailServer(host, number, tls, username, ca_file)


def send_digest(
    digest: Digest,
    language: str,
    addresses: tuple[str, tuple[str, ...]],
    server: MailServer,
    password: str | None = None,
) -> None:
    """Send a digest from an address to others; one without notices is sent too, and says so.

    Raises ``notices.address_refused``, ``mail.…``, ``keyring.…``, ``mail.secret_missing``.
    """
    sender, recipients = addresses
    if not recipients:
        raise AppError("notices.address_refused", where="--to", address="")
    message = compose(digest, language, sender, recipients)
    if server.username is not None and password is None:
        password = secrets.get(server.keyring_name)
        if password is None:
            raise AppError("mail.secret_missing", where="--mail-secret-env")
    mail.send(message, server, password)


def remember_secret(server: MailServer, password: str) -> None:
    """Keep the password in the system's keyring; raises ``keyring.…``."""
    secrets.set(server.keyring_name, password)
