from dataclasses import fields, replace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core.erasable import PLACEHOLDER, Erasable
from mlops_desktop.core.events import codec, registry
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.inventory import ModelDetails, Run, VersionDetails
from mlops_desktop.core.model_state import ModelState
from mlops_desktop.ledger import body
from tests.core.strategies import instances

KINDS = [pytest.param(registry.kind_of(name), id=name) for name in registry.names()]
SHORT = settings(max_examples=25)


def openings(value: object) -> dict[str, str]:
    found = codec.commitments(value)
    return {kept.digest: kept.disclosure for kept in found if kept.disclosure is not None}


def walk(node: codec.Node) -> list[codec.Node]:
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [node, *(part for child in inner for part in walk(child))]


@pytest.mark.parametrize("kind", KINDS)
@SHORT
@given(data=st.data())
def test_every_event_comes_back_the_same_through_its_canonical_bytes(
    kind: type[Any], data: st.DataObject
) -> None:
    event = data.draw(instances(kind))
    node = body.decode(body.encode(codec.to_tree(event)))
    assert codec.from_tree(kind, node, openings(event)) == event
    check_form(event, node)


def check_form(event: object, node: codec.Node) -> None:
    """What the tree of any event promises: commitments closed, newer fields passed over."""
    kept = list(codec.commitments(event))
    marks = [part for part in walk(node) if isinstance(part, dict) and set(part) == {PLACEHOLDER}]
    assert sorted(mark[PLACEHOLDER] for mark in marks) == sorted(item.digest for item in kept)
    written = msgspec.json.encode(node).decode()
    assert not any(item.disclosure and item.disclosure in written for item in kept)
    assert not any(part is None or part == [] for part in walk(node))
    newer = {**node, "added_in_2030": {"deep": [1, "x"]}}
    assert codec.from_tree(type(event), newer, openings(event)) == event


def test_erased_texts_read_as_erased() -> None:
    node = {"model": "m", "details": {"purpose": {PLACEHOLDER: "gone"}}}
    read = codec.from_tree(ModelEdited, node, {})
    assert read == ModelEdited("m", ModelDetails(purpose=Erasable("gone")))


def test_defaults_other_than_none_are_read_where_the_field_is_absent() -> None:
    assert codec.from_tree(SyncCounts, {"read": 2}, {}) == SyncCounts(read=2)
    assert codec.from_tree(Run, {"id": "r"}, {}).is_deleted is False


def test_a_field_without_default_must_be_there() -> None:
    with pytest.raises(KeyError, match="version"):
        codec.from_tree(VersionDetails, {"stage": "None"}, {})


@given(instances(ModelDetails))
def test_the_details_of_a_model_keep_zero_and_differ_in_every_field(details: ModelDetails) -> None:
    for name in (item.name for item in fields(details)):
        emptied = replace(details, **{name: getattr(ModelDetails(), name)})
        assert (emptied == details) == (codec.to_tree(emptied) == codec.to_tree(details))


@SHORT
@given(instances(ModelState))
def test_a_folded_model_comes_back_the_same(state: ModelState) -> None:
    assert codec.from_tree(ModelState, codec.to_tree(state), openings(state)) == state


def test_event_names_are_nouns_and_what_happened_to_them() -> None:
    assert all(len(name.split(".")) == 2 for name in registry.names())
    assert len(registry.names()) >= 30


def test_a_name_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        registry.event("model.edited")(ModelState)
