"""What a person does on the page Approvals, and what is seen there."""

from collections.abc import Callable

from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, versions
from mlops_desktop.services.documents import File
from mlops_desktop.services.versions import NewVersion
from mlops_desktop.ui.pages.approvals.page import ApprovalsPage
from mlops_desktop.ui.widgets.buttons import ActionButton
from mlops_desktop.ui.widgets.dialog import FormDialog
from tests.support.bank import PASSPHRASE, Bank
from tests.ui.pages.desk import Desk, texts, type_in

SCAN = File("Protokoll.pdf", b"%PDF scan")
OpenPage = Callable[[str], ApprovalsPage]


def status(desk: Desk, key: str) -> Status:
    return approvals.show_request(desk.bank.session, key).status


def sign(desk: Desk, action: str, passphrase: str = PASSPHRASE) -> FormDialog:
    dialog = desk.do(action)
    type_in(dialog, "Passphrase of your key", passphrase)
    desk.send(dialog)
    return dialog


def tab(desk: Desk, page: ApprovalsPage, at: int) -> str:
    page.detail.tabs.setCurrentIndex(at)
    desk.settle()
    return texts(page.detail.tabs.currentWidget())


def shown_buttons(page: ApprovalsPage) -> set[str]:
    found = page.detail.findChildren(ActionButton)
    return {button.objectName() for button in found if button.isVisible()}


def choose(desk: Desk, page: ApprovalsPage, key: str) -> None:
    """Choose the row of a request."""
    lines = [page.list.model.line(at) for at in range(page.list.count())]
    rows = [at for at, line in enumerate(lines) if line is not None and line.row.key == key]
    page.list.view.selectRow(rows[0])
    desk.settle()


def add_by_hand(bank: Bank) -> None:
    """Let compliance upload version 8, which makes her its contributor."""
    wanted = NewVersion("8", artifact="sha256:bb")
    versions.register_version(bank.as_("Miriam Sander"), "M-00001", wanted)
