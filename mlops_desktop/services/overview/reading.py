"""Reads a role's cards, and how long the ledger was."""

from collections.abc import Callable

from mlops_desktop.services.overview.backup import with_backup
from mlops_desktop.services.overview.cards import Card, Look, Overview
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries.people import list_people

ReadCards = Callable[[Look], tuple[Card, ...]]


def read_overview(look: Look, read: ReadCards) -> Overview:
    """Return the cards; what is recorded meanwhile counts as not looked at yet."""
    with look.session.workspace.read() as view:
        size = view.head().size
    return Overview(with_backup(look, read(look), size), size)


def roles_of(session: Session) -> frozenset[str]:
    """Return the roles that the acting person has in this workspace."""
    with session.workspace.read() as view:
        everybody = list_people(view.connection)
    mine = (person for person in everybody if person.id == session.actor.person)
    return frozenset(role.value for person in mine for role in person.roles)
