"""The model risk manager's Overview."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.risk import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "risk",
    10,
    "overview.risk.title",
    "overview.risk.purpose",
    _read,
    held=frozenset({"risk_manager", "validator", "board"}),
    is_scoped=True,
    watches=frozenset({"series", "evaluation", "breach", "source", "serving"}),
)
