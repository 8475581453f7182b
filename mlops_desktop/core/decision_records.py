"""One decision of a model as a source keeps it, and what of it is shown without asking."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from mlops_desktop.core.inventory import Pair


@dataclass(frozen=True, slots=True)
class DecisionRecord:
    """A decision: what went in, what came out, what contributed how much.

    ``model`` and ``version`` are the source's words; contributions come the strongest first.
    ``openly`` names the inputs that are no personal data, as was set for the source.
    """

    reference: str
    at: datetime | None = None
    model: str | None = None
    version: str | None = None
    output: str | None = None
    inputs: tuple[Pair, ...] = field(default=(), repr=False)
    contributions: tuple[Pair, ...] = field(default=(), repr=False)
    openly: frozenset[str] = frozenset()

    @property
    def masked(self) -> tuple[str, ...]:
        """The names of the inputs that are masked until somebody has a purpose."""
        return tuple(one.name for one in self.inputs if one.name not in self.openly)


def strongest_first(told: Iterable[Pair]) -> tuple[Pair, ...]:
    """Return contributions by their size, whatever their sign; texts that are no number last."""
    return tuple(sorted(told, key=_weakness))


def _weakness(one: Pair) -> tuple[bool, float, str]:
    try:
        size = abs(float(one.value))
    except ValueError:
        return True, 0.0, one.name
    return size != size, -size, one.name  # noqa: PLR0124 - a number that is none is not itself
