"""Drafts of dossiers: marked on every page, unsigned, on no record."""

from dataclasses import dataclass
from pathlib import Path

from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.services.dossiers.delivery import write_whole
from mlops_desktop.services.dossiers.export import Order, check_target, gather_content
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft that lies at ``path``, and the digest of its facts."""

    path: Path
    content: str


def draft_dossier(session: Session, order: Order) -> Drafted:
    """Write a dossier with a watermark on every page, without a signature and without a record.

    Raises ``dossier.file_exists``, ``dossier.no_folder``, ``dossier.cannot_write``, ``model.…``.
    """
    check_target(order)
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        gathered, _ = gather_content(session, view, order, person, is_draft=True)
    write_whole(order.out, build(gathered.content, read_words(order.language)))
    return Drafted(order.out, facts_digest(gathered.content.facts))
