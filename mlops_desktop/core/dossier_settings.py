"""What a workspace gives every dossier: its class of confidentiality, retention and logo."""

from dataclasses import dataclass, fields, replace

from mlops_desktop.core.events.dossier_forms import DossierSettingsChanged


@dataclass(frozen=True, slots=True)
class DossierSettings:
    """The settings in force; ``logo`` is the SHA-256 of a kept PNG. None: nothing was set."""

    classification: str | None = None
    retention_months: int | None = None
    logo: str | None = None


NAMES = tuple(field.name for field in fields(DossierSettings))
"""What can be set, and taken away."""


def change_settings(before: DossierSettings, change: DossierSettingsChanged) -> DossierSettings:
    """Return the settings after a change."""
    kept = replace(before, **{name: None for name in change.drops if name in NAMES})
    return DossierSettings(
        change.classification or kept.classification,
        change.retention_months or kept.retention_months,
        change.logo.file if change.logo is not None else kept.logo,
    )
