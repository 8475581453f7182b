"""What the system must bring is installed where it is missing, also what dpkg never heard of."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / ".ci" / "system.sh"

# What dpkg-query 1.21.22 of Debian 12 says and how it ends.
ALL_INSTALLED = "printf 'ii \\nii \\n'"
ONE_REMOVED = "printf 'ii \\nrc \\n'"
ONE_UNHEARD_OF = "printf 'ii \\n'; echo 'dpkg-query: no packages found matching xvfb' >&2; exit 1"


def write_program(folder: Path, name: str, body: str) -> None:
    program = folder / name
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)


@pytest.mark.parametrize(
    ("answer", "says_missing"),
    [(ALL_INSTALLED, False), (ONE_REMOVED, True), (ONE_UNHEARD_OF, True)],
    ids=["all installed", "one removed", "one unheard of"],
)
def test_a_missing_package_is_named(tmp_path: Path, answer: str, says_missing: bool) -> None:
    write_program(tmp_path, "dpkg-query", answer)
    write_program(tmp_path, "id", "echo 1000")
    ended = subprocess.run(
        ["bash", SCRIPT, "peers"],
        env={**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ("Missing:" in ended.stderr) is says_missing
    assert (ended.returncode != 0) is says_missing
