"""Lists and figures inside a person's scope, on both databases."""

from mlops_desktop.core.asof import NOW
from mlops_desktop.core.identity import Scope
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import admissions, items, models
from mlops_desktop.services.approvals import list_requests, request_approval
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.monitoring.filtering import choose_metrics
from mlops_desktop.services.monitoring.reading import list_metrics
from mlops_desktop.services.own_scope import (
    narrow_items,
    narrow_models,
    narrow_requests,
    read_own_scope,
    read_within,
)
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.request_list import RequestFilter, count_lines
from mlops_desktop.services.rows import ModelFilter
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import add_version, register
from tests.services.test_items import TEXTS

_LEASING = Scope("business_line", "Leasing")
_RETAIL = Scope("business_line", "Privatkunden & Filiale")
_NORTH = Scope("region", "Nord")
_PLACES = (
    ("PD Leasing Nord", "Leasing", "Nord, Süd"),
    ("PD Leasing Süd", "Leasing", "Süd"),
    ("PD Raten", _RETAIL.value, "Nord"),
    ("PD Karten", "Karten", "Nordost"),
)


def _fill(bank: Bank) -> None:
    for at, (name, line, regions) in enumerate(_PLACES, 1):
        key = register(bank, name=name, business_line=line, regions=regions)
        add_version(bank, key, artifact=f"sha256:{at}{at}")
        request_approval(bank.as_("Corinna Wolters"), key, "7", "production")
        items.open_item(bank.session, FINDING, Given(TEXTS, (f"M-0000{at}",)))
    both = Given(TEXTS | {"title": "Beides"}, ("M-00001", "M-00004"))
    items.open_item(bank.session, FINDING, both)


def _inside(bank: Bank, *scopes: Scope) -> tuple[set[str], int, int, set[str]]:
    """Return the models, and how many findings and requests there are, and models measured."""
    session = bank.session
    rows = models.list_models(session, narrow_models(ModelFilter(), scopes))
    wanted = narrow_items(session, ItemFilter(("finding",)), scopes)
    asked = narrow_requests(session, RequestFilter(), scopes)
    within = read_within(session, scopes)
    metrics = choose_metrics(list_metrics(session), "", within)
    requests = count_lines(session, asked)
    assert requests == len(list_requests(session, scopes=scopes))
    found = read_portfolio(session, NOW, scopes)
    assert found.models == len(rows)
    figures = {one.name: one.value for one in found.figures}
    assert figures["findings_open"] == items.count_items(session, wanted)
    return {row.id for row in rows}, figures["findings_open"], requests, {m.model for m in metrics}


def test_a_scope_narrows_lists_and_figures_to_the_same_models(bank: Bank) -> None:
    _fill(bank)
    assert _inside(bank, _LEASING)[:3] == ({"M-00001", "M-00002"}, 3, 2)
    assert _inside(bank, _RETAIL)[:3] == ({"M-00003"}, 1, 1)
    assert _inside(bank, _NORTH)[:3] == ({"M-00001", "M-00003"}, 3, 2)  # and not Nordost
    assert _inside(bank, _LEASING, _NORTH)[0] == {"M-00001"}
    assert _inside(bank, _LEASING, _RETAIL)[0] == {"M-00001", "M-00002", "M-00003"}
    assert _inside(bank)[:3] == ({"M-00001", "M-00002", "M-00003", "M-00004"}, 5, 4)
    assert _inside(bank, Scope("region", "West"))[:3] == (set(), 0, 0)
    typed = parse_filter(f'line:"{_RETAIL.value}" line:Leasing region:Nord')
    assert {row.id for row in models.list_models(bank.session, typed)} == {"M-00001", "M-00003"}


def test_the_scope_is_that_of_the_acting_person_by_the_last_admission(bank: Bank) -> None:
    assert read_own_scope(bank.session) == ()
    scopes = (_NORTH, _LEASING)
    admissions.change_person(bank.session, "Jonas Brandt", bank.unlock(FOUNDER), scopes=scopes)
    assert read_own_scope(bank.as_("Jonas Brandt")) == (_LEASING, _NORTH)
    assert read_own_scope(bank.session) == ()
    admissions.change_person(bank.session, "Jonas Brandt", bank.unlock(FOUNDER), scopes=())
    assert read_own_scope(bank.as_("Jonas Brandt")) == ()
