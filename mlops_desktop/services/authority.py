"""Asks whether the acting person may do what is not for everybody, and refuses by name."""

from mlops_desktop.core.authority import Act, Attempt, able, is_alone, refusal_of
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.cases import View
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people


def check_authority(
    session: Session,
    view: View,
    act: Act,
    *,
    relations: frozenset[str] = frozenset(),
    drafter: str | None = None,
) -> bool:
    """Refuse the acting person what is not his to do; return whether he does it all alone.

    Raises ``authority.revoked``, ``authority.<act>`` where the role is missing,
    ``authority.no_key``, and ``authority.second_person`` for who drafted what he wants to activate.
    """
    everybody = people.list_people(view.connection)
    person = people.get_person(view.connection, session.actor.person)
    refusal = refusal_of(Attempt(act, person, relations, drafter), everybody)
    if refusal is not None:
        code = act.value if refusal == "role" else refusal
        names = ", ".join(one.name for one in able(act, everybody, drafter)) or "–"
        raise AppError(f"authority.{code}", person=person.name, able=names)
    return is_alone(person, everybody)


def may(session: Session, view: View, act: Act, *, drafter: str | None = None) -> bool:
    """Tell whether the acting person may do it by his role."""
    everybody = people.list_people(view.connection)
    person = next((one for one in everybody if one.id == session.actor.person), None)
    attempt = Attempt(act, person, drafter=drafter) if person is not None else None
    return attempt is not None and refusal_of(attempt, everybody) is None
