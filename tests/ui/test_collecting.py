"""The search for circles of objects is short, misses nothing for good, and keeps to one thread."""

import gc
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mlops_desktop.ui import collecting
from mlops_desktop.ui.collecting import Collector, collect, collect_everything, look
from tests.ui.circles import Circle

_MOST = 4_000


class Walks:
    """Notes how many objects each search goes through."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def __call__(self, phase: str, told: dict[str, int]) -> None:
        if phase == "start":
            reached = range(told["generation"] + 1)
            self.sizes.append(sum(len(gc.get_objects(generation=one)) for one in reached))


@pytest.fixture(autouse=True)
def _no_search_but_ours() -> Iterator[None]:
    gc.disable()
    collect_everything()
    yield
    gc.unfreeze()
    gc.enable()


@pytest.fixture
def walks() -> Iterator[Walks]:
    found = Walks()
    gc.callbacks.append(found)
    yield found
    gc.callbacks.remove(found)


@pytest.fixture
def ends() -> list[threading.Thread]:
    return []


def rows(number: int) -> list[list[int]]:
    return [[at] for at in range(number)]


def test_a_circle_among_few_new_objects_is_found(ends: list[threading.Thread]) -> None:
    Circle(ends)
    kept = rows(_MOST // 2)
    assert not collect(most=_MOST)
    assert kept
    assert ends == [threading.current_thread()]


def test_few_new_objects_are_not_worth_a_search(walks: Walks) -> None:
    assert not collect(worth=_MOST)
    assert walks.sizes == []


def test_more_than_is_walked_at_once_is_left_out_until_everything_is_searched(
    walks: Walks, ends: list[threading.Thread]
) -> None:
    Circle(ends)
    kept = rows(2 * _MOST)
    assert collect(most=_MOST)
    assert not collect(most=_MOST)
    assert kept
    assert ends == []
    assert max(walks.sizes, default=0) < _MOST
    collect_everything()
    assert ends == [threading.current_thread()]


def test_new_objects_are_counted_though_as_many_old_ones_went(walks: Walks) -> None:
    old = rows(2 * _MOST)
    gc.freeze()
    new = rows(2 * _MOST)
    look()
    del old[100:]  # Python's own count falls by what went, not what is to be walked
    extra = rows(200)
    assert gc.get_count()[0] < _MOST
    assert collect(most=_MOST)
    assert walks.sizes == []
    assert new
    assert extra


def test_new_objects_are_counted_though_all_that_went_was_never_looked_at(walks: Walks) -> None:
    old = rows(3 * _MOST)
    gc.freeze()
    new = rows(_MOST // 2)
    for at in range(0, 2 * _MOST, 100):  # each hundred that goes hides the hundred that comes
        del old[:100]
        new.extend([at] for _ in range(100))
    assert gc.get_count()[0] < _MOST
    assert collect(most=_MOST)
    assert walks.sizes == []
    assert new


def test_what_outlives_searches_never_makes_one_longer(
    walks: Walks, ends: list[threading.Thread]
) -> None:
    kept: list[list[list[int]]] = []
    left_out: list[bool] = []
    for _ in range(8):
        Circle(ends)
        kept.append(rows(_MOST // 3))
        left_out.append(collect(most=_MOST))
    assert max(walks.sizes) <= _MOST
    assert len(ends) == 8
    assert True in left_out
    assert False in left_out


def test_a_worker_fills_its_tuples_beside_a_search() -> None:
    failed: list[SystemError] = []
    ends = threading.Event()
    interval = sys.getswitchinterval()

    def work() -> None:
        try:
            while not ends.is_set():
                tuple([at] for at in range(20))
        except SystemError as error:
            failed.append(error)

    worker = threading.Thread(target=work)
    sys.setswitchinterval(0.000_01)
    worker.start()
    for _ in range(20_000):
        collect()
    ends.set()
    worker.join()
    sys.setswitchinterval(interval)
    assert failed == []


@contextmanager
def collecting_fast(is_idle: Callable[[], bool], monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(collecting, "_PERIOD_MS", 10)
    monkeypatch.setattr(collecting, "_BUSY_MS", 5)
    parent = QObject()
    collector = Collector(parent, is_idle)
    collector.hold()
    yield
    collector.release()


def test_it_searches_beside_a_busy_worker(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, ends: list[threading.Thread]
) -> None:
    with collecting_fast(lambda: False, monkeypatch):
        Circle(ends)
        kept = rows(6_000)
        qtbot.waitUntil(lambda: bool(ends))
    assert kept
    assert ends == [threading.main_thread()]


def test_it_wakes_seldom_until_there_is_work(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collecting, "_PERIOD_MS", 60_000)
    monkeypatch.setattr(collecting, "_BUSY_MS", 5)
    asked: list[bool] = []

    def is_idle() -> bool:
        asked.append(True)
        return True

    parent = QObject()
    collector = Collector(parent, is_idle)
    collector.hold()
    qtbot.wait(200)
    assert len(asked) == 1
    collector.hold()
    qtbot.waitUntil(lambda: len(asked) == 2)
    collector.release()


@pytest.mark.parametrize("is_watched", [True, False])
def test_what_was_left_out_is_searched_once_nobody_watches(
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    ends: list[threading.Thread],
    *,
    is_watched: bool,
) -> None:
    asked: list[bool] = []

    def watched() -> bool:
        asked.append(True)
        return is_watched

    monkeypatch.setattr(collecting, "_THOROUGH_AFTER", 3)
    monkeypatch.setattr(collecting, "_is_watched", watched)
    with collecting_fast(lambda: True, monkeypatch):
        Circle(ends)
        kept = rows(2 * 20_000)
        qtbot.waitUntil(lambda: len(asked) > 5 or bool(ends))
        assert kept
        assert bool(ends) is not is_watched
