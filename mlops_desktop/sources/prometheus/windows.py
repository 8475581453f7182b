"""Which times are asked: whole steps since the last reading, as far back as there is anything.

A window is the moments at which a query is evaluated. They are multiples of the step, so that each
is asked the same way every time, and ``x[step]`` at a moment is what was measured since the last.
"""

from dataclasses import dataclass

MOST_POINTS = 720


@dataclass(frozen=True, slots=True)
class Window:
    """The moments from ``start`` to ``end``, both included, in seconds since 1970."""

    start: int
    end: int

    def number(self, step: int) -> int:
        """Return how many moments there are."""
        return (self.end - self.start) // step + 1

    def halves(self, step: int) -> "tuple[Window, Window]":
        """Return two windows that share their middle moment."""
        middle = self.start + (self.number(step) // 2) * step
        return Window(self.start, middle), Window(middle, self.end)


@dataclass(frozen=True, slots=True)
class Plan:
    """The windows to ask, the oldest first, and from when to when the source forgot.

    Each window begins at the moment where the one before ended, also the first one at the last
    of the former reading: so what was going on there is seen to go on, or to have ended.
    """

    windows: tuple[Window, ...]
    forgotten: Window | None = None


def plan(
    cursor: str | None, now: float, step: int, horizon: int, retention: int | None = None
) -> Plan:
    """Return what to ask now; ``cursor`` is the last moment of the former reading."""
    end = int(now) // step * step
    kept = end - min(horizon, retention) if retention else end - horizon
    oldest = -(-kept // step) * step
    since = int(cursor) if cursor and cursor.isascii() and cursor.isdigit() else None
    if since is None:
        return Plan(_cut(oldest, end, step))
    if retention and since < (gone := -(-(end - retention) // step) * step):
        return Plan(_cut(gone, end, step), Window(since, gone))
    return Plan(_cut(min(since // step * step, end), end, step))


def _cut(start: int, end: int, step: int) -> tuple[Window, ...]:
    size = (MOST_POINTS - 1) * step
    found = [Window(at, min(at + size, end)) for at in range(start, max(end, start + 1), size)]
    return tuple(found)
