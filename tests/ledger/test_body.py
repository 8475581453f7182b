"""Canonical bytes: equal to RFC 8785 behind the guard, and nothing else passes."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from unicodedata import normalize

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger.body import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_INTEGER,
    Tree,
    decode,
    encode,
    encode_part,
    is_canonical,
)

_texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=20)
_strings = _texts.map(lambda text: normalize("NFC", text))
_keys = st.text(st.characters(min_codepoint=1, max_codepoint=127), max_size=8)
_integers = st.integers(-MAX_INTEGER, MAX_INTEGER)
_leaves = st.none() | st.booleans() | _integers | _strings
trees: st.SearchStrategy[Tree] = st.recursive(
    _leaves,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(_keys, inner, max_size=5),
    max_leaves=20,
)

# Published examples that pass the guard: RFC 8785 section 3.2.2 (without its numbers), and
# "arrays" and "structures" of the test data the RFC's appendix B points to.
_VECTORS = [
    (
        r"""{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
             "literals": [null, true, false]}""",
        r"""{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}""",
    ),
    ('[56,{"d":true,"10":null,"1":[ ]}]', '[56,{"1":[],"10":null,"d":true}]'),
    (
        r"""{"1":{"f":{"f":"hi","F":5},"\n":56},"10":{},"":"empty","a":{},
             "111":[{"e":"yes","E":"no"}],"A":{}}""",
        r"""{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}""",
    ),
]


@pytest.mark.parametrize(("given_text", "canonical"), _VECTORS)
def test_published_examples(given_text: str, canonical: str) -> None:
    assert encode(json.loads(given_text)) == canonical.encode()


@given(trees)
def test_bytes_are_those_of_rfc_8785(tree: Tree) -> None:
    body = encode(tree)
    assert body == rfc8785.dumps(tree)
    assert decode(body) == tree


class _Word(StrEnum):
    ONE = "one"


def _nested(levels: int) -> Tree:
    tree: Tree = "x"
    for _ in range(levels):
        tree = [tree]
    return tree


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (1.0, "body.type_refused"),
        (float("nan"), "body.type_refused"),
        (Decimal("1.5"), "body.type_refused"),
        (date(2026, 1, 31), "body.type_refused"),
        (b"x", "body.type_refused"),
        ((1, 2), "body.type_refused"),
        (_Word.ONE, "body.type_refused"),
        (MAX_INTEGER + 1, "body.number_too_large"),
        (-(2**80), "body.number_too_large"),
        pytest.param(10**5000, "body.number_too_large", id="5000 digits"),
        ("a\0b", "body.text_has_null"),
        ("\ud800", "body.text_has_surrogate"),
        ("e\u0301", "body.text_not_normalised"),
        ({"péché": 1}, "body.key_refused"),
        ({1: 2}, "body.key_refused"),
        ({"\0": 2}, "body.text_has_null"),
        (_nested(31), "body.too_deep"),
    ],
)
def test_what_the_guard_refuses_is_named_with_its_place(value: Tree, code: str) -> None:
    with pytest.raises(AppError) as refused:
        encode({"data": [True, value]})
    assert refused.value.code == code
    assert str(refused.value.where).startswith("data[1]")


def test_limits_are_reached_but_not_passed() -> None:
    assert decode(encode(_nested(32))) == _nested(32)
    assert len(encode("x" * (MAX_BYTES - 2))) == MAX_BYTES
    with pytest.raises(AppError, match=r"body\.too_large"):
        encode("x" * (MAX_BYTES - 1))
    with pytest.raises(AppError, match=r"body\.too_large"):
        decode(b" " * (MAX_BYTES + 1))


@pytest.mark.parametrize("text", ["\\u0000", "\n\u0301", '"\u0301', "\x7f", "a\u0323\u0302"])
def test_text_that_only_looks_odd_is_accepted(text: str) -> None:
    clean = normalize("NFC", text)
    assert decode(encode([clean])) == [clean]


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":2}', b'{"b":1,"a":2}', b'{"a":1} ', b'{"a": 1}', b"-0", b"1.0", b"1e3",
        b'"\\u00e9"', b'"\\/"', b'"\\u000A"', b"NaN", b"1 2", b"", b"[" * 5000, b"\xff", b"01",
        b'"\\ud800"', b'"\xed\xa0\x80"', b'"e\xcc\x81"', b'"\\u0000"', b"9007199254740992",
        b"1" * 6000, b"[1e400]", b"\xef\xbb\xbf{}", b'{"\xc3\xa9":1}',
    ],
)  # fmt: skip
def test_other_bytes_are_refused(body: bytes) -> None:
    assert not is_canonical(body)


@given(st.dictionaries(_keys, _leaves, min_size=1, max_size=4), st.data())
def test_a_flipped_bit_gives_other_content_or_is_refused(
    tree: dict[str, Tree], data: st.DataObject
) -> None:
    body = bytearray(encode(tree))
    at = data.draw(st.integers(0, len(body) * 8 - 1))
    body[at // 8] ^= 1 << at % 8
    if is_canonical(bytes(body)):
        assert decode(bytes(body)) != tree


def test_a_part_is_encoded_as_in_its_whole_or_left_to_the_whole() -> None:
    assert encode_part({"b": [1, "ä"], "a": None}, 1) == '{"a":null,"b":[1,"ä"]}'.encode()
    deep: Tree = "x"
    for _ in range(MAX_DEPTH - 1):
        deep = [deep]
    assert encode_part(deep, 1) == encode(deep)
    refused: tuple[Any, ...] = ([deep], 1.5, "a\u0308", "\0", "\ud800", 2**53, {1: "x"}, {"ä": "x"})
    assert [encode_part(one, 1) for one in refused] == [None] * len(refused)
