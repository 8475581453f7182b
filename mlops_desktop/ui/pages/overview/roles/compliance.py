"""The compliance officer's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.compliance import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "compliance",
    30,
    "overview.compliance.title",
    "overview.compliance.purpose",
    _read,
    held=frozenset({"compliance"}),
    watches=frozenset({"dossier", "rule", "delegation"}),
    remembers=True,
)
