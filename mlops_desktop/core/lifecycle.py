"""States of a model and the moves between them, as one table."""

from enum import StrEnum

from mlops_desktop.core.errors import AppError


class State(StrEnum):
    """What lists show; ``approved`` and ``production`` are derived, never typed."""

    CANDIDATE = "candidate"
    DEVELOPMENT = "development"
    VALIDATION = "validation"
    APPROVED = "approved"
    PRODUCTION = "production"
    SUSPENDED = "suspended"
    RETIRED = "retired"
    REJECTED = "rejected"


class Scope(StrEnum):
    """Which models a list asks for."""

    CURRENT = "current"
    RETIRED = "retired"
    ALL = "all"


class Move(StrEnum):
    """What a person can decide about a model's life."""

    ACCEPT = "accept"
    REJECT = "reject"
    VALIDATE = "validate"
    REWORK = "rework"
    SUSPEND = "suspend"
    RETIRE = "retire"
    REACTIVATE = "reactivate"


NOT_CURRENT = frozenset({State.RETIRED, State.REJECTED, State.CANDIDATE})

_C, _D, _V, _S = State.CANDIDATE, State.DEVELOPMENT, State.VALIDATION, State.SUSPENDED
MOVES: dict[Move, tuple[frozenset[State], State]] = {
    Move.ACCEPT: (frozenset({_C, State.REJECTED}), _D),
    Move.REJECT: (frozenset({_C}), State.REJECTED),
    Move.VALIDATE: (frozenset({_D, _S}), _V),
    Move.REWORK: (frozenset({_V, _S}), _D),
    Move.SUSPEND: (frozenset({_D, _V}), _S),
    Move.RETIRE: (frozenset({_D, _V, _S}), State.RETIRED),
    Move.REACTIVATE: (frozenset({State.RETIRED, _S}), _D),
}
"""Each move with the stages it leaves from and the stage it leads to."""


def check_move(stage: State, move: Move) -> State:
    """Return the stage after ``move``; raises ``model.move_refused`` where the table has none."""
    allowed, target = MOVES[move]
    if stage not in allowed:
        raise AppError("model.move_refused", move=move.value, state=stage.value)
    return target


def derive_state(stage: State, *, open_deployments: int, is_approved: bool) -> State:
    """Return the state shown: running beats approved, and both yield to a person's last word."""
    if stage not in (State.DEVELOPMENT, State.VALIDATION):
        return stage
    if open_deployments:
        return State.PRODUCTION
    return State.APPROVED if is_approved else stage
