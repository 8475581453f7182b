"""A subject matter expert's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.expert import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "expert",
    50,
    "overview.expert.title",
    "overview.expert.purpose",
    _read,
    held=frozenset({"expert"}),
    watches=frozenset({"feedback", "use_case", "finding", "points", "evaluation"}),
)
