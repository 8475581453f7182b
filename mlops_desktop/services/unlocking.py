"""Whether who acts here can unlock a window that was left alone, and with what."""

from mlops_desktop.outside import person_keys
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import people


def can_unlock(session: Session) -> bool:
    """Tell whether the key of the person who acts is in this profile, or its token is known."""
    id = session.actor.person
    return bool(id) and person_keys.has_person_key(session.workspace.id, id)


def check_passphrase(session: Session, passphrase: str) -> None:
    """Refuse a passphrase that is not that of the acting person's key.

    Five wrong ones in a row lock the key, as in signing. Raises ``person_key.…``.
    """
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
    unlocker(session, lambda: passphrase)(person)
