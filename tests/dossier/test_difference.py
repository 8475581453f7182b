"""What differs between two dossiers: every changed line, and no line that did not change."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.dossier.content import (
    Cell,
    Chapter,
    Facts,
    Grid,
    Kind,
    Missing,
    Part,
    Reason,
    Value,
)
from mlops_desktop.dossier.difference import Change, compare
from tests.dossier.sample import content

FACTS = content("en").facts


def test_equal_facts_differ_in_nothing_even_in_another_order() -> None:
    assert not isinstance(FACTS.versions, Missing)
    turned = replace(FACTS, versions=FACTS.versions[::-1], chapters=FACTS.chapters[::-1])
    assert compare(FACTS, FACTS) == compare(FACTS, turned) == ()


def test_a_changed_field_says_both_values() -> None:
    after = _with_tier(FACTS, (Value(Kind.CODE, "2"),))
    (found,) = compare(FACTS, after)
    assert (found.section, found.field, found.change) == ("inventory", "tier", Change.CHANGED)
    assert found.after == (Value(Kind.CODE, "2"),)
    assert found.before == _tier(FACTS)


def test_what_came_and_went_is_told_from_each_side() -> None:
    assert not isinstance(FACTS.versions, Missing)
    assert not isinstance(FACTS.approvals, Missing)
    gone = FACTS.versions[0].version
    less = replace(FACTS, versions=FACTS.versions[1:], approvals=Missing(Reason.NONE_YET))
    removed, added = compare(FACTS, less), compare(less, FACTS)
    lost = {one.thing for one in removed if one.section == "versions"}
    assert lost == {gone}
    assert {one.change for one in removed if one.section == "versions"} == {Change.REMOVED}
    mirrored = {(one.section, one.thing, one.field): (one.after, one.before) for one in added}
    assert mirrored == {
        (one.section, one.thing, one.field): (one.before, one.after) for one in removed
    }


@given(st.sampled_from(["metrics", "parameters", "tags"]), st.text(min_size=1), st.data())
def test_any_changed_pair_of_a_version_is_found(
    group: str, value: str, data: st.DataObject
) -> None:
    assert not isinstance(FACTS.versions, Missing)
    at = data.draw(st.integers(0, len(FACTS.versions) - 1))
    version = FACTS.versions[at]
    pairs = getattr(version, group)
    if isinstance(pairs, Missing) or not pairs:
        return
    pair = data.draw(st.sampled_from(pairs))
    changed = tuple(replace(one, value=value) if one is pair else one for one in pairs)
    other = replace(version, **{group: changed})  # type: ignore[arg-type]
    versions = (*FACTS.versions[:at], other, *FACTS.versions[at + 1 :])
    found = compare(FACTS, replace(FACTS, versions=versions))
    wanted = [(version.version, f"{group}.{pair.name}")] if pair.value != value else []
    assert [(one.thing, one.field) for one in found] == wanted


@pytest.mark.parametrize("cell", [Missing(Reason.ERASED), ()])
def test_a_value_that_is_not_there_any_more_is_a_change(cell: Cell) -> None:
    (found,) = compare(FACTS, _with_tier(FACTS, cell))
    assert found.after == cell


def _with_tier(facts: Facts, cell: Cell) -> Facts:
    sections = tuple(
        replace(
            section,
            fields=tuple(
                replace(one, values=cell) if one.name == "tier" else one for one in section.fields
            ),
        )
        for section in facts.inventory
    )
    return replace(facts, inventory=sections)


def _tier(facts: Facts) -> Cell:
    fields = [field for section in facts.inventory for field in section.fields]
    return next(field.values for field in fields if field.name == "tier")


def test_rows_that_their_first_cell_does_not_tell_apart_are_compared_whole() -> None:
    def facts(*rows: tuple[str, str]) -> Facts:
        cells = tuple(tuple((Value(Kind.TEXT, text),) for text in row) for row in rows)
        part = Part("datasets_read", grid=Grid(("dataset", "digest"), cells))
        return replace(FACTS, chapters=(Chapter("data", (part,)),))

    twice = facts(("a", "1"), ("a", "2"))
    (came,) = compare(twice, facts(("a", "0"), ("a", "1"), ("a", "2")))
    assert (came.change, came.thing) == (Change.ADDED, "datasets_read · a · 0")
    (changed,) = compare(facts(("a", "1"), ("b", "2")), facts(("a", "1"), ("b", "3")))
    assert (changed.change, changed.field) == (Change.CHANGED, "digest")
