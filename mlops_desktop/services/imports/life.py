"""What a row says about a model's life: state, retirement, what runs, and never an approval."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import MOVES, Move, State
from mlops_desktop.services.imports.cells import Row
from mlops_desktop.services.imports.vocabulary import (
    APPROVAL,
    REGISTERED,
    RETIRED,
    RETIRED_WHY,
    SERVING_SINCE,
    STATE,
    VERSION,
)
from mlops_desktop.store.queries.inventory_index import Indexed

_TYPED = (State.DEVELOPMENT, State.VALIDATION, State.SUSPENDED, State.RETIRED)
_GRANTED = (Approval.APPROVED, Approval.INTERIM)


@dataclass(frozen=True, slots=True)
class Life:
    """What is recorded besides the fields: a move with its day, a version and since when it runs.

    ``registered`` is the day from which a new model is in the inventory.
    """

    move: Move | None = None
    moved_on: date | None = None
    why: str = ""
    registered: date | None = None
    version: str = ""
    serves: bool = False
    since: date | None = None


NOTHING = Life()


def read_life(row: Row, model: Indexed | None) -> Life:
    """Return what a row says of the life of a new or a known model.

    Raises the refusal with the field it belongs to in ``where``: ``import.approval_refused``,
    ``import.state_derived``, ``import.retired_when``, ``import.version_missing``,
    ``import.date_in_future``, ``import.dates_backwards``, ``model.move_refused``.
    """
    _refuse_approval(row, model)
    wanted = State(row.texts[STATE]) if row.texts.get(STATE) else None
    if model is not None:
        return _of_known(row, model, wanted)
    return _of_new(row, wanted)


def _refuse_approval(row: Row, model: Indexed | None) -> None:
    said = row.texts.get(APPROVAL)
    if said and Approval(said) in _GRANTED and (model is None or model.row.approval != said):
        raise AppError("import.approval_refused", where=APPROVAL, value=said)


def _of_known(row: Row, model: Indexed, wanted: State | None) -> Life:
    if wanted is None or wanted is model.row.state:
        return NOTHING
    move = _move(model.stage, wanted)
    if move is None:
        raise AppError(
            "import.state_derived", where=STATE, value=wanted.value, state=model.row.state.value
        )
    return Life(move, _moved_on(row, wanted), row.texts.get(RETIRED_WHY, ""))


def _of_new(row: Row, wanted: State | None) -> Life:
    if wanted in (State.CANDIDATE, State.REJECTED, State.APPROVED):
        raise AppError("import.state_refused", where=STATE, value=wanted.value)
    retired = _moved_on(row, wanted) if wanted is not None else None
    version, since = row.texts.get(VERSION, ""), _past(row, SERVING_SINCE)
    serves = wanted is State.PRODUCTION or (since is not None and wanted is State.RETIRED)
    if serves and not version:
        raise AppError("import.version_missing", where=STATE)
    registered = _past(row, REGISTERED)
    early = [day for day in (registered, since, retired) if day is not None]
    if retired is not None and max(early) > retired:
        raise AppError("import.dates_backwards", where=RETIRED, value=retired.isoformat())
    move = _move(State.DEVELOPMENT, wanted) if wanted in _TYPED else None
    why = row.texts.get(RETIRED_WHY, "")
    return Life(move, retired, why, min(early, default=None), version, serves, since)


def _move(stage: State, wanted: State) -> Move | None:
    """Return the move that leads from a stage to what a row says, if a person can make it."""
    if wanted not in _TYPED or wanted is stage:
        return None
    ways = (move for move, (allowed, to) in MOVES.items() if to is wanted and stage in allowed)
    return next((move for move in ways if move is not Move.ACCEPT), None)


def _moved_on(row: Row, wanted: State) -> date | None:
    if wanted is not State.RETIRED:
        return None
    day = _past(row, RETIRED)
    if day is None:
        raise AppError("import.retired_when", where=STATE)
    return day


def _past(row: Row, field: str) -> date | None:
    text = row.texts.get(field)
    if not text:
        return None
    day = date.fromisoformat(text)
    if day > clock.today():
        raise AppError("import.date_in_future", where=field, value=text)
    return day


def beginning(day: date | None) -> datetime | None:
    """Return the first moment of a day in UTC; None stays None."""
    return datetime.combine(day, time.min, tzinfo=UTC) if day is not None else None
