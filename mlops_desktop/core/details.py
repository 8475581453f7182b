"""Records whose fields are all optional: what a change sets, and a record with it applied."""

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, cast

from mlops_desktop.core.custom_fields import CustomValue, join

D = TypeVar("D")
CUSTOM = "custom"
"""The field that holds values by name, each of them a field of its own."""


def is_empty(value: object) -> bool:
    """Tell whether a field holds nothing; an empty tuple is as good as None."""
    return value in (None, ())


def fields_set(changes: object) -> frozenset[str]:
    """Name the fields that a change sets."""
    names, values = _reading(cast(Any, type(changes)))
    told = zip(names, values(changes), strict=True)
    return frozenset([name for name, value in told if not is_empty(value)])


@cache
def _reading(kind: type) -> tuple[tuple[str, ...], Callable[[object], tuple[object, ...]]]:
    """Return a record's fields and what reads them all, always as a tuple."""
    names = tuple(item.name for item in fields(kind))
    if len(names) > 1:
        return names, attrgetter(*names)
    return names, lambda record: tuple(getattr(record, name) for name in names)


def names_set(changes: object) -> frozenset[str]:
    """Name the fields that a change sets, those of the workspace's own each by its key."""
    return (fields_set(changes) - {CUSTOM}).union(one.key for one in custom_of(changes))


def custom_of(details: object) -> tuple[CustomValue, ...]:
    """Return the values of fields of the workspace's own; none where a record has no such."""
    return cast(tuple[CustomValue, ...], getattr(details, CUSTOM, ()))


def merge(before: D, changes: D, cleared: Iterable[str] = ()) -> D:
    """Return ``before`` with every field that ``changes`` sets, and ``cleared`` ones emptied.

    A field this program does not know, of a newer one or of altered bytes, is none to empty.
    """
    empty, named = type(before)(), frozenset(cleared)
    given = {name: getattr(changes, name) for name in fields_set(changes)}
    emptied = {name: getattr(empty, name) for name in named if hasattr(empty, name)}
    if CUSTOM not in emptied and hasattr(empty, CUSTOM):
        given[CUSTOM] = join(custom_of(before), custom_of(changes), named)
    return cast(D, replace(cast(Any, before), **(emptied | given)))
