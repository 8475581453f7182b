"""Cases around an approval: a supervisor's permission, and an emergency."""

from pathlib import Path

from mlops_desktop.services import approvals, emergencies, permissions
from tests.services.steps import SECOND
from tests.support.bank import FOUNDER, Bank
from tests.ui.pages.desk import Desk, is_open, texts, type_in
from tests.ui.pages.rules.acts import OWNER, go


def test_a_permission_from_its_need_to_its_obligations(
    desk: Desk, file_bank: Bank, begun: None, tmp_path: Path
) -> None:
    scan = tmp_path / "Bescheid.pdf"
    scan.write_bytes(b"%PDF")
    desk.act_as(OWNER)
    go(desk, "permissions")
    dialog = desk.do("permission.need")
    for name, text in (("Model", "M-00001"), ("Version", "7"), ("Authority", "EZB")):
        type_in(dialog, name, text)
    desk.send(dialog)
    assert "has neither role" in texts(dialog)
    assert FOUNDER in texts(dialog)  # who may is named
    dialog.reject()
    desk.act_as(SECOND)
    page = go(desk, "permissions")
    dialog = desk.do("permission.need")
    for name, text in (("Model", "M-00001"), ("Version", "7"), ("Authority", "EZB")):
        type_in(dialog, name, text)
    desk.sign(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert "The gate says no." in texts(page.section().detail)
    dialog = desk.do("permission.apply")
    type_in(dialog, "Reference", "AZ 4711")
    desk.sign(dialog)
    assert "AZ 4711" in texts(page.section().detail)
    dialog = desk.do("permission.answer")
    desk.sign(dialog)
    assert "Choose what was answered." in texts(dialog)
    type_in(dialog, "Answer", "granted")
    type_in(dialog, "Obligation 1", "Nachkalibrierung")
    type_in(dialog, "File", str(scan))
    desk.sign(dialog)
    assert not is_open(dialog), texts(dialog)
    assert "Nachkalibrierung – open" in texts(page.section().detail)
    dialog = desk.do("permission.meet")
    desk.send(dialog)
    assert "There is no such file." in texts(dialog)
    type_in(dialog, "File", str(scan))
    desk.sign(dialog)
    assert not is_open(dialog), texts(dialog)
    (row,) = permissions.list_permissions(file_bank.session)
    assert row.permission.met == (1,)
    assert f"met, recorded by {SECOND}" in texts(page.section().detail)
    desk.window.context.actions.run("oversight.model")
    desk.settle()
    assert "PD Mittelstand" in texts(desk.models().detail)


def test_an_emergency_is_declared_and_its_approval_asked_for(
    desk: Desk, file_bank: Bank, begun: None
) -> None:
    page = go(desk, "emergencies")
    dialog = desk.do("emergency.declare")
    type_in(dialog, "Model", "M-00001")
    type_in(dialog, "Version", "8")
    desk.send(dialog)
    assert "The reason is missing." in texts(dialog)
    type_in(dialog, "Why it could not wait", "Angriff")
    type_in(dialog, "Since", "2020-01-01")
    desk.sign(dialog)
    assert "is more than 31 days ago" in texts(dialog.form)
    type_in(dialog, "Since", "")
    desk.sign(dialog)
    assert not is_open(dialog), texts(dialog)
    page.section().list.view.selectRow(0)
    desk.settle()
    assert "waits for its approval" in texts(page.section().detail)
    desk.send(desk.do("emergency.ratify"))
    (stand,) = emergencies.list_emergencies(file_bank.session)
    (asked,) = approvals.list_requests(file_bank.session)
    assert (asked.label, stand.state.value) == ("8", "open")
