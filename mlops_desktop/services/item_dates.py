"""Asks of every act on an item how its dates stand: to each other and to the day it holds from."""

from datetime import date, datetime

import mlops_desktop.store.queries.items as queries
from mlops_desktop.core import clock
from mlops_desktop.core.date_rules import Dates, check_dates, dates_of
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind
from mlops_desktop.core.items.state import ItemState
from mlops_desktop.store.unit_of_work import WriteSession


def check_opening(kind: ItemKind, given: ItemDetails, effective: datetime | None) -> None:
    """Raise ``date.…`` where a date of what is opened is odd."""
    check_dates(kind.date_rules, Dates(dates_of(given), _day(effective)))


def check_change(
    work: WriteSession,
    kind: ItemKind,
    state: ItemState,
    given: ItemDetails,
    effective: datetime | None,
    step: str = "",
) -> None:
    """Raise ``date.…`` where a date of a step or an edit is odd.

    ``date.before_step`` where it is dated back before the item's opening, or a step that leads to
    another stage before the last such: what follows from something did not happen before it.
    """
    held = _day(effective)
    first = _last_turn(work, kind, state) if step in kind.turns else state.opened
    if held < first:
        day, last = held.isoformat(), first.isoformat()
        raise AppError("date.before_step", where="effective", day=day, first=last)
    check_dates(kind.date_rules, Dates(dates_of(given), held, dates_of(state.details), step))


def _day(effective: datetime | None) -> date:
    return (effective or clock.now()).date()


def _last_turn(work: WriteSession, kind: ItemKind, state: ItemState) -> date:
    rows = queries.list_steps(work.connection, state.id)
    taken = [date.fromisoformat(row.effective[:10]) for row in rows if row.step in kind.turns]
    return max(taken, default=state.opened)
