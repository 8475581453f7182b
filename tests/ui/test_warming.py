"""What nobody waits for is imported when nothing runs, and again where that was broken off."""

from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from mlops_desktop.ui import warming
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.warming import Warming
from mlops_desktop.ui.window import Window


def test_the_rest_is_imported_once_the_window_rests_even_if_it_was_broken_off(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    jobs, begun, goes_on, works = window.context.jobs, list[str](), Event(), Event()
    qtbot.waitUntil(jobs.is_idle)

    def imports(progress: Progress) -> None:
        begun.append("rest")
        goes_on.wait(5)

    monkeypatch.setattr(warming, "warm_up", imports)
    jobs.submit_read("first list", lambda _: works.wait(5), lambda _: None, lambda _: None)
    made = Warming(window.context)
    made.wait_for_rest()
    assert begun == [], "the first list has the processor for itself"
    works.set()
    qtbot.waitUntil(lambda: begun == ["rest"])
    jobs.drop_reads()
    goes_on.set()
    qtbot.waitUntil(lambda: made.is_warm)
    qtbot.waitUntil(jobs.is_idle)
    assert begun == ["rest", "rest"]


def test_what_cannot_be_imported_is_tried_once(
    window: Window, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    begun = list[str]()

    def imports(progress: Progress) -> None:
        begun.append("rest")
        raise ImportError(name="charts")

    monkeypatch.setattr(warming, "warm_up", imports)
    window.context.jobs.crashed.disconnect()
    made = Warming(window.context)
    made.wait_for_rest()
    qtbot.waitUntil(lambda: made.is_warm and window.context.jobs.is_idle())
    assert begun == ["rest"]
