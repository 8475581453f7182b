"""What a worker holds of a job, and on which thread it ends."""

import gc
import threading

from pytestqt.qtbot import QtBot

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.job import Errand, Job, Progress
from mlops_desktop.ui.jobs import Jobs
from tests.ui.test_jobs import Heard


def test_a_worker_keeps_nothing_of_a_job_that_was_handed_over() -> None:
    heard = Heard()
    job = Job("ask", "read", lambda _: heard, heard.on_done, heard.on_failed)
    job.progress = Progress(lambda: None)
    errand = Errand(job)
    errand.run()
    assert errand.empty() == (job, heard, None)
    assert set(gc.get_referents(errand)) == {None, Errand}


class Rows:
    """Stands for much that was read, and tells on which thread it ends."""

    def __init__(self, ends: list[threading.Thread]) -> None:
        self.ends = ends

    def __del__(self) -> None:
        self.ends.append(threading.current_thread())


def test_what_was_read_for_a_refusal_ends_on_the_worker(jobs: Jobs, qtbot: QtBot) -> None:
    heard, ends = Heard(), list[threading.Thread]()

    def look(rows: Rows) -> None:
        raise KeyError(str(rows.ends))

    def read(_: Progress) -> None:
        rows = Rows(ends)
        try:
            look(rows)
        except KeyError as error:
            raise AppError("model.exists", name="x") from error

    jobs.submit_read("read", read, heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: bool(heard.failed))
    assert len(ends) == 1
    assert ends != [threading.main_thread()]


def test_what_nobody_wants_any_more_ends_on_the_worker(jobs: Jobs, qtbot: QtBot) -> None:
    heard, ends, gate = Heard(), list[threading.Thread](), threading.Event()

    def read(_: Progress) -> Rows:
        assert gate.wait(5)
        return Rows(ends)

    jobs.submit_read("read", read, heard.on_done, heard.on_failed, key="k")
    jobs.submit_read("again", lambda _: 1, heard.on_done, heard.on_failed, key="k")
    gate.set()
    qtbot.waitUntil(jobs.is_idle)
    assert heard.done == [1]
    assert len(ends) == 1
    assert ends != [threading.main_thread()]
