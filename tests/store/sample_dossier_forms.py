"""Templates of dossiers and the settings of all: saved, removed, changed."""

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.dossier_forms import (
    DossierSettingsChanged,
    DossierTemplateRemoved,
    DossierTemplateSaved,
)
from mlops_desktop.core.events.registry import Event

_SALT = b"0123456789abcdef"
DOSSIER_FORMS: tuple[Event, ...] = (
    DossierTemplateSaved("Aufsicht", ("glossary", "resources")),
    DossierTemplateSaved("Vorstand", ("ledger",), 2),
    DossierTemplateRemoved("Vorstand", commit("nicht mehr gebraucht", _SALT)),
    DossierSettingsChanged("internal", 120, Document("ab" * 32, commit("logo.png", _SALT))),
    DossierSettingsChanged(drops=("retention_months",)),
)
