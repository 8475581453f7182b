"""What a colleague records in the team's database is shown at once, without anybody asking."""

import pytest
from psycopg import connect
from pytestqt.qtbot import QtBot

from mlops_desktop.services import models
from mlops_desktop.store.listening import PRESENCE, Listener, list_present
from mlops_desktop.ui.pages.sharing import PAGE
from mlops_desktop.ui.window import Window
from tests.store.test_listening import waited
from tests.support.bank import Bank
from tests.ui.conftest import MakeWindow, is_at_rest

WITHIN = 2_000


def listening(make_window: MakeWindow, bank: Bank, qtbot: QtBot) -> Window:
    window = make_window(pages=(PAGE,))
    window.context.use_session(bank.session, "Elbmark Bank AG")
    qtbot.waitUntil(lambda: window.colleagues.is_listening)
    qtbot.waitUntil(lambda: is_at_rest(window))
    return window


def test_what_is_committed_anywhere_is_heard(
    team_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = listening(make_window, team_bank, qtbot)
    with qtbot.waitSignal(window.context.changed, timeout=WITHIN) as told:
        models.register_model(team_bank.session, {"name": "PD"})
    assert told.args is not None
    assert "model" in told.args[0].kinds
    window.context.use_session(None)
    assert not window.colleagues.is_listening


def test_a_lost_server_is_listened_to_again(
    team_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = listening(make_window, team_bank, qtbot)
    with (
        qtbot.waitSignal(window.context.read_again, timeout=10_000),
        connect(team_bank.place, autocommit=True) as connection,
    ):
        connection.execute(
            b"SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            b"WHERE query LIKE 'LISTEN%' AND datname = current_database()"
        )
    qtbot.waitUntil(lambda: window.colleagues.is_listening)
    with qtbot.waitSignal(window.context.changed, timeout=WITHIN):
        models.register_model(team_bank.session, {"name": "PD"})


def test_nobody_is_listened_to_in_a_file(
    file_bank: Bank, make_window: MakeWindow, qtbot: QtBot
) -> None:
    window = make_window(pages=(PAGE,))
    window.context.use_session(file_bank.session, "Elbmark Bank AG")
    qtbot.waitUntil(lambda: is_at_rest(window))
    assert not window.colleagues.is_listening


@pytest.mark.parametrize("way", ["closed", "another workspace"])
def test_who_closes_the_window_is_told_and_gone_within_two_seconds(
    team_bank: Bank, make_window: MakeWindow, qtbot: QtBot, way: str
) -> None:
    window = listening(make_window, team_bank, qtbot)
    other = Listener(team_bank.session.workspace.engine, "kowalczyk")
    qtbot.waitUntil(lambda: is_at_rest(window))
    if way == "closed":
        window.close()
    else:
        window.context.use_session(None)
    assert [one.kinds for one in waited(other, WITHIN / 1000)] == [(PRESENCE,)]
    with team_bank.session.workspace.read() as view:
        assert list_present(view.connection) == {"kowalczyk"}
    other.close()
