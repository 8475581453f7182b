"""Every attack of the table is found, at the right place, by the right check; clean is clean."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from mlops_desktop.core.events.people import DeviceEnrolled, PersonRevoked
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.ledger.anchor import LastSeen
from mlops_desktop.ledger.body import encode
from mlops_desktop.ledger.forms import read_event
from mlops_desktop.ledger.signature import payload_of, sign
from mlops_desktop.ledger.verification import LAST_SEEN
from mlops_desktop.ledger.verify import verify
from mlops_desktop.outside.credentials import Credential
from tests.ledger.conftest import AT
from tests.ledger.histories import DEVICE, History, Row, begin, found, noise, parts_of


@pytest.fixture
def history(authority: Credential, p256_signer: Credential, rsa_signer: Credential) -> History:
    """0 created, 1 and 2 enrolled, 3 device | 4–8 | 9 decision | 10 decision | 11–13."""
    made = begin(authority, ("p1", p256_signer), ("p2", rsa_signer))
    noise(made, 5)
    made.close()
    made.decide(p256_signer, "p1")
    made.close()
    made.decide(rsa_signer, "p2")
    made.close()
    noise(made, 3)
    made.close()
    return made


def test_a_sound_history_is_clean(history: History) -> None:
    verification = history.verify()
    assert verification.ok
    assert verification.first_failure is None
    assert (verification.size, verification.root) == (14, history.frontier.root())
    assert [check.examined for check in verification.checks] == [14, 14, 14, 5, 0, 2]
    assert [check.number for check in verification.checks] == [1, 2, 3, 4, 5, 6]


def test_an_empty_history_is_clean() -> None:
    assert verify([], []).ok


def _swap(history: History) -> None:
    a, b = history.rows[5], history.rows[6]
    history.rows[5:7] = [replace(b, position=5), replace(a, position=6)]


def _delete(history: History) -> None:
    del history.rows[6]


def _delete_and_renumber(history: History) -> None:
    _delete(history)
    history.rows = [replace(row, position=at) for at, row in enumerate(history.rows)]


def _edit(history: History) -> None:
    body = history.rows[5].body.replace(b'"id":"e5"', b'"id":"e6"')
    history.rows[5] = replace(history.rows[5], body=body)


def _edit_with_leaf(history: History) -> None:
    history.rewrite(5, history.rows[5].body.replace(b'"id":"e5"', b'"id":"e6"'))


def _edit_form(history: History) -> None:
    history.rewrite(5, history.rows[5].body.replace(b'"v":1', b'"v":1.0'))


def _append_unsigned(history: History) -> None:
    noise(history, 1)


def _cut_without_heads(history: History) -> None:
    del history.rows[-3:]


def _move_head(history: History) -> None:
    history.heads[1] = replace(history.heads[1], size=8)


def _foreign_head(history: History) -> None:
    history.resign(Ed25519PrivateKey.from_private_bytes(bytes(32)))


@pytest.mark.parametrize(
    ("attack", "expected"),
    [
        (_swap, (4, 4, "ledger.head_differs")),
        (_delete, (6, 1, "ledger.position_broken")),
        (_delete_and_renumber, (4, 4, "ledger.head_differs")),
        (_edit, (5, 3, "ledger.leaf_differs")),
        (_edit_with_leaf, (4, 4, "ledger.head_differs")),
        (_edit_form, (5, 2, "body.type_refused")),
        (_append_unsigned, (14, 4, "ledger.head_missing")),
        (_cut_without_heads, (11, 4, "ledger.events_missing")),
        (_move_head, (4, 4, "ledger.head_misplaced")),
        (_foreign_head, (0, 4, "note.signer_unknown")),
    ],
)
def test_attacks_without_the_key_are_found(
    history: History, attack: Callable[[History], None], expected: tuple[int, int, str]
) -> None:
    attack(history)
    assert found(history.verify()) == expected


def test_several_checks_may_fail_each_with_its_own_first_event(history: History) -> None:
    _edit(history)
    failures = [check.failure for check in history.verify().checks if check.failure]
    told = [(failure.check, failure.position, failure.error.code) for failure in failures]
    assert told == [
        (3, 5, "ledger.leaf_differs"),
        (4, 5, "ledger.head_differs"),
        (6, 9, "ledger.seen_differs"),
    ]


def test_rewriting_before_a_decision_is_found_even_with_the_device_key(history: History) -> None:
    _edit_with_leaf(history)
    history.resign()
    assert found(history.verify()) == (9, 6, "ledger.seen_differs")


def test_rewriting_after_the_last_decision_needs_the_anchor(history: History) -> None:
    seen = _seen(history)
    history.rewrite(12, history.rows[12].body.replace(b'"id":"e12"', b'"id":"e99"'))
    history.resign()
    assert history.verify().ok
    assert found(verify(parts_of(history.rows), history.heads, seen)) == (
        0,
        5,
        "ledger.history_changed",
    )


def test_a_cut_tail_needs_the_anchor(history: History) -> None:
    seen = _seen(history)
    del history.rows[-3:]
    del history.heads[-1]
    assert history.verify().ok
    verification = verify(parts_of(history.rows), history.heads, seen)
    assert found(verification) == (11, 5, "ledger.history_shortened")


def test_a_head_seen_earlier_is_a_prefix_of_what_grew(history: History) -> None:
    seen = _seen(history)
    noise(history, 2)
    history.close()
    verification = verify(parts_of(history.rows), history.heads, seen)
    assert verification.ok
    assert verification.checks[LAST_SEEN - 1].examined == 1


def test_forms_checked_earlier_are_left_out_and_people_still_known(history: History) -> None:
    verification = history.verify(forms_from=14)
    assert verification.ok
    assert [check.examined for check in verification.checks] == [14, 0, 14, 5, 0, 2]
    history.rewrite(9, history.rows[9].body.replace(b'"v":1', b'"v":1 '))
    history.resign()
    assert found(history.verify(forms_from=14)) == (9, 2, "body.not_canonical")


def test_a_decision_without_signature_does_not_count(
    history: History, p256_signer: Credential
) -> None:
    history.add(history.decision(p256_signer, "p1"), "p1")
    history.close()
    assert found(history.verify()) == (14, 6, "ledger.signature_missing")


def test_a_decision_in_another_name_does_not_count(
    history: History, p256_signer: Credential
) -> None:
    history.add(history.decision(p256_signer, "p2"), "p1", p256_signer)
    history.close()
    assert found(history.verify()) == (14, 6, "ledger.signer_not_enrolled")


def test_a_decision_with_another_persons_key_does_not_count(
    history: History, p256_signer: Credential
) -> None:
    history.decide(p256_signer, "p2")
    history.close()
    assert found(history.verify()) == (14, 6, "signature.certificate_differs")


def test_a_copied_decision_counts_once(history: History) -> None:
    tree = dict(read_event(history.rows[9].body))
    history.add_body(encode({**tree, "id": "another"}))
    history.close()
    assert found(history.verify()) == (14, 6, "ledger.decision_repeated")


def test_a_signature_moved_to_another_decision_is_wrong(
    history: History, p256_signer: Credential
) -> None:
    old = read_event(history.rows[9].body)["signature"]
    tree = history.tree_of(history.decision(p256_signer, "p1"), "p1")
    history.add_body(encode({**tree, "signature": old}))
    history.close()
    assert found(history.verify()) == (14, 6, "signature.wrong")


def test_a_decision_must_name_a_head_before_it(history: History, p256_signer: Credential) -> None:
    later = replace(history.seen(), size=99)
    history.decide(p256_signer, "p1", later)
    history.close()
    assert found(history.verify()) == (14, 6, "ledger.seen_differs")


def test_a_revoked_person_signs_no_more_and_earlier_decisions_stand(
    history: History, rsa_signer: Credential
) -> None:
    history.add(PersonRevoked("p2"))
    history.close()
    assert history.verify().ok
    history.decide(rsa_signer, "p2")
    history.close()
    assert found(history.verify()) == (15, 6, "ledger.signer_not_enrolled")


def test_an_expired_certificate_signs_no_more(history: History, p256_signer: Credential) -> None:
    payload = history.decision(p256_signer, "p1")
    tree = history.tree_of(payload, "p1", AT.replace(year=2030))
    signed: Signature = sign(payload_of(tree), p256_signer)
    parts = {"fingerprint": signed.fingerprint, "algorithm": signed.algorithm}
    history.add_body(encode({**tree, "signature": {**parts, "value": signed.value}}))
    history.close()
    assert found(history.verify()) == (14, 6, "certificate.expired")


def test_the_device_of_a_revoked_person_signs_that_head_and_none_after(history: History) -> None:
    history.add(PersonRevoked("p1"))
    history.close()
    assert history.verify().ok
    noise(history, 1)
    history.close()
    assert found(history.verify()) == (15, 4, "note.signer_unknown")


def test_a_second_device_signs_from_its_enrolment_on(history: History) -> None:
    other = Ed25519PrivateKey.generate()
    noise(history, 1)
    history.add(DeviceEnrolled("d2", "p2", other.public_key().public_bytes_raw().hex()))
    history.close(other)
    assert history.verify().ok
    history.heads.pop(1)
    history.resign(other)
    assert found(history.verify()) == (0, 4, "note.signer_unknown")


def test_a_weak_device_key_is_not_enrolled(history: History) -> None:
    history.add(DeviceEnrolled("d2", "p2", "01" + "00" * 31))
    history.close()
    assert found(history.verify()) == (14, 6, "public_key.weak_point")


def test_two_failures_at_one_place_are_told_by_the_first_check(history: History) -> None:
    del history.rows[0]
    assert found(history.verify()) == (0, 1, "ledger.position_broken")


@pytest.mark.filterwarnings("ignore:Parsed a serial number")
@given(st.data())
@settings(max_examples=150)
def test_every_flipped_bit_of_body_and_leaf_is_found(history: History, data: st.DataObject) -> None:
    rows = list(history.rows)
    at = data.draw(st.integers(0, len(rows) - 1))
    row = rows[at]
    part = data.draw(st.sampled_from(["leaf", "body"]))
    content = row.leaf if part == "leaf" else row.body
    bit = data.draw(st.integers(0, len(content) * 8 - 1))
    changed = _flip(content, bit)
    rows[at] = Row(at, changed, row.body) if part == "leaf" else Row(at, row.leaf, changed)
    place, check, _ = found(verify(parts_of(rows), history.heads, _seen(history))) or (
        None,
        None,
        None,
    )
    assert (place, check) in {(at, 2), (at, 3)}


def test_every_flipped_bit_of_a_head_is_found(history: History) -> None:
    kept = history.heads[2]
    content = kept.note.encode()
    for bit in range(0, len(content) * 8, 3):
        try:
            history.heads[2] = replace(kept, note=_flip(content, bit).decode())
        except UnicodeDecodeError:
            continue  # the database would not give it back as text
        assert not history.verify().checks[3].ok


_hostile = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.sampled_from(["", "p1", "x", "2026"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from("ab"), inner),
    max_leaves=4,
)


@given(st.data())
@settings(max_examples=150)
def test_hostile_entries_are_failures_and_never_crashes(
    history: History, data: st.DataObject
) -> None:
    """Somebody with the device key may write anything that has the canonical form."""
    copy = History(list(history.rows), list(history.heads))
    position = data.draw(st.sampled_from([0, 1, 3, 9, 10]))
    tree = dict(read_event(copy.rows[position].body))
    part = data.draw(st.sampled_from(["type", "at", "actor", "data", "signature"]))
    inner = tree.get(part)
    if isinstance(inner, dict) and data.draw(st.booleans()):
        inner = dict(inner)
        inner[data.draw(st.sampled_from(sorted(inner)))] = data.draw(_hostile)
        tree[part] = inner
    else:
        tree[part] = data.draw(_hostile)
    if encode(tree) == copy.rows[position].body:
        return
    copy.rewrite(position, encode(tree))
    copy.resign(DEVICE)
    assert not copy.verify().ok


def _seen(history: History) -> LastSeen:
    frontier = history.frontier
    return LastSeen(history.heads[-1].note, frontier.size, frontier.root(), AT)


def _flip(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)
