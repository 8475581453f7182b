"""What a person does on the page Dossiers, and what is seen there."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from mlops_desktop.services import dossiers
from mlops_desktop.services.dossiers import Exported, Order
from mlops_desktop.ui.pages.dossiers import PAGE
from mlops_desktop.ui.pages.dossiers.order import OrderForm
from mlops_desktop.ui.pages.dossiers.page import DossiersPage
from mlops_desktop.ui.pages.dossiers.sealing import SealDialog
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, is_open, type_in


def export(bank: Bank, out: Path) -> Exported:
    return dossiers.export_dossier(bank.session, Order("1", out), bank.unlock(FOUNDER))


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Desk:
    window = make_window(pages=(PAGE,))
    window.resize(1280, 820)
    desk = Desk(window, bank, qtbot)
    window.context.use_session(bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> DossiersPage:
    return desk.go("dossiers", DossiersPage)


def choose(desk: Desk) -> DossiersPage:
    page = page_of(desk)
    page.list.view.selectRow(0)
    desk.settle()
    return page


def show(desk: Desk, path: Path) -> DossiersPage:
    page = page_of(desk)
    page.show_file(path)
    desk.settle()
    return page


def state(page: DossiersPage, row: int = 0) -> str:
    line = page.list.model.line(row)
    assert line is not None
    ids = [column.id for column in page.list.model.columns]
    return line.cells[ids.index("state")].text


def order(desk: Desk, out: Path, model: str = "M-00001") -> OrderForm:
    dialog = desk.do("dossier.export")
    assert isinstance(dialog, OrderForm)
    type_in(dialog, "Model", model)
    type_in(dialog, "File", str(out))
    return dialog


def seal_dialog(desk: Desk, form: OrderForm) -> SealDialog | None:
    """Send the order; return the dialog with its pages, None where the order was refused."""
    desk.send(form)
    found = [one for one in desk.window.findChildren(SealDialog) if is_open(one)]
    return found[-1] if found else None


def seal(desk: Desk, form: OrderForm, passphrase: str = PASSPHRASE) -> SealDialog:
    dialog = seal_dialog(desk, form)
    assert dialog is not None
    dialog.passphrase.setText(passphrase)
    desk.send(dialog)
    return dialog


def alter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
