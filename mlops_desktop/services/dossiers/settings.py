"""What the workspace gives every dossier: class of confidentiality, retention, logo."""

from dataclasses import dataclass

from mlops_desktop.core.authority import Act
from mlops_desktop.core.dossier_settings import NAMES, DossierSettings
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.dossier_forms import DossierSettingsChanged
from mlops_desktop.dossier.logo import check_logo
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services.authority import check_authority
from mlops_desktop.services.documents import File, keep_file
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.store import evidence
from mlops_desktop.store.queries import dossier_forms as queries
from mlops_desktop.store.unit_of_work import ReadSession

__all__ = ["DossierSettings"]

_LONGEST = 60
_MOST_MONTHS = 1200
_MOST_BYTES = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class SettingsWish:
    """What is to be set; what is None stays, ``drops`` names what is taken away."""

    classification: str | None = None
    retention_months: int | None = None
    logo: File | None = None
    drops: tuple[str, ...] = ()


def read_settings(session: Session) -> DossierSettings:
    """Return the settings in force."""
    with session.workspace.read() as view:
        return queries.read_settings(view.connection)


def read_logo(view: ReadSession, settings: DossierSettings) -> bytes | None:
    """Return the logo's bytes; raises ``evidence.not_kept`` and ``evidence.altered``."""
    return evidence.read(view.connection, settings.logo).content if settings.logo else None


@locks_late
def change_settings(session: Session, wish: SettingsWish) -> Recorded:
    """Set what every dossier is given unless its order says otherwise.

    Raises ``authority.shape_dossiers``, ``dossier.nothing_set``, ``dossier.months_refused``,
    ``dossier.class_refused``, ``dossier.unknown_setting``, ``dossier.logo_refused``.
    """
    classification = " ".join(clean_text(wish.classification or "").split()) or None
    _check(wish, classification)
    with session.workspace.write(session.actor) as work:
        check_authority(session, work, Act.SHAPE_DOSSIERS)
        logo = keep_file(work, wish.logo) if wish.logo is not None else None
        payload = DossierSettingsChanged(classification, wish.retention_months, logo, wish.drops)
        work.record(payload)
    return Recorded("workspace", work.changes)


def _check(wish: SettingsWish, classification: str | None) -> None:
    months, logo = wish.retention_months, wish.logo
    if classification is None and months is None and logo is None and not wish.drops:
        raise AppError("dossier.nothing_set")
    for name in wish.drops:
        if name not in NAMES:
            told = ", ".join(NAMES)
            raise AppError("dossier.unknown_setting", where="drop", setting=name, known=told)
    if classification is not None and len(classification) > _LONGEST:
        raise AppError("dossier.class_refused", where="classification", most=_LONGEST)
    if months is not None and not 1 <= months <= _MOST_MONTHS:
        raise AppError("dossier.months_refused", where="retention_months", most=_MOST_MONTHS)
    if logo is not None:
        if len(logo.content) > _MOST_BYTES:
            raise AppError("dossier.logo_refused", where="logo", reason="> 2 MB")
        check_logo(logo.content)
