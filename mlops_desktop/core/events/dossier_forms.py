"""How this workspace shapes its dossiers: templates that leave sections out, and its settings.

Names of templates and classes of confidentiality are rules, not statements about anybody: plain.
"""

from dataclasses import dataclass

from mlops_desktop.core.documents import Document
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events.registry import event


@event("dossier_template.saved")
@dataclass(frozen=True, slots=True)
class DossierTemplateSaved:
    """From now on dossiers by this template leave these sections out; saved again, it counts on.

    What is left out is kept, not what is printed: a section that comes later is printed.
    """

    template: str
    left_out: tuple[str, ...]
    version: int = 1


@event("dossier_template.removed")
@dataclass(frozen=True, slots=True)
class DossierTemplateRemoved:
    """No dossier is made by this template any more."""

    template: str
    reason: Erasable | None = None


@event("dossier_settings.changed")
@dataclass(frozen=True, slots=True)
class DossierSettingsChanged:
    """What every dossier is given unless its order says otherwise; what is None stays.

    ``drops`` names the settings taken away. The logo is a PNG kept by its digest.
    """

    classification: str | None = None
    retention_months: int | None = None
    logo: Document | None = None
    drops: tuple[str, ...] = ()
