"""Secrets in the operating system's keyring; only its native backends are accepted.

With ``keyrings.alt`` importable a headless Linux would silently pick a plaintext file, so the
backend is judged by its class before each use.
"""

from collections.abc import Callable
from typing import TypeVar

from keyring import get_keyring
from keyring.backend import KeyringBackend
from keyring.backends.chainer import ChainerBackend
from keyring.errors import PasswordDeleteError

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_redaction import remember_secret

SERVICE = "mlops-desktop"
MAX_BYTES = 2560  # what a Windows credential holds, in UTF-16

_NATIVE = frozenset(
    {
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.macOS.Keyring",
    }
)
_REFUSED = {
    "keyring.backends.fail": "keyring.missing",
    "keyring.backends.null": "keyring.forgets",
    "keyrings.alt": "keyring.not_native",
}

T = TypeVar("T")


def is_available() -> bool:
    """Tell whether a native keyring is there."""
    try:
        check_backend()
    except AppError:
        return False
    return True


def check_backend() -> None:
    """Raise AppError unless the keyring in use is the operating system's own.

    ``keyring.missing`` (none), ``keyring.forgets`` (null), ``keyring.not_native`` (a file of
    ``keyrings.alt``), ``keyring.unknown`` (any other).
    """
    _check(get_keyring())


def get(name: str) -> str | None:
    """Return the secret kept under ``name``, or None.

    Raises AppError as :func:`check_backend`, or ``keyring.failed`` (locked, refused by the user).
    """
    backend = _backend()
    found = _ask(lambda: backend.get_password(SERVICE, name))
    remember_secret(found)
    return found


def set(name: str, value: str) -> None:  # noqa: A001  secrets.set reads as what it does
    """Keep ``value`` under ``name`` and read it back.

    Raises AppError as :func:`get`, ``keyring.value_too_long`` or ``keyring.write_lost``.
    """
    remember_secret(value)
    size = len(value.encode("utf-16-le"))
    if size > MAX_BYTES:
        raise AppError("keyring.value_too_long", bytes=size, most=MAX_BYTES)
    backend = _backend()
    _ask(lambda: backend.set_password(SERVICE, name, value))
    if _ask(lambda: backend.get_password(SERVICE, name)) != value:
        raise AppError("keyring.write_lost", recovery=Recovery.CONFIGURATION)


def delete(name: str) -> None:
    """Forget the secret under ``name``; nothing happens if there is none. Raises as :func:`get`."""
    backend = _backend()
    if _ask(lambda: backend.get_password(SERVICE, name)) is not None:
        _ask(lambda: _delete(backend, name))


def _delete(backend: KeyringBackend, name: str) -> None:
    try:
        backend.delete_password(SERVICE, name)
    except PasswordDeleteError:
        if backend.get_password(SERVICE, name) is not None:
            raise


def _backend() -> KeyringBackend:
    backend = get_keyring()
    _check(backend)
    return backend


def _check(backend: KeyringBackend) -> None:
    links = backend.backends if isinstance(backend, ChainerBackend) else []
    for link in links:
        _check(link)
    if links:
        return
    kind = type(backend)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if name in _NATIVE:
        return
    found = [code for start, code in _REFUSED.items() if kind.__module__.startswith(start)]
    raise AppError(
        found[0] if found else "keyring.unknown", recovery=Recovery.CONFIGURATION, backend=name
    )


def _ask(question: Callable[[], T]) -> T:
    try:
        return question()
    except Exception as error:  # each backend has its own: D-Bus, Win32, Security framework
        reason = type(error).__name__  # the text of an error might repeat the secret
        raise AppError("keyring.failed", recovery=Recovery.RETRY, reason=reason) from None
