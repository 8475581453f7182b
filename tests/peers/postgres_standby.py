"""A second PostgreSQL that follows a first one byte for byte, and takes its place."""

import contextlib
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import psycopg

from tests.peers.postgres_tls import TlsPostgres, run_as_server, server_programs, write_private
from tests.support.mlflow import free_port

_REPLICATION = "local replication all peer map=root\n"
_NAME = "standby"
_PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Standby:
    """A hot standby of ``primary``, which answers no commit that it does not have."""

    primary: TlsPostgres
    server: TlsPostgres

    def url_of_both(self, role: str, database: str) -> str:
        """Return the address that names both servers and wants the one that writes."""
        hosts = f"host=localhost:{self.primary.port}&host=localhost:{self.server.port}"
        trust = f"sslmode=verify-full&sslrootcert={quote(str(self.primary.ca_file))}"
        return f"postgresql://{role}@/{database}?{hosts}&{trust}&target_session_attrs=read-write"

    def fail_over(self) -> None:
        """Kill the primary as a power cut would, and let the standby write."""
        pg_ctl = server_programs() / "pg_ctl"
        run_as_server(pg_ctl, "-D", self.primary.folder / "data", "-m", "immediate", "stop")
        with psycopg.connect(self.server.admin_url, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET synchronous_standby_names")
            connection.execute("SELECT pg_promote(true, 30)")
            connection.execute("SELECT pg_reload_conf()")


@contextlib.contextmanager
def following(primary: TlsPostgres) -> Iterator[Standby]:
    """Copy ``primary`` while it runs, start the copy as its synchronous standby, end it after."""
    folder, port = primary.folder / _NAME, free_port()
    data = folder / "data"
    folder.mkdir(mode=0o755)
    _let_follow(primary)
    shutil.chown(folder, "postgres", "postgres")
    source = f"host={primary.folder} port={primary.port} user=postgres application_name={_NAME}"
    programs = server_programs()
    run_as_server(
        programs / "pg_basebackup", "-d", source, "-D", data, "-R", "-X", "stream", "-c", "fast"
    )
    options, log = f"-p {port} -k {folder}", folder / "server.log"
    run_as_server(programs / "pg_ctl", "-w", "-D", data, "-l", log, "-o", options, "start")
    try:
        _wait_until_it_holds(primary)
        yield Standby(primary, TlsPostgres(folder, port, primary.ca_file))
    finally:
        run_as_server(programs / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")


def _let_follow(primary: TlsPostgres) -> None:
    hba = primary.folder / "data" / "pg_hba.conf"
    write_private(hba, (hba.read_text(encoding="utf-8") + _REPLICATION).encode())
    with psycopg.connect(primary.admin_url, autocommit=True) as connection:
        connection.execute("SELECT pg_reload_conf()")


def _wait_until_it_holds(primary: TlsPostgres) -> None:
    """Let no commit of ``primary`` be answered before the standby has it on its disk."""
    begun = time.monotonic()
    with psycopg.connect(primary.admin_url, autocommit=True) as connection:
        connection.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{_NAME}'".encode())
        connection.execute("SELECT pg_reload_conf()")
        state = "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"
        while connection.execute(state.encode()).fetchone() != (1,):
            assert time.monotonic() - begun < _PATIENCE
            time.sleep(0.05)
