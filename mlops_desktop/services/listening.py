"""What colleagues record in a shared database, heard as it is committed."""

from mlops_desktop.services.session import Session
from mlops_desktop.store.listening import EVERY_KIND, Heard, Listener

__all__ = ["EVERY_KIND", "Heard", "Listener", "listen"]


def listen(session: Session) -> Listener | None:
    """Return what hears every commit of a shared workspace; None for a file, which tells nobody.

    Raises ``workspace.…`` where the server cannot be reached.
    """
    engine = session.workspace.engine
    return Listener(engine) if engine.dialect.name == "postgresql" else None
