"""What DevOps reads: what the gate refuses and why, and how versions stand with their tests."""

from mlops_desktop.services.overview.cards import Card, Look
from mlops_desktop.services.overview.delivery import read_delivery
from mlops_desktop.services.overview.delivery_cards import (
    delivery_figures,
    gate_table,
    red_tests,
    refusals,
    tests_table,
)


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards: what the gate refuses, numbers, the gate over all, tests."""
    read = read_delivery(look)
    gate = (refusals(read), delivery_figures(read), gate_table(read))
    return (*gate, red_tests(read), tests_table(read))
