"""The auditor's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.auditor import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "auditor",
    20,
    "overview.auditor.title",
    "overview.auditor.purpose",
    _read,
    held=frozenset({"auditor"}),
    watches=frozenset({"dossier"}),
)
