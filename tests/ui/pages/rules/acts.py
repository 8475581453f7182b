"""What a person does on the page Rules & committees."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mlops_desktop.ui.pages.rules.asking import CheckList
from mlops_desktop.ui.pages.rules.page import RulesPage
from tests.ui.pages.desk import Desk

OWNER = "Corinna Wolters"


def go(desk: Desk, part: str, row: int | None = None) -> RulesPage:
    desk.window.show_page("rules")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, RulesPage)
    page.show_part(part)
    desk.settle()
    if row is not None:
        page.section().list.view.selectRow(row)
        desk.settle()
    return page


def tick(dialog: object, name: str, at: int) -> None:
    """Tick an entry of a list with the keyboard."""
    (found,) = (
        one
        for one in dialog.findChildren(CheckList)  # type: ignore[attr-defined]
        if one.accessibleName() == name
    )
    found.setCurrentRow(at)
    QTest.keyClick(found, Qt.Key.Key_Space)
