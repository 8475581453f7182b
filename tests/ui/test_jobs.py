import gc
import sys
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.outside.http_redaction import remember_secret
from mlops_desktop.ui.job import Progress
from mlops_desktop.ui.jobs import Jobs
from tests.support.canaries import canary
from tests.ui.circles import Circle

SECRET = canary("a secret in a crash", "Kanarie-Absturz-7")

TOUCHED = Changes(frozenset({("model", "M-1")}))


class Heard:
    """What came back, and on which thread."""

    def __init__(self) -> None:
        self.done: list[object] = []
        self.failed: list[AppError] = []
        self.threads: list[object] = []

    def on_done(self, result: object) -> None:
        self.done.append(result)
        self.threads.append(threading.current_thread())

    def on_failed(self, error: AppError) -> None:
        self.failed.append(error)


def held(gate: threading.Event, value: object = None) -> Callable[[Progress], object]:
    def work(progress: Progress) -> object:
        while not gate.wait(0.005):
            if progress.is_cancelled():
                return "stopped"
        return value

    return work


def test_a_result_comes_back_on_the_thread_of_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    heard = Heard()
    ran: list[threading.Thread] = []

    def note(_: Progress) -> int:
        ran.append(threading.current_thread())
        return 7

    jobs.submit_read("ask", note, heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: heard.done == [7])
    assert heard.threads == [threading.main_thread()]
    assert ran != [threading.main_thread()]


def test_a_newer_question_of_the_same_key_drops_the_older(jobs: Jobs, qtbot: QtBot) -> None:
    heard, gate = Heard(), threading.Event()
    running = jobs.submit_read("a", held(gate, 1), heard.on_done, heard.on_failed, key="k")
    waiting = jobs.submit_read("b", held(gate, 2), heard.on_done, heard.on_failed, key="k")
    jobs.submit_read("c", held(gate, 3), heard.on_done, heard.on_failed, key="k")
    other = jobs.submit_read("d", held(gate, 4), heard.on_done, heard.on_failed, key="other")
    assert running.progress.is_cancelled()
    assert waiting.progress.is_cancelled()
    assert not other.progress.is_cancelled()
    gate.set()
    qtbot.waitUntil(jobs.is_idle)
    assert sorted(map(str, heard.done)) == ["3", "4"]


def test_writes_run_one_after_the_other_in_order(jobs: Jobs, qtbot: QtBot) -> None:
    heard, inside, order = Heard(), [], []

    def write(number: int) -> Callable[[Progress], int]:
        def work(_: Progress) -> int:
            inside.append(number)
            assert inside == [number]
            order.append(number)
            inside.remove(number)
            return number

        return work

    for number in range(20):
        jobs.submit_write("write", write(number), heard.on_done, heard.on_failed)
    qtbot.waitUntil(jobs.is_idle)
    assert order == heard.done == list(range(20))
    assert heard.failed == []


def test_what_nobody_waits_for_begins_after_what_a_page_asks(jobs: Jobs, qtbot: QtBot) -> None:
    first, second, heard = threading.Event(), threading.Event(), Heard()
    told = (heard.on_done, heard.on_failed)
    jobs.submit_read("long", held(first, "first"), *told)
    jobs.submit_read("longer", held(second, "second"), *told)
    jobs.submit_aside("badge", lambda _: "old badge", *told, key="badge")
    jobs.submit_aside("badge", lambda _: "badge", *told, key="badge")
    jobs.submit_read("page", lambda _: "page", *told)
    first.set()
    qtbot.waitUntil(lambda: len(heard.done) == 3)
    assert heard.done == ["first", "page", "badge"]
    second.set()
    qtbot.waitUntil(jobs.is_idle)


def test_what_nobody_waits_for_takes_no_place_from_a_page(jobs: Jobs, qtbot: QtBot) -> None:
    gate, heard = threading.Event(), Heard()
    told = (heard.on_done, heard.on_failed)
    jobs.submit_aside("badge", held(gate, "badge"), *told, key="badge")
    jobs.submit_read("long", held(gate, "long"), *told)
    jobs.submit_read("page", lambda _: "page", *told)
    qtbot.waitUntil(lambda: heard.done == ["page"])
    gate.set()
    qtbot.waitUntil(lambda: len(heard.done) == 3)


