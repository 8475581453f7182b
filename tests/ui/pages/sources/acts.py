"""What a person does on the page Sources, and what is seen there."""

from pytestqt.qtbot import QtBot

from mlops_desktop.services import sources
from mlops_desktop.services.sources import NewSource
from mlops_desktop.ui.pages.models import PAGE as MODELS
from mlops_desktop.ui.pages.sources import PAGE
from mlops_desktop.ui.pages.sources.form import SourceForm
from mlops_desktop.ui.pages.sources.page import SourcesPage
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, said
from tests.ui.pages.desk import Desk

NOWHERE = "http://127.0.0.1:9"


def add(bank: Bank, name: str, url: str) -> None:
    sources.add_source(bank.session, NewSource("mlflow", name, url))


def open_desk(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Desk:
    window = make_window(pages=(PAGE, MODELS))
    desk = Desk(window, bank, qtbot)
    window.context.use_session(bank.session, "Elbmark Bank AG")
    desk.settle()
    return desk


def page_of(desk: Desk) -> SourcesPage:
    return desk.go("sources", SourcesPage)


def choose(desk: Desk, name: str = "reg") -> SourcesPage:
    page = page_of(desk)
    page.show_record(name)
    desk.settle()
    row = page.detail.row
    assert row is not None
    assert row.name == name
    return page


def sync(desk: Desk, name: str = "reg") -> SourcesPage:
    page = choose(desk, name)
    page.work.sync()
    desk.settle()
    return page


def cells(page: SourcesPage, name: str) -> dict[str, str]:
    lines = [page.list.model.line(at) for at in range(page.list.model.rowCount())]
    line = next(line for line in lines if line is not None and line.row.id == name)
    ids = [column.id for column in page.list.model.columns]
    return dict(zip(ids, (cell.text for cell in line.cells), strict=True))


def form_of(desk: Desk) -> SourceForm:
    dialog = desk.do("source.add")
    assert isinstance(dialog, SourceForm)
    return dialog


def found(form: SourceForm) -> str:
    return said(form.found)
