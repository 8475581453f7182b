"""Conditions of an approval: text and day, overdue, several, met from the window."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtWidgets import QLabel

from mlops_desktop.core import clock
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, papers
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.papers import NewPaper
from tests.services.steps import cast
from tests.support.bank import PASSPHRASE
from tests.ui.pages.approvals.acts import SCAN, OpenPage, choose, sign, status, tab
from tests.ui.pages.desk import Desk, close, field, is_open, texts, type_in


def test_conditions_have_a_text_and_a_day(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    dialog = sign(desk, "approval.condition")
    assert "Please write at least one condition." in texts(dialog)
    type_in(dialog, "Condition 1", "Rekalibrierung")
    type_in(dialog, "Condition 1: due", "bald")
    desk.send(dialog)
    assert "Please write a day." in texts(dialog)
    due = clock.today() + timedelta(days=12)
    type_in(dialog, "Condition 1: due", "2020-01-31")
    desk.send(dialog)
    assert "lies before" in texts(dialog.conditions.parentWidget())  # type: ignore[attr-defined]
    type_in(dialog, "Condition 1: due", due.isoformat())
    dialog.passphrase.setText(PASSPHRASE)  # type: ignore[attr-defined]
    type_in(dialog, "Valid until", f"{due.year + 1}-06-30")
    told = f"The approval ends on 30/06/{due.year + 1}."
    assert told in texts(dialog)
    desk.send(dialog)
    assert not is_open(dialog)
    (row,) = approvals.show_request(desk.bank.session, request_key).decisions
    assert row.decided is not None
    assert row.decided.meaning.endswith(told)
    assert [(one.text.text, one.due) for one in row.decided.conditions] == [("Rekalibrierung", due)]
    assert row.decided.valid_until == date(due.year + 1, 6, 30)
    assert "(in 12 days)" in tab(desk, page, 1)


def test_an_overdue_condition_stands_out(as_: OpenPage, desk: Desk, request_key: str) -> None:
    due, later = clock.today() + timedelta(days=3), clock.now() + timedelta(days=6)
    terms = (("Rekalibrierung", due), ("Overlay beibehalten", None))
    ballot = Ballot(Decision.CONDITION, "Mit Auflagen.", conditions=terms)
    cast(desk.bank, request_key, "Miriam Sander", ballot)
    with clock.reading(lambda: later):
        page = as_("Jonas Brandt")
        assert "(3 days overdue)" in tab(desk, page, 1)
        tones = {
            label.text().split(" ")[0]: label.property("tone")
            for label in page.detail.tabs.currentWidget().findChildren(QLabel)
        }
    assert tones["Rekalibrierung"] == "bad"
    assert tones["Overlay"] == ""


def test_several_conditions_can_be_added_and_removed(as_: OpenPage, desk: Desk) -> None:
    as_("Jonas Brandt")
    dialog = desk.do("approval.condition")
    conditions = dialog.conditions  # type: ignore[attr-defined]
    type_in(dialog, "Condition 1", "eins")
    conditions.add_row()
    type_in(dialog, "Condition 2", "zwei")
    conditions._rows[0]._remove.click()
    desk.settle()
    assert conditions.conditions() == (("zwei", None),)
    assert field(dialog, "Condition 1").text() == "zwei"  # type: ignore[attr-defined]
    close(dialog)


def test_a_paper_is_confirmed_and_a_condition_met_from_the_window(
    as_: OpenPage, desk: Desk, tmp_path: Path
) -> None:
    terms = (("Nachkalibrierung", clock.today()),)
    paper = NewPaper("Modellrisikokomitee", date(2023, 12, 12), SCAN, "7", conditions=terms)
    told = papers.record_paper(desk.bank.as_("Corinna Wolters"), "M-00001", paper).id
    page = as_("Miriam Sander")
    choose(desk, page, told)
    assert "Recorded from paper, not signed here" in tab(desk, page, 0)
    assert not desk.can("approval.approve")
    sign(desk, "approval.confirm")
    assert status(desk, told) is Status.CONDITIONAL
    scan = tmp_path / "Bericht.pdf"
    scan.write_bytes(b"%PDF")
    dialog = desk.do("approval.meet")
    type_in(dialog, "Evidence file", str(scan))
    type_in(dialog, "Passphrase of your key", PASSPHRASE)
    desk.send(dialog)
    assert status(desk, told) is Status.APPROVED
    assert "met, confirmed by Miriam Sander" in tab(desk, page, 0)
