"""The attacked bank, made once a module on each database."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from mlops_desktop.outside.workspace_key import VARIABLE
from tests.services.attacks.scene import Scene, live
from tests.support import bank as banks


@pytest.fixture(scope="module", params=["file", "team"])
def _scene(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Scene]:
    """A bank with a past and a signed dossier, for attacks that are undone afterwards."""
    folder = tmp_path_factory.mktemp(f"attacked-{request.param}")
    prepared = request.getfixturevalue(f"prepared_{request.param}")
    with pytest.MonkeyPatch.context() as patch:
        place = _place(request, folder)
        bank = banks.open_prepared(prepared, place, folder / "home", patch)
        yield live(bank, folder, prepared.key)
        bank.session.workspace.close()
        _drop(request)


@pytest.fixture
def scene(_scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """The attacked bank, with the home in which its keys and its head last seen lie."""
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(_scene.home))
    monkeypatch.setenv(VARIABLE, _scene.key)
    return _scene


def _place(request: pytest.FixtureRequest, folder: Path) -> str:
    if request.param == "file":
        prepared: banks.Prepared = request.getfixturevalue("prepared_file")
        return str(shutil.copy(prepared.place, folder / "bank.mrm"))
    team: banks.Prepared = request.getfixturevalue("prepared_team")
    with psycopg.connect(request.getfixturevalue("_postgres"), autocommit=True) as connection:
        connection.execute(b"CREATE DATABASE attacked TEMPLATE bank_template")
    return team.place.replace("/bank_template?", "/attacked?")


def _drop(request: pytest.FixtureRequest) -> None:
    if request.param == "team":
        with psycopg.connect(request.getfixturevalue("_postgres"), autocommit=True) as connection:
            connection.execute(b"DROP DATABASE attacked WITH (FORCE)")
