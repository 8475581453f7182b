"""How fast a piece of work goes and how long it still takes: smoothed, silent until credible."""

from collections.abc import Callable
from math import exp
from time import monotonic

_BETWEEN = 0.5
"""Seconds between two measures: what is heard in between is counted with the next."""
_MEMORY = 8.0
"""Seconds after which a measure has lost two thirds of its weight."""
_CREDIBLE = 3.0
_FEWEST = 4
_SILENCE = 15.0
_PATIENCE = 1.25
"""How much longer than said it must look before a longer time is said: it never jumps about."""


class Pace:
    """Hears how far a piece of work is and says its rate and its remaining time in seconds.

    Another part of the work, a smaller count or another total begin anew.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._part: tuple[str, int | None] = ("", None)
        self._done = self._done_then = 0
        self._told: float | None = None
        self._begin(0, clock())

    def hear(self, done: int, total: int | None = None, part: str = "") -> None:
        """Note that ``done`` of ``total`` things of a ``part`` are done by now."""
        now = self._clock()
        if (part, total) != self._part or done < self._done:
            self._part = (part, total)
            self._begin(done, now)
            return
        self._done = done
        if now - self._measured >= _BETWEEN and done > self._done_then:
            self._measure(now)

    def rate(self) -> float | None:
        """Return how many things a second, None while nobody can say."""
        now = self._clock()
        is_late = now - self._measured > _SILENCE
        is_early = self._measures < _FEWEST or self._measured - self._began < _CREDIBLE
        return None if is_late or is_early else self._rate

    def remaining(self) -> float | None:
        """Return the seconds left, None without a total or while nobody can say."""
        rate, total = self.rate(), self._part[1]
        if rate is None or not total:
            return None
        looks = max(total - self._done, 0) / rate
        if self._told is None or looks < self._told or looks > self._told * _PATIENCE:
            self._told = looks
        return self._told

    def _begin(self, done: int, now: float) -> None:
        self._began = self._measured = now
        self._done = self._done_then = done
        self._rate, self._measures = 0.0, 0
        self._told = None

    def _measure(self, now: float) -> None:
        passed = now - self._measured
        rate = (self._done - self._done_then) / passed
        weight = 1.0 if not self._measures else 1.0 - exp(-passed / _MEMORY)
        self._rate += weight * (rate - self._rate)
        self._measured, self._done_then = now, self._done
        self._measures += 1
