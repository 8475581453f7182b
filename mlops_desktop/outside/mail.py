"""Sends a message through an SMTP server (RFC 5321), always under TLS."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from enum import StrEnum

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_address import open_tls

_PATIENCE = 20.0


class Tls(StrEnum):
    """How the connection is protected; there is no way without."""

    STARTTLS = "starttls"
    IMPLICIT = "implicit"


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where to send: the server, who logs in, and a CA file beside the system's trust store."""

    host: str
    port: int
    tls: Tls = Tls.STARTTLS
    username: str | None = None
    ca_file: str | None = None

    @property
    def keyring_name(self) -> str:
        """Under which name the password is kept in the keyring."""
        return f"mail:{self.username}@{self.host}:{self.port}"


def send(message: EmailMessage, server: MailServer, password: str | None) -> None:
    """Send a message to all of its recipients, or raise.

    Raises AppError ``mail.unreachable``, ``mail.not_trusted``, ``mail.no_tls``,
    ``mail.login_refused``, ``mail.recipient_refused``, ``mail.failed``, ``source.bad_ca_file``.
    None of them holds the password or what the server said.
    """
    with _explained(server), _connected(server) as connection:
        if server.username is not None:
            connection.login(server.username, password or "")
        refused = connection.send_message(message)
    if refused:
        raise AppError("mail.recipient_refused", where="--to", address=", ".join(sorted(refused)))


@contextmanager
def _connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    tls, place = open_tls(server.ca_file), (server.host, server.port)
    if server.tls is Tls.IMPLICIT:
        with smtplib.SMTP_SSL(*place, timeout=_PATIENCE, context=tls) as connection:
            yield connection
        return
    with smtplib.SMTP(*place, timeout=_PATIENCE) as connection:
        connection.starttls(context=tls)
        yield connection


@contextmanager
def _explained(server: MailServer) -> Iterator[None]:
    try:
        yield
    except smtplib.SMTPRecipientsRefused as error:
        told = ", ".join(sorted(error.recipients))
        raise AppError("mail.recipient_refused", where="--to", address=told) from None
    except smtplib.SMTPAuthenticationError:
        raise _refused("mail.login_refused", server) from None
    except smtplib.SMTPNotSupportedError:
        raise _refused("mail.no_tls", server) from None
    except ssl.SSLError:
        raise _refused("mail.not_trusted", server) from None
    except (OSError, smtplib.SMTPException) as error:
        is_answer = isinstance(error, smtplib.SMTPResponseException)
        code = "mail.failed" if is_answer else "mail.unreachable"
        raise _refused(code, server) from None


def _refused(code: str, server: MailServer) -> AppError:
    recovery = Recovery.RETRY if code == "mail.unreachable" else Recovery.CONFIGURATION
    return AppError(code, recovery=recovery, where="--smtp", server=f"{server.host}:{server.port}")
