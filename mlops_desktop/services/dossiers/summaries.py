"""One line on an event in codes and names alone, the same in every language."""

from dataclasses import fields
from functools import singledispatch
from typing import cast

from mlops_desktop.core.details import CUSTOM, fields_set
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRefused,
    ApprovalRequested,
)
from mlops_desktop.core.events.candidates import CandidateFound, CandidateRejected
from mlops_desktop.core.events.custom_fields import (
    FieldAmended,
    FieldArchived,
    FieldDefined,
    FieldReinstated,
)
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.dossier_forms import DossierTemplateRemoved, DossierTemplateSaved
from mlops_desktop.core.events.dossiers import DossierExported
from mlops_desktop.core.events.entries import EntryChanged, EntryMissed, EntryRenamed
from mlops_desktop.core.events.model_links import ModelLinked, ModelUnlinked
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.events.registry import Event, name_of
from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded, TextErased
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionObserved,
    VersionRegistered,
    VersionReturned,
)
from mlops_desktop.core.field_changes import field_of
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.services.dossiers.summary_fields import tell_fields


@singledispatch
def summarise(payload: object) -> str:
    """Return what the event is about in a few codes; "" where its type says it all."""
    if hasattr(payload, "item"):
        return _item(payload)
    return tell_fields(name_of(cast(type[Event], type(payload))), payload)


def _item(payload: object) -> str:
    """Name the step of an item, or the fields an edit of it changed; the area that was judged."""
    step = getattr(payload, "step", None)
    details = getattr(payload, "details", None)
    if step is not None:
        area = getattr(details, "area", None)
        return f"judged.{area}" if step == "judge" and area is not None else str(step)
    emptied = tuple(f"-{name}" for name in getattr(payload, "cleared", ()))
    given = sorted(fields_set(details)) if details is not None else []
    return ", ".join((*given, *emptied))


def _names(details: ModelDetails) -> str:
    given = fields_set(details) - {CUSTOM}
    own = (one.key for one in details.custom)
    return ", ".join((*(item.name for item in fields(details) if item.name in given), *own))


@summarise.register
def _(payload: ModelRegistered) -> str:
    return payload.details.name or ""


@summarise.register
def _(payload: ModelEdited) -> str:
    emptied = tuple(f"-{name}" for name in payload.cleared)
    return ", ".join(part for part in (_names(payload.details), *emptied) if part)


@summarise.register(FieldDefined)
@summarise.register(FieldAmended)
@summarise.register(FieldArchived)
@summarise.register(FieldReinstated)
def _(payload: FieldDefined | FieldAmended | FieldArchived | FieldReinstated) -> str:
    return field_of(payload)


@summarise.register
def _(payload: ModelMoved) -> str:
    return payload.move.value


@summarise.register(ModelLinked)
@summarise.register(ModelUnlinked)
def _(payload: ModelLinked | ModelUnlinked) -> str:
    return payload.kind.value


@summarise.register
def _(payload: CandidateFound) -> str:
    return f"{payload.entry.source} / {payload.entry.name}"


@summarise.register
def _(payload: CandidateRejected) -> str:
    return payload.verdict.value


@summarise.register(VersionRegistered)
@summarise.register(VersionObserved)
@summarise.register(VersionChanged)
@summarise.register(VersionReturned)
def _(payload: VersionRegistered | VersionObserved | VersionChanged | VersionReturned) -> str:
    return payload.details.version


@summarise.register
def _(payload: EntryChanged) -> str:
    return f"{payload.entry.source} / {payload.entry.name}"


@summarise.register
def _(payload: EntryRenamed) -> str:
    return f"{payload.former_id} → {payload.entry.name}"


@summarise.register
def _(payload: EntryMissed) -> str:
    return f"{payload.source} / {payload.native_id}"


@summarise.register
def _(payload: DeploymentOpened) -> str:
    return f"{payload.label} → {payload.environment} ({payload.role})"


@summarise.register
def _(payload: ApprovalRequested) -> str:
    return payload.environment


@summarise.register
def _(payload: ApprovalDecided) -> str:
    return payload.decision.value


@summarise.register
def _(payload: ApprovalRefused) -> str:
    return payload.rule


@summarise.register
def _(payload: DossierExported) -> str:
    return payload.dossier


@summarise.register(DossierTemplateSaved)
@summarise.register(DossierTemplateRemoved)
def _(payload: DossierTemplateSaved | DossierTemplateRemoved) -> str:
    return payload.template


@summarise.register(RetentionDefined)
@summarise.register(RetentionEnded)
@summarise.register(TextErased)
def _(payload: RetentionDefined | RetentionEnded | TextErased) -> str:
    return payload.rule
