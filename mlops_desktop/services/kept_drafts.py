"""Drafts of forms that were left, kept in the profile: sealed, and readable at this desk alone.

They are on no record and leave this desk with nobody. Who cannot open the workspace here cannot
read them: their key follows from this device's own.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside import cipher, private_files
from mlops_desktop.services.session import Session

_LABEL = "drafts"
_APART = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """What a form held when it was left; ``form`` is its kind, ``title`` names the record."""

    form: str
    title: str
    at: datetime
    values: tuple[tuple[str, str], ...]


_DECODER = msgspec.msgpack.Decoder(tuple[KeptDraft, ...])


def can_keep(session: Session) -> bool:
    """Tell whether drafts of the acting person outlive the window."""
    return session.desk_key is not None and bool(session.actor.person)


def read_drafts(session: Session) -> tuple[KeptDraft, ...]:
    """Return what the acting person left at this desk; what was damaged is none."""
    if session.desk_key is None or not session.actor.person:
        return ()
    place = _place(session)
    try:
        sealed = private_files.read(place)
        content = cipher.unseal(sealed, session.desk_key, _label(place)) if sealed else None
        return _DECODER.decode(content) if content is not None else ()
    except (AppError, msgspec.MsgspecError):
        return ()


def keep_drafts(session: Session, drafts: tuple[KeptDraft, ...]) -> None:
    """Keep ``drafts`` in place of those before, none of which is left; ``file.not_written``."""
    if session.desk_key is None or not session.actor.person:
        return
    place = _place(session)
    if drafts:
        content = msgspec.msgpack.encode(drafts)
        private_files.write(place, cipher.seal(content, session.desk_key, _label(place)))
    else:
        place.unlink(missing_ok=True)


def _place(session: Session) -> Path:
    name = f"{session.workspace.id}.{session.actor.person}"
    return paths.home() / "drafts" / private_files.file_name(_APART.sub("_", name), ".draft")


def _label(place: Path) -> str:
    return f"{_LABEL}/{place.stem}"
