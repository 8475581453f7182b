"""Overview of DevOps."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.ui.pages.overview.role import RoleSpec


def _read(look: Look) -> tuple[Card, ...]:
    from mlops_desktop.services.overview.devops import read_cards

    return read_cards(look)


ROLE = RoleSpec(
    "devops",
    90,
    "overview.devops.title",
    "overview.devops.purpose",
    _read,
    held=frozenset({"devops"}),
    watches=frozenset(
        {"test", "check", "version", "deployment", "serving", "exception", "permission"}
    ),
)
