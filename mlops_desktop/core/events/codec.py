"""Between frozen dataclasses and the plain tree that becomes an event's canonical bytes.

Fields that are None or empty are left out, so a later field with a default reads old events.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import PLACEHOLDER, Erasable, Openings

Node = Any
"""A node of the tree: dict with text keys, list, text, integer or boolean."""

T = TypeVar("T")
Disclosures = Mapping[str, str]
_Writer = Callable[[Any], Node]
_Reader = Callable[[Node, Disclosures], Any]


def _same(value: Any) -> Node:
    return value


def _keep(node: Node, _: Disclosures) -> Any:
    return node


def _bare(hint: Any) -> Any:
    if get_origin(hint) in (Union, UnionType):
        (only,) = [part for part in get_args(hint) if part is not NoneType]
        return only
    return hint


def _hints(kind: type) -> dict[str, Any]:
    """Return the type of each field, in order."""
    hints = get_type_hints(kind)
    return {item.name: hints[item.name] for item in fields(kind)}


@cache
def _writer(hint: Any) -> _Writer:
    kind = _bare(hint)
    if get_origin(kind) is tuple:
        item = _writer(get_args(kind)[0])
        return list if item is _same else lambda value: [item(part) for part in value]
    if kind is Erasable:
        return lambda value: {PLACEHOLDER: value.digest}
    if is_dataclass(kind):
        return _dataclass_writer(cast(type, kind))
    if issubclass(kind, Enum):
        return lambda value: value.value
    if issubclass(kind, datetime):
        return clock.to_text
    if issubclass(kind, date):
        return lambda value: value.isoformat()
    return _same


def _dataclass_writer(kind: type) -> _Writer:
    # Compiled field by field, as dataclasses compile __init__: twice as fast as a loop over fields.
    lines = ["def write(value):", "    tree = {}"]
    scope: dict[str, Any] = {}
    for name, hint in _hints(kind).items():
        writer = scope[f"write_{name}"] = _writer(hint)
        is_many = get_origin(_bare(hint)) is tuple
        lines += [
            f"    part = value.{name}",
            "    if part:" if is_many else "    if part is not None:",
            f"        tree[{name!r}] = " + ("part" if writer is _same else f"write_{name}(part)"),
        ]
    exec("\n".join([*lines, "    return tree"]), scope)  # noqa: S102 - our own field names
    return cast(_Writer, scope["write"])


def _read_commitment(node: Node, opened: Disclosures) -> Erasable:
    digest = node[PLACEHOLDER]
    disclosure = opened.get(digest)
    if disclosure is None and isinstance(opened, Openings):
        return Erasable(digest, None, opened.erased.get(digest))
    return Erasable(digest, disclosure)


@cache
def _reader(hint: Any) -> _Reader:
    kind = _bare(hint)
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda node, opened: tuple(item(part, opened) for part in node)
    if kind is Erasable:
        return _read_commitment
    if is_dataclass(kind):
        return _dataclass_reader(cast(type, kind))
    if issubclass(kind, Enum):
        return lambda node, _: kind(node)
    if issubclass(kind, datetime):
        return lambda node, _: clock.from_text(node)
    if issubclass(kind, date):
        return lambda node, _: date.fromisoformat(node)
    return _keep


def _dataclass_reader(kind: type) -> _Reader:
    # A field this program does not know was written by a newer one: its meaning is not ours.
    hints = _hints(kind)
    scope: dict[str, Any] = {"kind": kind}
    values = []
    for item in fields(kind):
        reader = scope[f"read_{item.name}"] = _reader(hints[item.name])
        is_many = get_origin(_bare(hints[item.name])) is tuple
        default = scope[f"default_{item.name}"] = () if is_many else item.default
        part = f"node[{item.name!r}]"
        value = part if reader is _keep else f"read_{item.name}({part}, opened)"
        is_needed = default is MISSING
        values.append(
            value if is_needed else f"{value} if {item.name!r} in node else default_{item.name}"
        )
    exec(f"def read(node, opened):\n    return kind({', '.join(values)})", scope)  # noqa: S102 - as above
    return cast(_Reader, scope["read"])


def to_tree(value: object) -> Node:
    """Return the tree of a frozen dataclass; commitments appear as ``{"...": digest}``."""
    return _writer(cast(Any, type(value)))(value)


def from_tree(kind: type[T], node: Node, opened: Disclosures) -> T:
    """Build ``kind`` from its tree, commitments opened as far as ``opened`` can."""
    return cast(T, _reader(cast(Any, kind))(node, opened))


@cache
def _has_commitment(hint: Any) -> bool:
    kind = _bare(hint)
    if get_origin(kind) is tuple:
        return _has_commitment(get_args(kind)[0])
    if kind is Erasable:
        return True
    return is_dataclass(kind) and any(
        _has_commitment(part) for part in get_type_hints(cast(type, kind)).values()
    )


def may_commit(kind: type) -> bool:
    """Tell whether a frozen dataclass of this kind can hold a commitment."""
    return _has_commitment(kind)


def commitments(value: object) -> Iterator[Erasable]:
    """Yield every commitment inside a frozen dataclass, nested ones too."""
    if isinstance(value, Erasable):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            yield from commitments(part)
    else:
        for name in _committing(cast(Any, type(value))):
            part = getattr(value, name)
            if part:  # most fields of a record are empty: spare a step for each
                yield from commitments(part)


@cache
def _committing(kind: type) -> tuple[str, ...]:
    """Name the fields of a dataclass that can hold a commitment; none of anything else."""
    hints = _hints(kind) if is_dataclass(kind) else {}
    return tuple(name for name, hint in hints.items() if _has_commitment(hint))


def named_commitments(value: object, path: str = "") -> Iterator[tuple[str, Erasable]]:
    """Yield every commitment inside a frozen dataclass with the dotted name of its field."""
    if isinstance(value, Erasable):
        yield path, value
    elif isinstance(value, tuple):
        for number, part in enumerate(value, 1):
            yield from named_commitments(part, f"{path}.{number}")
    elif is_dataclass(value) and _has_commitment(cast(Any, type(value))):
        for item in fields(value):
            part = getattr(value, item.name)
            yield from named_commitments(part, f"{path}.{item.name}".lstrip("."))
