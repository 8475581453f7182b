"""How long and how much one database may take."""

from dataclasses import dataclass

_MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class DatabaseLimits:
    """Bounds of one reader; ``seconds`` and ``rows`` of one query, ``all_bytes`` of all together.

    A text is cut after ``characters``: no cell that is read here means more.
    """

    connect: float = 10.0
    seconds: float = 60.0
    rows: int = 200_000
    characters: int = 10_000
    all_bytes: int = 128 * _MEBI
