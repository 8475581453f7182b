"""Records whose fields are all optional: what a change sets, and a record with it applied."""

from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any, TypeVar, cast

D = TypeVar("D")


def is_empty(value: object) -> bool:
    """Tell whether a field holds nothing; an empty tuple is as good as None."""
    return value in (None, ())


def fields_set(changes: object) -> frozenset[str]:
    """Name the fields that a change sets."""
    names = (item.name for item in fields(cast(Any, changes)))
    return frozenset(name for name in names if not is_empty(getattr(changes, name)))


def merge(before: D, changes: D, cleared: Iterable[str] = ()) -> D:
    """Return ``before`` with every field that ``changes`` sets, and ``cleared`` ones emptied.

    A field this program does not know, of a newer one or of altered bytes, is none to empty.
    """
    empty = type(before)()
    given = {name: getattr(changes, name) for name in fields_set(changes)}
    emptied = {name: getattr(empty, name) for name in cleared if hasattr(empty, name)}
    return cast(D, replace(cast(Any, before), **(emptied | given)))
