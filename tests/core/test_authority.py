"""Who may change what binds others: every act by every role, alone and among others."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.authority import (
    RELATIONS,
    ROLES,
    TAKES_TWO,
    Act,
    Attempt,
    able,
    is_alone,
    refusal_of,
)
from mlops_desktop.core.identity import Person, Role

ROLE_SETS = st.frozensets(st.sampled_from(Role)).map(tuple)


def person(id: str, *roles: Role, key: bool = True, revoked: bool = False) -> Person:
    return Person(id, id, roles, "pem" if key else None, "mark", is_revoked=revoked)


OTHER = person("other", Role.AUDITOR)


def test_every_act_names_its_roles() -> None:
    assert set(ROLES) == set(Act)
    assert all(Role.ADMINISTRATOR not in roles for roles in ROLES.values())


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("role", Role)
def test_among_others_it_takes_the_role(act: Act, role: Role) -> None:
    who = person("who", role)
    expected = None if role in ROLES[act] else "role"
    assert refusal_of(Attempt(act, who, drafter="else"), (who, OTHER)) == expected


@given(st.sampled_from(Act), ROLE_SETS, ROLE_SETS, st.booleans())
def test_nobody_activates_his_own_draft_while_another_can_sign(
    act: Act, roles: tuple[Role, ...], others: tuple[Role, ...], has_key: bool
) -> None:
    who = person("who", *roles)
    everybody = (who, person("b", *others, key=has_key))
    refusal = refusal_of(Attempt(act, who, drafter="who"), everybody)
    assert is_alone(who, everybody) is not has_key
    if not has_key:
        assert refusal is None
    elif act in TAKES_TWO:
        assert refusal in ("role", "second_person")


@pytest.mark.parametrize("act", RELATIONS)
def test_a_relation_stands_for_the_role(act: Act) -> None:
    who = person("who", Role.EXPERT)
    for relation in RELATIONS[act]:
        assert refusal_of(Attempt(act, who, frozenset({relation})), (who, OTHER)) is None
    assert refusal_of(Attempt(act, who, frozenset({"developer"})), (who, OTHER)) == "role"


@given(st.sampled_from(Act), st.lists(st.tuples(ROLE_SETS, st.booleans()), min_size=2, max_size=5))
def test_who_is_named_as_able_is_let_through(
    act: Act, staff: list[tuple[tuple[Role, ...], bool]]
) -> None:
    everybody = tuple(
        person(str(at), *roles, revoked=gone) for at, (roles, gone) in enumerate(staff)
    )
    for one in able(act, everybody, "0"):
        assert refusal_of(Attempt(act, one, drafter="0"), everybody) is None
        assert not one.is_revoked


def test_who_has_left_changes_nothing_even_alone() -> None:
    gone = person("gone", *Role, revoked=True)
    assert {refusal_of(Attempt(act, gone), (gone,)) for act in Act} == {"revoked"}
