"""What cards of an Overview hold, for asking."""

from collections.abc import Iterable

from mlops_desktop.services.overview.cards import Card, Figures, Said, Table, Value, Waits


def figures_of(cards: Iterable[Card]) -> dict[str, Value]:
    """Return every figure by its name."""
    sets = (card.figures for card in cards if isinstance(card, Figures))
    return {figure.name: figure.value for some in sets for figure in some}


def first_card(cards: Iterable[Card]) -> Waits:
    """Return what stands first: what waits for the reader."""
    card = next(iter(cards))
    assert isinstance(card, Waits)
    return card


def table(cards: Iterable[Card], title: str) -> Table:
    """Return the table of a title."""
    return next(one for one in cards if isinstance(one, Table) and one.title.key == title)


def parameters(said: object) -> dict[str, Value]:
    """Return what a sentence is filled with."""
    assert isinstance(said, Said)
    return dict(said.parameters)
