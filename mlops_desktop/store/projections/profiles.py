"""Regulatory profiles, and since when each field of a model's record says what it says."""

from mlops_desktop.core import clock
from mlops_desktop.core.details import names_set
from mlops_desktop.core.events.candidates import CandidateAccepted, CandidateFound
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.profiles import (
    ModelEvidenced,
    ModelScoped,
    ProfileActivated,
    ProfileAdded,
    ProfileDeactivated,
)
from mlops_desktop.core.events.registry import Signature
from mlops_desktop.core.events.tiering import (
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
from mlops_desktop.core.model_state import Happening
from mlops_desktop.store import records
from mlops_desktop.store.projections.registry import projects
from mlops_desktop.store.rows import Rows
from mlops_desktop.store.tables.profiles import (
    field_changes,
    model_evidence,
    model_scopes,
    own_profiles,
    profile_activations,
)


@projects(ProfileAdded)
def project_addition(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a version of a profile of the workspace's own."""
    payload = happening.payload
    if isinstance(payload, ProfileAdded):
        rows.touched.add(("profile", payload.profile))
        rows.add(
            own_profiles,
            {
                "position": happening.position,
                "profile": payload.profile,
                "version": payload.version,
                "text": payload.text,
            },
        )


@projects(ProfileActivated, ProfileDeactivated)
def project_activation(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep from when on the workspace works by a profile, or no longer does."""
    payload = happening.payload
    if isinstance(payload, ProfileActivated | ProfileDeactivated):
        rows.touched.add(("profile", payload.profile))
        rows.add(
            profile_activations,
            {
                "position": happening.position,
                "profile": payload.profile,
                "since": payload.since.isoformat(),
                "is_active": int(isinstance(payload, ProfileActivated)),
            },
        )


@projects(ModelScoped)
def project_scope(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a decision on scope; earlier ones stay."""
    payload = happening.payload
    if isinstance(payload, ModelScoped):
        rows.touched.add(("model", payload.model))
        rows.add(
            model_scopes,
            {
                "position": happening.position,
                "model": payload.model,
                "regime": payload.regime,
                "effective": clock.to_text(happening.effective),
                "person": happening.actor.person,
                "record": records.to_text(payload),
            },
        )


@projects(ModelEvidenced)
def project_evidence(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep a document by its kind and date."""
    payload = happening.payload
    if isinstance(payload, ModelEvidenced):
        rows.touched.add(("model", payload.model))
        rows.add(
            model_evidence,
            {
                "position": happening.position,
                "model": payload.model,
                "kind": payload.kind,
                "effective": clock.to_text(happening.effective),
                "record": records.to_text(payload),
            },
        )


_TIER = frozenset({"tier", "tier_reason"})
_RATED = _TIER | {"materiality", "complexity"}


@projects(
    ModelRegistered,
    CandidateFound,
    CandidateAccepted,
    ModelEdited,
    ModelTiered,
    ModelTierOverridden,
    ModelTierOverrideEnded,
)
def project_fields(rows: Rows, happening: Happening, _: Signature | None) -> None:
    """Keep which fields an event set, so that each value has a date."""
    payload = happening.payload
    match payload:
        case CandidateFound():
            names = frozenset({"name"})
        case ModelTiered() | ModelTierOverridden() | ModelTierOverrideEnded():
            names = _RATED if isinstance(payload, ModelTiered) else frozenset({"tier"})
        case ModelRegistered() | CandidateAccepted() | ModelEdited():
            names = names_set(payload.details)
        case ModelTiered():
            names = _RATED
        case ModelTierOverridden() | ModelTierOverrideEnded():
            names = _TIER
        case _:
            return
    rows.add(
        field_changes,
        {
            "model": payload.model,
            "position": happening.position,
            "effective": clock.to_text(happening.effective),
            "fields": " ".join(sorted(names)),
        },
    )
