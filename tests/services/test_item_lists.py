"""Lists of items: every order, page by page, now and as of a past day, on both databases."""

from datetime import UTC, datetime, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import NOW, AsOf, on
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.limitations import LIMITATION
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items
from mlops_desktop.services.items import Given, ItemFilter, ItemSort
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_items import TEXTS

_START = datetime(2026, 9, 1, 9, tzinfo=UTC)


def _fill(bank: Bank) -> None:
    """Five findings, some without a day, one dated back, one closed; and a limitation."""
    with clock.reading(lambda: _START):
        register(bank)
        for at, due in enumerate(("2026-12-01", "2026-10-01", "2026-11-01", "2027-01-01")):
            texts = TEXTS | {"title": f"Feststellung {4 - at}", "due": due}
            items.open_item(bank.session, FINDING, Given(texts, ("M-00001",)))
        texts = {"title": "Nur Bestand", "weight": "minor"}
        items.open_item(bank.session, LIMITATION, Given(texts, ("M-00001",)))
    with clock.reading(lambda: _START + timedelta(days=20)):
        back = Given(TEXTS, ("M-00001",), effective=_START - timedelta(days=10))
        items.open_item(bank.session, FINDING, back)
        kept = Given({"accepted_until": "2027-06-30"}, reason="Tragbar")
        items.take_step(bank.session, FINDING, "F-00001", "accept_risk", kept)
        items.edit_item(bank.session, FINDING, "F-00002", Given({"due": "2027-03-01"}))


def _paged(bank: Bank, wanted: ItemFilter) -> list[str]:
    found: list[str] = []
    while page := items.list_items(bank.session, wanted, offset=len(found), limit=2):
        found += [row.number for row in page]
    return found


def test_pages_make_the_whole_list_in_every_order(bank: Bank) -> None:
    _fill(bank)
    then = on((_START + timedelta(days=5)).date())
    for as_of in (NOW, then, on((_START + timedelta(days=30)).date())):
        for kinds in ((), ("finding",), ("finding", "limitation")):
            for sort in ItemSort:
                for down in (False, True):
                    wanted = ItemFilter(
                        kinds, scope=ItemScope.ALL, sort=sort, is_descending=down, as_of=as_of
                    )
                    whole = [row.number for row in items.list_items(bank.session, wanted)]
                    assert _paged(bank, wanted) == whole
                    assert len(whole) == items.count_items(bank.session, wanted) > 0
    late = on((_START + timedelta(days=30)).date())
    for sort in ItemSort:
        now, past = (ItemFilter(sort=sort, as_of=as_of) for as_of in (NOW, late))
        assert _paged(bank, now) == _paged(bank, past)


def test_what_has_no_day_stands_last_either_way_and_a_past_day_knows_no_later_one(
    bank: Bank,
) -> None:
    _fill(bank)

    def numbers(as_of: AsOf, *, down: bool) -> list[str]:
        wanted = ItemFilter(("finding",), sort=ItemSort.DUE, is_descending=down, as_of=as_of)
        return _paged(bank, wanted)

    then = on((_START + timedelta(days=5)).date())
    assert numbers(NOW, down=False)[-1] == "F-00001", "an accepted risk has no day"
    assert numbers(NOW, down=True)[-1] == "F-00001"
    assert numbers(NOW, down=True)[0] in ("F-00002", "F-00005")
    assert numbers(then, down=False) == ["F-00002", "F-00003", "F-00001", "F-00004"]
    assert numbers(then, down=True) == ["F-00004", "F-00001", "F-00003", "F-00002"]
