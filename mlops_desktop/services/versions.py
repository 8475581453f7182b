"""Versions that no source tells about: recorded by hand."""

from dataclasses import dataclass
from datetime import datetime

import mlops_desktop.store.queries.models as queries
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store.queries.versions import list_versions
from mlops_desktop.store.unit_of_work import WriteSession

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version as a person knows it; ``artifact`` says where it lies, by address or digest."""

    version: str
    description: str | None = None
    artifact: str | None = None
    created_by: str | None = None
    created_at: datetime | None = None


@locks_late
def register_version(
    session: Session, named: str, wanted: NewVersion, *, effective: datetime | None = None
) -> Recorded:
    """Record a version by hand and return its id.

    A leading v before a number is dropped, as in commands. Raises ``version.label_missing``,
    ``version.label_refused``, ``version.label_taken``, ``model.not_found``.
    """
    label = _label(wanted.version)
    with session.workspace.write(session.actor) as work:
        model = queries.find_model(work.connection, named)
        _refuse_twin(work, model, label)
        version = new_id()
        details = VersionDetails(
            version=label,
            artifact=_clean(wanted.artifact),
            description=_clean(wanted.description),
            created_by=_clean(wanted.created_by),
            created_at=wanted.created_at,
        )
        work.record(VersionRegistered(version, model, details), effective=effective)
    return Recorded(version, work.changes)


def _label(text: str) -> str:
    label = " ".join(clean_text(text).split())
    if not label:
        raise AppError("version.label_missing", where="version")
    if len(label) > _LONGEST or not label.isprintable():
        raise AppError("version.label_refused", where="version", most=_LONGEST)
    return label[1:] if label[:1] == "v" and label[1:].isdecimal() else label


def _clean(text: str | None) -> str | None:
    return clean_text(text).strip() or None if text else None


def _refuse_twin(work: WriteSession, model: str, label: str) -> None:
    if any(row.details.version == label for row in list_versions(work.connection, model)):
        raise AppError("version.label_taken", where="version", version=label)
