"""Who can act at this device: persons whose keys its profile holds."""

from dataclasses import replace

from mlops_desktop.core.identity import Person
from mlops_desktop.outside import person_keys
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people


def list_actors(session: Session) -> tuple[Person, ...]:
    """Return the acting person and everybody whose key this profile holds, by name."""
    with session.workspace.read() as view:
        everybody = people.list_people(view.connection)
    workspace = session.workspace.id
    return tuple(
        person
        for person in everybody
        if person.id == session.actor.person
        or (person.can_sign and person_keys.has_person_key(workspace, person.id))
    )


def act_as(session: Session, person: str) -> Session:
    """Return the session with another person acting; signing still asks for that person's key."""
    return replace(session, actor=replace(session.actor, person=person))
