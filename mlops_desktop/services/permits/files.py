"""Permits as files, and what a pipeline checks them with."""

from hashlib import file_digest
from pathlib import Path

from mlops_desktop.core.authority import Act, able
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.permits import (
    read_digest,
)
from mlops_desktop.paths import resource
from mlops_desktop.services.cases import View
from mlops_desktop.services.files import write_file
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.authority import authority_of

CHECKER = ("check_permit.py", "gitlab-ci.yml", "github-workflow.yml", "Jenkinsfile")
"""What a pipeline takes over as it is."""


def digest_of(told: str) -> str:
    """Return the SHA-256 of a file, or the one that is given instead of a file.

    Raises ``permit.digest_unfit`` where it is neither, ``document.unreadable``.
    """
    path = Path(told)
    if not path.is_file():
        return read_digest(told)
    try:
        with path.open("rb") as stream:
            return file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError("document.unreadable", where=told, reason=reason) from error


def check_target(path: Path) -> None:
    """Refuse, before anything is signed, a permit where a file is, or no folder is.

    Raises ``permit.file_exists``, ``file.not_written``.
    """
    if path.exists():
        raise AppError("permit.file_exists", where=str(path), path=str(path))
    if not path.parent.is_dir():
        raise _not_written(path, "no such folder")


def write_permit(path: Path, signed: bytes, *, is_confirmed: bool = False) -> Path:
    """Write a signed permit; raises ``permit.file_exists`` and ``file.not_written``.

    Over another file only where a person confirmed that. ``permits show ID --out`` writes it again.
    """
    if not is_confirmed:
        check_target(path)
    return _write(path, signed)


def write_checker(session: Session, folder: Path) -> tuple[Path, ...]:
    """Write what a pipeline checks permits with: the checker, the trust, and three snippets.

    ``signers.pem`` holds the certificates of those who may issue permits now, ``authority.pem``
    that of the workspace's authority. Raises ``permit.nobody_issues``, ``file.not_written``.
    """
    with session.workspace.read() as view:
        trusted = authority_of(view)
        signers = _signers(view)
    files = {name: resource("gate", name).read_bytes() for name in CHECKER}
    files |= {"authority.pem": trusted.encode(), "signers.pem": "".join(signers).encode()}
    return tuple(_write(folder / name, content) for name, content in sorted(files.items()))


def _signers(view: View) -> list[str]:
    found = able(Act.ISSUE_PERMIT, people.list_people(view.connection))
    certificates = [one.certificate for one in found if one.certificate]
    if not certificates:
        raise AppError("permit.nobody_issues")
    return certificates


def _write(path: Path, content: bytes) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _not_written(path, error.strerror or type(error).__name__) from error
    write_file(path, content)
    return path


def _not_written(path: Path, reason: str) -> AppError:
    told = {"path": str(path), "reason": reason}
    return AppError("file.not_written", recovery=Recovery.CONFIGURATION, **told)
