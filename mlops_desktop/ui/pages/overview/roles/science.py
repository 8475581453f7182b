"""The data scientist's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.science import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "science",
    60,
    "overview.science.title",
    "overview.science.purpose",
    _read,
    held=frozenset({"data_scientist"}),
    watches=frozenset({"experiment", "version", "deployment", "serving"}),
)
