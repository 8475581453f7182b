"""Searching finds exactly what looking at every row would find."""

from itertools import count

import pytest
import sqlalchemy as sa
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.store import rebuild, search
from mlops_desktop.store.search import trigrams
from mlops_desktop.store.tables.projected import models
from tests.store.desks import Desk, altering

SHARED = settings(max_examples=40)
NAMES = [
    "PD Mittelstand (IRB)",
    "Kündigungsprognose Girokonto",
    "limit-optimizer-rl",
    'He said "no" 100%_\\ok',
    "Straße",
    "ΣΊΣΥΦΟΣ",
    "日本語モデル",
    "a",
]
_NUMBERS = count(1)
pieces = st.sampled_from(NAMES).flatmap(
    lambda name: st.tuples(st.integers(0, len(name)), st.integers(0, len(name))).map(
        lambda ends: name[min(ends) : max(ends)]
    )
)
words = st.lists(pieces | st.text("aAbB%_\"'*\\- é", max_size=5), min_size=1, max_size=3)


@pytest.fixture
def named(desk: Desk) -> Desk:
    events = [ModelRegistered(f"m{next(_NUMBERS)}", ModelDetails(name=name)) for name in NAMES]
    desk.record(*events)
    return desk


def found(connection: sa.Connection, wanted: list[str]) -> set[str]:
    folded = [word.casefold() for word in wanted]
    query = sa.select(models.c.name).where(search.condition(connection.dialect.name, folded))
    return set(connection.execute(query).scalars())


@SHARED
@given(wanted=words)
@example(wanted=['"no" 100%_'])
@example(wanted=["σίσυφος"])
@example(wanted=["本語モ", "日本語"])
def test_a_search_finds_what_holds_every_word(named: Desk, wanted: list[str]) -> None:
    with named.workspace.read() as view:
        rows = view.connection.execute(sa.select(models.c.name, models.c.search)).all()
        expected = {name for name, text in rows if all(word.casefold() in text for word in wanted)}
        assert found(view.connection, wanted) == expected


def test_a_changed_name_is_found_and_a_changed_method_no_longer(desk: Desk) -> None:
    first = ModelDetails(name="Zinsmodell", methodology="Regression")
    desk.record(ModelRegistered("m", first))
    desk.record(ModelEdited("m", ModelDetails(name="Bodensatzmodell", methodology="Simulation")))
    with desk.workspace.read() as view:
        assert found(view.connection, ["bodensatz"]) == {"Bodensatzmodell"}
        assert found(view.connection, ["zinsm"]) == {"Bodensatzmodell"}, "by its former name"
        assert found(view.connection, ["regression"]) == set()


def test_the_number_people_say_is_found(desk: Desk) -> None:
    desk.record(ModelRegistered("m", ModelDetails(name="Zinsmodell")))
    with desk.workspace.read() as view:
        assert found(view.connection, ["m-00001"]) == {"Zinsmodell"}


def test_an_index_filled_after_a_rebuild_is_the_one_kept_along_the_way(named: Desk) -> None:
    with altering(named) as connection:
        before = dict(search.indexed(connection))
        rebuild.rebuild(connection)
        assert dict(search.indexed(connection)) == before
        assert len(before) == len(NAMES)


@given(st.text(max_size=10))
def test_pieces_are_every_three_letters_once(text: str) -> None:
    assert trigrams(text) == sorted({text[at : at + 3] for at in range(max(len(text) - 2, 0))})
