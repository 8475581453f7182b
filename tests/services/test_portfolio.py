"""Figures as of any date, each leading to exactly its rows."""

from datetime import UTC, date, datetime

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items, models, portfolio
from mlops_desktop.services.ageing import read_ageing
from mlops_desktop.services.changes import Area, What, compare_days
from mlops_desktop.services.days import read_days
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.item_filtering import parse_item_filter
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.portfolio import Place, Portfolio
from mlops_desktop.services.reconciliation.filtering import parse_rows_filter
from mlops_desktop.services.reconciliation.listing import reconcile
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_items import TEXTS


def values(found: Portfolio) -> dict[str, int]:
    return {figure.name: figure.value for figure in found.figures}


def fill(bank: Bank) -> None:
    with clock.reading(lambda: datetime(2026, 3, 1, 9, tzinfo=UTC)):
        register(bank, next_review="2026-06-30", regions="DE, LU")
        items.open_item(bank.session, FINDING, Given(TEXTS | {"due": "2026-05-01"}, ("M-00001",)))
    with clock.reading(lambda: datetime(2026, 9, 1, 9, tzinfo=UTC)):
        register(bank, name="LGD Baufinanzierung (IRB)", tier="2")
        register(bank, name="OpRisk-AMA-Modell")
        models.move_model(bank.session, "M-00003", Move.RETIRE, reason="CRR III")


def test_figures_are_of_the_day_they_are_asked_for(bank: Bank) -> None:
    fill(bank)
    spring = portfolio.read_portfolio(bank.session, on(date(2026, 4, 1)))
    assert (spring.models, values(spring)["items_overdue"]) == (1, 0)
    assert values(spring)["finding_age"] == 31
    assert spring.ageing.counts == ((1, 0, 0, 0), (0, 0, 0, 0), (0, 0, 0, 0))
    autumn = portfolio.read_portfolio(bank.session, on(date(2026, 10, 1)))
    assert autumn.ageing.counts[0] == (0, 0, 1, 0)
    assert autumn.ageing.late == (1, 0, 0)
    assert read_ageing(bank.session, on(date(2026, 10, 1))) == autumn.ageing
    base = ItemFilter(as_of=on(date(2026, 10, 1)))
    for term, number in (("91..180", 0), ("181..365", 1), (">213", 1), (">214", 0), ("<214", 0),
                         ("<215", 1), ("214..214 age:0..3", 1)):  # fmt: skip
        wanted = parse_item_filter(bank.session, f"kind:finding age:{term}", base)
        assert items.count_items(bank.session, wanted) == number, term
    assert (autumn.models, values(autumn)["retired"]) == (3, 1)
    assert values(autumn)["reviews_overdue"] == 1
    assert [(part.key, part.count) for part in autumn.by_region] == [("DE", 1), ("LU", 1), ("", 2)]
    days = read_days(bank.session)
    assert days.held <= days.recorded <= date(2026, 3, 1)
    assert days.dossier is None
    changes = portfolio.compare_portfolios(
        bank.session, on(date(2026, 4, 1)), on(date(2026, 10, 1))
    )
    assert {one.name: (one.before, one.after) for one in changes}["current"] == (1, 2)
    found = compare_days(bank.session, on(date(2026, 4, 1)), on(date(2026, 10, 1)))
    told = [(one.area, one.what, one.number or one.name, one.after) for one in found]
    assert (Area.FIGURES, What.MORE, "all_models", "3") in told
    assert (Area.FIGURES, What.SAME, "findings_open", "1") in told
    added = [one.number for one in found if one.what is What.ADDED]
    assert added == ["M-00002", "M-00003"]
    (opened,) = compare_days(bank.session, on(date(2026, 2, 28)), on(date(2026, 4, 1)))[-1:]
    assert (opened.what, opened.number, opened.after) == (What.OPENED, "F-00001", "open")
    with pytest.raises(AppError) as refused:
        compare_days(bank.session, on(date(2026, 4, 1)), on(date(2026, 4, 1)))
    assert refused.value.code == "changes.not_before"


def test_a_figure_with_a_filter_leads_to_exactly_its_rows(file_bank: Bank) -> None:
    fill(file_bank)
    for figure in portfolio.read_portfolio(file_bank.session, NOW).figures:
        if not figure.filter or figure.name == "finding_age":
            continue
        if figure.place is Place.MODELS:
            found = models.count_models(file_bank.session, parse_filter(figure.filter))
        elif figure.place is Place.CONTRADICTIONS:
            keep = parse_rows_filter(figure.filter)
            found = sum(map(keep, reconcile(file_bank.session).rows))
        else:
            base = ItemFilter(scope=ItemScope.ALL)
            wanted = parse_item_filter(file_bank.session, figure.filter, base)
            found = items.count_items(file_bank.session, wanted)
        assert found == figure.value, figure.name
