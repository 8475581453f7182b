"""Rate and remaining time: right under constant speed, never negative, never jumping."""

from threading import Event

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pace import Pace
from mlops_desktop.ui.pace_said import say_pace
from mlops_desktop.ui.status import JobList
from mlops_desktop.ui.window import Window
from tests.ui.conftest import press

GAPS = st.lists(st.floats(0.05, 3.0), min_size=30, max_size=80)


class Watch:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@given(GAPS, st.integers(1, 50_000))
def test_a_constant_speed_is_said_and_the_time_left_only_falls(
    gaps: list[float], ticks: int
) -> None:
    watch = Watch()
    pace, done, told = Pace(watch), 0, []
    total = round(sum(gaps) * ticks) + 10
    for gap in gaps:
        done += round(gap * ticks)
        watch.now += round(gap * ticks) / ticks
        pace.hear(done, total)
        rate, left = pace.rate(), pace.remaining()
        assert (rate is None) == (left is None)
        if rate is not None and left is not None:
            assert abs(rate - ticks) <= ticks * 1e-6
            told.append(left)
    assert told == sorted(told, reverse=True)
    assert all(left >= 0 for left in told)


@given(st.lists(st.tuples(st.floats(0.0, 5.0), st.integers(0, 900)), max_size=60))
def test_whatever_is_heard_nothing_negative_is_said_and_no_small_step_back(
    steps: list[tuple[float, int]],
) -> None:
    watch = Watch()
    pace, done, before = Pace(watch), 0, None
    for gap, more in steps:
        watch.now += gap
        done = min(done + more, 20_000)
        pace.hear(done, 20_000)
        rate, left = pace.rate(), pace.remaining()
        assert rate is None or rate > 0
        if left is not None:
            assert left >= 0
            assert before is None or left <= before or left > before * 1.25
            before = left


def test_nothing_is_said_at_first_in_silence_or_of_another_part() -> None:
    watch = Watch()
    pace = Pace(watch)
    for second in range(1, 11):
        watch.now += 1.0
        pace.hear(second * 10, 1000, "reading")
        assert (pace.rate() is None) == (second < 5)
    assert pace.remaining() == 90.0
    watch.now += 16.0
    assert pace.rate() is None
    pace.hear(200, 1000, "writing")
    assert pace.remaining() is None


def test_it_is_said_with_its_unit_in_both_languages(window: Window, qtbot: QtBot) -> None:
    watch, gate, context = Watch(), Event(), window.context

    def work(progress: Progress) -> None:
        for done in range(100, 1100, 100):
            progress.report(done, 40_000, "imports.recording")
        assert gate.wait(10)

    def nothing(_: object) -> None:
        pass

    job = context.jobs.submit_network("Import", work, nothing, nothing)
    # Until the window has heard the last report: a later one would begin the other pace anew.
    qtbot.waitUntil(lambda: job.pace._done == 1000 and job.progress._told)
    job.pace = Pace(watch)
    for second in range(1, 7):
        watch.now += 1.0
        job.pace.hear(second * 217, 40_000, "imports.recording")
    said = "1,000 of 40,000 · 220 rows a second · about 3 minutes left for this step"
    assert say_pace(context, job) == said
    context.jobs.listed.emit()
    bar = window.statusBar().findChild(QPushButton, "jobs")
    assert bar is not None
    assert bar.text() == "Import: Recording the rows · about 3 minutes left for this step"
    context.language.use("de")
    said = "1.000 von 40.000 · 220 Zeilen je Sekunde · noch etwa 3 Minuten für diesen Schritt"
    assert say_pace(context, job) == said
    press(window, Qt.Key.Key_J, Qt.KeyboardModifier.ControlModifier)
    listing = QApplication.activePopupWidget()
    assert isinstance(listing, JobList)
    assert said_in(listing) >= {"Import", f"Zeilen werden aufgezeichnet · {said}"}
    listing.close()
    gate.set()
    qtbot.waitUntil(context.jobs.is_idle)


def said_in(widget: QWidget) -> set[str]:
    return {label.text() for label in widget.findChildren(QLabel)}
