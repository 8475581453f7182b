"""What a person does on the page Models, and what is seen there."""

from mlops_desktop.core import clock
from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.inventory import Entry, Pair, Sighting
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.ui.pages.models.inventory import SCOPES
from mlops_desktop.ui.pages.models.page import ModelsPage
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.foot import Foot
from tests.support.bank import Bank
from tests.ui.pages.desk import Desk, texts


def find_candidate(bank: Bank, name: str) -> str:
    key = new_id()
    entry = Entry("mlflow", name, name, tags=(Pair("team", "cards"),), aliases=(Pair("live", "3"),))
    with bank.session.workspace.write(bank.session.actor) as work:
        work.record(CandidateFound(key, entry, Sighting("ab" * 32, clock.now())))
    return key


def names(page: ModelsPage) -> list[str]:
    found = [page.list.model.line(at) for at in range(page.list.count())]
    return [line.row.name for line in found if line is not None]


def choose(desk: Desk, page: ModelsPage, name: str) -> None:
    page.list.view.selectRow(names(page).index(name))
    desk.settle()


def show_scope(desk: Desk, page: ModelsPage, scope: str) -> None:
    page.scopes.setCurrentIndex(SCOPES.index(scope))
    desk.settle()


def tab(desk: Desk, page: ModelsPage, title: str) -> str:
    bar = page.detail.tabs.tabBar()
    at = [bar.tabText(at) for at in range(bar.count())].index(title)
    page.detail.tabs.setCurrentIndex(at)
    desk.settle()
    return texts(page.detail.tabs.currentWidget())


def shown_buttons(page: ModelsPage) -> set[str]:
    """Return what the foot of the detail lets do, behind its dots too."""
    foot = page.detail.findChild(Foot)
    assert isinstance(foot, Foot)
    buttons = page.detail.findChildren(ActionButton)
    return {one.objectName() for one in buttons if one.isVisible()} | {*foot.left_out()}
