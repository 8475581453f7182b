"""Strict JSON: what two readers could understand differently is refused (RFC 8259, RFC 7493)."""

import json
import re
from typing import NoReturn, TypeAlias, TypeVar

import msgspec

from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason

JsonValue: TypeAlias = bool | int | float | str | list["JsonValue"] | dict[str, "JsonValue"] | None
Shape = TypeVar("Shape")

MAX_DEPTH = 64
_MAX_DIGITS = 19
_STRING = re.compile(rb'"[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)
_NOT_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
# What text columns and canonical bytes cannot hold: NUL and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_MAYBE_UNSTORABLE = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def read_json(raw: bytes, shape: type[Shape]) -> Shape:
    r"""Return the answer ``raw`` as ``shape``, every value checked.

    Raises HttpFault ``protocol``: an HTML page, broken UTF-8 or JSON, NaN or Infinity, a key
    twice, an integer of more than 19 digits, nesting deeper than 64, or a value of another type.
    NUL and lone surrogates come out as visible escapes (``\u0000``).
    """
    value = _parse(raw)
    if _MAYBE_UNSTORABLE.search(raw):
        value = _escape(value)
    try:
        return msgspec.convert(value, shape)
    except (msgspec.ValidationError, RecursionError) as error:
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, str(error)[:200]) from error


def peek_json(raw: bytes, shape: type[Shape]) -> Shape:
    """Return only the fields that ``shape`` names, fast, without judging the rest.

    Raises HttpFault ``protocol`` for an HTML page, broken JSON, or a named field of another type.
    """
    refuse_html(raw)
    try:
        return msgspec.json.decode(raw, type=shape)
    except msgspec.ValidationError as error:
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, str(error)[:200]) from error
    except msgspec.DecodeError as error:
        raise HttpFault(Fault.PROTOCOL, Reason.BAD_JSON, str(error)[:200]) from error
    except RecursionError as error:
        raise HttpFault(Fault.PROTOCOL, Reason.TOO_DEEP) from error


def refuse_html(raw: bytes) -> None:
    """Raise HttpFault when the answer is a page for people, such as a login page."""
    if raw[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise HttpFault(Fault.PROTOCOL, Reason.HTML_PAGE)


def _parse(raw: bytes) -> JsonValue:
    refuse_html(raw)
    _refuse_depth(raw)
    try:
        parsed: JsonValue = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_pairs,
            parse_constant=_refuse_constant,
            parse_int=_integer,
            parse_float=_float,
        )
    except (ValueError, RecursionError) as error:
        raise HttpFault(Fault.PROTOCOL, Reason.BAD_JSON, str(error)[:200]) from error
    return parsed


def _refuse_depth(raw: bytes) -> None:
    brackets = _STRING.sub(b"", raw).translate(None, _NOT_BRACKETS)
    for _ in range(MAX_DEPTH):
        before = len(brackets)
        brackets = brackets.replace(b"[]", b"").replace(b"{}", b"")
        if len(brackets) == before:
            break
    # What is left is unbalanced (broken, named so later) or nested deeper than the passes reached.
    is_open = b"[]" in brackets or b"{}" in brackets
    if is_open or brackets.count(b"[") + brackets.count(b"{") > MAX_DEPTH:
        raise HttpFault(Fault.PROTOCOL, Reason.TOO_DEEP)


def _pairs(pairs: list[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("key twice in one object")
    return fields


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"not a JSON number: {name}")


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > _MAX_DIGITS:
        raise ValueError("integer of more than 19 digits")
    return int(digits)


def _float(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError("number out of range")
    return number


def _escape(value: JsonValue) -> JsonValue:
    if isinstance(value, str):
        return _UNSTORABLE.sub(lambda found: f"\\u{ord(found.group()):04x}", value)
    if isinstance(value, list):
        return [_escape(entry) for entry in value]
    if isinstance(value, dict):
        return {str(_escape(key)): _escape(entry) for key, entry in value.items()}
    return value
