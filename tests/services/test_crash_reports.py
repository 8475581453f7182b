"""What a process leaves when it falls, and what it does not leave when it ends well."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from mlops_desktop.services.crash_reports import clean, take_last_crash

_RUN = """
import faulthandler
from mlops_desktop.services.crash_reports import watching
with watching():
    {deed}
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path))
    return tmp_path


def run(deed: str) -> int:
    command = [sys.executable, "-c", _RUN.format(deed=deed)]
    return subprocess.run(command, check=False, env=dict(os.environ)).returncode


def test_who_falls_leaves_the_place_once(home: Path) -> None:
    assert run("pass") == 0
    assert list(home.iterdir()) == []
    assert run("faulthandler._sigsegv()") != 0
    told = take_last_crash()
    assert "<string>" in told
    assert "most recent call first" in told
    assert take_last_crash() == ""
    assert list(home.iterdir()) == []


def test_the_persons_folder_is_not_told() -> None:
    assert clean(f"{Path.home()}/bank/x.py") == "~/bank/x.py"
