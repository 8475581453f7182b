"""Long work of care: who hears how far it is, and may stop it."""

from collections.abc import Callable
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.services.readings import Report

IsCancelled = Callable[[], bool]


def _unheard(step: str, done: int, total: int | None) -> None:
    """Tell nobody."""


@dataclass(frozen=True, slots=True)
class Work:
    """``report`` hears of each step; work stops where ``is_cancelled`` says so."""

    report: Report = _unheard
    is_cancelled: IsCancelled = lambda: False

    def tell(self, step: str, done: int, total: int | None) -> None:
        """Say how far it is; raises ``care.cancelled``."""
        if self.is_cancelled():
            raise AppError("care.cancelled", recovery=Recovery.RETRY)
        self.report(step, done, total)

    def heard(self, step: str) -> Callable[[int, int], None]:
        """Return what says how far one step is."""
        return lambda done, total: self.tell(step, done, total)


QUIET = Work()
