"""What the artefact at hand says at the gate: it must be the one that the version was made with."""

from collections.abc import Iterator
from contextlib import suppress

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.permits import read_digest
from mlops_desktop.services.gate_reasons import Place, Reason, reason
from mlops_desktop.services.models import ModelSheet
from mlops_desktop.store.queries.versions import VersionRow
from mlops_desktop.store.unit_of_work import ReadSession


def reasons(
    view: ReadSession, sheet: ModelSheet, version: VersionRow, place: Place, as_of: AsOf
) -> Iterator[Reason]:
    """Say no to another artefact than the version names by its SHA-256."""
    known = known_digest(version)
    if place.digest is not None and known is not None and place.digest != known:
        label = version.details.version
        yield reason("artifact_differs", version=label, known=known[:12], told=place.digest[:12])


def known_digest(version: VersionRow) -> str | None:
    """Return the SHA-256 that a version names as its artefact, None where it names an address."""
    with suppress(AppError):
        return read_digest(version.details.artifact or "")
    return None
