"""Templates and settings of dossiers, each change a row: any past day can be shown."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.dossier_forms import (
    DossierSettingsChanged,
    DossierTemplateRemoved,
    DossierTemplateSaved,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Row, Rows
from mlops_desktop.store.tables.dossier_forms import dossier_settings, dossier_templates


@projects(DossierTemplateSaved, DossierTemplateRemoved)
def project_template(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep what a template leaves out from here on, or that it is gone."""
    payload = happening.payload
    if not isinstance(payload, DossierTemplateSaved | DossierTemplateRemoved):
        return
    rows.touched.add(("dossier_template", payload.template))
    saved = payload if isinstance(payload, DossierTemplateSaved) else None
    row: Row = {
        **_made(happening),
        "name": payload.template,
        "name_key": payload.template.casefold(),
        "version": saved.version if saved else 0,
        "left_out": records.list_to_text(saved.left_out) if saved else None,
    }
    rows.put(dossier_templates, row)


@projects(DossierSettingsChanged)
def project_settings(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a change of the settings."""
    payload = happening.payload
    if isinstance(payload, DossierSettingsChanged):
        rows.touched.add(("dossier_settings", "workspace"))
        rows.put(dossier_settings, {**_made(happening), "record": records.to_text(payload)})


def _made(happening: Happening) -> Row:
    return {
        "position": happening.position,
        "person": happening.actor.person,
        "at": clock.to_text(happening.at),
    }