def test_one_source_is_read_by_one_job_at_a_time(jobs: Jobs, qtbot: QtBot) -> None:
    heard, gate = Heard(), threading.Event()
    for source in ("a", "a", "b"):
        jobs.submit_network("sync", held(gate), heard.on_done, heard.on_failed, source=source)
    assert [(job.source, job.running) for job in jobs.listing()] == [
        ("a", True), ("b", True), ("a", False),
    ]  # fmt: skip
    gate.set()
    qtbot.waitUntil(lambda: len(heard.done) == 3)


def test_progress_reaches_the_listing(jobs: Jobs, qtbot: QtBot) -> None:
    heard, gate, said = Heard(), threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        for done in range(1000):
            progress.report(done, 1000, "sync.pages", page=done)
        said.set()
        assert gate.wait(5)

    steps: list[int] = []
    jobs.listed.connect(lambda: steps.extend(job.progress.step.done for job in jobs.listing()))
    jobs.submit_network("sync", work, heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: said.is_set() and 999 in steps)
    step = jobs.listing()[0].progress.step
    assert (step.total, step.key, step.parameters) == (1000, "sync.pages", (("page", 999),))
    assert len(steps) < 900, "reports must be gathered, not sent one by one"
    gate.set()
    qtbot.waitUntil(jobs.is_idle)


def test_cancelling_ends_a_running_job_and_removes_a_waiting_one(jobs: Jobs, qtbot: QtBot) -> None:
    heard, gate, ended = Heard(), threading.Event(), []
    jobs.ended.connect(lambda job: ended.append(job.name))
    first = jobs.submit_write("first", held(gate), heard.on_done, heard.on_failed)
    second = jobs.submit_write("second", held(gate), heard.on_done, heard.on_failed)
    jobs.cancel(second)
    jobs.cancel(first)
    qtbot.waitUntil(jobs.is_idle)
    qtbot.waitUntil(lambda: ended == ["second", "first"])
    assert heard.done == ["stopped"], "what a stopped job still returned is its result"
    assert heard.failed == []


def test_an_exception_of_a_cancelled_job_is_no_failure(jobs: Jobs, qtbot: QtBot) -> None:
    heard, gate, crashes = Heard(), threading.Event(), []
    jobs.crashed.connect(lambda name, trace: crashes.append(name))

    def work(progress: Progress) -> None:
        assert gate.wait(5)
        raise InterruptedError

    job = jobs.submit_network("sync", work, heard.on_done, heard.on_failed)
    jobs.cancel(job)
    gate.set()
    qtbot.waitUntil(jobs.is_idle)
    assert (heard.done, heard.failed, crashes) == ([], [], [])


def test_a_refusal_comes_back_as_itself(jobs: Jobs, qtbot: QtBot) -> None:
    heard, refusal = Heard(), AppError("model.exists", name="x")

    def work(_: Progress) -> None:
        raise refusal

    jobs.submit_write("write", work, heard.on_done, heard.on_failed)
    qtbot.waitUntil(jobs.is_idle)
    assert heard.failed == [refusal]
    assert heard.done == []


def test_a_mistake_becomes_a_message_with_its_trace(jobs: Jobs, qtbot: QtBot) -> None:
    heard = Heard()

    def work(_: Progress) -> None:
        remember_secret(SECRET)
        raise ZeroDivisionError(f"seven {SECRET}")

    with qtbot.waitSignal(jobs.crashed) as crash:
        jobs.submit_read("Count", work, heard.on_done, heard.on_failed)
    qtbot.waitUntil(jobs.is_idle)
    name, trace = crash.args
    assert name == "Count"
    assert "ZeroDivisionError: seven •••" in trace
    assert SECRET not in trace
    assert [(error.code, error.recovery) for error in heard.failed] == [
        ("window.job_crashed", Recovery.BUG)
    ]


@dataclass(frozen=True, slots=True)
class Recorded:
    id: str
    changes: Changes


def test_what_a_write_touched_is_told_and_what_a_read_returns_is_not(
    jobs: Jobs, qtbot: QtBot
) -> None:
    heard = Heard()
    told: list[Changes] = []
    jobs.changed.connect(told.append)
    jobs.submit_write("write", lambda _: Recorded("M-1", TOUCHED), heard.on_done, heard.on_failed)
    jobs.submit_network("sync", lambda _: TOUCHED, heard.on_done, heard.on_failed)
    jobs.submit_write("nothing", lambda _: Changes(), heard.on_done, heard.on_failed)
    jobs.submit_read("read", lambda _: TOUCHED, heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: len(heard.done) == 4)
    assert told == [TOUCHED, TOUCHED]


