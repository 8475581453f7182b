"""Frozen values as JSON text in a column, and back; commitments stay closed in it."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

import msgspec

from mlops_desktop.core.erasable import PLACEHOLDER
from mlops_desktop.core.events import codec

T = TypeVar("T")
_ENCODER = msgspec.json.Encoder(order="sorted")


def to_text(value: object) -> str:
    """Return a frozen dataclass as JSON text with sorted names."""
    return _ENCODER.encode(codec.to_tree(value)).decode("utf-8")


def from_text(kind: type[T], text: str, opened: Mapping[str, str] | None = None) -> T:
    """Build ``kind`` from the text that :func:`to_text` wrote."""
    return codec.from_tree(kind, msgspec.json.decode(text), {} if opened is None else opened)


def list_to_text(values: tuple[object, ...]) -> str:
    """Return a tuple of frozen dataclasses or texts as a JSON array."""
    trees = [value if isinstance(value, str) else codec.to_tree(value) for value in values]
    return _ENCODER.encode(trees).decode("utf-8")


def list_from_text(
    kind: type[T], text: str, opened: Mapping[str, str] | None = None
) -> tuple[T, ...]:
    """Build a tuple of ``kind`` from the text that :func:`list_to_text` wrote."""
    return tuple(
        codec.from_tree(kind, node, {} if opened is None else opened)
        for node in msgspec.json.decode(text)
    )


def texts(text: str) -> tuple[str, ...]:
    """Read a JSON array of texts."""
    return tuple(msgspec.json.decode(text, type=list[str]))


def digests_in(text: str) -> Iterator[str]:
    """Yield every commitment digest inside a JSON text."""
    stack = [msgspec.json.decode(text)]
    while stack:
        node = stack.pop()
        if isinstance(node, dict):
            if set(node) == {PLACEHOLDER}:
                yield str(node[PLACEHOLDER])
            stack.extend(node.values())
        elif isinstance(node, list):
            stack.extend(node)
