"""Who lets sign: what too few custodians signed makes no signer, and verification names it."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.events.admissions import (
    AdmissionConfirmed,
    AdmissionRefused,
    PersonAdmitted,
    RevocationConfirmed,
)
from mlops_desktop.core.events.people import DeviceEnrolled, PersonEnrolled, PersonRevoked
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.identity import Role
from mlops_desktop.outside.certificate_requests import make_request
from mlops_desktop.outside.certificates import fingerprint, issue_person, new_p256_key, to_pem
from mlops_desktop.outside.credentials import Credential
from tests.ledger.conftest import AT
from tests.ledger.histories import NAME, History, begin, found

PERSONS = ("p1", "p2", "p3", "p4")


@pytest.fixture(scope="module")
def keys(authority: Credential) -> dict[str, Credential]:
    return {id: issue_person(authority, id, id, AT, new_p256_key()) for id in PERSONS}


@pytest.fixture
def two(authority: Credential, keys: dict[str, Credential]) -> History:
    """0 created, 1 p1 enrolled, 2 device, 3 p2 made a custodian by p1, 4 p4 without the role."""
    made = begin(authority, ("p1", keys["p1"]))
    made.add(admission(made, keys["p2"], "p2", Role.CUSTODIAN), "p1", keys["p1"])
    made.add(PersonEnrolled("p9", NAME), "p1")
    made.close()
    return made


def admission(
    history: History, held: Credential, person: str, *roles: Role, answers: str = "i1"
) -> PersonAdmitted:
    pem, mark = to_pem(held.certificate), fingerprint(held.certificate)
    request = make_request(held.private, person, answers)
    seen = history.seen()
    return PersonAdmitted(f"a-{person}", person, NAME, roles, pem, mark, seen, (), "i1", request)


def confirmed(history: History, held: Credential, person: str) -> AdmissionConfirmed:
    return AdmissionConfirmed(f"a-{person}", fingerprint(held.certificate), history.seen())


def add(history: History, payload: Event, by: str, keys: dict[str, Credential]) -> None:
    history.add(payload, by, keys[by])


def test_two_custodians_make_a_signer(two: History, keys: dict[str, Credential]) -> None:
    add(two, admission(two, keys["p3"], "p3"), "p1", keys)
    add(two, confirmed(two, keys["p3"], "p3"), "p2", keys)
    two.decide(keys["p3"], "p3")
    two.close()
    assert two.verify().ok


def test_one_custodian_alone_makes_none(two: History, keys: dict[str, Credential]) -> None:
    add(two, admission(two, keys["p3"], "p3"), "p1", keys)
    two.close()
    assert two.verify().ok, "an admission may wait"
    two.decide(keys["p3"], "p3")
    two.close()
    assert found(two.verify()) == (6, 6, "ledger.signer_not_enrolled")


Damage = Callable[[History, dict[str, Credential]], None]


def _plain(history: History, keys: dict[str, Credential]) -> None:
    held = keys["p3"].certificate
    history.add(PersonEnrolled("p3", NAME, (), to_pem(held), fingerprint(held)), "p1")


def _unsigned_admission(history: History, keys: dict[str, Credential]) -> None:
    history.add(admission(history, keys["p3"], "p3"), "p1")


def _by_nobody(history: History, keys: dict[str, Credential]) -> None:
    add(history, admission(history, keys["p3"], "p3"), "p1", keys)
    add(history, confirmed(history, keys["p3"], "p3"), "p2", keys)
    add(history, admission(history, keys["p4"], "p4"), "p3", keys)


def _confirms_his_own(history: History, keys: dict[str, Credential]) -> None:
    add(history, admission(history, keys["p3"], "p3"), "p1", keys)
    add(history, confirmed(history, keys["p3"], "p3"), "p1", keys)


def _confirms_himself(history: History, keys: dict[str, Credential]) -> None:
    add(history, admission(history, keys["p2"], "p2", Role.CUSTODIAN, Role.BOARD), "p1", keys)
    add(history, confirmed(history, keys["p2"], "p2"), "p2", keys)


def _confirms_another(history: History, keys: dict[str, Credential]) -> None:
    add(history, admission(history, keys["p3"], "p3"), "p1", keys)
    other = AdmissionConfirmed("a-p3", fingerprint(keys["p4"].certificate), history.seen())
    add(history, other, "p2", keys)


def _after_refusal(history: History, keys: dict[str, Credential]) -> None:
    add(history, admission(history, keys["p3"], "p3"), "p1", keys)
    add(history, AdmissionRefused("a-p3", history.seen()), "p2", keys)
    add(history, confirmed(history, keys["p3"], "p3"), "p2", keys)


def _another_invitation(history: History, keys: dict[str, Credential]) -> None:
    add(history, admission(history, keys["p3"], "p3", answers="i2"), "p1", keys)


def _no_proof(history: History, keys: dict[str, Credential]) -> None:
    told = admission(history, keys["p3"], "p3")
    bare = PersonAdmitted(*(getattr(told, name) for name in told.__slots__[:7]))
    add(history, bare, "p1", keys)


def _revoked_unsigned(history: History, keys: dict[str, Credential]) -> None:
    history.add(PersonRevoked("p2"), "p1")


def _removed_alone(history: History, keys: dict[str, Credential]) -> None:
    add(history, PersonRevoked("p2", seen=history.seen()), "p1", keys)
    add(history, RevocationConfirmed("p2", history.seen()), "p1", keys)


def _device_unproven(history: History, keys: dict[str, Credential]) -> None:
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw().hex()
    history.add(DeviceEnrolled("d2", "p2", public), "p2")


def _another_key(history: History, keys: dict[str, Credential]) -> None:
    told, other = admission(history, keys["p3"], "p3"), keys["p4"].private
    forged = {name: getattr(told, name) for name in told.__slots__}
    forged["request"] = make_request(other, "p3", "i1")
    add(history, PersonAdmitted(**forged), "p1", keys)


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (_plain, (5, "custody.one_signature")),
        (_unsigned_admission, (5, "ledger.signature_missing")),
        (_by_nobody, (7, "custody.not_custodian")),
        (_confirms_his_own, (6, "custody.same_person")),
        (_confirms_himself, (6, "custody.same_person")),
        (_confirms_another, (6, "custody.other_certificate")),
        (_after_refusal, (7, "custody.nothing_waits")),
        (_another_invitation, (5, "request.answers_another")),
        (_no_proof, (5, "request.missing")),
        (_another_key, (5, "request.other_key")),
        (_revoked_unsigned, (5, "custody.unsigned")),
        (_removed_alone, (6, "custody.too_early")),
        (_device_unproven, (5, "custody.device_unproven")),
    ],
)
def test_what_too_few_signed_is_named(
    two: History, keys: dict[str, Credential], damage: Damage, expected: tuple[int, str]
) -> None:
    damage(two, keys)
    two.close()
    position, code = expected
    assert found(two.verify()) == (position, 6, code)


def test_a_plain_enrolment_lets_nobody_sign_once_there_are_two(
    two: History, keys: dict[str, Credential]
) -> None:
    _plain(two, keys)
    two.decide(keys["p3"], "p3")
    two.close()
    told = {(one.position, one.error.code) for one in [two.verify().first_failure] if one}
    assert told == {(5, "custody.one_signature")}


def test_a_witness_confirms_that_the_other_custodian_is_gone(
    two: History, keys: dict[str, Credential]
) -> None:
    add(two, admission(two, keys["p3"], "p3", Role.AUDITOR), "p1", keys)
    add(two, confirmed(two, keys["p3"], "p3"), "p2", keys)
    add(two, PersonRevoked("p2", seen=two.seen()), "p1", keys)
    add(two, RevocationConfirmed("p2", two.seen()), "p3", keys)
    add(two, admission(two, keys["p4"], "p4", Role.CUSTODIAN), "p1", keys)
    two.close()
    two.decide(keys["p4"], "p4")
    two.close()
    assert two.verify().ok
    two.decide(keys["p2"], "p2")
    two.close()
    assert found(two.verify()) == (11, 6, "ledger.signer_not_enrolled")
