"""What a dossier could not know, does not print, or refers to."""

from dataclasses import dataclass

from mlops_desktop.dossier.content.values import Missing, Moment


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source and when it was last read in full; ``problem`` names what failed since."""

    name: str
    kind: str
    last_good: Moment | Missing
    reached: bool
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Unmeasured:
    """A metric without a measurement, since when and why."""

    metric: str
    since: Moment | Missing
    reason: Missing


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Rows that are known but not printed; ``what`` is a term (``ledger_entries``)."""

    what: str
    count: int
    reason: Missing


@dataclass(frozen=True, slots=True)
class BlindSpots:
    """What this dossier could not know or does not print."""

    sources: tuple[SourceState, ...] | Missing
    unmeasured: tuple[Unmeasured, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A file kept by its digest and named here, not embedded."""

    name: str
    sha256: str
    size: int
    note: str | Missing
