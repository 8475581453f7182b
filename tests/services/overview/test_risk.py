"""What a risk manager finds: figures that stand side by side count nothing twice."""

from datetime import timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW
from mlops_desktop.services.overview import risk
from mlops_desktop.services.overview.cards import Look
from tests.services.conftest import Bank
from tests.services.overview.ways import figures_of, table
from tests.services.overview_rows import count_rows, counted
from tests.services.steps import register


def test_a_review_is_overdue_or_due_soon_and_the_way_leads_to_those_counted(bank: Bank) -> None:
    today = clock.today()
    for name, days in (("late", -1), ("today", 0), ("soon", 90), ("later", 91)):
        register(bank, name=name, next_review=(today + timedelta(days=days)).isoformat())
    cards = risk.read_cards(Look(bank.session, NOW))
    told = figures_of(cards)
    assert (told["portfolio.figure.reviews_overdue"], told["overview.risk.due_soon"]) == (1, 2)
    ways = {name: way for name, _, way in counted(cards)}
    for name in ("portfolio.figure.reviews_overdue", "overview.risk.due_soon"):
        assert count_rows(bank.session, ways[name], NOW) == told[name]
    assert len(table(cards, "overview.risk.due").rows) == 3  # its title names both
