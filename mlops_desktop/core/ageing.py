"""How long findings have been open: bands of days, the same in window, list and report."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.events.findings import Severity

LIMITS = (90, 180, 365)
"""Days up to which an open finding counts in each band but the last."""
BANDS = len(LIMITS) + 1


@dataclass(frozen=True, slots=True)
class Open:
    """An open finding: the place of its severity, its day, and whether it is overdue."""

    rank: int
    opened: date
    is_late: bool


@dataclass(frozen=True, slots=True)
class Ageing:
    """Open findings on a day: for each severity, the worst first, how many in each band.

    ``late`` are those of each severity that are overdue, whatever their age.
    """

    on: date
    counts: tuple[tuple[int, ...], ...]
    late: tuple[int, ...]


def band_of(days: int) -> int:
    """Return the band of an age; one on a limit still counts in the younger band."""
    return sum(days > limit for limit in LIMITS)


def span_of(band: int) -> tuple[int, int | None]:
    """Return the least and the greatest age of a band, in days; the last has no greatest."""
    least = LIMITS[band - 1] + 1 if band else 0
    return least, LIMITS[band] if band < len(LIMITS) else None


def age(found: Iterable[Open], on: date) -> Ageing:
    """Count open findings by severity and band."""
    kept = tuple(found)
    counted = Counter((one.rank, band_of((on - one.opened).days)) for one in kept)
    late = Counter(one.rank for one in kept if one.is_late)
    ranks = range(len(Severity))
    return Ageing(
        on,
        tuple(tuple(counted[rank, band] for band in range(BANDS)) for rank in ranks),
        tuple(late[rank] for rank in ranks),
    )
