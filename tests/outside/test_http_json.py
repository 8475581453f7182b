"""Strict JSON against the lenient reader of the standard library, and what it must refuse."""

import json

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.outside.http_faults import HttpFault, Reason
from mlops_desktop.outside.http_json import JsonValue, peek_json, read_json

_numbers = st.integers(-(10**18), 10**18) | st.floats(allow_nan=False, allow_infinity=False)
_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
_trees = st.recursive(
    st.none() | st.booleans() | _numbers | _text,
    lambda inner: st.lists(inner) | st.dictionaries(_text, inner),
    max_leaves=20,
)


class _Row(msgspec.Struct):
    name: str
    size: int = 0


@settings(max_examples=60)
@given(_trees)
def test_reads_what_json_can_say(tree: JsonValue) -> None:
    assert read_json(json.dumps(tree).encode(), object) == tree
    assert read_json(json.dumps(tree, ensure_ascii=False).encode(), object) == tree


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", Reason.BAD_JSON),
        (b'{"name": "a"', Reason.BAD_JSON),
        (b'{"name": "a"} x', Reason.BAD_JSON),
        (b'{"name": "\xff"}', Reason.BAD_JSON),
        (b'{"name": "a", "name": "b"}', Reason.BAD_JSON),
        (b'{"name": "a", "x": {"y": 1, "y": 1}}', Reason.BAD_JSON),
        (b'{"name": "a", "x": NaN}', Reason.BAD_JSON),
        (b'{"name": "a", "x": -Infinity}', Reason.BAD_JSON),
        (b'{"name": "a", "x": 1e999}', Reason.BAD_JSON),
        (b'{"name": "a", "size": ' + b"9" * 20 + b"}", Reason.BAD_JSON),
        (b'{"name": "a", "size": ' + b"9" * 5000 + b"}", Reason.BAD_JSON),
        (b'{"name": "a", "x": ' + b"[" * 65 + b"]" * 65 + b"}", Reason.TOO_DEEP),
        (b"[" * 1_000_000, Reason.TOO_DEEP),
        (b'{"a":' * 1_000_000, Reason.TOO_DEEP),
        (b'{"name": 1}', Reason.UNEXPECTED_SHAPE),
        (b'{"size": 1}', Reason.UNEXPECTED_SHAPE),
        (b"[]", Reason.UNEXPECTED_SHAPE),
        (b" \n<html>", Reason.HTML_PAGE),
        (b"\xef\xbb\xbf<html>", Reason.HTML_PAGE),
    ],
)
def test_refuses_what_readers_could_understand_differently(raw: bytes, reason: Reason) -> None:
    with pytest.raises(HttpFault) as refused:
        read_json(raw, _Row)
    assert refused.value.reason is reason


def test_brackets_in_text_are_no_depth() -> None:
    text = '[{"' * 500 + "\\"
    assert read_json(json.dumps({"name": text}).encode(), _Row).name == text


def test_what_no_column_can_hold_becomes_visible() -> None:
    raw = b'{"name": "a\\u0000b\\ud800c\\ud83d\\ude00", "x\\u0000": 1}'
    assert read_json(raw, _Row).name == "a\\u0000b\\ud800c😀"
    assert read_json(raw, dict)["x\\u0000"] == 1


@settings(max_examples=60)
@given(st.binary(max_size=200) | _trees.map(lambda tree: json.dumps(tree).encode()))
def test_a_peek_or_a_reading_never_raises_anything_else(raw: bytes) -> None:
    for read in (peek_json, read_json):
        try:
            read(raw, _Row)
        except HttpFault:
            continue


def test_a_peek_refuses_bottomless_nesting() -> None:
    for raw in (b'{"x": ' + b"[" * 1_000_000, b'{"x": ' * 1_000_000):
        with pytest.raises(HttpFault):
            peek_json(raw, _Row)
