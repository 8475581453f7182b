"""Who may put a draft in force, and what is said where nobody can."""

from mlops_desktop.core.authority import Act
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.ui.pages.rules.second_person import list_able, say_awaited
from tests.ui.pages.desk import Desk

NAMES = {"feddersen": "Dr. Katrin Feddersen", "amoako": "Henning Amoako"}


def _person(id: str, *roles: Role, key: bool = True) -> Person:
    return Person(id, NAMES[id], roles, "pem" if key else None, "mark")


def test_able_is_whoever_the_service_would_let() -> None:
    author = _person("feddersen", Role.RISK_MANAGER)
    able = list_able(Act.ACTIVATE_RULE, author.id, (author, _person("amoako", Role.COMPLIANCE)))
    assert able == ("amoako",)
    assert list_able(Act.ACTIVATE_RULE, author.id, (author, _person("amoako", Role.OWNER))) == ()
    keyless = _person("amoako", Role.COMPLIANCE, key=False)
    assert list_able(Act.ACTIVATE_RULE, author.id, (author, keyless)) == ("feddersen",), "alone"


def test_who_is_awaited_is_named_and_nobody_is_where_one_does_for_all(desk: Desk) -> None:
    def said(*able: str) -> str:
        return say_awaited(desk.window.context, able, "feddersen", NAMES).value

    assert said("amoako") == "waits for a second person: Henning Amoako"
    assert "nobody else in model risk management or compliance can sign yet" in said()
    assert said("feddersen") == "not yet"
