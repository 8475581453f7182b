"""The one canonical byte form of an event (RFC 8785) and its limits.

The guard is what makes msgspec's sorted output equal to RFC 8785: without it floats, NaN, big
integers and dates would pass, and keys above U+FFFF would sort differently.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NoReturn, TypeAlias
from unicodedata import is_normalized

import msgspec

from mlops_desktop.core.errors import AppError, Recovery

Tree: TypeAlias = "Mapping[str, Tree] | Sequence[Tree] | str | int | bool | None"

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_INTEGER = 2**53 - 1

_LEAVES = frozenset({str, bool, type(None)})
_KINDS = _LEAVES | {int, list, dict}
_only_leaves = _LEAVES.issuperset


def _refuse_float(_literal: str) -> NoReturn:
    raise AppError("body.type_refused", type="float")


_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER = msgspec.json.Decoder(float_hook=_refuse_float)


def encode(tree: Tree) -> bytes:
    """Return the RFC 8785 bytes of ``tree``.

    Allowed are dicts with ASCII keys, lists, strings in NFC, booleans, None and integers within
    ±(2^53−1), at most 32 deep and 256 KiB long. Everything else raises AppError ``body.…`` with
    the place in ``where``.
    """
    if not _has_plain_shape(tree):
        _examine(tree, "", 0)
    try:
        body = _ENCODER.encode(tree)
    except UnicodeEncodeError:
        _examine(tree, "", 0)
        raise
    if _looks_odd(body):
        _examine(tree, "", 0)
    if len(body) > MAX_BYTES:
        raise _refusal("body.too_large", "", bytes=len(body), most=MAX_BYTES)
    return body


def encode_part(tree: Tree, depth: int) -> bytes | None:
    """Return the bytes of what stands ``depth`` deep in a tree; None for :func:`encode` to judge.

    The caller puts them between bytes of the same form and keeps the limit of the whole.
    """
    try:
        part = _ENCODER.encode(tree) if _are_plain((tree,), depth) else None
    except (TypeError, UnicodeEncodeError):
        return None
    return None if part is None or _looks_odd(part) else part


def decode(body: bytes) -> Tree:
    """Return the tree of ``body``; raises AppError ``body.…`` unless the bytes are canonical."""
    if len(body) > MAX_BYTES:
        raise AppError("body.too_large", bytes=len(body), most=MAX_BYTES)
    tree = _parse(body)
    try:
        again = encode(tree)
    except AppError as refusal:  # foreign bytes are no bug of this program
        refusal.recovery = Recovery.USER
        raise
    if again != body:
        raise AppError("body.not_canonical")
    return tree


def _parse(body: bytes) -> Tree:
    try:
        tree: Tree = _DECODER.decode(body)
    except RecursionError:
        raise AppError("body.too_deep", most=MAX_DEPTH) from None
    except (msgspec.DecodeError, ValueError):
        raise AppError("body.not_json") from None
    return tree


def is_canonical(body: bytes) -> bool:
    """Tell whether ``body`` is what :func:`encode` would write."""
    try:
        decode(body)
    except AppError:
        return False
    return True


def _has_plain_shape(tree: Tree) -> bool:
    try:
        return _are_plain((tree,), 0)
    except TypeError:  # a key that is no string
        return False


def _are_plain(values: Iterable[object], depth: int) -> bool:
    # The hot path of every write: whole levels are judged in C, only what nests is walked.
    for value in values:
        kind = type(value)
        if kind in _LEAVES:
            continue
        if kind is dict:
            inner: Iterable[object] = value.values()  # type: ignore[attr-defined]
            if not "".join(value).isascii():  # type: ignore[arg-type]
                return False
        elif kind is list:
            inner = value  # type: ignore[assignment]
        elif kind is int and -MAX_INTEGER <= value <= MAX_INTEGER:  # type: ignore[operator]
            continue
        else:
            return False
        if depth == MAX_DEPTH:
            return False
        if not _only_leaves(map(type, inner)) and not _are_plain(inner, depth + 1):
            return False
    return True


def _looks_odd(body: bytes) -> bool:
    # Quotes and escapes never compose with what follows, so one test covers all strings; the
    # converse does not hold ("\n" and an accent), hence only a suspicion.
    if b"\\u0000" in body:
        return True
    return not body.isascii() and not is_normalized("NFC", body.decode())


def _examine(value: object, where: str, depth: int) -> None:
    """Raise the refusal that names the first offending place, in the order of the tree."""
    kind = type(value)
    if kind not in _KINDS:
        raise _refusal("body.type_refused", where, type=kind.__name__)
    if isinstance(value, str):
        _examine_text(value, where)
    elif isinstance(value, int):
        _examine_integer(value, where)
    elif isinstance(value, (dict, list)):
        if depth == MAX_DEPTH:
            raise _refusal("body.too_deep", where, most=MAX_DEPTH)
        _examine_members(value, where, depth + 1)


def _examine_members(value: dict[object, object] | list[object], where: str, depth: int) -> None:
    if isinstance(value, list):
        for index, member in enumerate(value):
            _examine(member, f"{where}[{index}]", depth)
        return
    for key, member in value.items():
        if type(key) is not str or not key.isascii():
            raise _refusal("body.key_refused", where, key=ascii(key))
        _examine_text(key, where)
        _examine(member, f"{where}.{key}" if where else key, depth)


def _examine_text(text: str, where: str) -> None:
    if "\0" in text:
        raise _refusal("body.text_has_null", where)
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _refusal("body.text_has_surrogate", where)
    if not is_normalized("NFC", text):
        raise _refusal("body.text_not_normalised", where)


def _examine_integer(number: int, where: str) -> None:
    if not -MAX_INTEGER <= number <= MAX_INTEGER:
        raise _refusal("body.number_too_large", where, most=MAX_INTEGER)


def _refusal(code: str, where: str, **parameters: str | int) -> AppError:
    return AppError(code, recovery=Recovery.BUG, where=where or None, **parameters)
