"""What colleagues record in a shared database, heard as it is committed."""

from mlops_desktop.services.session import Session
from mlops_desktop.store.listening import EVERY_KIND, PRESENCE, Heard, Listener, list_present
from mlops_desktop.store.queries.named import printed_names

__all__ = ["EVERY_KIND", "PRESENCE", "Heard", "Listener", "list_colleagues", "listen"]


def listen(session: Session) -> Listener | None:
    """Return what hears every commit of a shared workspace; None for a file, which tells nobody.

    Raises ``workspace.…`` where the server cannot be reached.
    """
    engine = session.workspace.engine
    is_server = engine.dialect.name == "postgresql"
    return Listener(engine, session.actor.person) if is_server else None


def list_colleagues(session: Session) -> tuple[str, ...]:
    """Return the names of the others whose windows show a shared workspace now, sorted."""
    with session.workspace.read() as view:
        names = printed_names(view.connection)
        here = list_present(view.connection) - {session.actor.person}
    return tuple(sorted(names[id] for id in here if id in names))
