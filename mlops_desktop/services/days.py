"""Which days can be shown, and which of them people ask for by an event of their own."""

from dataclasses import dataclass
from datetime import date

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.day_span import first_times, last_dossier_time

__all__ = ["Days", "check_days", "read_days"]


@dataclass(frozen=True, slots=True)
class Days:
    """The first day anything was recorded on, the first anything holds from, and the last dossier.

    Facts may be dated back, so ``held`` is never later than ``recorded``.
    """

    recorded: date
    held: date
    dossier: date | None = None


def read_days(session: Session) -> Days:
    """Return the days of a workspace; of an empty ledger, today."""
    with session.workspace.read() as view:
        first = first_times(view.connection)
        dossier = last_dossier_time(view.connection)
    if first is None:
        return Days(clock.today(), clock.today())
    recorded, held = (_day(text) for text in first)
    return Days(recorded, held, _day(dossier) if dossier else None)


def check_days(as_of: AsOf, days: Days) -> None:
    """Refuse days there is nothing to show of.

    Raises ``as_of.to_come`` for a day that has not come, ``as_of.too_early`` for knowledge from
    before the first record, and ``as_of.nothing_held`` for a day from before the first fact.
    """
    today = clock.today()
    for where, day in (("known", as_of.known), ("at", as_of.at)):
        if day is not None and day > today:
            said, last = day.isoformat(), today.isoformat()
            raise AppError("as_of.to_come", where=where, day=said, today=last)
    if as_of.known is not None and as_of.known < days.recorded:
        raise _early("too_early", "known", as_of.known, days.recorded)
    if as_of.at is not None and as_of.at < days.held:
        raise _early("nothing_held", "at", as_of.at, days.held)


def _early(name: str, where: str, day: date, first: date) -> AppError:
    said = first.isoformat()
    return AppError(f"as_of.{name}", where=where, day=day.isoformat(), first=said)


def _day(text: str) -> date:
    return clock.from_text(text).date()
