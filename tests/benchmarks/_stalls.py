"""Finds blocks of the event loop, and says what the thread of the window did meanwhile.

Another process sends the window a beat through a pipe every few milliseconds and writes the time
into it, as a screen sends its keys; what a beat waits for, a key waits for. A thread of this
process could not: it needs Python to send a beat, and so waits for what it is to measure. Only one
of two times is held against a limit, the processor time of the window's own thread: it says what
the program did, not what its neighbours did. Meanwhile a thread notes where Python stands.
"""

import gc
import os
import struct
import subprocess
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

_PERIOD = 0.003
_LEAST = 0.02
_DEPTH = 12
_STAMP = struct.Struct("d")
_MOST = 65_536
_SENDER = f"""
import os, struct, time
while True:
    time.sleep({_PERIOD})
    os.write(1, struct.pack("d", time.perf_counter()))
"""  # that clock is the same for all processes of a machine


@dataclass(frozen=True, slots=True)
class Block:
    """A time in which the window did not answer: in seconds, what it was at, and where."""

    step: str
    clock: float
    processor: float
    collecting: float
    stack: str


class StallWatch(QObject):
    """Watches the thread that made it, from ``start`` to ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.blocks: list[Block] = []
        self.beats = 0
        self._main = threading.get_ident()
        self._processor = self._collecting = self._began = 0.0
        self._places: Counter[str] = Counter()
        self._ends = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)

    def say(self, step: str) -> None:
        """Name what is done from now on."""
        self.step = step

    def start(self) -> None:
        """Begin to receive beats; what comes before the first counts for nothing."""
        gc.callbacks.append(self._on_collecting)
        order = [sys.executable, "-I", "-S", "-c", _SENDER]
        self._sender = subprocess.Popen(order, stdout=subprocess.PIPE)
        assert self._sender.stdout is not None
        self._pipe = self._sender.stdout.fileno()
        self._door = QSocketNotifier(self._pipe, QSocketNotifier.Type.Read, self)
        self._processor = time.thread_time()
        self._door.activated.connect(self._on_beat)
        self._looker.start()

    def stop(self) -> None:
        """Receive no more beats, and wait for whoever sent them."""
        self._door.setEnabled(False)
        self._ends.set()
        self._looker.join()
        self._sender.terminate()
        self._sender.communicate()
        gc.callbacks.remove(self._on_collecting)

    def _on_beat(self) -> None:
        """Take all beats that have come: the first of them waited longest."""
        (sent,) = _STAMP.unpack_from(os.read(self._pipe, _MOST))
        clock, processor = time.perf_counter() - sent, time.thread_time()
        if clock >= _LEAST:
            places, self._places = self._places, Counter()
            self._note(clock, min(clock, processor - self._processor), places)
        self._places.clear()
        self._processor, self._collecting = time.thread_time(), 0.0
        self.beats += 1

    def _note(self, clock: float, processor: float, places: "Counter[str]") -> None:
        place = places.most_common(1)[0][0] if places else ""
        self.blocks.append(Block(self.step, clock, processor, self._collecting, place))

    def _look(self) -> None:
        while not self._ends.wait(_PERIOD):
            self._places[_told(sys._current_frames().get(self._main))] += 1

    def _on_collecting(self, phase: str, _told: dict[str, Any]) -> None:
        if threading.get_ident() != self._main:
            return
        if phase == "start":
            self._began = time.perf_counter()
        else:
            self._collecting += time.perf_counter() - self._began


def _told(frame: FrameType | None) -> str:
    """Return where the program stands, innermost first, as far as it is its own code."""
    places: list[str] = []
    while frame is not None and len(places) < _DEPTH:
        code = frame.f_code
        file = code.co_filename.partition("/mlops_desktop/")[2]
        if file or not places:
            places.append(f"{file or Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}")
        frame = frame.f_back
    return " < ".join(places)


def longest(blocks: list[Block], number: int) -> list[Block]:
    """Return the longest by processor time, one for each step and place."""
    found: dict[tuple[str, str], Block] = {}
    for block in sorted(blocks, key=lambda one: one.processor):
        found[(block.step, block.stack.partition(" < ")[0])] = block
    return sorted(found.values(), key=lambda one: -one.processor)[:number]
