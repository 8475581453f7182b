"""The sample bank as built: sound, its keys beside it, and refused where it must not be."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import ledger
from mlops_desktop.services.demo import DemoResult, build_demo, surroundings
from mlops_desktop.services.session import Session


def test_the_ledger_is_sound(session: Session, demo: DemoResult) -> None:
    assert demo.is_sound
    found = ledger.verify_ledger(session)
    assert found.first_failure is None
    assert found.size == demo.events


def test_keys_stay_in_the_folder(demo: DemoResult, home: Path) -> None:
    assert not home.exists() or list(home.iterdir()) == []
    assert VARIABLE not in os.environ
    with surroundings(demo.folder):
        assert paths.home() == demo.home
    for secret in (demo.key_file, demo.people_file):
        assert secret.is_relative_to(demo.folder)
        assert secret.stat().st_mode & 0o077 == 0


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("meins", "utf-8")
    with pytest.raises(AppError) as raised:
        build_demo(tmp_path, lambda *_: None)
    assert raised.value.code == "demo.folder_in_use"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_clock_before_the_history_is_refused(tmp_path: Path) -> None:
    early = datetime(2026, 1, 1, tzinfo=UTC)
    with clock.reading(lambda: early), pytest.raises(AppError) as raised:
        build_demo(tmp_path / "new", lambda *_: None)
    assert raised.value.code == "demo.clock_too_early"
    assert not (tmp_path / "new").exists()
