"""What failed stands above every page until it no longer counts."""

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.window import Window
from tests.ui.conftest import SESSION, said


def work(window: Window, qtbot: QtBot, error: AppError | None, name: str = "Reading") -> None:
    def do(_: Progress) -> None:
        if error is not None:
            raise error

    context = window.context
    context.jobs.submit_read(name, do, lambda _: None, context.show_error)
    qtbot.waitUntil(context.jobs.is_idle)


def failure(name: str = "missing.csv") -> AppError:
    return AppError("file.unreadable", path=name, reason="gone")


def test_a_later_success_of_the_same_work_puts_a_failure_away(window: Window, qtbot: QtBot) -> None:
    bar = window.stage.bar
    work(window, qtbot, failure())
    assert "missing.csv" in said(bar)
    work(window, qtbot, None, "Something else")
    assert bar.isVisible()
    window.context.language.use("de")
    work(window, qtbot, failure("other.csv"))
    assert "other.csv" in said(bar)
    work(window, qtbot, None)
    assert bar.isHidden()


def test_another_workspace_puts_a_failure_away(window: Window, qtbot: QtBot) -> None:
    window.context.show_error(failure())
    window.context.language.use("de")
    assert window.stage.bar.isVisible()
    window.context.use_session(SESSION, "Another")
    assert window.stage.bar.isHidden()


@pytest.mark.parametrize("is_other", [True, False])
def test_what_was_said_since_stays(window: Window, qtbot: QtBot, is_other: bool) -> None:
    work(window, qtbot, failure())
    if is_other:
        window.stage.bar.say("warn", "The workspace is open twice.")
    else:
        window.context.show_error(failure("b.csv"))
    work(window, qtbot, None)
    assert window.stage.bar.isVisible()
