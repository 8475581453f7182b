"""What can be ordered besides one model: which models, which of them with a part of their own."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope as ModelScope
from mlops_desktop.core.sampling import Draw


@dataclass(frozen=True, slots=True)
class Population:
    """The models of a portfolio dossier: a filter as ``models list`` takes it, and a scope.

    Every model stands in its tables. With ``draw`` the models drawn have a part of their own,
    with ``is_full`` all have one; with neither none has.
    """

    line: str = ""
    scope: ModelScope = ModelScope.CURRENT
    draw: Draw | None = None
    is_full: bool = False


CURRENT = Population()
"""Every current model, in tables alone."""


@dataclass(frozen=True, slots=True)
class Period:
    """The days that a regulator's view is about, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        """Raise ``period.backwards`` where it ends before it begins."""
        if self.last < self.first:
            raise AppError(
                "period.backwards",
                where="--period",
                first=self.first.isoformat(),
                last=self.last.isoformat(),
            )


def read_period(text: str) -> Period:
    """Read ``2026-01-01..2026-12-31``; raises ``period.malformed``, ``period.backwards``."""
    first, _, last = text.partition("..")
    try:
        days = date.fromisoformat(first.strip()), date.fromisoformat(last.strip())
    except ValueError:
        raise AppError("period.malformed", where="--period", text=text[:60]) from None
    return Period(*days)
