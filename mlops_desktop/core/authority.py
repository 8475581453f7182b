"""Who may change what binds others: rules, tiering templates, permissions, fields, ….

One function decides in the window, on the command line, and again in the verifier. What binds
others takes a second person; where nobody else can sign, one alone may, and it stays visible.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from mlops_desktop.core.identity import Person, Role


class Act(StrEnum):
    """What is not for everybody to do."""

    DRAFT_RULE = "draft_rule"
    ACTIVATE_RULE = "activate_rule"
    ARCHIVE_RULE = "archive_rule"
    DRAFT_TEMPLATE = "draft_template"
    ACTIVATE_TEMPLATE = "activate_template"
    ARCHIVE_TEMPLATE = "archive_template"
    RECORD_PERMISSION = "record_permission"
    DECLARE_EMERGENCY = "declare_emergency"
    END_DELEGATION = "end_delegation"
    DEFINE_FIELD = "define_field"
    ISSUE_PERMIT = "issue_permit"
    REQUIRE_TESTS = "require_tests"
    SHAPE_DOSSIERS = "shape_dossiers"
    ARRANGE_TRUST = "arrange_trust"


_PUBLISHERS = frozenset({Role.RISK_MANAGER})
_SECOND = frozenset({Role.RISK_MANAGER, Role.COMPLIANCE})

ROLES = {
    Act.DRAFT_RULE: _PUBLISHERS,
    Act.ACTIVATE_RULE: _SECOND,
    Act.ARCHIVE_RULE: _PUBLISHERS,
    Act.DRAFT_TEMPLATE: _PUBLISHERS,
    Act.ACTIVATE_TEMPLATE: _SECOND,
    Act.ARCHIVE_TEMPLATE: _PUBLISHERS,
    Act.RECORD_PERMISSION: _SECOND,
    Act.DECLARE_EMERGENCY: frozenset({Role.RISK_MANAGER, Role.DEVOPS}),
    Act.END_DELEGATION: _PUBLISHERS,
    Act.DEFINE_FIELD: _PUBLISHERS,
    Act.REQUIRE_TESTS: _PUBLISHERS,
    Act.SHAPE_DOSSIERS: _PUBLISHERS,
    Act.ARRANGE_TRUST: _PUBLISHERS,
    Act.ISSUE_PERMIT: frozenset({Role.RISK_MANAGER, Role.DEVOPS}),
}
"""The roles that may do each; administrators are not exempt."""

RELATIONS = {
    Act.DECLARE_EMERGENCY: frozenset({"owner"}),
    Act.END_DELEGATION: frozenset({"giver", "holder"}),
}
"""The relations to what it is about that may do it as well."""

TAKES_TWO = frozenset({Act.ACTIVATE_RULE, Act.ACTIVATE_TEMPLATE})
"""What nobody does with a version he drafted himself."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Who wants to do what, how he stands to it, and who drafted it."""

    act: Act
    person: Person
    relations: frozenset[str] = frozenset()
    drafter: str | None = None


NEEDS_KEY = frozenset(
    {
        Act.ACTIVATE_RULE,
        Act.ARCHIVE_RULE,
        Act.ACTIVATE_TEMPLATE,
        Act.RECORD_PERMISSION,
    }
)
"""What binds others takes a key: whoever is only known could be anybody."""


def is_alone(person: Person, everybody: Iterable[Person]) -> bool:
    """Tell whether nobody else in the workspace can sign: then one does for all."""
    return not any(other.can_sign for other in everybody if other.id != person.id)


def refusal_of(attempt: Attempt, everybody: Iterable[Person]) -> str | None:
    """Return why somebody may not; None where he may.

    ``revoked``, ``role``, ``no_key`` or ``second_person``.
    """
    person, act = attempt.person, attempt.act
    if person.is_revoked:
        return "revoked"
    if is_alone(person, everybody):
        return None
    has_role = bool(ROLES[act].intersection(person.roles))
    if not has_role and not attempt.relations & RELATIONS.get(act, frozenset()):
        return "role"
    if act in NEEDS_KEY and not person.can_sign:
        return "no_key"
    return "second_person" if act in TAKES_TWO and attempt.drafter == person.id else None


def able(act: Act, everybody: Iterable[Person], drafter: str | None = None) -> tuple[Person, ...]:
    """Return who may do it by his role, so that a refusal can name them."""
    known = tuple(everybody)
    return tuple(
        one
        for one in known
        if one.can_sign and refusal_of(Attempt(act, one, drafter=drafter), known) is None
    )
