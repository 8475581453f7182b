"""Examining a batch says exactly what examining one by one says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.ledger.body import MAX_BYTES, MAX_INTEGER, encode, is_canonical
from mlops_desktop.ledger.forms import examine

_GOOD = [
    b"{}",
    b'{"a":1}',
    '{"name":"Kündigung"}'.encode(),
    b'{"a":"\\n"}',
    encode({"a": MAX_INTEGER, "b": [True, None, {"c": [[[[[[[[[[1]]]]]]]]]]}]}),
    b'{"a":"' + b"1" * 40 + b'"}',
]
_BAD = [
    b"",
    b"1",
    b"[]",
    b'{"a":1} ',
    b'{"a":1}\n{"b":2}',
    b'{"a":1}{"b":2}',
    b'{"b":1,"a":2}',
    b'{"a":1,"a":1}',
    b'{"a":1.0}',
    b'{"a":1e3}',
    b'{"a":9007199254740992}',
    b'{"a":-9007199254740992}',
    b'{"a":"\\u0000"}',
    b'{"a":"e\xcc\x81"}',
    b'{"\xc3\xa9":1}',
    b'{"a":"\xff"}',
    b'{"a":' + b"[" * 32 + b"]" * 32 + b"}",
    b'{"a":' + b"[" * 5000,
    b'{"a":"',
    b'"}',
    b'{"a":"' + b"x" * MAX_BYTES + b'"}',
]


@pytest.mark.parametrize("body", _GOOD, ids=range(len(_GOOD)))
def test_good_bodies_pass_alone_and_among_others(body: bytes) -> None:
    examined = examine([_GOOD[0], body, _GOOD[1]])
    assert examined.refusal is None
    assert len(examined.trees) == 3


@pytest.mark.parametrize("body", _BAD, ids=range(len(_BAD)))
def test_bad_bodies_are_named_wherever_they_stand(body: bytes) -> None:
    for place in range(3):
        batch = [_GOOD[1], _GOOD[2]]
        batch.insert(place, body)
        examined = examine(batch)
        assert examined.refusal is not None
        assert len(examined.trees) == place


@given(st.lists(st.sampled_from(_GOOD) | st.sampled_from(_BAD), max_size=6))
def test_a_batch_is_judged_as_its_bodies_are(bodies: list[bytes]) -> None:
    sound = [is_canonical(body) and body.startswith(b"{") for body in bodies]
    examined = examine(bodies)
    expected = sound.index(False) if False in sound else len(sound)
    assert len(examined.trees) == expected
    assert (examined.refusal is None) == (expected == len(sound))


@given(st.binary(max_size=12), st.integers(0, 11), st.integers(0, 12))
def test_bodies_cannot_mend_each_other(middle: bytes, start: int, end: int) -> None:
    """Two halves that are no entries do not become entries by standing side by side."""
    whole = b'{"a":"' + middle + b'"}'
    parts = [whole[:start], whole[start:end], whole[end:]]
    sound = all(is_canonical(part) and part.startswith(b"{") for part in parts)
    assert (examine(parts).refusal is None) == sound
