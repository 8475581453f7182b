"""States as known and as at, against folding the list by hand."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import count, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.candidates import CandidateAccepted, CandidateFound
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionMissed,
    VersionObserved,
    VersionReturned,
)
from mlops_desktop.core.inventory import Entry, ModelDetails, Sighting, VersionDetails
from mlops_desktop.core.lifecycle import Move, Scope
from mlops_desktop.core.model_state import Happening, ModelState, fold
from mlops_desktop.store import rebuild
from mlops_desktop.store.queries.models import ModelFilter, get_model, list_models
from mlops_desktop.store.queries.versions import list_versions
from mlops_desktop.store.unit_of_work import WriteSession
from tests.store.desks import ACTOR, Desk

SHARED = settings(max_examples=30)
SEEN = Sighting("ab" * 32, datetime(2026, 1, 1, tzinfo=UTC))
FIRST_DAY = date(2026, 3, 1)
_NUMBERS = count(1)


@dataclass(frozen=True)
class Step:
    """An event recorded on a day, holding from a day at or before it; ``ends`` the session."""

    event: Event
    recorded: datetime
    effective: datetime
    ends: bool


def noon(day: int) -> datetime:
    return datetime.combine(FIRST_DAY, time(12), tzinfo=UTC) + timedelta(days=day)


def steps(
    first: st.SearchStrategy[Event], later: st.SearchStrategy[Event]
) -> st.SearchStrategy[list[Step]]:
    """One event a day, each dated back by up to eight days."""
    moments = st.tuples(st.integers(0, 8), st.booleans())

    def dated(drawn: tuple[Event, list[Event], list[tuple[int, bool]]]) -> list[Step]:
        events = [drawn[0], *drawn[1]]
        return [
            Step(event, noon(day), noon(day - back), ends)
            for day, (event, (back, ends)) in enumerate(zip(events, drawn[2], strict=False))
        ]

    return st.tuples(
        first, st.lists(later, max_size=6), st.lists(moments, min_size=7, max_size=7)
    ).map(dated)


texts = st.sampled_from(["LGD", "CCF", "VaR"])
details = st.builds(
    ModelDetails,
    name=st.none() | texts,
    tier=st.none() | st.integers(1, 4),
    vendor=st.none() | texts,
)
creations: st.SearchStrategy[Event] = st.one_of(
    st.builds(ModelRegistered, st.just("m"), details),
    st.just(CandidateFound("m", Entry("mlflow", "pd", "pd"), SEEN)),
)
changes: st.SearchStrategy[Event] = st.one_of(
    st.builds(ModelEdited, st.just("m"), details, st.sampled_from([(), ("vendor",), ("tier",)])),
    st.builds(ModelMoved, st.just("m"), st.sampled_from(list(Move))),
    st.builds(CandidateAccepted, st.just("m"), details),
)


def about(model: str, history: Sequence[Step], **names: str) -> list[Step]:
    """Return the history as one of another model: every example shares the workspace."""
    return [replace(step, event=replace(step.event, model=model, **names)) for step in history]


def _same(moment: datetime) -> datetime:
    return moment


def record(desk: Desk, history: Sequence[Step]) -> None:
    """Record each step on its day, some of them together in one session."""
    work: WriteSession | None = None
    for step in history:
        with clock.reading(partial(_same, step.recorded)):
            work = work or desk.workspace.write(ACTOR).__enter__()
            work.record(step.event, effective=step.effective)
            if step.ends:
                work.__exit__(None, None, None)
                work = None
    if work is not None:
        work.__exit__(None, None, None)


def model_then(history: Sequence[Step], known: int, at: datetime) -> ModelState | None:
    """Fold by hand: the creation opens the history, the rest follows by date, then position."""
    told = [
        Happening(place, step.recorded, step.effective, ACTOR, step.event)
        for place, step in enumerate(history[:known])
    ]
    holding = [item for item in told if item.effective <= at]
    if not holding:
        return None
    creation, *_ = told
    rest = sorted(
        (item for item in holding if item is not creation), key=lambda item: item.effective
    )
    return fold([creation, *rest])


@SHARED
@given(history=steps(creations, changes))
def test_a_model_is_what_folding_its_events_by_hand_gives(desk: Desk, history: list[Step]) -> None:
    own = about(model := f"m{next(_NUMBERS)}", history)
    record(desk, own)
    with desk.workspace.read() as view:
        for known, day in product(range(1, len(own) + 1), range(-9, len(own) + 1)):
            as_of = AsOf(noon(known - 1).date(), noon(day).date())
            expected = model_then(own, known, noon(day))
            if expected is None:
                with pytest.raises(AppError, match="not_known_then"):
                    get_model(view.connection, model, as_of)
            else:
                assert get_model(view.connection, model, as_of).state == expected
        now = model_then(own, len(own), noon(len(own)))
        assert get_model(view.connection, model).state == now


@SHARED
@given(history=steps(creations, changes), known=st.integers(1, 7), day=st.integers(-9, 7))
def test_lists_show_every_model_as_it_was_then(
    desk: Desk, history: list[Step], known: int, day: int
) -> None:
    own = about(model := f"l{next(_NUMBERS)}", history)
    record(desk, own)
    as_of = AsOf(noon(known - 1).date(), noon(day).date())
    with desk.workspace.read() as view:
        rows = list_models(view.connection, ModelFilter(scope=Scope.ALL, as_of=as_of))
        current = list_models(view.connection, ModelFilter(scope=Scope.ALL))
        expected = model_then(own, known, noon(day))
        found = [row for row in rows if row.key == model]
        assert len(found) == (expected is not None)
        if expected is not None:
            assert found == [get_model(view.connection, model, as_of).row]
        assert [row for row in current if row.key == model] == [
            get_model(view.connection, model).row
        ]
        assert len(rows) == len({row.key for row in rows})


versions = st.builds(
    VersionDetails, st.just("1"), stage=st.sampled_from([None, "None", "Production", "Archived"])
)
arrivals: st.SearchStrategy[Event] = st.builds(
    VersionObserved, st.just("v"), st.just("m"), st.just("s"), st.just("1"), versions, st.just(SEEN)
)
readings: st.SearchStrategy[Event] = st.one_of(
    st.builds(VersionChanged, st.just("v"), st.just("m"), versions, st.just(SEEN)),
    st.builds(VersionReturned, st.just("v"), st.just("m"), versions, st.just(SEEN)),
    st.just(VersionMissed("v", "m")),
)


def version_then(history: Sequence[Step], known: int, at: datetime) -> tuple[object, bool] | None:
    """Return what the source had told, and whether it no longer lists the version.

    Each reading says all there is to say; a missing one leaves the details then shown.
    """
    states: list[tuple[datetime, object, bool]] = []
    shown: object = None
    for step in history[:known]:
        is_missing = isinstance(step.event, VersionMissed)
        told = shown if is_missing else getattr(step.event, "details", None)
        states.append((step.effective, told, is_missing))
        shown = max(reversed(states), key=lambda state: state[0])[1]
    holding = [state for state in states if state[0] <= at]
    # Of several from one date the last recorded holds.
    return max(reversed(holding), key=lambda state: state[0])[1:] if holding else None


@SHARED
@given(history=steps(arrivals, readings))
def test_a_version_is_what_its_readings_told_by_then(desk: Desk, history: list[Step]) -> None:
    number = next(_NUMBERS)
    own = about(model := f"n{number}", history, version=f"v{number}")
    record(desk, own)
    with desk.workspace.read() as view:
        for known, day in product(range(1, len(own) + 1), range(-9, len(own) + 1)):
            as_of = AsOf(noon(known - 1).date(), noon(day).date())
            rows = list_versions(view.connection, model, as_of)
            expected = version_then(own, known, noon(day))
            shown = [(row.details, row.missing_since is not None) for row in rows]
            assert shown == ([expected] if expected is not None else [])
        (now,) = list_versions(view.connection, model)
        shown_now = (now.details, now.missing_since is not None)
        assert shown_now == version_then(own, len(own), noon(len(own)))


def test_histories_dated_back_are_rebuilt_as_they_were(desk: Desk) -> None:
    events: list[Event] = [
        ModelRegistered("m", ModelDetails(name="LGD", tier=3)),
        ModelEdited("m", ModelDetails(tier=2)),
        ModelEdited("m", ModelDetails(vendor="own")),
    ]
    dated = zip(events, (0, 5, -4), strict=True)
    record(desk, [Step(event, noon(9), noon(day), ends=True) for event, day in dated])
    with desk.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
