"""How benchmarks measure: rounds interleaved in one run, medians, ratios to a floor beside it."""

import gc
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a result: what was measured, what it cost, and its ratio to the floor.

    ``limit`` is twice what a throw-away prototype reached, ``goal`` where we want to stand.
    """

    what: str
    measured: str
    ratio: float | None = None
    limit: float | None = None
    goal: float | None = None
    unit: str = "×"

    @property
    def verdict(self) -> str:
        """Where we stand, in a word."""
        if self.ratio is None or self.limit is None:
            return ""
        if self.goal is not None and self.ratio <= self.goal:
            return "goal"
        return "within" if self.ratio <= self.limit else "**over**"


def table(lines: list[Line]) -> str:
    """Return the lines as a Markdown table."""
    rows = ["| what | measured | ratio | limit | goal | |", "|---|---|---|---|---|---|"]
    for line in lines:
        numbers = (line.ratio, line.limit, line.goal)
        cells = [f"{number:.3g} {line.unit}" if number is not None else "" for number in numbers]
        rows.append("| " + " | ".join([line.what, line.measured, *cells, line.verdict]) + " |")
    return "\n".join(rows)


@dataclass(frozen=True, slots=True)
class Spent:
    """Seconds one piece of work took: of the clock, and of the processor."""

    wall: float
    processor: float


def spend(work: Callable[[], object]) -> Spent:
    """Run ``work`` once and return what it took; another round's garbage is collected before."""
    gc.collect()
    wall, processor = time.perf_counter(), _processor()
    work()
    return Spent(time.perf_counter() - wall, _processor() - processor)


def _processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def interleave(works: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Spent]:
    """Run each piece of work once a round, and return the median of each.

    Interleaved, a busy minute of the machine falls on all of them alike.
    """
    spent: dict[str, list[Spent]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            spent[name].append(spend(work))
    return {name: median(found) for name, found in spent.items()}


def median(found: list[Spent]) -> Spent:
    """Return the medians of several rounds."""
    wall = statistics.median(one.wall for one in found)
    return Spent(wall, statistics.median(one.processor for one in found))


def milliseconds(seconds: float) -> str:
    """Return a duration for the table."""
    return f"{seconds * 1000:,.0f} ms" if seconds >= 0.01 else f"{seconds * 1000:.2g} ms"


def percentile(values: list[float], share: float) -> float:
    """Return the value that ``share`` of them do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