def test_closing_stops_all_and_leaves_no_thread(qtbot: QtBot) -> None:
    jobs, heard, gate = Jobs(), Heard(), threading.Event()
    before = threading.active_count()
    for lane in (jobs.submit_read, jobs.submit_write, jobs.submit_network):
        for _ in range(3):
            lane("work", held(gate), heard.on_done, heard.on_failed)
    assert threading.active_count() > before
    jobs.close()
    assert threading.active_count() == before
    late = jobs.submit_read("late", held(gate), heard.on_done, heard.on_failed)
    assert late.progress.is_cancelled()
    qtbot.wait(20)
    assert heard.done == []


class Gone(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []

    def on_done(self, result: object) -> None:
        self.heard.append(result)


def test_a_result_for_a_deleted_object_is_dropped(jobs: Jobs, qtbot: QtBot) -> None:
    import shiboken6

    gone, heard, gate = Gone(), Heard(), threading.Event()
    jobs.submit_read("ask", held(gate, 1), gone.on_done, heard.on_failed)
    shiboken6.delete(gone)
    gate.set()
    qtbot.waitUntil(jobs.is_idle)
    assert gone.heard == []


def test_the_workers_are_not_the_thread_of_the_window(jobs: Jobs, qtbot: QtBot) -> None:
    heard, main = Heard(), QThread.currentThread()
    jobs.submit_read(
        "ask", lambda _: QThread.currentThread() is main, heard.on_done, heard.on_failed
    )
    qtbot.waitUntil(lambda: heard.done == [False])


def test_a_worker_that_reckons_gives_way_within_a_millisecond(jobs: Jobs, qtbot: QtBot) -> None:
    heard = Heard()
    jobs.submit_read("ask", lambda _: sys.getswitchinterval(), heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: heard.done != [])
    assert all(isinstance(turn, float) and turn <= 0.001 for turn in heard.done)


def test_what_a_job_made_is_left_out_of_the_search_before_older_rows_go(
    jobs: Jobs, qtbot: QtBot
) -> None:
    heard, young = Heard(), list[int]()

    def make_rows(_: Progress) -> list[list[int]]:
        return [[at] for at in range(50_000)]

    def show(rows: object) -> None:
        young.append(len(gc.get_objects(generation=0)))
        heard.on_done(rows)

    jobs.submit_read("make", make_rows, show, heard.on_failed)
    qtbot.waitUntil(lambda: heard.done != [])
    assert max(young) < 50_000


def test_no_circle_of_the_window_ends_on_a_worker(jobs: Jobs, qtbot: QtBot) -> None:
    heard, ends = Heard(), list[threading.Thread]()
    rounds = 3 * gc.get_threshold()[0]

    def make_objects(_: Progress) -> int:
        return len([[number] for number in range(rounds)])

    jobs.submit_read("warm", lambda _: 0, heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: heard.done == [0])
    Circle(ends)
    jobs.submit_read("make", make_objects, heard.on_done, heard.on_failed)
    qtbot.waitUntil(lambda: heard.done == [0, rounds])
    kept = [[number] for number in range(rounds)]
    qtbot.waitUntil(lambda: bool(kept and ends))
    assert ends == [threading.main_thread()]
    jobs.close()
    assert gc.isenabled()


def test_a_job_that_is_done_goes_without_a_search(jobs: Jobs, qtbot: QtBot) -> None:
    heard = Heard()

    def ask(_: Progress) -> int:
        return 0

    kept = weakref.ref(ask)
    jobs.submit_read("ask", ask, heard.on_done, heard.on_failed)
    del ask
    gc.freeze()
    qtbot.waitUntil(lambda: heard.done == [0] and kept() is None)
    gc.unfreeze()


def test_the_last_job_of_a_busy_source_is_done_when_the_window_closes(jobs: Jobs) -> None:
    heard, begun, order = Heard(), threading.Event(), list[str]()

    def work(progress: Progress) -> None:
        begun.set()
        while not progress.is_cancelled():
            assert not threading.Event().wait(0.005)
        order.append("busy")

    def note(name: str) -> Callable[[Progress], None]:
        return lambda _: order.append(name)

    told = (heard.on_done, heard.on_failed)
    jobs.submit_read("busy", work, *told, source="line")
    jobs.submit_last("goodbye", note("goodbye"), "line")
    jobs.submit_read("dropped", note("dropped"), *told, source="line")
    assert begun.wait(5)
    jobs.close()
    assert order == ["busy", "goodbye"]
