"""Asks the rules of items again about every act on record, as the item stood when it was done.

Only ledgers that promised it when they were founded are judged: in older ones other rules held.
"""

from collections.abc import Iterator
from datetime import date

from mlops_desktop.core.date_rules import Dates, check_dates, dates_of
from mlops_desktop.core.details import fields_set
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.core.items.state import (
    Bonds,
    ItemState,
    bonds_of,
    edit_refusal,
    program_refusal,
    refusal_of,
)
from mlops_desktop.core.ledger_format import SIGNED_FROM_THE_START
from mlops_desktop.services.cases import View
from mlops_desktop.services.item_changes import moved_models
from mlops_desktop.store.queries.decisions import PeopleThen, state_before
from mlops_desktop.store.queries.handovers import list_handovers
from mlops_desktop.store.queries.item_acts import (
    EDITED,
    OPENED,
    ItemAct,
    item_before,
    last_day_before,
    opened_by_program,
    read_acts,
)
from mlops_desktop.store.queries.ledger_format import ledger_format
from mlops_desktop.store.unit_of_work import ReadSession


def find_unfit_acts(view: ReadSession) -> Iterator[tuple[int, str]]:
    """Yield the position of every act on an item that its rules refuse, and the rule."""
    if ledger_format(view.connection) >= SIGNED_FROM_THE_START:
        yield from _Judge(view).judge()


def refusal_now(view: View, act: ItemAct) -> str | None:
    """Return the rule that refuses an act which is about to be recorded."""
    if ledger_format(view.connection) < SIGNED_FROM_THE_START:
        return None
    return _Judge(view).refusal_now(act)


class _Judge:
    """Knows the persons of every time, and which items the program opened."""

    def __init__(self, view: View) -> None:
        self._connection = view.connection
        self._people = PeopleThen(view.connection)
        self._own: set[str] = set()
        self._taken_over = frozenset(
            (row.offer.receiver, item)
            for row in list_handovers(view.connection)
            for item in row.offer.items
        )

    def judge(self) -> Iterator[tuple[int, str]]:
        """Yield what each act breaks."""
        for act in read_acts(self._connection):
            if act.step == OPENED and act.agent is not None:
                self._own.add(act.item)
            refusal = self._refusal(act)
            if refusal is not None:
                yield act.position, refusal

    def refusal_now(self, act: ItemAct) -> str | None:
        """Return what an act breaks that is about to be recorded."""
        if act.agent is not None and opened_by_program(self._connection, act):
            self._own.add(act.item)
        return self._refusal(act)

    def _refusal(self, act: ItemAct) -> str | None:
        state = item_before(self._connection, act)
        if act.step == OPENED:
            if state is not None:
                return "opened_twice"
            return None if act.agent is not None else _date_refusal(act, None, act.effective)
        if state is None:
            return "stage"
        rule = self._edit_refusal(act, state) if act.step == EDITED else self._step(act, state)
        if rule is not None or act.agent is not None:
            return rule
        return _date_refusal(act, state, self._first(act, state))

    def _step(self, act: ItemAct, state: ItemState) -> str | None:
        step = act.kind.step(act.step)
        if act.agent is not None:
            return program_refusal(act.kind, state, step, is_own=act.item in self._own)
        bonds = self._bonds(act, state)
        return refusal_of(act.kind, state, step, self._person(act), bonds, act.details)

    def _edit_refusal(self, act: ItemAct, state: ItemState) -> str | None:
        if not act.kind.is_editable(state.stage):
            return "stage"
        moved = moved_models(state, act.models)
        changed = {*fields_set(act.details), *act.cleared, *moved}
        if changed & act.kind.frozen:
            return "frozen"
        if act.agent is not None:
            return "by_step" if changed & act.kind.given_by_steps else None
        if changed == {"owner"} and self._takes_over(act):
            return None
        bonds = self._bonds(act, state)
        return edit_refusal(act.kind, state, self._person(act), bonds, changed)

    def _takes_over(self, act: ItemAct) -> bool:
        """Tell whether somebody makes himself the owner of what was handed to him."""
        is_his = act.details.owner == act.person
        return is_his and (act.person, act.item) in self._taken_over

    def _person(self, act: ItemAct) -> Person:
        return self._people.at(act.person, act.position) or Person(act.person, "")

    def _bonds(self, act: ItemAct, state: ItemState) -> Bonds:
        owners: list[str] = []
        developers: list[str] = []
        for model in state.models:
            found = state_before(self._connection, model, act.position)
            if found is not None:
                owners += found.owners
                developers += found.developers
        return bonds_of(act.kind, state, owners, developers)

    def _first(self, act: ItemAct, state: ItemState) -> date:
        if act.step not in act.kind.turns:
            return state.opened
        return last_day_before(self._connection, act) or state.opened


def _date_refusal(act: ItemAct, state: ItemState | None, first: date) -> str | None:
    """Return the code by which a date of an act is refused."""
    if act.effective < first:
        return "date.before_step"
    kept = dates_of(state.details) if state is not None else {}
    step = "" if act.step in (OPENED, EDITED) else act.step
    try:
        check_dates(act.kind.date_rules, Dates(dates_of(act.details), act.effective, kept, step))
    except AppError as error:
        return error.code
    return None
