"""Whatever is tried in whatever order: once there are two, nobody comes to sign by one alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.custody import SILENCE, Admission, Custody
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role

PERSONS = ("anna", "berta", "carl", "dora")
START = datetime(2026, 1, 1, tzinfo=UTC)
_person = st.sampled_from(PERSONS)
_roles = st.sampled_from([(), (Role.CUSTODIAN,), (Role.AUDITOR,)])
_tries = st.lists(
    st.one_of(
        st.tuples(st.just("enrol"), _person, _roles, st.booleans()),
        st.tuples(st.just("admit"), _person, _person, _roles),
        st.tuples(st.just("confirm"), _person, _person),
        st.tuples(st.just("revoke"), _person, _person, st.booleans()),
        st.tuples(st.just("remove"), _person, _person),
    ),
    max_size=40,
)


def _try(custody: Custody, told: tuple[object, ...], at: datetime) -> None:
    match told:
        case ("enrol", str(person), tuple(roles), bool(can_sign)):
            custody.enrol(person, roles, can_sign=can_sign)
        case ("admit", str(person), str(by), tuple(roles)):
            custody.admit(Admission(f"a-{person}-{by}", person, by, roles, ""))
        case ("confirm", str(person), str(by)):
            ids = [id for id, one in custody.waiting.items() if one.person == person]
            custody.confirm(ids[0] if ids else "", by)
        case ("revoke", str(person), str(by), bool(is_signed)):
            custody.revoke(person, by, at, is_signed=is_signed)
        case ("remove", str(person), str(by)):
            custody.confirm_removal(person, by, at)


@given(_tries)
def test_nobody_comes_or_goes_by_one_signature_once_there_are_two(
    tries: list[tuple[object, ...]],
) -> None:
    custody = Custody()
    for place, told in enumerate(tries):
        before, at = custody.copy(), START + timedelta(days=place)
        try:
            _try(custody, told, at)
        except AppError:
            assert custody == before, "a refusal changes nothing"
            continue
        if before.needs_two and custody.able != before.able:
            _check_two(before, told)
        if before.custodians and not before.needs_two:
            assert custody.custodians or not custody.able, "nobody is locked out"


def _check_two(before: Custody, told: tuple[object, ...]) -> None:
    """What changed who can sign was a second signature, or a mere revocation of no custodian."""
    kind, person, by = told[0], str(told[1]), told[2]
    if kind == "revoke":
        assert person not in before.custodians
        assert by == person or by in before.custodians
    elif kind == "confirm":
        (first,) = [one for one in before.waiting.values() if one.person == person][:1]
        assert len({first.by, by} & set(before.custodians)) == 2
        assert by != person
    elif kind == "enrol":
        assert told[3] is False
        assert person not in before.able
    else:
        removal = before.removals[person]
        assert kind == "remove"
        assert by != person
        assert by != removal.by or not before.able.keys() - {person, by}


def _two(*others: tuple[str, Role]) -> Custody:
    custody = Custody()
    custody.enrol("anna", (), can_sign=True)
    for name, role in others:
        custody.enrol(name, (role,), can_sign=True)
    custody.admit(Admission("b", "berta", "anna", (Role.CUSTODIAN,), ""))
    return custody


def test_where_nobody_else_is_left_one_waits_thirty_days_and_goes_on_alone() -> None:
    custody = _two()
    custody.revoke("berta", "anna", START, is_signed=True)
    with pytest.raises(AppError, match="too_early"):
        custody.confirm_removal("berta", "anna", START + SILENCE - timedelta(seconds=1))
    custody.confirm_removal("berta", "anna", START + SILENCE)
    assert not custody.needs_two
    assert custody.admit(Admission("c", "carl", "anna", (Role.CUSTODIAN,), ""))
    assert custody.needs_two


def test_a_witness_from_the_second_line_stands_in_before_others_do() -> None:
    custody = _two(("carl", Role.DEVELOPER), ("dora", Role.COMPLIANCE))
    custody.revoke("berta", "anna", START, is_signed=True)
    with pytest.raises(AppError, match="not_second"):
        custody.confirm_removal("berta", "carl", START)
    custody.confirm_removal("berta", "dora", START)
    assert custody.custodians == ("anna",)


def test_somebody_else_signs_where_no_witness_is() -> None:
    custody = _two(("carl", Role.DEVELOPER))
    custody.revoke("berta", "berta", START, is_signed=True)
    custody.confirm_removal("berta", "anna", START)
    assert not custody.needs_two


def test_the_founder_who_is_let_go_leaves_custody_to_who_could_sign_next() -> None:
    custody = Custody()
    for name in PERSONS[:3]:
        custody.enrol(name, (), can_sign=True)
    custody.revoke("anna", "anna", START, is_signed=False)
    assert not custody.needs_two
    assert custody.admit(Admission("d", "dora", "berta", (Role.CUSTODIAN,), ""))
    assert custody.custodians == ("berta", "dora")
