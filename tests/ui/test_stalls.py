"""The watch of the benchmarks sees a block that was made on purpose, and says where it was."""

import sys
import time

from pytestqt.qtbot import QtBot

from mlops_desktop.ui.pages.models.tabs import find_tabs
from mlops_desktop.ui.pages.settings.parts import find_sections
from mlops_desktop.ui.warming import modules_of_pages
from tests.benchmarks._stalls import Block, StallWatch, longest

_BLOCK = 0.15


def block_on_purpose() -> None:
    end = time.thread_time() + _BLOCK
    while time.thread_time() < end:
        pass


def test_a_block_is_found_with_its_step_and_place(qtbot: QtBot) -> None:
    watch = StallWatch()
    watch.say("on purpose")
    watch.start()
    qtbot.waitUntil(lambda: watch.beats > 2)
    block_on_purpose()
    beats = watch.beats
    qtbot.waitUntil(lambda: watch.beats > beats + 2)
    watch.stop()
    (found,) = longest(watch.blocks, 1)
    assert found.step == "on purpose"
    assert _BLOCK / 2 < found.processor <= found.clock
    assert "block_on_purpose" in found.stack


def test_a_block_is_found_though_python_stood_still(qtbot: QtBot) -> None:
    watch = StallWatch()
    watch.start()
    qtbot.waitUntil(lambda: watch.beats > 2)
    hold_python(_BLOCK)
    beats = watch.beats
    qtbot.waitUntil(lambda: watch.beats > beats + 2)
    watch.stop()
    (found,) = longest(watch.blocks, 1)
    assert _BLOCK / 2 < found.processor <= found.clock


def hold_python(seconds: float) -> None:
    """Compute in C for so long: no other thread of Python comes to its turn."""
    power, end = 3**200_000, time.thread_time() + seconds
    interval = sys.getswitchinterval()
    sys.setswitchinterval(10)
    try:
        while time.thread_time() < end:
            power * power
    finally:
        sys.setswitchinterval(interval)


def test_what_follows_the_watch_is_no_block(qtbot: QtBot) -> None:
    watch = StallWatch()
    watch.start()
    qtbot.waitUntil(lambda: watch.beats > 2)
    time.sleep(0.1)  # a beat is on its way
    watch.stop()
    block_on_purpose()
    qtbot.wait(20)
    assert watch.blocks == []


def test_the_longest_block_of_each_place_is_told_once() -> None:
    told = [Block("a", 1, used, 0, f"{place} < main") for place in "xy" for used in (0.1, 0.3)]
    assert [(one.processor, one.stack[0]) for one in longest(told, 5)] == [(0.3, "x"), (0.3, "y")]


def test_what_a_page_finds_by_scanning_is_imported_before_it_is_shown() -> None:
    scanned = {tab.__module__ for tab in find_tabs()}
    scanned |= {spec.make.__module__ for spec in find_sections()}
    assert len(scanned) > 20
    assert scanned <= set(modules_of_pages())
