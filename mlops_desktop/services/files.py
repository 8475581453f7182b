"""Writes the files that people name: each is there whole, or as it was before."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

from mlops_desktop.core.errors import AppError, Recovery


def write_file(path: Path, content: bytes) -> None:
    """Let ``content`` appear at ``path`` in one step; whoever reads meanwhile reads the old file.

    A link is followed and an existing file's rights are kept; what is no file but can be written
    to (a pipe, a device) is written to. Raises ``file.not_written``; then nothing has changed.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(content)
        else:
            with appearing(target, content):
                pass
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise AppError(
            "file.not_written", recovery=Recovery.CONFIGURATION, path=str(path), reason=reason
        ) from error


@contextmanager
def appearing(path: Path, content: bytes) -> Iterator[None]:
    """Write ``content`` beside ``path``, and move it there once all inside went well.

    Raises OSError; then nothing has changed.
    """
    target = path.resolve()
    draft = target.with_name(f".{uuid4().hex}.part")
    try:
        draft.write_bytes(content)
        if target.exists():
            shutil.copymode(target, draft)
        yield
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
