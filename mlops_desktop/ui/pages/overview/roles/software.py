"""The software engineer's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.software import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "software",
    80,
    "overview.software.title",
    "overview.software.purpose",
    _read,
    held=frozenset({"software_engineer"}),
    watches=frozenset({"test", "check", "version", "deployment", "serving", "exception"}),
)
