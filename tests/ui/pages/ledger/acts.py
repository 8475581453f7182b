"""What a person does on the page Ledger, and what somebody may have done to its file."""

from pytestqt.qtbot import QtBot

from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import VersionDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store.engine import WRITES
from mlops_desktop.ui.pages.ledger import PAGE
from mlops_desktop.ui.pages.ledger.page import LedgerPage
from mlops_desktop.ui.status import StatusBar
from mlops_desktop.ui.window import Window
from tests.services.steps import register
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, find
from tests.ui.pages.desk import Desk


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Desk:
    window = make_window(pages=(PAGE,))
    desk = Desk(window, bank, qtbot)
    window.context.use_session(bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> LedgerPage:
    return desk.go("ledger", LedgerPage)


def bar_of(window: Window) -> StatusBar:
    return find(window, StatusBar)


def status(window: Window) -> str:
    return bar_of(window)._ledger.text()


def rows(page: LedgerPage) -> list[tuple[str, ...]]:
    found = [page.list.model.line(at) for at in range(page.list.model.rowCount())]
    return [tuple(cell.text for cell in line.cells) for line in found if line is not None]


def show(desk: Desk, page: LedgerPage, text: str) -> list[tuple[str, ...]]:
    page.list.set_filter(text)
    desk.settle()
    return rows(page)


def verify(desk: Desk) -> LedgerPage:
    page = page_of(desk)
    page.verify()
    desk.settle()
    return page


def alter(bank: Bank, statement: str) -> None:
    engine = bank.session.workspace.engine
    with engine.connect().execution_options(**{WRITES: True}) as connection:
        connection.exec_driver_sql(statement)
        connection.commit()


def add_versions(bank: Bank, number: int) -> None:
    model = register(bank, name="Kartenbetrug Echtzeit")
    with bank.session.workspace.write(bank.session.actor) as work:
        for at in range(number):
            work.record(VersionRegistered(new_id(), model, VersionDetails(str(at))))
