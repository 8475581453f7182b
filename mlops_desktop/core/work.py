"""Long work: who hears how far it is, and may stop it."""

from collections.abc import Callable
from dataclasses import dataclass

from mlops_desktop.core.errors import AppError, Recovery

Report = Callable[[str, int, int | None], None]
"""Told what is being done (a wording key), how much of it is done, and of how much."""
Told = Callable[[int, int], None]
"""Told how much of one step is done, and of how much; may raise to give up."""
IsCancelled = Callable[[], bool]


def unheard(step: str, done: int, total: int | None) -> None:
    """Tell nobody."""


def uncounted(done: int, total: int) -> None:
    """Tell nobody how far one step is."""


def never() -> bool:
    """Let nobody stop it."""
    return False


@dataclass(frozen=True, slots=True)
class Work:
    """``report`` hears of each step; work stops with ``stopped`` where ``is_cancelled``."""

    report: Report = unheard
    is_cancelled: IsCancelled = never
    stopped: str = "dossier.cancelled"

    def tell(self, step: str, done: int, total: int | None) -> None:
        """Say how far it is; raises AppError ``stopped``."""
        self.require_wanted()
        self.report(step, done, total)

    def require_wanted(self) -> None:
        """Raise AppError ``stopped`` where nobody wants it any more."""
        if self.is_cancelled():
            raise AppError(self.stopped, recovery=Recovery.RETRY)

    def heard(self, step: str) -> Told:
        """Return what says how far one step is."""
        return lambda done, total: self.tell(step, done, total)


QUIET = Work()
