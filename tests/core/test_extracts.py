"""What an extract holds back."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import get_args, get_type_hints

import pytest

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events import registry
from mlops_desktop.core.extracts import SUBSTANCE, Matter, held_back_from, is_common, matter_of
from mlops_desktop.core.identity import Role


def texts_of(kind: object, seen: set[object]) -> Iterator[str]:
    """Yield the names of the fields of free text inside a dataclass."""
    if kind in seen or not (isinstance(kind, type) and is_dataclass(kind)):
        return
    seen.add(kind)
    hints = get_type_hints(kind)
    for field in fields(kind):
        for part in parts_of(hints[field.name]):
            if part is Erasable:
                yield field.name
            yield from texts_of(part, seen)


def parts_of(hint: object) -> Iterator[object]:
    yield hint
    for part in get_args(hint):
        yield from parts_of(part)


def test_every_free_text_of_an_event_is_a_name_a_remark_or_substance() -> None:
    seen: set[object] = set()
    found = {text for name in registry.names() for text in texts_of(registry.kind_of(name), seen)}
    assert {"name", "comment", "limitations"} < found
    unsaid = {text for text in found if matter_of(text) is None} - SUBSTANCE
    assert unsaid == set()
    assert SUBSTANCE - found == set()


@pytest.mark.parametrize(
    ("field", "matter"),
    [
        ("name", Matter.PERSONS),
        ("recipients.2", Matter.PERSONS),
        ("details.comment", Matter.REMARKS),
        ("details.limitations", None),
    ],
)
def test_a_text_is_told_by_the_last_name_of_its_path(field: str, matter: Matter | None) -> None:
    assert matter_of(field) is matter


def test_who_examines_gets_everything_and_who_builds_gets_facts() -> None:
    assert held_back_from(Role.AUDITOR) == frozenset()
    assert held_back_from(Role.DEVOPS) == {Matter.PERSONS, Matter.REMARKS, Matter.DOCUMENTS}


def test_who_may_sign_is_in_every_extract_and_models_are_not() -> None:
    assert is_common("person.enrolled")
    assert is_common("device.enrolled")
    assert not is_common("model.registered")
