"""Keys that an organisation brings along: PKCS#12 files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.credentials import Credential, read_pkcs12

_MOST_BYTES = 1024 * 1024


def read_key_file(path: Path, passphrase: str) -> Credential:
    """Return the key, certificate and chain of a PKCS#12 file.

    Raises ``key_file.…``, ``passphrase.wrong``, ``public_key.…``.
    """
    try:
        with path.open("rb") as file:
            content = file.read(_MOST_BYTES)
    except OSError as error:
        raise AppError(
            "key_file.not_opened", where=str(path), path=str(path), reason=error.strerror or ""
        ) from error
    with naming(path):
        return read_pkcs12(content, passphrase)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """Say of which file a passphrase is wrong: several may be asked for at once."""
    try:
        yield
    except AppError as error:
        error.where = error.where or str(path)
        raise
