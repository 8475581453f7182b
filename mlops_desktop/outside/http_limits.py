"""How long and how much one source may take: bounds that no answer can stretch."""

from dataclasses import dataclass

_MEBI = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one client; seconds and decoded bytes.

    ``deadline`` covers one request with all its attempts, waits, redirects and reads.
    ``sync_bytes`` and ``sync_seconds`` cover everything one client reads in its life.
    """

    deadline: float = 30.0
    connect: float = 10.0
    page_bytes: int = 64 * _MEBI
    sync_bytes: int = 256 * _MEBI
    sync_seconds: float = 1800.0
    attempts: int = 3
    retry_after: float = 15.0
    redirects: int = 3
