"""Templates of risk classes: taken over, read, put in force, archived."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from mlops_desktop.core.tier_templates import TemplateStatus
from mlops_desktop.services import tier_templates
from tests.services.steps import SECOND
from tests.services.test_tier_templates import put, written
from tests.support.bank import FOUNDER, Bank
from tests.ui.pages.desk import Desk, is_open, texts, type_in
from tests.ui.pages.rules.acts import go


def test_templates_are_taken_over_read_put_in_force_and_archived(
    desk: Desk, file_bank: Bank, tmp_path: Path
) -> None:
    page = go(desk, "templates", 0)
    assert desk.can("template.take_up")
    desk.send(desk.do("template.take_up"))
    bad = written(tmp_path, change=put("red", "colour"))
    dialog = desk.do("template.read")
    type_in(dialog, "File", bad)
    desk.send(dialog)
    assert "At $ in the file:" in texts(dialog)
    type_in(dialog, "File", written(tmp_path, 2))
    desk.send(dialog)
    assert not is_open(dialog), texts(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    dialog = desk.do("template.archive")
    assert "This draft of" in texts(dialog)
    dialog.reject()
    assert not desk.can("template.activate"), "who brought it in does not put it in force"
    assert f"waits for a second person: {SECOND}" in texts(page.section().detail)
    desk.act_as(SECOND)
    page.section().list.view.selectRow(0)
    desk.settle()
    desk.sign(desk.do("template.activate"))
    found = {row.key: row.status for row in tier_templates.list_templates(file_bank.session)}
    assert sorted(found.values()) == ["active", "draft", "shipped"]
    said = texts(page.section().detail)
    page.section().detail.tabs.setCurrentIndex(1)
    assert SECOND in said
    desk.act_as(FOUNDER)
    assert desk.can("template.archive")
    dialog = desk.do("template.archive")
    assert "No other template is in force" in texts(dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return)  # begins on Cancel
    assert desk.can("template.archive")
    desk.send(desk.do("template.archive"))
    found = {row.key: row.status for row in tier_templates.list_templates(file_bank.session)}
    assert TemplateStatus.ARCHIVED in found.values()
