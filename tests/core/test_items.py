"""Every kind of item is sound as a table: its stages can be reached, its steps lead somewhere."""

from dataclasses import fields

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind, item_number, kind_named, kinds

EVERY = pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.noun)


@EVERY
def test_every_stage_is_reached_from_the_first(kind: ItemKind) -> None:
    reached = {kind.stages[0]}
    for _ in kind.stages:
        steps = (step for step in kind.steps if step.leaves & reached)
        reached |= {step.to for step in steps if step.to}
    assert reached == set(kind.stages) - kind.sealed


@EVERY
def test_every_open_stage_leads_to_an_end(kind: ItemKind) -> None:
    ends = set(kind.closed)
    for _ in kind.stages:
        ends |= {stage for step in kind.steps if step.to in ends for stage in step.leaves}
    assert ends | kind.sealed == set(kind.stages)


@EVERY
def test_the_table_names_only_what_there_is(kind: ItemKind) -> None:
    names = {item.name for item in fields(kind.details)}
    for step in kind.steps:
        assert step.leaves <= set(kind.stages)
        assert step.to in {"", *kind.stages}
        assert {*step.needs, *step.takes} <= names
        assert not set(step.by) & set(step.barred) or set(step.by) > set(step.barred)
    assert {*kind.required, *kind.relations} <= names
    assert kind.closed | kind.sealed <= set(kind.stages)
    assert not any(kind.steps_from(stage) or kind.is_editable(stage) for stage in kind.sealed)
    assert len({step.name for step in kind.steps}) == len(kind.steps)
    assert issubclass(kind.details, ItemDetails)


@EVERY
def test_numbers_and_nouns_find_their_kind(kind: ItemKind) -> None:
    assert kind_named(kind.noun) is kind
    assert item_number(kind, 12) == f"{kind.prefix}-00012"
    with pytest.raises(AppError, match=r"item\.unknown_step"):
        kind.step("no such step")
