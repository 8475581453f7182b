"""The choice of sections for one dossier: by a saved template, or said for this one."""

from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.content import Selection
from mlops_desktop.services.dossiers.sections import left_out_by
from mlops_desktop.services.dossiers.templates import find_template
from mlops_desktop.store.unit_of_work import ReadSession


def choose_sections(
    view: ReadSession, sections: tuple[str, ...], template: str | None, person: str
) -> Selection | None:
    """Return what is left out and who chose so: whoever saved the template, or ``person``.

    Raises ``dossier.chosen_twice``, ``dossier.unknown_template``, ``dossier.unknown_section``.
    """
    if template and sections:
        raise AppError("dossier.chosen_twice", where="sections")
    if template:
        found = find_template(view, template)
        return Selection(found.left_out, found.person, found.name, found.version)
    return Selection(left_out_by(sections), person) if sections else None
