"""Real servers and programs from Debian; run by ``make test-peers`` alone."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.peers.postgres_tls import TlsPostgres, running_postgres

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark everything below this folder ``peers``."""
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("peers")


@pytest.fixture(scope="session")
def postgres_tls() -> Iterator[TlsPostgres]:
    """Debian's PostgreSQL with TLS and password logins only, one cluster a run."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def pdfsig() -> Callable[[Path], str]:
    """Ask poppler what it thinks of a file's signatures; returns what it prints."""

    def ask(file: Path) -> str:
        done = subprocess.run(
            ["pdfsig", str(file)], capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout + done.stderr

    return ask
