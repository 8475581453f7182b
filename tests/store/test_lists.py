"""A list shows exactly what looking at every row would, whichever way was gone to it."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.models import ModelMoved, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.tiering import ModelTiered, ModelTierOverridden
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import NOT_CURRENT, Move, Scope, State
from mlops_desktop.store.collation import sort_key
from mlops_desktop.store.queries import narrowing
from mlops_desktop.store.queries.model_filter import ModelFilter, SortBy
from mlops_desktop.store.queries.models import count_models, list_models
from mlops_desktop.store.tables.projected import models
from tests.store.desks import Desk
from tests.support.tiering import computed

_NUMBER = 300
_PAGE = 8
_KINDS = ("Ausfall", "Betrug", "Kündigung", "VaR")
_DAY = date(2027, 1, 1)
_KEYS = {
    SortBy.NUMBER: "number",
    SortBy.NAME: "name_key",
    SortBy.STATE: "state",
    SortBy.TIER: "tier",
    SortBy.OWNER: "owner_key",
    SortBy.UPDATED: "updated_at",
    SortBy.NEXT_REVIEW: "next_review",
    SortBy.TIER_DUE: "tier_due",
}
filters = st.builds(
    ModelFilter,
    words=st.lists(st.sampled_from(["var", "ausf", "ig", "v", "kündi", "00", "nie"])).map(tuple),
    scope=st.sampled_from(Scope),
    states=st.sampled_from([(), (), (State.VALIDATION,), (State.DEVELOPMENT, State.RETIRED)]),
    tiers=st.sampled_from([(), (), (1,), (2, 3)]),
    owners=st.sampled_from([(), (), ("anna",), ("niemand",)]),
    due_from=st.sampled_from([None, None, _DAY + timedelta(days=2)]),
    due_by=st.sampled_from([None, None, _DAY, _DAY + timedelta(days=3)]),
    rate_by=st.sampled_from([None, None, None, _DAY]),
    sort=st.sampled_from(SortBy),
    is_descending=st.booleans(),
)


@pytest.fixture(scope="module")
def inventory(filled: Desk) -> Desk:
    random = Random(7)  # noqa: S311 - the same inventory every time
    for at in range(_NUMBER):
        filled.record(ModelRegistered(f"list-{at}", _details(random, at)))
        if at % 5 == 0:
            filled.record(ModelMoved(f"list-{at}", Move.VALIDATE))
        if at % 60 == 0:
            filled.record(ModelMoved(f"list-{at}", Move.RETIRE))
        if at % 4 == 0:
            filled.record(*_rated(f"list-{at}", at))
    return filled


def _rated(model: str, at: int) -> Iterator[Event]:
    """A rating; for two of three an override, which for one of them has long run out."""
    yield ModelTiered(model, "small", 1, computed(at % 3 + 1))
    if at % 3:
        until = clock.today() + timedelta(days=9 if at % 3 == 1 else -9)
        yield ModelTierOverridden(model, (at + 1) % 3 + 1, until, commit("why", b"0" * 16))


def _tier(row: sa.RowMapping) -> int | None:
    until, today = row["tier_until"], clock.today().isoformat()
    tier: int | None = row["tier_after"] if until is not None and until < today else row["tier"]
    return tier


def _details(random: Random, at: int) -> ModelDetails:
    # A name begins with its kind, so that in the order of names the hits of one lie together.
    return ModelDetails(
        name=f"{random.choice(_KINDS)} {at:04d}",
        owner=random.choice(("Anna", "Bernd", None)),
        tier=random.choice((1, 2, 3, None)),
        next_review=random.choice((None, _DAY + timedelta(days=at % 20))),
    )


@pytest.fixture
def near_sighted(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """So few rows are all near; and a page of 64 would fetch them all."""
    narrowing._first_rows.cache_clear()
    monkeypatch.setattr(narrowing, "_GLANCE", 3 * _PAGE)
    monkeypatch.setattr(narrowing, "_PAGE", _PAGE)
    yield
    narrowing._first_rows.cache_clear()


def _fits(row: sa.RowMapping, wanted: ModelFilter) -> bool:
    state = State(row["state"])
    is_in_scope = {
        Scope.CURRENT: bool(wanted.states) or state not in NOT_CURRENT,
        Scope.RETIRED: state is State.RETIRED,
        Scope.ALL: True,
    }
    return all(
        (
            is_in_scope[wanted.scope],
            not wanted.states or state in wanted.states,
            not wanted.tiers or _tier(row) in wanted.tiers,
            all(sort_key(name) in row["owner_key"] for name in wanted.owners),
            wanted.due_from is None or (row["next_review"] or "") >= wanted.due_from.isoformat(),
            wanted.due_by is None or (row["next_review"] or "9") <= wanted.due_by.isoformat(),
            wanted.rate_by is None or (row["tier_due"] or "9") <= wanted.rate_by.isoformat(),
            all(word in row["search"] for word in wanted.words),
        )
    )


def _expected(connection: sa.Connection, wanted: ModelFilter) -> list[str]:
    rows = [row for row in connection.execute(sa.select(models)).mappings() if _fits(row, wanted)]
    key = _KEYS[wanted.sort]

    def value(row: sa.RowMapping) -> object:
        return _tier(row) if wanted.sort is SortBy.TIER else row[key]

    full = [row for row in rows if value(row) is not None]
    full.sort(key=lambda row: (value(row), row["number"]), reverse=wanted.is_descending)
    empty = [row for row in rows if value(row) is None]
    empty.sort(key=lambda row: row["number"], reverse=wanted.is_descending)
    return [row["id"] for row in full + empty]


def _pages(connection: sa.Connection, wanted: ModelFilter, number: int) -> Iterator[str]:
    for offset in range(0, number, _PAGE):
        found = list_models(connection, wanted, offset=offset, limit=_PAGE)
        yield from (row.key for row in found)


@pytest.mark.usefixtures("near_sighted")
@settings(max_examples=60)
@given(wanted=filters)
@example(wanted=ModelFilter())
@example(wanted=ModelFilter(sort=SortBy.TIER_DUE, is_descending=True))
@example(wanted=ModelFilter(words=("var",), sort=SortBy.NAME))
@example(wanted=ModelFilter(words=("var",), sort=SortBy.NAME, is_descending=True))
@example(wanted=ModelFilter(words=("ausf",), scope=Scope.ALL, sort=SortBy.TIER))
@example(wanted=ModelFilter(tiers=(1,), words=("ig",), sort=SortBy.NEXT_REVIEW))
@example(wanted=ModelFilter(tiers=(2,), words=("var",), sort=SortBy.TIER))
@example(wanted=ModelFilter(owners=("niemand",)))
def test_pages_whole_list_and_count_agree_with_every_row(
    inventory: Desk, wanted: ModelFilter
) -> None:
    with inventory.workspace.read() as view:
        expected = _expected(view.connection, wanted)
        assert [row.key for row in list_models(view.connection, wanted)] == expected
        assert list(_pages(view.connection, wanted, len(expected) + 1)) == expected
        assert count_models(view.connection, wanted) == len(expected)
