"""What an order form offers: who can sign, saved templates, sections, the workspace's own class."""

from dataclasses import dataclass

from mlops_desktop.services.dossiers.sections import Section, list_sections
from mlops_desktop.services.dossiers.settings import read_settings
from mlops_desktop.services.dossiers.templates import list_templates
from mlops_desktop.services.people import list_people
from mlops_desktop.services.profiles.standing import list_profiles
from mlops_desktop.services.session import Session
from mlops_desktop.services.trust_services import show_trust_services

CLASSIFICATIONS = ("public", "internal", "confidential", "strictly_confidential")
USUAL = "confidential"


@dataclass(frozen=True, slots=True)
class Offered:
    """Names to choose from; ``classification`` is what a dossier gets unless it is said."""

    persons: tuple[str, ...]
    templates: tuple[str, ...]
    sections: tuple[Section, ...]
    classification: str
    profiles: tuple[tuple[str, str], ...]
    """Regimes the workspace works by: id, and title in a language."""
    authority: str = ""
    """Who time-stamps signatures above the lowest level; nothing where nobody is arranged."""


def read_offered(session: Session, language: str) -> Offered:
    """Return what can be chosen in this workspace; titles in ``language``."""
    active = [one.profile for one in list_profiles(session) if one.is_active]
    return Offered(
        tuple(one.name for one in list_people(session) if one.can_sign),
        tuple(row.name for row in list_templates(session)),
        list_sections(),
        read_settings(session).classification or USUAL,
        tuple((one.id, one.title.say(language)) for one in active),
        show_trust_services(session).url or "",
    )
