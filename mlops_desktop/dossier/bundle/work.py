"""Long work: who hears how far it is, and may stop it."""

from collections.abc import Callable
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError, Recovery

Report = Callable[[str, int, int | None], None]
IsCancelled = Callable[[], bool]


def _unheard(step: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def _never() -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """``report`` hears of each step; work stops where ``is_cancelled`` says so."""

    report: Report = _unheard
    is_cancelled: IsCancelled = _never

    def tell(self, step: str, done: int, total: int | None) -> None:
        """Say how far it is; raises ``dossier.cancelled``."""
        self.require_wanted()
        self.report(step, done, total)

    def require_wanted(self) -> None:
        """Raise ``dossier.cancelled`` where nobody wants it any more."""
        if self.is_cancelled():
            raise AppError("dossier.cancelled", recovery=Recovery.RETRY)

    def heard(self, step: str) -> Callable[[int, int], None]:
        """Return what says how far one step is."""
        return lambda done, total: self.tell(step, done, total)


QUIET = Work()
