"""Who may put a draft in force: what binds others takes another person than its author."""

from collections.abc import Collection, Iterable, Mapping

from mlops_desktop.core.authority import Act, Attempt, refusal_of
from mlops_desktop.core.identity import Person
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.said import fact, say
from mlops_desktop.ui.widgets.sections import Fact


def list_able(act: Act, drafter: str, everybody: Iterable[Person]) -> tuple[str, ...]:
    """Return the ids of those whom the service would let put it in force."""
    known = tuple(everybody)
    attempts = (Attempt(act, one, drafter=drafter) for one in known)
    return tuple(one.person.id for one in attempts if refusal_of(one, known) is None)


def is_able(context: Context, able: Iterable[str]) -> bool:
    """Whether the acting person is one of them."""
    return context.session.actor.person in able


def say_awaited(
    context: Context, able: Collection[str], drafter: str, names: Mapping[str, str]
) -> Fact:
    """Return the fact that a second person is awaited, and who that may be."""
    if drafter in able:  # nobody else can sign
        return fact(context, "activated", say(context, "gap.not_yet"), "warn")
    named = ", ".join(names.get(one, one) for one in able)
    key = "second_person" if named else "no_second_person"
    return fact(context, "activated", say(context, f"gap.{key}", able=named), "warn")
