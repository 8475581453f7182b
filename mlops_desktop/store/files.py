"""The workspace file before it is opened: what it is, judged from its first bytes.

The file's SQLCipher salt is the workspace's UUID, so the id is legible without the key.
"""

import uuid
from pathlib import Path

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.store.drives import network_kind

_PLAIN = b"SQLite format 3\0"
_PAGE = 4096
_VERSIONS = (7, 8)  # the second of files that are opened by their passphrase alone


def read_workspace_id(path: Path) -> str:
    """Return the workspace id of the file; raises ``workspace.…`` for anything else.

    As :func:`identify`; besides, a file on a network drive is not to be opened where it is.
    """
    id = identify(path)
    check_local(path.parent)
    return id


def identify(path: Path) -> str:
    """Return the workspace id of a file, wherever it lies; raises ``workspace.…`` otherwise.

    Tells apart what SQLCipher reports as one error: no file, an empty file, an unencrypted
    database, and a file that cannot be a database at all.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            first = file.read(16)
    except FileNotFoundError:
        raise AppError("workspace.not_found", where=str(path), path=str(path)) from None
    except IsADirectoryError:
        raise AppError("workspace.not_a_workspace", where=str(path), path=str(path)) from None
    except OSError as error:
        raise _unreadable(path, error) from error
    _refuse_foreign(path, size, first)
    return str(uuid.UUID(bytes=first))


def _refuse_foreign(path: Path, size: int, first: bytes) -> None:
    if size == 0:
        raise AppError("workspace.empty_file", where=str(path), path=str(path))
    if first == _PLAIN:
        raise AppError("workspace.not_encrypted", where=str(path), path=str(path))
    if size % _PAGE or uuid.UUID(bytes=first).version not in _VERSIONS:
        raise AppError("workspace.not_a_workspace", where=str(path), path=str(path))


def _unreadable(path: Path, error: OSError) -> AppError:
    return AppError(
        "workspace.unreadable",
        recovery=Recovery.CONFIGURATION,
        where=str(path),
        path=str(path),
        reason=error.strerror or "",
    )


def check_local(folder: Path) -> None:
    """Refuse a folder on a network drive with ``workspace.on_network_drive``."""
    kind = network_kind(folder)
    if kind is not None:
        where = str(folder)
        raise AppError("workspace.on_network_drive", where=where, path=where, kind=kind)


def check_new(path: Path) -> None:
    """Refuse to create a workspace over something, in no folder, or on a network drive."""
    if path.exists():
        raise AppError("workspace.exists", where=str(path), path=str(path))
    if not path.parent.is_dir():
        raise AppError("workspace.no_folder", where=str(path), path=str(path.parent))
    check_local(path.parent)


def kept_before(path: Path, revision: str) -> Path:
    """Return where a file is kept before its schema, of that revision, is changed."""
    return path.with_name(f"{path.stem}.schema-{revision}{path.suffix}")
