"""The links of a model lead to the other one, from both sides."""

from pytestqt.qtbot import QtBot

from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.services.model_links import link_models, links_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.tabs.links import _fact
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import open_desk
from tests.ui.pages.test_models import tab as show_tab


def test_the_fed_model_shows_who_feeds_it(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    for name in ("PD Mittelstand", "Wertberichtigung"):
        register(file_bank, name=name)
    link_models(file_bank.session, "M-1", LinkKind.FEEDS, "M-2", note="PD je Kunde")
    desk = open_desk(make_window, file_bank, qtbot)
    page = desk.models()
    context: Context = page.context
    (link,) = links_of(file_bank.session, "M-2")
    fact = _fact(context, link)
    assert "PD je Kunde" in fact.value
    assert (fact.name, "M-00001 PD Mittelstand" in fact.value) == ("is fed by", True)
    page.list.view.selectRow(1)
    desk.settle()
    told = show_tab(desk, page, "Links")
    assert "is fed by" in told
