"""Who is proposed to lead a meeting: two who can sign, whose part it is first."""

from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.meetings import propose_leaders


def person(id: str, *roles: Role, signs: bool = True) -> Person:
    return Person(id, id.title(), roles, "certificate" if signs else None)


def test_chair_and_secretary_are_those_who_can_sign_the_board_before_others() -> None:
    people = (
        person("anna", Role.BOARD, signs=False),
        person("bert", Role.AUDITOR),
        person("carl", Role.OWNER),
        person("dora", Role.RISK_MANAGER),
        person("emil", Role.BOARD),
    )
    assert propose_leaders(people) == ("emil", "dora")
    assert propose_leaders(people[:3]) == ("carl", None)


def test_nobody_is_proposed_where_nobody_can_sign() -> None:
    assert propose_leaders((person("anna", Role.BOARD, signs=False),)) == (None, None)
