"""Rules & committees as a whole: the beginning, and what holds for every section of the page."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core import clock
from mlops_desktop.services import meetings
from mlops_desktop.ui.pages.rules.asking import CheckList
from mlops_desktop.ui.pages.rules.offers import OFFERS
from mlops_desktop.ui.pages.rules.page import PARTS
from tests.services.oversight import BODY, tell
from tests.services.steps import SECOND
from tests.support.bank import FOUNDER, Bank
from tests.ui.access import nameless, unreachable
from tests.ui.pages.desk import Desk, texts
from tests.ui.pages.rules.acts import OWNER, go


def test_an_empty_workspace_says_what_there_is_and_offers_the_beginning(desk: Desk) -> None:
    page = go(desk, "rules", 0)
    assert "built in" in texts(page.section())
    assert desk.can("rule.draft")
    for action in ("rule.activate", "rule.revise", "rule.archive"):
        assert not desk.can(action)
    sentences = {
        "meetings": "No committee has met yet.",
        "permissions": "No version needs a permission or a notification.",
        "emergencies": "There was no emergency change.",
    }
    for part, sentence in sentences.items():
        assert sentence in texts(go(desk, part).section())
    assert "shipped" in texts(go(desk, "templates", 0).section())
    assert page.heading() == "Nothing waits for you"
    assert {offer.id for offer in OFFERS} <= {
        offer.id for _, offer in desk.window.context.actions.offered()
    }


@pytest.mark.parametrize("language", ["en", "de"])
def test_everything_has_a_name_and_is_reached(
    desk: Desk, file_bank: Bank, language: str, qtbot: QtBot
) -> None:
    told = tell(file_bank)
    meetings.call_meeting(
        file_bank.session,
        meetings.NewMeeting(
            BODY,
            clock.today() + timedelta(days=9),
            FOUNDER,
            SECOND,
            (OWNER,),
            1,
            (meetings.NewItem("Bericht"),),
        ),
    )
    desk.window.context.language.use(language)
    for section in PARTS:
        page = go(desk, section.id, 0)
        for at in range(page.section().detail.tabs.count()):
            page.section().detail.tabs.setCurrentIndex(at)
            assert nameless(desk.window) == []
            assert "oversight." not in texts(page)
    for part, actions in (
        ("rules", ("rule.draft", "rule.revise", "rule.try", "rule.archive")),
        ("meetings", ("meeting.call", "meeting.add_item", "meeting.minute")),
        ("permissions", ("permission.need", "permission.meet")),
        ("emergencies", ("emergency.declare", "emergency.ratify")),
        ("templates", ("template.read", "template.take_up")),
    ):
        go(desk, part, 0)
        for action in actions:
            dialog = desk.do(action)
            dialog.activateWindow()
            qtbot.waitUntil(dialog.isActiveWindow)
            assert nameless(dialog) == [], action
            assert unreachable(dialog) == [], action
            assert "oversight." not in texts(dialog), action
            dialog.reject()
    page = go(desk, "meetings")
    page.show_record(f"permissions:{told.permission}")
    desk.settle()
    assert "AZ 4711" in texts(page)
    _look_at_the_model(desk, language)


def _look_at_the_model(desk: Desk, language: str) -> None:
    page = desk.models()
    page.reload()  # what was told went past the window
    desk.settle()
    page.list.view.selectRow(0)
    desk.settle()
    title = {"en": "Supervisor and emergencies", "de": "Aufsicht und Notfälle"}[language]
    tabs = page.detail.tabs
    tabs.setCurrentIndex([tabs.tabText(at) for at in range(tabs.count())].index(title))
    desk.settle()
    said = texts(page.detail)
    assert "AZ 4711" in said
    assert "Angriff auf BIN-Bereich" in said
    assert nameless(desk.window) == []


def test_a_long_entry_of_a_list_to_tick_takes_a_second_line(qtbot: QtBot) -> None:
    long = "Corinna Wolters (Modellverantwortung, Modellrisikomanagement, Geschäftsleitung)"
    ticks = CheckList((("Jonas Brandt", "a"), (long, "b")))
    qtbot.addWidget(ticks)
    ticks.resize(300, 200)
    ticks.show()
    assert ticks.horizontalScrollBar().maximum() == 0
    short, tall = (ticks.visualItemRect(ticks.item(at)) for at in (0, 1))
    assert tall.height() > short.height() * 1.5
    assert tall.width() <= ticks.viewport().width()
    qtbot.waitUntil(lambda: not ticks.verticalScrollBar().isVisible())
