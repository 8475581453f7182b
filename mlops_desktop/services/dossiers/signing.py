"""What sealing and counter-signing take besides the file: the level's means and the key."""

from mlops_desktop.core.identity import Person
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.dossier.levels import Means
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.session import Session, Unlock
from mlops_desktop.services.trust_services import (
    TrustServices,
    means_for,
    refuse_revoked,
    services_of,
)
from mlops_desktop.store.queries import trust_services
from mlops_desktop.store.queries.authority import authority_of


def means_in(session: Session, level: Level, services: TrustServices | None) -> Means | None:
    """Return what a level is reached by in this workspace; raises as ``means_for``."""
    with session.workspace.read() as view:
        chosen = services or services_of(view)
        published = trust_services.find_revocations(view.connection)
        lists = [published] if published else []
        return means_for(level, chosen, [authority_of(view)], lists)


def unlock_for(session: Session, unlock: Unlock, person: Person) -> Credential:
    """Return the person's key, unless the authority's last list revokes its certificate."""
    credential = unlock(person)
    with session.workspace.read() as view:
        refuse_revoked(view, credential)
    return credential
