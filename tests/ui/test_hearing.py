"""What jobs report is shown as often as a person sees it, and the last of it always."""

import threading

from pytestqt.qtbot import QtBot

from mlops_desktop.ui.job import Progress
from mlops_desktop.ui.jobs import Jobs


def test_a_job_that_reports_without_end_leaves_the_window_alone(jobs: Jobs, qtbot: QtBot) -> None:
    listed, ended = list[None](), list[object]()
    jobs.listed.connect(lambda: listed.append(None))

    def report(progress: Progress) -> int:
        for done in range(20_000):
            progress.report(done, 20_000)
        return progress.step.done

    jobs.submit_read("report", report, ended.append, ended.append)
    qtbot.waitUntil(lambda: ended == [19_999])
    assert len(listed) < 200


def test_the_last_of_many_reports_is_shown_though_nothing_follows(jobs: Jobs, qtbot: QtBot) -> None:
    gate, shown, ended = threading.Event(), list[int](), list[object]()

    def report(progress: Progress) -> bool:
        for done in range(1, 101):
            progress.report(done, 100)
        return gate.wait(10)

    job = jobs.submit_network("report", report, ended.append, ended.append)
    jobs.listed.connect(lambda: shown.append(job.progress.step.done))
    qtbot.waitUntil(lambda: shown[-1:] == [100])
    gate.set()
    qtbot.waitUntil(lambda: ended == [True])
