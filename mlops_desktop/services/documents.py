"""Files kept in the workspace as evidence, each once by the SHA-256 of its bytes."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.documents import Document
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.foreign_files import TooLarge, read_within
from mlops_desktop.services.session import Session, must_commit
from mlops_desktop.store import evidence
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.unit_of_work import WriteSession

MOST_BYTES = 50 * 1024 * 1024
_DOCUMENT = "document"
"""Stands where the request stands for what a source answered."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to keep: what it is called, and its bytes."""

    name: str
    content: bytes


def read_file(path: Path) -> File:
    """Return a file from disk; raises ``document.unreadable`` and ``document.too_large``."""
    try:
        return File(path.name, read_within(path, MOST_BYTES))
    except TooLarge:
        most = MOST_BYTES // 1024 // 1024
        raise AppError("document.too_large", where=str(path), most=most) from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError("document.unreadable", where=str(path), reason=reason) from error


def keep_file(work: WriteSession, file: File) -> Document:
    """Keep a file in the workspace and return how events name it; raises ``document.empty``."""
    if not file.content:
        raise AppError("document.empty", where="document", name=file.name)
    digest = sha256(file.content).hexdigest()
    evidence.keep(work.connection, [RawAnswer(digest, _DOCUMENT, clock.now(), file.content)])
    return Document(digest, must_commit(file.name))


def read_document(session: Session, digest: str) -> bytes:
    """Return the bytes of a kept file; raises ``evidence.not_kept`` and ``evidence.altered``."""
    with session.workspace.read() as view:
        return evidence.read(view.connection, digest).content
