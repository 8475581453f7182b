"""The file under examination, filled check by check."""

from dataclasses import dataclass, field
from datetime import datetime

from mlops_desktop.dossier import reading, signatures
from mlops_desktop.dossier.content import Leaf
from mlops_desktop.dossier.evidence import Evidence
from mlops_desktop.dossier.reading import Marks, Opened
from mlops_desktop.dossier.signatures import Examined
from mlops_desktop.dossier.time_proofs import Proofs
from mlops_desktop.dossier.trust import Root


@dataclass(slots=True)
class Case:
    """The file under examination, filled check by check."""

    pdf: bytes
    trust: bytes | None
    now: datetime
    stamps: bytes | None = None
    """Further roots (PEM), believed for time stamps alone."""
    opened: Opened | None = None
    marks: Marks = reading.NO_MARKS
    files: dict[str, bytes] = field(default_factory=dict)
    examined: list[Examined] = field(default_factory=list)
    proofs: Proofs | None = None
    evidence: Evidence | None = None
    leaves: tuple[Leaf, ...] = ()


def opened_of(case: Case) -> Opened:
    """Return the opened file; the first check opened it."""
    assert case.opened is not None
    return case.opened


def roots_of(case: Case) -> list[Root]:
    """Return the roots named; none where they cannot be read."""
    try:
        return signatures.read_roots(case.trust or b"")
    except ValueError:
        return []


def stamp_roots_of(case: Case) -> list[Root]:
    """Return the roots named for time stamps alone."""
    try:
        return signatures.read_roots(case.stamps or b"")
    except ValueError:
        return []
