"""Whether many bodies are canonical, at a fraction of what one by one would cost.

A canonical body holds no newline, so a batch is read and written again as lines: equal bytes and
an equal count prove each line canonical. The typed reader refuses floats and large integers; what
it cannot judge (deep nesting, text beyond ASCII, escapes) is examined one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, cast

import msgspec

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.body import MAX_BYTES, MAX_INTEGER, Tree, decode

_DEPTH = 6  # the reader's types double with each level


_Plain = Annotated[int, msgspec.Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)] | str | bool | None


def _nested(depth: int) -> Any:
    kind: Any = _Plain
    for _ in range(depth):
        kind = _Plain | GenericAlias(list, (kind,)) | GenericAlias(dict, (str, kind))
    return kind


_READER = msgspec.json.Decoder(GenericAlias(dict, (str, _nested(_DEPTH))))
_WRITER = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Examined:
    """The trees of a batch up to the first body that is wrong, and that one's refusal."""

    trees: Sequence[Mapping[str, Tree]]
    refusal: AppError | None = None


def examine(bodies: Sequence[bytes]) -> Examined:
    """Read event bodies, checking that each is canonical, within the limits, and an object."""
    trees = _read_lines(bodies)
    if trees is None:
        return _one_by_one(bodies)
    for index, body in enumerate(bodies):
        if not body.isascii() or b"\\" in body or len(body) > MAX_BYTES:
            try:
                decode(body)
            except AppError as refusal:
                return Examined(trees[:index], refusal)
    return Examined(trees)


def read_event(body: bytes) -> Mapping[str, Tree]:
    """Read one event body; raises AppError ``body.…`` or ``ledger.event_malformed``."""
    tree = decode(body)
    if not isinstance(tree, dict):
        raise AppError("ledger.event_malformed")
    return cast(Mapping[str, Tree], tree)


def _read_lines(bodies: Sequence[bytes]) -> list[dict[str, Tree]] | None:
    text = b"\n".join(bodies) + b"\n"
    try:
        trees = _READER.decode_lines(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if len(trees) != len(bodies) or _WRITER.encode_lines(trees) != text:
        return None
    return cast(list[dict[str, Tree]], trees)


def _one_by_one(bodies: Sequence[bytes]) -> Examined:
    trees: list[Mapping[str, Tree]] = []
    for body in bodies:
        try:
            trees.append(read_event(body))
        except AppError as refusal:
            return Examined(trees, refusal)
    return Examined(trees)
