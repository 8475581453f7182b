"""The 32-byte key of a workspace: from the environment, the keyring, or a wrapped file."""

import os
from base64 import b64decode
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias
from uuid import UUID

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside import cipher, private_files, secrets
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.outside.passphrases import forms
from mlops_desktop.outside.randomness import is_travelling

VARIABLE = "MLOPS_DESKTOP_WORKSPACE_KEY"
_LABEL = "workspace-key"


Opens: TypeAlias = Callable[[bytes], bool]
"""Tells whether a key opens the file that it is looked for."""


class KeyPlace(StrEnum):
    """Where a workspace's key is kept."""

    ENVIRONMENT = "environment"
    KEYRING = "keyring"
    FILE = "file"


def workspace_key(
    workspace: str, ask: Callable[[], str] | None = None, opens: Opens | None = None
) -> bytes:
    """Return the 32-byte key of ``workspace`` (its id).

    Looks into the variable, the keyring, then the file wrapped under a passphrase, for which
    ``ask`` is called. Raises AppError ``workspace_key.malformed``, ``workspace_key.missing``,
    ``workspace_key.passphrase_needed`` (a file is there and nobody to ask), ``passphrase.wrong``,
    ``cipher.…``, ``file.…`` or ``keyring.failed``.
    """
    if is_travelling(workspace):
        return _from_keyring(workspace) or travelling_key(workspace, ask, opens)
    return _from_environment() or _from_keyring(workspace) or _from_file(workspace, ask)


def travelling_key(
    workspace: str, ask: Callable[[], str] | None, opens: Opens | None = None
) -> bytes:
    """Return the key that the passphrase of a file comes to which is opened by it alone.

    Raises AppError ``workspace_key.passphrase_needed`` where nobody can be asked. Whether the
    passphrase is right shows only when the file is opened: ``opens`` tells it of files that were
    made before passphrases had one form.
    """
    if ask is None:
        raise AppError(
            "workspace_key.passphrase_needed", recovery=Recovery.CONFIGURATION, variable=VARIABLE
        )
    passphrase, salt = ask(), UUID(workspace).bytes
    key = cipher.key_from_passphrase(passphrase, salt)
    if opens is None or len(forms(passphrase)) == 1 or opens(key):
        return key
    return next(filter(opens, cipher.earlier_keys(passphrase, salt)), key)


def places(workspace: str) -> frozenset[KeyPlace]:
    """Return where a key for ``workspace`` is found now; nothing is asked for."""
    found = set()
    if os.environ.get(VARIABLE):
        found.add(KeyPlace.ENVIRONMENT)
    if secrets.is_available() and secrets.get(_entry(workspace)) is not None:
        found.add(KeyPlace.KEYRING)
    if wrapped_path(workspace).exists():
        found.add(KeyPlace.FILE)
    return frozenset(found)


def store_workspace_key(
    workspace: str, key: bytes, passphrase: str | None = None
) -> frozenset[KeyPlace]:
    """Keep the key of ``workspace`` and return where it is found from now on.

    A keyring takes it; a passphrase also writes the wrapped file, as recovery for a lost keyring
    or where there is none. A variable that already holds the key is enough. Raises AppError
    ``workspace_key.nowhere_to_store`` when nothing can keep it, ``passphrase.too_short``.
    """
    kept = {KeyPlace.ENVIRONMENT} if _from_environment() == key else set()
    if passphrase is not None:
        wrap_workspace_key(workspace, key, passphrase)
        kept.add(KeyPlace.FILE)
    if secrets.is_available():
        secrets.set(_entry(workspace), key.hex())
        kept.add(KeyPlace.KEYRING)
    if not kept:
        raise AppError(
            "workspace_key.nowhere_to_store", recovery=Recovery.CONFIGURATION, variable=VARIABLE
        )
    return frozenset(kept)


def wrap_workspace_key(workspace: str, key: bytes, passphrase: str) -> None:
    """Keep the key in a file under ``passphrase``; raises ``passphrase.too_short``, ``file.…``."""
    private_files.write(wrapped_path(workspace), cipher.wrap(key, passphrase, _label(workspace)))


def wrapped_path(workspace: str) -> Path:
    """Return the file that holds the key of ``workspace`` under a passphrase, once one does."""
    return paths.home() / "workspaces" / private_files.file_name(workspace, ".key")


def forget_workspace_key(workspace: str) -> None:
    """Remove the key from keyring and file; the variable is not ours to change."""
    private_files.remove(wrapped_path(workspace))
    if secrets.is_available():
        secrets.delete(_entry(workspace))


def _from_environment() -> bytes | None:
    text = os.environ.get(VARIABLE)
    return _parse(text.strip(), VARIABLE) if text else None


def _from_keyring(workspace: str) -> bytes | None:
    text = secrets.get(_entry(workspace)) if secrets.is_available() else None
    return _parse(text, KeyPlace.KEYRING) if text is not None else None


def _from_file(workspace: str, ask: Callable[[], str] | None) -> bytes:
    wrapped = private_files.read(wrapped_path(workspace))
    if wrapped is None:
        raise AppError("workspace_key.missing", recovery=Recovery.CONFIGURATION, variable=VARIABLE)
    if ask is None:
        raise AppError(
            "workspace_key.passphrase_needed", recovery=Recovery.CONFIGURATION, variable=VARIABLE
        )
    return cipher.unwrap(wrapped, ask(), _label(workspace))


def _parse(text: str, place: str) -> bytes:
    """Read 64 hexadecimal digits or base64 of 32 bytes; the text never enters the error."""
    remember_secret(text)
    for read in (bytes.fromhex, _from_base64):
        try:
            key = read(text)
        except ValueError:
            continue
        if len(key) == cipher.KEY_BYTES:
            return key
    raise AppError("workspace_key.malformed", recovery=Recovery.CONFIGURATION, where=place)


def _from_base64(text: str) -> bytes:
    return b64decode(text.encode("ascii"), validate=True)


def _entry(workspace: str) -> str:
    return f"workspace/{workspace}"


def _label(workspace: str) -> str:
    return f"{_LABEL}/{workspace}"
