"""What was shown is freed on a worker, piece by piece, once nobody shows it."""

import threading

from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Jobs
from mlops_desktop.ui.letting_go import let_go

_MANY = 2_000


class Row:
    """Says on which thread it ended."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


class Shelf:
    """Has rows, and lets the old ones go for others, as a page does."""

    def __init__(self, jobs: Jobs, ends: list[threading.Thread]) -> None:
        self.jobs = jobs
        self.rows = tuple(Row(ends) for _ in range(_MANY))

    def show_nothing(self) -> None:
        let_go(self.jobs, "work", self.rows)
        self.rows = ()


def test_no_row_is_freed_by_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    ends = list[threading.Thread]()
    shelf = Shelf(jobs, ends)
    shelf.show_nothing()
    assert ends == []
    qtbot.waitUntil(lambda: len(ends) == _MANY and jobs.is_idle())
    assert threading.main_thread() not in ends
