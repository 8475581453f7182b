"""One item of every kind: opened with every field, edited, and moved by its first step."""

from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date
from enum import StrEnum
from typing import Any, cast, get_args, get_origin, get_type_hints

from mlops_desktop.core.erasable import Erasable, commit
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind, kinds


def filled(kind: type[ItemDetails]) -> ItemDetails:
    """Return details in which every field holds something."""
    hints = get_type_hints(kind)
    return kind(**{one.name: _value(one.name, hints[one.name]) for one in fields(kind)})


def _value(name: str, hint: Any) -> Any:
    if get_origin(hint) is tuple:
        return (f"{name} 1", f"{name} 2")
    (bare,) = [part for part in get_args(hint) if part is not type(None)]
    if issubclass(bare, StrEnum):
        return next(iter(bare))
    plain = {Erasable: _said(name), date: date(2026, 12, 31), int: 2}
    return plain.get(bare, "wolters" if name in ("owner", "originator") else f"{name} of this")


def _said(text: str) -> Erasable:
    return commit(text, b"0123456789abcdef")


def history_of(kind: ItemKind, models: tuple[str, ...]) -> Iterator[Event]:
    """Yield what happens to one item of a kind."""
    id = f"{kind.noun}-1"
    details = filled(kind.details)
    step = next(one for one in kind.steps if kind.stages[0] in one.leaves)
    given = replace(kind.details(), due=date(2027, 3, 31))
    yield cast(Any, kind.opened)(id, models, details)
    yield cast(Any, kind.edited)(id, given, ("description",), models, _said("berichtigt"))
    yield cast(Any, kind.moved)(id, step.name, details, _said("weil es so ist"))


ITEMS: tuple[Event, ...] = tuple(
    event for kind in kinds() for event in history_of(kind, ("m1", "m2"))
)
