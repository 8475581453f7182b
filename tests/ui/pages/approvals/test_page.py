"""The list of requests: what stands first, what is counted, and what holds for every view of it."""

import pytest
from PySide6.QtCore import QPoint, Qt

from mlops_desktop.services import approvals, models, request_list
from mlops_desktop.services.request_list import RequestFilter
from mlops_desktop.services.reviews import RequestLine
from mlops_desktop.services.session import Session
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals import requests
from mlops_desktop.ui.pages.approvals.requests import GROUPS
from mlops_desktop.ui.table import ListQuery
from tests.services.steps import add_version, cast, register
from tests.ui.access import nameless, unreachable
from tests.ui.pages.approvals.acts import OpenPage, sign
from tests.ui.pages.desk import Desk, close, texts


def test_what_waits_for_me_stands_first_and_is_counted(desk: Desk, as_: OpenPage) -> None:
    other = register(desk.bank, name="Zweites Modell", owner="Jonas Brandt")
    add_version(desk.bank, other)
    approvals.request_approval(desk.bank.session, other, "7", "staging")
    page = as_("Jonas Brandt")
    rows = [page.list.model.line(at) for at in range(page.list.count())]
    told = [(line.row.model_name, line.cells[2].text) for line in rows if line is not None]
    assert told == [
        ("PD Mittelstand (IRB)", "waiting for you"), ("Zweites Modell", "in progress"),
    ]  # fmt: skip
    assert page.heading() == "1 request waits for you."
    as_("Miriam Sander")
    assert page.heading() == "2 requests wait for you."
    as_("Corinna Wolters")
    assert page.heading() == "1 request waits for you."
    as_("Mateusz Kowalczyk")
    assert page.heading() == "Nothing waits for you."


def test_groups_and_the_filter_line_narrow(desk: Desk, as_: OpenPage) -> None:
    page = as_("Jonas Brandt")
    for group, number in (("waiting", 1), ("open", 1), ("granted", 0), ("ended", 0), ("all", 1)):
        page.groups.setCurrentIndex(GROUPS.index(group))
        desk.settle()
        assert page.list.count() == number, group
    for text, number in (
        ("mittelstand", 1), ("M-00001 production", 1), ("status:open", 1), ("status:voided", 0),
        ("environment:stag", 0), ("requester:wolters model:pd", 1),
    ):  # fmt: skip
        page.list.filter.setText(text)
        desk.settle()
        assert page.list.count() == number, text
    page.list.filter.setText("colour:red")
    desk.settle()
    assert page.list.bar.isVisible()


@pytest.mark.parametrize("width", [1280, 1360])
def test_the_list_begins_as_high_in_every_group(desk: Desk, as_: OpenPage, width: int) -> None:
    desk.window.context.language.use("de")
    page = as_("Jonas Brandt")
    desk.window.resize(width, 800)
    tops = set()
    for at in range(len(GROUPS)):
        page.groups.setCurrentIndex(at)
        desk.settle()
        tops.add(page.list.mapTo(page, QPoint(0, 0)).y())
        assert page.many.isVisible() is (GROUPS[at] == "paper")
    assert len(tops) == 1


def test_the_badge_counts_what_waits(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Jonas Brandt")
    assert "waiting for you" in texts(page.detail), "the row and its detail say the same"
    places = desk.window.rail.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    assert places.index(1, 0).data(role) == "Approvals, 1 waiting for you"
    sign(desk, "approval.approve")
    assert places.index(1, 0).data(role) == "Approvals"
    assert "waiting for you" not in texts(page.detail)


def test_the_other_language_is_spoken_at_once(as_: OpenPage, desk: Desk, request_key: str) -> None:
    page = as_("Corinna Wolters")
    desk.window.context.language.use("de")
    desk.settle()
    assert page.heading() == "Nichts wartet auf Sie."
    assert page.groups.tabText(1) == "Warten auf mich"
    told = texts(page.detail)
    for part in ("im Verfahren", "Vier-Augen-Prinzip", "0 von 2 Zustimmungen"):
        assert part in told
    assert "Wer das Modell verantwortet" in texts(page.detail.bar)


@pytest.mark.parametrize("stage", ["open", "decided", "voided"])
def test_everything_has_a_name_and_is_reached(
    as_: OpenPage, desk: Desk, request_key: str, stage: str
) -> None:
    if stage != "open":
        cast(desk.bank, request_key, "Jonas Brandt")
        cast(desk.bank, request_key, "Miriam Sander")
    if stage == "voided":
        models.edit_model(desk.bank.session, "M-00001", {"tier": "3"})
    page = as_("Jonas Brandt")
    for at in range(3):
        page.detail.tabs.setCurrentIndex(at)
        desk.settle()
        assert nameless(desk.window) == []
        assert unreachable(desk.window) == []


@pytest.mark.parametrize("action", ["approve", "condition", "reject", "abstain"])
def test_every_dialog_has_names_and_is_reached(as_: OpenPage, desk: Desk, action: str) -> None:
    as_("Jonas Brandt")
    dialog = desk.do(f"approval.{action}")
    dialog.activateWindow()
    desk.qtbot.waitUntil(dialog.isActiveWindow)
    assert nameless(dialog) == []
    assert [told for told in unreachable(dialog) if "QRadioButton" not in told] == []
    close(dialog)


def test_an_answer_that_comes_late_is_not_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    provider = requests.Requests(desk.window.context)

    def find_while_another_comes(*_: object) -> frozenset[str]:
        asked.append(1)
        provider.forget()
        return frozenset()

    monkeypatch.setattr(requests, "find_waiting", find_while_another_comes)
    for _ in range(2):
        provider.count(ListQuery(), Progress(lambda: None))
    assert len(asked) == 2


def test_what_waits_is_found_once_for_a_reload(
    as_: OpenPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = as_("Jonas Brandt")
    monkeypatch.setattr(requests, "find_waiting", None)
    page.list.filter.setText("pd")
    desk.settle()
    assert page.list.count() == 1


def test_a_long_list_comes_page_by_page(
    as_: OpenPage, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asker = desk.bank.as_("Corinna Wolters")
    for number in range(80):
        approvals.request_approval(asker, "1", "7", f"region-{number:03d}")
    asked: list[tuple[int, int]] = []
    real = request_list.page_lines

    def watched(
        session: Session, wanted: RequestFilter, *, offset: int, limit: int
    ) -> tuple[RequestLine, ...]:
        asked.append((offset, limit))
        return real(session, wanted, offset=offset, limit=limit)

    monkeypatch.setattr(requests, "page_lines", watched)
    page = as_("Corinna Wolters")
    desk.qtbot.waitUntil(lambda: page.list.count() == 81)
    assert set(asked) == {(0, 64)}
    page.list.view.selectRow(80)
    page.list.view.scrollToBottom()
    desk.settle()
    assert (64, 64) in asked
    last = page.list.model.line(79)
    assert last is not None
    assert last.row.environment == "region-000"


def test_an_empty_part_does_not_say_that_nobody_ever_asked(desk: Desk) -> None:
    page = desk.approvals()
    page.groups.setCurrentIndex(GROUPS.index("paper"))
    desk.settle()
    assert "There is nothing in this selection." in texts(page.list)
    assert "Nobody has asked for an approval yet." not in texts(page.list)
