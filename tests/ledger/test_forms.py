"""Examining a batch says exactly what examining one by one says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.events.sources import SourceRemoved
from mlops_desktop.ledger.body import MAX_BYTES, MAX_INTEGER, encode, is_canonical
from mlops_desktop.ledger.decisions import is_decision
from mlops_desktop.ledger.enrolment import is_learned
from mlops_desktop.ledger.forms import Examined, examine, find_telling, read_event
from mlops_desktop.outside.credentials import Credential
from tests.ledger.histories import begin

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


def _event(**parts: str) -> bytes:
    """An event of the usual envelope, its parts as JSON texts; a part given as "" is left out."""
    usual = {
        "actor": '{"device":"d1","person":"p1"}',
        "at": '"2026-01-31T00:00:00.000Z"',
        "data": '{"source":"r"}',
        "effective": '"2026-01-31T00:00:00.000Z"',
        "id": '"e1"',
        "type": '"source.removed"',
        "v": "1",
        "workspace": '"w1"',
    }
    stated = sorted({**usual, **parts}.items())
    return ("{" + ",".join(f'"{name}":{part}' for name, part in stated if part) + "}").encode()


# The usual envelope is read at once by its types; all of these come past them or beside them.
_GOOD_EVENTS = [
    _event(),
    _event(actor='{"agent":"sync","device":"d1","person":"p1"}'),
    _event(actor='{"device":"d1","person":"Jürgen"}'),
    _event(actor='{"agent":null,"device":"d1","person":"p1"}'),
    _event(data="[]"),
    _event(data='{"a":[null,true,{"b":-9007199254740991}],"c":"\\n"}'),
    _event(data='{"a":' + "[" * 20 + "]" * 20 + "}"),
    _event(v="2", zz="{}"),
    _event(id=""),
    _event(type='"person.enrolled"'),
    _event(type='"approval.decided"'),
    _event(type='["person.enrolled"]'),
    _event(signature='{"algorithm":"x","fingerprint":"y","value":"z"}'),
    _event(signature="null"),
    _event(signature='{"value":1}'),
]
_BAD_EVENTS = [
    _event().replace(b'"p1"', b'"p1" '),
    _event().replace(b'"p1"}', b'"p1","person":"p1"}'),
    _event().replace(b'"v":1', b'"v":1,"v":1'),
    _event().replace(b'"device":"d1","person":"p1"', b'"person":"p1","device":"d1"'),
    _event(v="1.0"),
    _event(v="1e0"),
    _event(v="01"),
    _event(v="-0"),
    _event(v="9007199254740992"),
    _event(id='"\\u00e9"'),
    _event(id='"\\/"'),
    _event(id='"\\u0000"'),
    _event(id='"\x7f\\ud800"'),
    _event(id='"e\u0301"'),
    _event(id='"\n"'),
    _event(data='{"b":1,"a":2}'),
    _event(data='{"a":1,"a":1}'),
    _event(data='{"é":1}'),
    _event(data='{"a":1.5}'),
    _event(data='{"a":[1e3]}'),
    _event(data='{"a":-9007199254740992}'),
    _event(data='{"a":' + "[" * 32 + "]" * 32 + "}"),
    _event(data='{"a":"' + "x" * MAX_BYTES + '"}'),
    _event(signature='{"value":"x","algorithm":"y"}'),
    _event(signature='{"é":"x"}'),
    b" " + _event(),
    _event() + b"\n",
    _event() + b"\n" + _event(),
    b"\xef\xbb\xbf" + _event(),
    _event()[:-1],
]
_GOOD += _GOOD_EVENTS
_BAD += _BAD_EVENTS


@pytest.mark.parametrize("body", _GOOD, ids=range(len(_GOOD)))
def test_good_bodies_pass_alone_and_among_others(body: bytes) -> None:
    examined = examine([_event(), body, _event()])
    assert examined.refusal is None
    assert examined.sound == 3


@pytest.mark.parametrize("body", _BAD, ids=range(len(_BAD)))
def test_bad_bodies_are_named_wherever_they_stand(body: bytes) -> None:
    for place in range(3):
        batch = [_event(), _event(id='"e2"')]
        batch.insert(place, body)
        examined = examine(batch)
        assert examined.refusal is not None
        assert examined.sound == place


@given(st.lists(st.sampled_from(_GOOD) | st.sampled_from(_BAD), max_size=6))
def test_a_batch_is_judged_as_its_bodies_are(bodies: list[bytes]) -> None:
    sound = [is_canonical(body) and body.startswith(b"{") for body in bodies]
    examined = examine(bodies)
    expected = sound.index(False) if False in sound else len(sound)
    assert examined.sound == expected
    assert (examined.refusal is None) == (expected == len(sound))
    assert examined.telling == [place for place in range(expected) if _tells(bodies[place])]


@given(st.binary(max_size=12), st.integers(0, 11), st.integers(0, 12))
def test_bodies_cannot_mend_each_other(middle: bytes, start: int, end: int) -> None:
    """Two halves that are no entries do not become entries by standing side by side."""
    whole = b'{"a":"' + middle + b'"}'
    parts = [whole[:start], whole[start:end], whole[end:]]
    sound = all(is_canonical(part) and part.startswith(b"{") for part in parts)
    assert (examine(parts).refusal is None) == sound


@pytest.mark.parametrize("text", ["Kündigung", "\\n", "plain"])
def test_what_this_program_writes_is_read_at_once(
    text: str, authority: Credential, p256_signer: Credential, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = begin(authority, ("p1", p256_signer))
    history.decide(p256_signer, "p1")
    history.add(SourceRemoved(text))
    monkeypatch.setattr("mlops_desktop.ledger.forms._one_by_one", None)
    bodies = [row.body for row in history.rows]
    assert examine(bodies) == Examined(len(bodies), [0, 1, 2, 3])
    assert find_telling(bodies) == [0, 1, 2, 3]


@given(st.lists(st.sampled_from(_GOOD + _BAD), max_size=6))
def test_bodies_that_tell_who_signs_are_found_unexamined(bodies: list[bytes]) -> None:
    found = find_telling(bodies)
    sound = [place for place, body in enumerate(bodies) if is_canonical(body)]
    assert {place for place in sound if _tells(bodies[place])} <= {*found}


def _tells(body: bytes) -> bool:
    if not body.startswith(b"{"):
        return False
    event = read_event(body)
    return is_learned(event) or is_decision(event)


def test_nothing_is_told_of_what_comes_after_the_first_wrong_body() -> None:
    signed = _event(type='"approval.decided"')
    examined = examine([signed, _event(id='"\\u0000"'), signed])
    assert (examined.sound, examined.telling) == (1, [0])
