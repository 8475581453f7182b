"""The data engineer's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.data import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "data",
    70,
    "overview.data.title",
    "overview.data.purpose",
    _read,
    held=frozenset({"data_engineer"}),
    watches=frozenset({"pipeline", "pipeline_run", "check", "incident", "dataset"}),
)
