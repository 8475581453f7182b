"""Tiering templates and their standing; the tier of a model is part of the model's own rows."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.tiering import (
    TierTemplateActivated,
    TierTemplateAdded,
    TierTemplateArchived,
)
from mlops_desktop.core.model_state import Happening
from mlops_desktop.core.tier_templates import TemplateStatus, template_key
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.tiering import tier_template_states, tier_templates


@projects(TierTemplateAdded)
def project_template(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a version of a template, as a draft."""
    payload = happening.payload
    if not isinstance(payload, TierTemplateAdded):
        return
    template = payload.template
    rows.put(
        tier_templates,
        {
            "id": template.key,
            "template": template.id,
            "version": template.version,
            "person": happening.actor.person,
            "at": clock.to_text(happening.at),
            "record": records.to_text(template),
            "position": happening.position,
        },
    )
    _stand(rows, happening, template.key, TemplateStatus.DRAFT)


@projects(TierTemplateActivated, TierTemplateArchived)
def project_standing(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Note from when on a version is active, or is not any more."""
    match happening.payload:
        case TierTemplateActivated(template=template, version=version):
            _stand(rows, happening, template_key(template, version), TemplateStatus.ACTIVE)
        case TierTemplateArchived(template=template, version=version):
            _stand(rows, happening, template_key(template, version), TemplateStatus.ARCHIVED)


def _stand(rows: Rows, happening: Happening, key: str, status: TemplateStatus) -> None:
    rows.touched.add(("tier_template", key))
    rows.add(
        tier_template_states,
        {
            "id": key,
            "position": happening.position,
            "effective": clock.to_text(happening.effective),
            "status": status.value,
            "person": happening.actor.person,
            "is_alone": _alone(happening),
        },
    )


def _alone(happening: Happening) -> int | None:
    told = happening.payload
    if not isinstance(told, TierTemplateActivated) or told.is_alone is None:
        return None
    return int(told.is_alone)
