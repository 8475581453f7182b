"""What threads bring together is taken one by one, and a key between two of them."""

import os

from PySide6.QtCore import QObject, QSocketNotifier
from pytestqt.qtbot import QtBot

from mlops_desktop.ui.turns import Turns


def test_a_key_comes_between_two_results(qtbot: QtBot) -> None:
    told: list[str] = []
    reader, writer = os.pipe()
    keys = QSocketNotifier(reader, QSocketNotifier.Type.Read)

    def take(thing: str) -> None:
        told.append(thing)
        os.write(writer, b"k")  # somebody presses a key while a result is shown

    keys.activated.connect(lambda: told.append(os.read(reader, 1).decode()))
    owner = QObject()
    turns = Turns(owner, take)
    for thing in "123":
        turns.put(thing)
    assert told == []
    qtbot.waitUntil(lambda: len(told) == 6)
    assert told == ["1", "k", "2", "k", "3", "k"]
    keys.setEnabled(False)
    os.close(reader)
    os.close(writer)


def test_what_a_result_brings_waits_for_its_turn(qtbot: QtBot) -> None:
    told: list[int] = []

    def take(thing: int) -> None:
        told.append(thing)
        if thing < 3:
            turns.put(thing + 2)

    owner = QObject()
    turns: Turns[int] = Turns(owner, take)
    turns.put(1)
    turns.put(2)
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [1, 2, 3, 4]
