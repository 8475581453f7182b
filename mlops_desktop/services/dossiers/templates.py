"""Templates of dossiers: which sections are left out, by whose choice."""

from collections.abc import Iterable

from mlops_desktop.core.authority import Act
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.dossier_forms import DossierTemplateRemoved, DossierTemplateSaved
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.dossiers.sections import left_out_by
from mlops_desktop.services.session import Recorded, Session, commit_text
from mlops_desktop.store.queries import dossier_forms as queries
from mlops_desktop.store.queries.dossier_forms import TemplateRow
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

__all__ = ["TemplateRow"]

_LONGEST = 60


def list_templates(session: Session) -> tuple[TemplateRow, ...]:
    """Return the templates of the workspace, by name."""
    with session.workspace.read() as view:
        return queries.list_templates(view.connection)


def find_template(view: ReadSession | WriteSession, name: str) -> TemplateRow:
    """Return a template by its name; raises ``dossier.unknown_template``."""
    known = queries.list_templates(view.connection)
    wanted = _cleaned(name).casefold()
    found = next((row for row in known if row.name.casefold() == wanted), None)
    if found is None:
        told = ", ".join(row.name for row in known) or "–"
        raise AppError("dossier.unknown_template", where="template", template=name, known=told)
    return found


def save_template(session: Session, name: str, chosen: Iterable[str]) -> Recorded:
    """Let dossiers be made of the sections ``chosen`` by this name; a known name counts on.

    Raises ``authority.shape_dossiers``, ``dossier.template_name_refused``,
    ``dossier.unknown_section``, ``dossier.no_section``.
    """
    left_out = left_out_by(chosen)
    cleaned = _cleaned(name)
    if not 0 < len(cleaned) <= _LONGEST:
        raise AppError("dossier.template_name_refused", where="name", most=_LONGEST)
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.SHAPE_DOSSIERS)
        version = queries.count_saved(work.connection, cleaned) + 1
        work.record(DossierTemplateSaved(cleaned, left_out, version))
    return Recorded(cleaned, work.changes)


def remove_template(session: Session, name: str, reason: str | None = None) -> Recorded:
    """Let no dossier be made by a template any more; those that were still name it.

    Raises ``authority.shape_dossiers``, ``dossier.unknown_template``.
    """
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.SHAPE_DOSSIERS)
        found = find_template(work, name)
        work.record(DossierTemplateRemoved(found.name, commit_text(reason)))
    return Recorded(found.name, work.changes)


def _cleaned(name: str) -> str:
    return " ".join(clean_text(name).split())
