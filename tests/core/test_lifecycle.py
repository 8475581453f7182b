import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import MOVES, NOT_CURRENT, Move, State, check_move, derive_state

DERIVED = {State.APPROVED, State.PRODUCTION}
STAGES = set(State) - DERIVED
states = st.sampled_from(list(State))
moves = st.sampled_from(list(Move))


@given(states, moves)
def test_a_move_follows_the_table_or_is_refused_by_name(stage: State, move: Move) -> None:
    leaves_from, target = MOVES[move]
    if stage in leaves_from:
        assert check_move(stage, move) is target
        return
    with pytest.raises(AppError) as refused:
        check_move(stage, move)
    assert refused.value.code == "model.move_refused"
    assert refused.value.parameters == {"move": move.value, "state": stage.value}


@given(st.lists(moves))
def test_no_sequence_of_moves_types_a_derived_state(sequence: list[Move]) -> None:
    for start in (State.CANDIDATE, State.DEVELOPMENT):
        stage = start
        for move in sequence:
            if stage in MOVES[move][0]:
                stage = check_move(stage, move)
            assert stage in STAGES


def test_every_move_is_in_the_table() -> None:
    assert set(MOVES) == set(Move)


def test_every_stage_can_be_reached_and_only_rejection_of_no_model_ends_for_good() -> None:
    reached = {State.CANDIDATE, State.DEVELOPMENT}
    while found := {
        target for leaves, target in MOVES.values() if leaves & reached and target not in reached
    }:
        reached |= found
    assert reached == STAGES
    stuck = {stage for stage in STAGES if not any(stage in leaves for leaves, _ in MOVES.values())}
    assert stuck == set()


def test_a_retired_model_can_come_back_but_not_go_on() -> None:
    assert [move for move in Move if State.RETIRED in MOVES[move][0]] == [Move.REACTIVATE]


@given(states, st.integers(0, 3), st.booleans())
def test_running_beats_approved_and_both_yield_to_a_persons_word(
    stage: State, running: int, approved: bool
) -> None:
    shown = derive_state(stage, open_deployments=running, is_approved=approved)
    if stage not in (State.DEVELOPMENT, State.VALIDATION):
        assert shown is stage
    elif running:
        assert shown is State.PRODUCTION
    else:
        assert shown is (State.APPROVED if approved else stage)


def test_what_runs_is_always_current() -> None:
    assert not NOT_CURRENT & DERIVED
