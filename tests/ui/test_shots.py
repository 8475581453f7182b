"""The pictures of the window are of the scale that their names say."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from mlops_desktop.ui.shots import main


@pytest.mark.parametrize(("asked", "drawn"), [((), ["1", "2"]), (("--scale", "2"), ["2"])])
def test_each_scale_is_drawn_by_a_process_of_its_own(
    asked: tuple[str, ...], drawn: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def run(
        command: Sequence[str], *, env: dict[str, str], check: bool
    ) -> subprocess.CompletedProcess[str]:
        seen.append(env["QT_SCALE_FACTOR"])
        assert command[-2:] == ["--scale", seen[-1]]
        return subprocess.CompletedProcess(command, 0)

    monkeypatch.delitem(os.environ, "QT_SCALE_FACTOR", raising=False)
    monkeypatch.setattr(subprocess, "run", run)
    assert main([str(tmp_path), *asked]) == 0
    assert seen == drawn
