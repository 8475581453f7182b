"""The program as people start it: a process of its own, whose window appears and ends cleanly."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mlops_desktop.services import workspaces
from mlops_desktop.services.profile import recent_places
from tests.support.bank import Bank
from tests.support.surroundings import ROOT

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="Windows cannot ask a process without a console to end"
)
_PATIENCE = 60


class Program:
    """A running program; Qt itself tells on its error stream which windows it shows."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        self._told: list[str] = []
        self._news = threading.Condition()
        self._reader = threading.Thread(target=self._read)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            with self._news:
                self._told.append(line.rstrip())
                self._news.notify()

    def tells(self, *words: str) -> None:
        """Wait for a line with all the words."""

        def is_told() -> bool:
            return any(all(word in line for word in words) for line in self._told)

        with self._news:
            assert self._news.wait_for(is_told, _PATIENCE), "\n".join(self._told[-40:])

    def is_asked_to_end(self, by: signal.Signals) -> int:
        """Ask it to end; return its exit code."""
        self._process.send_signal(by)
        code = self._process.wait(_PATIENCE)
        self.join()
        return code

    def join(self) -> None:
        """Read to the end of what it told."""
        self._reader.join()

    def complaints(self) -> list[str]:
        """Return what else it told: nothing, where all is well."""
        quiet = ("qt.widgets.showhide", "This plugin does not support")
        return [line for line in self._told if not line.startswith(quiet)]


@contextmanager
def running(*arguments: str) -> Iterator[Program]:
    told = {"QT_LOGGING_RULES": "qt.widgets.showhide.debug=true"}
    with subprocess.Popen(
        [sys.executable, "-m", "mlops_desktop", *arguments],
        cwd=ROOT,
        env=os.environ | told,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        program = Program(process)
        try:
            yield program
        finally:
            process.kill()
            program.join()


def test_the_program_starts_with_the_ways_in_and_ends_at_a_terminals_wish(home: Path) -> None:
    with running() as program:
        program.tells("Welcome")
        assert program.is_asked_to_end(signal.SIGINT) == 0
        assert program.complaints() == []
    assert (home / "window.json").exists()


def test_the_program_opens_a_workspace_and_closes_it_whole(file_bank: Bank) -> None:
    file_bank.session.workspace.close()
    place = Path(file_bank.place)
    with running("-w", str(place)) as program:
        program.tells("OverviewPage")
        assert program.is_asked_to_end(signal.SIGTERM) == 0
        assert program.complaints() == []
    assert recent_places()[0] == str(place.resolve())
    assert not place.with_name(f"{place.name}-wal").exists()
    workspaces.open_workspace(str(place)).workspace.close()
