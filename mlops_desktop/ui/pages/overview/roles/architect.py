"""The ML architect's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.architect import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "architect",
    40,
    "overview.architect.title",
    "overview.architect.purpose",
    _read,
    held=frozenset({"architect"}),
    watches=frozenset({"series", "source", "resource_limits"}),
)
