"""What a software engineer reads: red tests of versions, and what the gate says of them."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.services.overview.delivery import read_delivery
from mlops_desktop.services.overview.delivery_cards import (
    delivery_figures,
    red_tests,
    refusals,
    tests_table,
)


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards: red tests, numbers, versions with their results, what the gate refuses."""
    read = read_delivery(look)
    return (red_tests(read), delivery_figures(read), tests_table(read), refusals(read))
