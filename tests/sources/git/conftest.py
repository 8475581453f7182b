"""A repository to fill, and a home of this test's own for what is fetched."""

from pathlib import Path

import pytest

from tests.sources.repositories import Repository, new_repository


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "modelle")
