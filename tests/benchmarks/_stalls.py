"""Finds blocks of the event loop, and says what the thread of the window did meanwhile.

A second thread sends the window a beat of low priority every few milliseconds; what a beat waits
for, a key would wait for. While it waits, the thread notes where Python stands. Only one of two
times is held against a limit, the processor time of the window's own thread: it says what the
program did, not what its neighbours did.
"""

import gc
import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

_PERIOD = 0.003
_LEAST = 0.02
_DEPTH = 12
_BEAT = QEvent.Type(QEvent.registerEventType())


@dataclass(frozen=True, slots=True)
class Block:
    """A time in which the window did not answer: in seconds, what it was at, and where."""

    step: str
    clock: float
    processor: float
    collecting: float
    stack: str


@dataclass(slots=True)
class _Wait:
    step: str
    clock: float
    processor: float
    stacks: Counter[str] = field(default_factory=Counter)


class StallWatch(QObject):
    """Watches the thread that made it, from ``start`` to ``stop``."""

    def __init__(self) -> None:
        super().__init__()
        self.step = ""
        self.blocks: list[Block] = []
        self.beats = 0
        self._main = threading.get_ident()
        self._clock = time.pthread_getcpuclockid(self._main)
        self._wait: _Wait | None = None
        self._collecting = self._began = 0.0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._beat, daemon=True)

    def say(self, step: str) -> None:
        """Name what is done from now on."""
        self.step = step

    def start(self) -> None:
        """Begin to send beats."""
        gc.callbacks.append(self._on_collecting)
        self._thread.start()

    def stop(self) -> None:
        """Send no more beats, and wait for the thread."""
        self._ends.set()
        self._thread.join()
        self._wait = None  # what is on its way waits for whatever comes now, a window's closing
        gc.callbacks.remove(self._on_collecting)

    def event(self, event: QEvent) -> bool:
        """Answer a beat: the wait for it is over."""
        if event.type() != _BEAT:
            return super().event(event)
        if (wait := self._wait) is not None:
            self._note(wait)
        self._collecting, self._wait = 0.0, None
        self.beats += 1
        return True

    def _note(self, wait: _Wait) -> None:
        took = time.perf_counter() - wait.clock
        if took >= _LEAST:
            busy = time.thread_time() - wait.processor
            stack = wait.stacks.most_common(1)[0][0] if wait.stacks else ""
            self.blocks.append(Block(wait.step, took, busy, self._collecting, stack))

    def _beat(self) -> None:
        while not self._ends.wait(_PERIOD):
            wait = self._wait
            if wait is not None:
                wait.stacks[_told(sys._current_frames().get(self._main))] += 1
                continue
            busy = time.clock_gettime(self._clock)
            self._wait = _Wait(self.step, time.perf_counter(), busy)
            QCoreApplication.postEvent(self, QEvent(_BEAT), Qt.EventPriority.LowEventPriority.value)

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
