"""A workspace that has moved says so when it is opened where it was."""

from dataclasses import replace

from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.models import PAGE
from mlops_desktop.ui.widgets.bar import MessageBar
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, is_at_rest, said


def test_who_opens_a_workspace_that_has_moved_is_told_where_to(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window, session = make_window(pages=(PAGE,)), file_bank.session
    place = "//bank/risiko/elbmark.mlops"

    def told() -> bool:
        bars = (bar for bar in window.findChildren(MessageBar) if bar.isVisible())
        return any(place in said(bar) for bar in bars)

    window.context.use_session(session, "Elbmark Bank AG")
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert not told()
    moved = replace(session, workspace=replace(session.workspace, moved_to=place))
    window.context.use_session(moved, "Elbmark Bank AG")
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert told()
    window.context.use_session(None)
