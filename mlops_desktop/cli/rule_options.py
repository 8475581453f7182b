"""The options that spell a rule, and the rule they spell."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from mlops_desktop.cli.choices import OneOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Role
from mlops_desktop.core.rules import RELATIONS, Kind, Rule, Scope, Step

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session

F_ = TypeVar("F_", bound=Callable[..., Any])
_STEP = re.compile(r"([a-z][a-z0-9_]*)=(?:(\d+)(?::([a-z_+]+))?(?:@(.+))?|committee:(.+))")

_OPTIONS = (
    click.option(
        "--step",
        "steps",
        multiple=True,
        required=True,
        metavar="NAME=NUMBER[:ROLE+ROLE][@PERSON+PERSON]|NAME=committee:BODY",
        help="How many approvals of whom; can be given again.",
    ),
    click.option("--in-order", is_flag=True, help="One step after the other."),
    click.option(
        "--bar",
        "barred",
        multiple=True,
        type=click.Choice(RELATIONS),
        help="Who may not sign; all four unless said, and never without the first three.",
    ),
    click.option("--deadline", type=int, help="In working days."),
    click.option("--escalate-to", type=OneOf(Role), help="Who is shown it after the deadline."),
    click.option("--kind", "kinds", multiple=True, type=OneOf(Kind), help="Only such requests."),
    click.option("--tier", "tiers", multiple=True, type=int, help="Only models of this tier."),
    click.option("--environment", "environments", multiple=True, help="Only for it."),
    click.option("--region", "regions", multiple=True, help="Only models used there."),
    click.option("--methodology", "methodologies", multiple=True, help="Only such models."),
)


def rule_options(function: F_) -> F_:
    """Give a command the options that spell a rule."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


@dataclass(frozen=True, slots=True)
class Parts:
    """What the options said."""

    steps: tuple[str, ...]
    in_order: bool
    barred: tuple[str, ...]
    deadline: int | None
    escalate_to: Role | None
    kinds: tuple[Kind, ...]
    tiers: tuple[int, ...]
    environments: tuple[str, ...]
    regions: tuple[str, ...]
    methodologies: tuple[str, ...]

    @classmethod
    def of(cls, given: Mapping[str, object]) -> "Parts":
        """Return the parts of what click read."""
        return cls(**cast(dict[str, Any], dict(given)))


def read_rule(session: "Session", id: str, parts: Parts) -> Rule:
    """Return the rule spelled; raises ``rule.step_malformed`` and ``person.not_found``."""
    return Rule(
        id,
        tuple(_step(session, text) for text in parts.steps),
        parts.barred or RELATIONS,
        scope=Scope(
            parts.kinds, parts.tiers, parts.environments, parts.regions, parts.methodologies
        ),
        is_ordered=parts.in_order,
        deadline=parts.deadline,
        escalate_to=parts.escalate_to,
    )


def _step(session: "Session", text: str) -> Step:
    from mlops_desktop.services.people import show_person

    found = _STEP.fullmatch(text.strip())
    if found is None:
        raise AppError("rule.step_malformed", where="--step", text=text)
    name, number, roles, members, body = found.groups()
    if body is not None:
        return Step(name, 1, committee=body.strip())
    try:
        held = tuple(Role(role) for role in roles.split("+")) if roles else ()
    except ValueError:
        raise AppError("rule.step_malformed", where="--step", text=text) from None
    named = [one.strip() for one in members.split("+")] if members else []
    return Step(name, int(number), held, tuple(show_person(session, one).id for one in named))
