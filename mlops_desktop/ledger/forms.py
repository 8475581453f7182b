"""Whether many bodies are canonical, at a fraction of what one by one would cost.

A canonical body holds no newline, so a part is read and written again as lines: equal bytes and
an equal count prove each line canonical. The typed reader refuses floats and large integers; what
it cannot judge (another envelope, deep nesting, text beyond ASCII, escapes) is examined one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import GenericAlias
from typing import Annotated, Any, TypeAlias, cast

import msgspec
from msgspec import UNSET, UnsetType

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.body import MAX_BYTES, MAX_INTEGER, Tree, decode
from mlops_desktop.ledger.decisions import MUST_BE_SIGNED, SIGNED_BY_HOLDERS, is_decision
from mlops_desktop.ledger.enrolment import LEARNED, is_learned
from mlops_desktop.ledger.receipts import RECEIPT, is_receipt

_DEPTH = 5  # the reader's types double with each level
_TELLING = MUST_BE_SIGNED.union(SIGNED_BY_HOLDERS, LEARNED, {RECEIPT})
_MARKS = (b'"signature":', *(f'"{name}"'.encode() for name in sorted(_TELLING)))

_Integer: TypeAlias = Annotated[int, msgspec.Meta(ge=-MAX_INTEGER, le=MAX_INTEGER)]
_Plain: TypeAlias = _Integer | str | bool | None


def _nested(depth: int) -> Any:
    kind: Any = _Plain
    for _ in range(depth):
        kind = _Plain | GenericAlias(list, (kind,)) | GenericAlias(dict, (str, kind))
    return kind


_Object: TypeAlias = GenericAlias(dict, (str, _nested(_DEPTH)))  # type: ignore[valid-type]


# Structs cost half of what dicts do. Their fields stand as the canonical form sorts them; one that
# is unknown is passed over, so that it lacks when the line is written again.
class _Actor(msgspec.Struct, kw_only=True, gc=False):
    agent: str | UnsetType = UNSET
    device: str
    person: str


class _Event(msgspec.Struct, kw_only=True, gc=False):
    actor: _Actor
    at: str
    data: _Object
    effective: str
    id: str
    signature: dict[str, str] | UnsetType = UNSET
    type: str
    v: _Integer
    workspace: str


class _Glance(msgspec.Struct, gc=False):
    type: str
    signature: msgspec.Raw | UnsetType = UNSET


_READER = msgspec.json.Decoder(_Event)
_GLANCER = msgspec.json.Decoder(_Glance)
_WRITER = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Examined:
    """How many bodies are sound up to the first that is not, and that one's refusal.

    ``telling`` are the places of those, among the sound, that say who may sign or are signed.
    """

    sound: int
    telling: Sequence[int]
    refusal: AppError | None = None


def examine(bodies: Sequence[bytes]) -> Examined:
    """Read event bodies, checking that each is canonical, within the limits, and an object."""
    text = b"\n".join(bodies) + b"\n"
    events = _read_lines(text, len(bodies))
    if events is None:
        return _one_by_one(bodies)
    telling = _telling(events)
    if text.isascii() and b"\\" not in text and max(map(len, bodies)) <= MAX_BYTES:
        return Examined(len(bodies), telling)
    return _odd_ones(bodies, telling)


def find_telling(bodies: Sequence[bytes]) -> list[int]:
    """Return the places of the bodies that say who may sign or are signed, without examining."""
    try:
        glances: list[_Glance] = _GLANCER.decode_lines(b"\n".join(bodies))
    except (msgspec.MsgspecError, ValueError, RecursionError):
        glances = []
    if len(glances) == len(bodies):
        return _telling(glances)
    return [place for place, body in enumerate(bodies) if any(mark in body for mark in _MARKS)]


def read_event(body: bytes) -> Mapping[str, Tree]:
    """Read one event body; raises AppError ``body.…`` or ``ledger.event_malformed``."""
    tree = decode(body)
    if not isinstance(tree, dict):
        raise AppError("ledger.event_malformed")
    return cast(Mapping[str, Tree], tree)


def _read_lines(text: bytes, count: int) -> list[_Event] | None:
    try:
        events: list[_Event] = _READER.decode_lines(text)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    return events if len(events) == count and _WRITER.encode_lines(events) == text else None


def _telling(events: Sequence[_Event | _Glance]) -> list[int]:
    return [
        place
        for place, event in enumerate(events)
        if event.type in _TELLING or event.signature is not UNSET
    ]


def _odd_ones(bodies: Sequence[bytes], telling: list[int]) -> Examined:
    for index, body in enumerate(bodies):
        if not body.isascii() or b"\\" in body or len(body) > MAX_BYTES:
            try:
                decode(body)
            except AppError as refusal:
                return Examined(index, [place for place in telling if place < index], refusal)
    return Examined(len(bodies), telling)


def _one_by_one(bodies: Sequence[bytes]) -> Examined:
    telling: list[int] = []
    for index, body in enumerate(bodies):
        try:
            event = read_event(body)
        except AppError as refusal:
            return Examined(index, telling, refusal)
        if is_learned(event) or is_decision(event) or is_receipt(event):
            telling.append(index)
    return Examined(len(bodies), telling)
