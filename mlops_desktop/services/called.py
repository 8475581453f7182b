"""What persons and legal entities are called: what completes a name while it is typed."""

from dataclasses import dataclass

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import entities, people
from mlops_desktop.store.queries.custom_fields import list_fields


@dataclass(frozen=True, slots=True)
class Called:
    """The names of those who are still enrolled, and of entities that are not closed."""

    people: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    own: tuple[Field, ...] = ()
    """The fields of the workspace's own, which forms ask for besides."""


def list_called(session: Session) -> Called:
    """Return every name that can be meant today."""
    with session.workspace.read() as view:
        persons = people.list_people(view.connection)
        known = entities.list_entities(view.connection)
        own = list_fields(view.connection)
    return Called(
        tuple(person.name for person in persons if not person.is_revoked),
        tuple(entity.name for entity in known if not entity.is_closed),
        own,
    )
