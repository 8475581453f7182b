"""A bank founded through the command line once, and a copy of it for each test."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import recordings, workspaces
from tests.cli.program import ANNA, BERTA, CARL, KEY, OLGA, PASSPHRASES, Done, invoke

_ENROL = ("--authority-secret-env", "ANNA", "--json")
_FIELDS = ("--owner", OLGA, "--tier", "1", "--purpose", "Zweck: Kredit – „Prüfung“")


@dataclass(frozen=True)
class Bank:
    """A workspace with three who can sign, one model, a recorded registry already read."""

    place: Path

    def run(self, *arguments: str) -> Done:
        """Run a command on this workspace."""
        return invoke("-w", str(self.place), *arguments)

    def json(self, *arguments: str) -> Done:
        """Run a command on this workspace with ``--json``."""
        return self.run(*arguments, "--json")

    def model(self, state: str) -> str:
        """Return the id of some model of that state which has versions."""
        rows = self.json("models", "list", "--scope", "all", "--filter", f"state:{state}").document
        return next(str(row["id"]) for row in rows if self.versions(row["id"]))

    def versions(self, model: str) -> list[str]:
        """Return the labels of a model's versions."""
        return [one["version"] for one in self.json("versions", "list", model).document]


def _environment(home: Path, patch: pytest.MonkeyPatch) -> None:
    patch.setenv("MLOPS_DESKTOP_HOME", str(home))
    patch.setenv(VARIABLE, KEY)
    for name, passphrase in PASSPHRASES.items():
        patch.setenv(name, passphrase)


def _must(done: Done) -> None:
    assert done.code == 0, done.out + done.err


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a bank made by commands alone; keys are real and take their time."""
    folder = tmp_path_factory.mktemp("founded")
    place = folder / "bank.mlops"
    bank = Bank(place)
    with pytest.MonkeyPatch.context() as patch:
        _environment(folder / "home", patch)
        _must(bank.run("init", "--name", "Elbmark", "--as", ANNA, "--person-secret-env", "ANNA"))
        for name, role, variable in ((BERTA, "validator", "BERTA"), (CARL, "compliance", "CARL")):
            secret = ("--person-secret-env", variable)
            _must(bank.run("people", "enrol", name, "--role", role, *secret, *_ENROL))
        _must(bank.run("people", "enrol", OLGA, "--role", "owner", "--no-key"))
        _must(bank.run("models", "register", "--name", "PD Retail", *_FIELDS))
        _must(bank.run("versions", "register", "PD Retail", "v7", "--artifact", "s3://x/7"))
        session = workspaces.open_workspace(str(place))
        recordings.add_recording(session, "registry", "mlflow", "mlflow")
        session.workspace.close()
        _must(bank.run("sources", "sync"))
    return folder


@pytest.fixture
def bank(founded: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Bank:
    """The bank, for one test alone."""
    shutil.copytree(founded / "home", home, dirs_exist_ok=True)
    place = tmp_path / "bank.mlops"
    shutil.copy(founded / "bank.mlops", place)
    _environment(home, monkeypatch)
    return Bank(place)
