"""The page of campaigns: opened by risk management, answered by ticks and drafts, closed."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.core.attestations import Answer, Stage, Target
from mlops_desktop.services import models
from mlops_desktop.services.attestations import answering, drafts, running, showing
from mlops_desktop.services.attestations.answering import Wish
from mlops_desktop.services.attestations.running import NewCampaign
from mlops_desktop.ui.pages.attestations import PAGE
from mlops_desktop.ui.pages.attestations.page import AttestationsPage
from tests.services.steps import register
from tests.support.bank import FOUNDER, PASSPHRASE, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.conftest import MakeWindow
from tests.ui.pages.desk import Desk, open_desk, texts, type_in

OWNER, OTHER = "Corinna Wolters", "Jonas Brandt"


@pytest.fixture
def desk(file_bank: Bank, make_window: MakeWindow, qtbot: QtBot) -> Desk:
    """Three models: two of one owner in tier 1, one without owner in tier 2."""
    register(file_bank)
    register(file_bank, name="LGD Gewerbe")
    register(file_bank, name="Bodensatz", owner="", tier="2")
    return open_desk(make_window, file_bank, qtbot, PAGE)


def open_campaign(bank: Bank) -> None:
    due = clock.today() + timedelta(days=30)
    targets = (Target("100", 1), Target("99.5", 2))
    running.open_campaign(bank.session, NewCampaign("Inventar", "Trifft zu.", due, targets))


def page_of(desk: Desk) -> AttestationsPage:
    desk.window.show_page("attestations")
    desk.settle()
    page = desk.window.stage.page()
    assert isinstance(page, AttestationsPage)
    return page


def test_a_campaign_is_opened_by_the_form(desk: Desk) -> None:
    page = page_of(desk)
    assert "No attestation campaign yet" in texts(page)
    form = desk.do("campaign.open")
    type_in(form, "Title", "Inventar zum Jahresende")
    type_in(form, "Statement", "Die Angaben treffen zu.")
    type_in(form, "Answers due by", "2020-01-01")
    desk.send(form)
    assert "is past" in texts(form)
    type_in(form, "Answers due by", (clock.today() + timedelta(days=30)).isoformat())
    type_in(form, "Target Tier 2 (%)", "101")
    desk.send(form)
    assert "no coverage target" in texts(form)
    type_in(form, "Target Tier 2 (%)", "99,5")
    desk.send(form)
    told = texts(page)
    for part in ("3 models asked, 0 answered", "0 of 2 · 0 %", "target 99.5 %, 1 more"):
        assert part in told
    assert page.open.model_of_rows.rowCount() == 3
    assert nameless(desk.window) == []


def test_an_owner_ticks_prepares_and_submits(desk: Desk) -> None:
    open_campaign(desk.bank)
    desk.act_as(OWNER)
    page = page_of(desk)
    page.tabs.setCurrentWidget(page.mine)
    mine = page.mine
    assert [row.id for row in mine.model.rows] == ["M-00001", "M-00002"]
    assert nameless(page) == []
    assert unreachable(desk.window) == []
    mine.all.click()
    assert mine.model.ticked == {"M-00001", "M-00002"}
    mine.model.setData(
        mine.model.index(1, 0), Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    mine.prepare.click()
    desk.settle()
    mine.all.click()
    assert mine.model.ticked == {"M-00002"}, "what has a draft is not ticked again"
    mine.answer.setCurrentIndex(mine.answer.findData(Answer.CHANGED))
    mine.prepare.click()
    desk.settle()
    assert len(drafts.read_drafts(desk.bank.as_(OWNER), "AC-1")) == 2
    mine.submit.click()
    desk.settle()
    assert "Refused: 1" in texts(mine)
    assert "M-00002: This answer about M-00002 needs a comment" in texts(mine)
    assert not showing.list_given(desk.bank.session, "AC-1")
    mine.model.tick({"M-00002"})
    mine.comment.setText("neuer Name")
    mine.prepare.click()
    desk.settle()
    mine.submit.click()
    desk.settle()
    assert mine.signing is not None, "who holds a key signs with it"
    desk.send(mine.signing)
    assert "passphrase" in texts(mine.signing)
    mine.signing.line.setText(PASSPHRASE)
    desk.send(mine.signing)
    assert [one.answer for one in showing.list_given(desk.bank.session, "AC-1")] == [
        Answer.CORRECT,
        Answer.CHANGED,
    ]
    given = mine.model.index(0, 4).data()
    assert given.endswith(", signed")
    assert "2 of 2 · 100 %" in texts(page)
    assert not mine.submit.isEnabled()


def test_whom_nothing_is_asked_of_reads_so_in_the_middle(desk: Desk) -> None:
    open_campaign(desk.bank)
    page = page_of(desk)
    page.tabs.setCurrentWidget(page.mine)
    QApplication.processEvents()
    mine = page.mine
    assert mine.nothing.isVisible()
    assert not mine.table.isVisible()
    assert mine.nothing.height() > mine.height() * 0.9, "the sentence has the whole tab"
    assert "nothing for you to answer" in texts(mine)


def test_a_campaign_closes_only_once_every_target_is_reached(desk: Desk) -> None:
    bank = desk.bank
    open_campaign(bank)
    wishes = [Wish("M-1", Answer.CORRECT), Wish("M-2", Answer.CORRECT)]
    answering.give_answers(bank.as_(OWNER), "AC-1", wishes)
    desk.act_as(FOUNDER)
    page = page_of(desk)
    assert desk.can("campaign.extend")
    assert not desk.can("campaign.close")
    tip = desk.window.context.actions.action("campaign.close").toolTip()
    assert "every tier has reached its target" in tip
    models.edit_model(bank.session, "M-3", {"owner": OTHER})
    answering.give_answers(bank.as_(OTHER), "AC-1", [Wish("M-3", Answer.CORRECT)])
    page.reload()
    desk.settle()
    assert desk.can("campaign.close")
    desk.window.context.actions.run("campaign.close")
    desk.settle()
    assert showing.show_campaign(bank.session, "AC-1").row.stage is Stage.CLOSED
    assert not desk.can("campaign.extend")
    page.tabs.setCurrentIndex(2)
    desk.settle()
    line = page.changes.model_of_rows.line(0)
    assert line is not None
    assert [cell.text for cell in line.cells][2:5] == ["Owner", "", OTHER]
    assert not page.whole.text()
    page.changes.selectRow(0)
    assert page.whole.text() == f"Before: – · After: {OTHER}"


def test_more_time_reminders_and_a_past_day(desk: Desk) -> None:
    open_campaign(desk.bank)
    page = page_of(desk)
    form = desk.do("campaign.extend")
    type_in(form, "Reason", "Urlaubszeit")
    type_in(form, "New date", (clock.today() + timedelta(days=60)).isoformat())
    desk.send(form)
    row = showing.show_campaign(desk.bank.session, "AC-1").row
    assert row.due == clock.today() + timedelta(days=60)
    desk.window.context.actions.run("campaign.remind")
    dialog = desk.window.findChild(QFileDialog, "saveFile")
    assert isinstance(dialog, QFileDialog)
    dialog.reject()
    QApplication.processEvents()
    desk.window.context.show_as_of(clock.today() - timedelta(days=1))
    desk.settle()
    assert "No attestation campaign yet" in texts(page)
    assert not desk.can("campaign.open")
    desk.window.context.show_as_of(None)
    desk.settle()
    form = desk.do("campaign.withdraw")
    type_in(form, "Reason", "falscher Umfang")
    desk.send(form)
    assert "withdrawn" in texts(page)
