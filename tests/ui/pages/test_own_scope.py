"""Lists open with the scope of who acts, say so, and one click shows everything."""

from pytestqt.qtbot import QtBot

from mlops_desktop.core.identity import Scope
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.services import admissions, items
from mlops_desktop.services.approvals import request_approval
from mlops_desktop.services.items import Given
from mlops_desktop.ui.page import Page
from mlops_desktop.ui.pages.approvals import PAGE as APPROVALS
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from mlops_desktop.ui.pages.governance import PAGE as GOVERNANCE
from mlops_desktop.ui.pages.governance.page import GovernancePage
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.pages.monitoring import PAGE as MONITORING
from mlops_desktop.ui.pages.monitoring.page import MonitoringPage
from mlops_desktop.ui.pages.overview import PAGE as OVERVIEW
from mlops_desktop.ui.pages.overview.page import OverviewPage
from mlops_desktop.ui.widgets.scope_strip import ScopeStrip
from tests.services.conftest import FOUNDER
from tests.services.steps import add_version, register
from tests.services.test_items import TEXTS
from tests.support.bank import Bank
from tests.ui.access import nameless
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk

_PAGES = (OVERVIEW, MODELS, APPROVALS, GOVERNANCE, MONITORING)
_LEASING = Scope("business_line", "Leasing")


def _fill(bank: Bank) -> None:
    for name, line in (("PD Leasing", "Leasing"), ("PD Raten", "Raten"), ("PD Karten", "Karten")):
        key = register(bank, name=name, business_line=line)
        add_version(bank, key, artifact=f"sha256:{len(line)}{len(line)}")
        request_approval(bank.as_("Corinna Wolters"), key, "7", "production")
        items.open_item(bank.session, FINDING, Given(TEXTS, (key,)))
    unlock = bank.unlock(FOUNDER)
    admissions.change_person(bank.session, "Mateusz Kowalczyk", unlock, scopes=(_LEASING,))


def _go(desk: Desk, id: str) -> Page:
    desk.window.show_page(id)
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, Page)
    return page


def _strip(page: Page) -> ScopeStrip:
    found = page.findChild(ScopeStrip)
    assert found is not None
    return found


def _counts(desk: Desk) -> tuple[int, ...]:
    """Return how many rows each page has, and that its heading and tabs count the same."""
    overview = _go(desk, "overview")
    assert isinstance(overview, OverviewPage)
    assert overview.all.found is not None
    models, asked = _go(desk, "models"), _go(desk, "approvals")
    found = _go(desk, "governance")
    assert isinstance(models, ModelsPage)
    assert isinstance(asked, ApprovalsPage)
    assert isinstance(found, GovernancePage)
    assert models.heading().startswith(f"{models.list.count()} model")
    assert found.heading().startswith(f"{found.list.count()} ")
    number = overview.cards["findings_open"].accessibleName()
    assert number == f"Open findings: {found.list.count()}"
    pages = (overview.all.found.models, models.list.count(), asked.list.count())
    return (*pages, found.list.count())


def test_every_list_opens_with_the_scope_and_one_click_shows_all(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    _fill(file_bank)
    desk = Desk(make_window(pages=_PAGES), file_bank, qtbot)
    desk.act_as("Mateusz Kowalczyk")
    assert _counts(desk) == (1, 1, 1, 1)
    for spec in _PAGES:
        page = _go(desk, spec.id)
        strip = _strip(page)
        assert strip.isVisible()
        assert strip.label.text() == "Only your scope: business line Leasing"
        assert nameless(page) == []
    page = _go(desk, "monitoring")
    assert isinstance(page, MonitoringPage)
    strip = _strip(page)
    strip.turn.click()
    desk.settle()
    assert strip.label.text().startswith("Everything is shown.")
    assert _counts(desk) == (3, 3, 3, 3)
    desk.window.context.language.use("de")
    strip = _strip(_go(desk, "models"))
    assert strip.turn.text() == "Nur meine Zuständigkeit"
    strip.turn.click()
    desk.window.context.language.use("en")
    desk.settle()
    assert _counts(desk) == (1, 1, 1, 1)

    strip.turn.click()
    desk.act_as("Corinna Wolters")
    assert _counts(desk) == (3, 3, 3, 3)
    assert not strip.isVisible()
    desk.act_as("Mateusz Kowalczyk")  # begins with his own again
    assert _counts(desk) == (1, 1, 1, 1)


def test_a_role_that_counts_everything_leads_to_everything(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    _fill(file_bank)
    desk = Desk(make_window(pages=_PAGES), file_bank, qtbot)
    desk.act_as("Mateusz Kowalczyk")
    for role, is_scoped in (("risk", True), ("auditor", False)):
        desk.window.context.use_role(role)
        page = _go(desk, "overview")
        assert isinstance(page, OverviewPage)
        assert _strip(page).isVisible() == page.keeps_to_scope() == is_scoped
        desk.window.context.show_list("models", "tier:1")
        desk.settle()
        models = desk.window.stage.page()
        assert isinstance(models, ModelsPage)
        assert models.list.count() == (1 if is_scoped else 3)
