"""Somebody closes the window: at once where nothing runs, otherwise after a question."""

import threading
from collections.abc import Iterator

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.job import Ending
from mlops_desktop.ui.jobs import Progress
from tests.stories.desk import Desk

QUESTION = "Work is still running"


class Work:
    """A reading that goes on until it is stopped, and a writing that is done in its own time."""

    def __init__(self, desk: Desk) -> None:
        self._jobs = desk.window.context.jobs
        self.may_end = threading.Event()
        self.written: list[str] = []

    def reads(self) -> None:
        self._jobs.submit_network("Reading the registry", self._read, self._drop, self._fail)

    def writes(self) -> None:
        self._jobs.submit_write("Recording a model", self._write, self.written.append, self._fail)

    def takes_over(self) -> None:
        name, drop = "Taking over", self.written.append
        self._jobs.submit_write(name, self._write, drop, self._fail, ending=Ending.WHOLE)

    def _read(self, progress: Progress) -> None:
        while not progress.is_cancelled() and not self.may_end.wait(0.01):
            progress.report(1, 2)

    def _write(self, progress: Progress) -> str:
        assert self.may_end.wait(60)
        return "whole"

    def _drop(self, result: None) -> None:
        """Nothing comes of a reading that was stopped."""

    def _fail(self, error: AppError) -> None:
        pytest.fail(error.code)


@pytest.fixture
def work(desk: Desk) -> Iterator[Work]:
    made = Work(desk)
    yield made
    made.may_end.set()


def test_where_nothing_runs_the_window_closes_at_once(desk: Desk) -> None:
    desk.presses("Ctrl+Q")
    assert not desk.window.isVisible()


def test_work_that_runs_goes_on_if_the_person_stays(desk: Desk, work: Work) -> None:
    work.reads()
    desk.presses("Ctrl+Q")
    desk.sees(QUESTION, "Reading the registry: stops as soon as it can")
    desk.clicks("Cancel")
    assert desk.window.isVisible()
    desk.sees("Reading the registry: 1 of 2")


def test_a_reading_is_stopped_and_the_window_goes(desk: Desk, work: Work) -> None:
    work.reads()
    desk.window.close()
    desk.sees(QUESTION)
    desk.clicks("Stop and quit")
    desk.waits_for(lambda: not desk.window.isVisible(), "the window stays")
    assert desk.window.context.jobs.is_idle()


def test_what_is_being_written_is_finished_first(desk: Desk, work: Work) -> None:
    work.writes()
    desk.window.close()
    desk.sees(QUESTION, "Recording a model: is finished first.")
    desk.clicks("Stop and quit")
    desk.sees("Stopping…")
    assert desk.window.isVisible()
    work.may_end.set()
    desk.waits_for(lambda: not desk.window.isVisible(), "the window stays")


def test_of_each_work_is_said_what_becomes_of_it(desk: Desk, work: Work) -> None:
    work.takes_over()
    work.writes()
    work.reads()
    desk.window.close()
    desk.sees(QUESTION, "Taking over: stops; it is taken over as a whole or not at all.")
    desk.sees("Recording a model: does not begin.", "Reading the registry: stops as soon as")
    work.reads()
    desk.clicks("Cancel")
    desk.window.close()
    desk.sees(QUESTION, "And one more piece of work.")


def test_work_that_ends_meanwhile_leaves_nothing_to_ask(desk: Desk, work: Work) -> None:
    work.writes()
    desk.window.close()
    desk.sees(QUESTION)
    work.may_end.set()
    desk.waits_for(lambda: not desk.window.isVisible(), "the window stays")
    assert work.written == ["whole"]


def test_the_system_asks_once_and_is_obeyed(desk: Desk, work: Work) -> None:
    work.reads()
    desk.window.leave()
    desk.waits_for(lambda: not desk.window.isVisible(), "the window stays")
