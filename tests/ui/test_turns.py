"""What threads bring together is taken one by one, and a key between two of them."""

import os
import time
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.turns import Turns, turns

Press = Callable[[str], None]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def act(told: list[str]) -> Iterator[Press]:
    """Somebody presses a key while something is done; both are told in their order."""
    reader, writer = os.pipe()
    keys = QSocketNotifier(reader, QSocketNotifier.Type.Read)
    keys.activated.connect(lambda: told.append(os.read(reader, 1).decode()))

    def press(name: str) -> None:
        told.append(name)
        os.write(writer, b"k")

    yield press
    keys.setEnabled(False)
    os.close(reader)
    os.close(writer)


def test_a_key_comes_between_two_results(qtbot: QtBot, act: Press, told: list[str]) -> None:
    owner = QObject()
    results = Turns(owner, act)
    for thing in "123":
        results.put(thing)
    assert told == []
    qtbot.waitUntil(lambda: len(told) == 6)
    assert told == ["1", "k", "2", "k", "3", "k"]


def test_what_a_result_brings_waits_for_its_turn(qtbot: QtBot) -> None:
    told: list[int] = []

    def take(thing: int) -> None:
        told.append(thing)
        if thing < 3:
            results.put(thing + 2)

    owner = QObject()
    results: Turns[int] = Turns(owner, take)
    results.put(1)
    results.put(2)
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [1, 2, 3, 4]


def test_different_owners_do_not_act_in_one_go(qtbot: QtBot, act: Press, told: list[str]) -> None:
    owners = [QObject(), QObject(), QObject()]
    for name, owner in zip("123", owners, strict=True):
        turns().enter(owner, partial(act, name))
    qtbot.waitUntil(lambda: len(told) == 6)
    assert told == ["1", "k", "2", "k", "3", "k"]


def test_light_turns_come_together_and_calm_ones_last(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QObject()
    passes = QTimer(interval=0)
    passes.timeout.connect(lambda: told.append("."))

    def enter(name: str, *, is_light: bool = False, is_calm: bool = False) -> None:
        turns().enter(owner, partial(told.append, name), is_light=is_light, is_calm=is_calm)

    enter("calm", is_calm=True)
    enter("a", is_light=True)
    enter("b", is_light=True)
    enter("heavy")
    passes.start()
    qtbot.waitUntil(lambda: "calm" in told)
    passes.stop()
    said = "".join(told)
    assert "ab" in said
    assert "bheavy" not in said
    assert said.index("ab") < said.index("heavy") < said.index("calm")


def test_what_takes_long_is_not_light_together(qtbot: QtBot) -> None:
    told: list[str] = []
    owner = QObject()
    passes = QTimer(interval=0)
    passes.timeout.connect(lambda: told.append("."))

    def act() -> None:
        told.append("a")
        time.sleep(0.006)

    for _ in range(2):
        turns().enter(owner, act, is_light=True)
    passes.start()
    qtbot.waitUntil(lambda: told.count("a") == 2)
    passes.stop()
    assert "aa" not in "".join(told)


@pytest.mark.parametrize("goes", ["is deleted", "leaves"])
def test_who_goes_has_no_turn_and_nothing_goes_on(qtbot: QtBot, goes: str) -> None:
    told: list[str] = []
    owner, other = QObject(), QObject()
    turns().enter(owner, partial(told.append, "gone"))
    turns().enter(owner, partial(told.append, "gone"), is_calm=True)
    if goes == "leaves":
        turns().leave(owner)
    else:
        shiboken6.delete(owner)
    assert not any(one.isActive() for one in turns().findChildren(QTimer))
    turns().enter(other, partial(told.append, "there"))
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["there"]
