"""A real MLflow server, in a process and an environment of its own."""

import contextlib
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support.canaries import canary
from tests.support.mlflow_seed import Seed
from tests.support.surroundings import CACHE

_START_SECONDS = 150
_KEPT_TABLES = frozenset({"alembic_version", "experiments", "workspaces"})

LOGIN = ("registrar", canary("the password of a source", "Elbe-1234-Speicherstadt"))
_LOGIN_SETTINGS = f"""\
[mlflow]
default_permission = READ
database_uri = sqlite:///{{users}}
admin_username = {LOGIN[0]}
admin_password = {LOGIN[1]}
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
"""


@dataclass(frozen=True, slots=True)
class MlflowServer:
    """A running server: its address, its database file, the interpreter it runs on."""

    url: str
    database: Path
    python: str

    @property
    def seed(self) -> Seed:
        """Writes models, versions and runs into the server through its REST interface."""
        return Seed(self.url)

    def run_script(self, script: str) -> str:
        """Run Python with the mlflow client against this server; return what it prints."""
        surroundings = _surroundings(self.database.parent) | {"MLFLOW_TRACKING_URI": self.url}
        done = subprocess.run(
            [self.python, "-c", script],
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=100,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def empty(self) -> None:
        """Forget every model, version and run, as a new server would."""
        with contextlib.closing(sqlite3.connect(self.database, timeout=30)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            for (table,) in tables.fetchall():
                if table not in _KEPT_TABLES and not table.startswith("sqlite_"):
                    connection.execute(f'DELETE FROM "{table}"')
            connection.execute("DELETE FROM experiments WHERE experiment_id <> 0")
            connection.commit()


def _python(name: str) -> str:
    """The interpreter that has mlflow: ``make test`` makes it, ``MLFLOW3_PYTHON`` names another."""
    folder = CACHE / name
    own = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    python = os.environ.get(f"{name.upper()}_PYTHON", str(own))
    assert Path(python).exists(), f"no mlflow at {python}: run `make {name}` once"
    return python


def _surroundings(folder: Path) -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    return kept | {
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "MLFLOW_DISABLE_TELEMETRY": "true",
        "DO_NOT_TRACK": "true",
        "MLFLOW_SERVER_ENABLE_JOB_EXECUTION": "false",  # else eight more processes of 260 MB
        "GIT_PYTHON_REFRESH": "quiet",
    }


def free_port() -> int:
    """Return a port of this machine that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _command(python: str, port: int, folder: Path, options: tuple[str, ...]) -> list[str]:
    return [
        *(python, "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", str(port)),
        *("--backend-store-uri", f"sqlite:///{folder / 'mlflow.db'}"),
        *("--artifacts-destination", str(folder / "artifacts"), "--workers", "1", *options),
    ]


def _is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310 - our own URL
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while not _is_ready(url):
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"mlflow server did not start:\n{log.read_text('utf-8')[-3000:]}")
        time.sleep(0.1)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the server with its workers; they share the session that it was started in.

    Its database is a test's own: nothing is worth the ten seconds that a farewell can take.
    """
    if sys.platform == "win32":
        subprocess.run(["taskkill", "/F", "/T", "/PID", str(process.pid)], check=False)
        process.wait()
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)


def _lay_database(python: str, folder: Path) -> None:
    """Begin with a migrated, empty database if an earlier run kept one: it saves ten seconds."""
    kept = Path(python).parent.parent / "empty-mlflow.db"
    if kept.exists():
        shutil.copy(kept, folder / "mlflow.db")


def _keep_database(python: str, folder: Path) -> None:
    kept = Path(python).parent.parent / "empty-mlflow.db"
    if kept.exists() or not os.access(kept.parent, os.W_OK):
        return
    part = kept.with_name(f"{kept.name}.{os.getpid()}")
    with (
        contextlib.closing(sqlite3.connect(folder / "mlflow.db")) as source,
        contextlib.closing(sqlite3.connect(part)) as target,
    ):
        source.backup(target)
    part.replace(kept)


@contextlib.contextmanager
def running_mlflow(
    *options: str, extra: Mapping[str, str] | None = None, environment: str = "mlflow3"
) -> Iterator[MlflowServer]:
    """Run a server with these command-line options and environment variables, then end it.

    ``environment`` is the one it is installed in: ``mlflow3`` or ``mlflow2`` (2.22).
    """
    python, port = _python(environment), free_port()
    folder = Path(tempfile.mkdtemp(prefix="mlops-mlflow-"))
    _lay_database(python, folder)
    url, log = f"http://127.0.0.1:{port}", folder / "server.log"
    with log.open("wb") as output:
        process = subprocess.Popen(
            _command(python, port, folder, options),
            cwd=folder,
            env=_surroundings(folder) | dict(extra or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_ready(url, process, log)
        _keep_database(python, folder)
        yield MlflowServer(url, folder / "mlflow.db", python)
    finally:
        _end(process)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def mlflow_server() -> Iterator[MlflowServer]:
    """One server for the whole run, started by the first test that asks for it."""
    with running_mlflow() as server:
        yield server


@pytest.fixture
def mlflow_registry(mlflow_server: MlflowServer) -> MlflowServer:
    """The same server, with nothing registered in it."""
    mlflow_server.empty()
    return mlflow_server


@pytest.fixture(scope="session")
def mlflow2_server() -> Iterator[MlflowServer]:
    """A server of 2.22, the last of the 2.x line, which many banks still run."""
    with running_mlflow(environment="mlflow2") as server:
        yield server


@pytest.fixture
def mlflow2_registry(mlflow2_server: MlflowServer) -> MlflowServer:
    """The same server, with nothing registered in it."""
    mlflow2_server.empty()
    return mlflow2_server


@pytest.fixture(scope="session")
def mlflow_login_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MlflowServer]:
    """A server that asks for a name and a password (:data:`LOGIN`), with nothing registered."""
    folder = tmp_path_factory.mktemp("login")
    settings = folder / "login.ini"
    settings.write_text(_LOGIN_SETTINGS.format(users=folder / "users.db"), "utf-8")
    secrets = {
        "MLFLOW_AUTH_CONFIG_PATH": str(settings),
        "MLFLOW_FLASK_SERVER_SECRET_KEY": "only-for-tests-of-one-run",
    }
    with running_mlflow("--app-name", "basic-auth", extra=secrets) as server:
        yield server
