"""A PostgreSQL cluster of its own, from Debian's package: TLS only, SCRAM passwords, roles."""

import contextlib
import itertools
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
import trustme
from psycopg import sql

from tests.support.mlflow import free_port

_USER = "postgres"  # the package makes this system user; the server refuses to run as root
_HBA = """\
local all postgres peer map=root
hostssl all all 127.0.0.1/32 scram-sha-256
"""
_IDENT = "root root postgres\nroot postgres postgres\n"
_SETTINGS = """\
ssl = on
ssl_cert_file = 'server.pem'
ssl_key_file = 'server.key'
password_encryption = scram-sha-256
listen_addresses = '127.0.0.1'
fsync = off
"""


@dataclass(frozen=True, slots=True)
class TlsPostgres:
    """A running cluster: where it listens and which authority signed its certificate."""

    folder: Path
    port: int
    ca_file: Path
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def admin_url(self) -> str:
        """The superuser's URL over the local socket."""
        return f"postgresql://postgres@/postgres?host={quote(str(self.folder))}&port={self.port}"

    def url(self, role: str, password: str, database: str, *, sslmode: str = "verify-full") -> str:
        """Return a role's URL over TCP; ``sslrootcert`` is the cluster's authority."""
        login = f"{quote(role)}:{quote(password, safe='')}"
        trust = f"sslmode={sslmode}&sslrootcert={quote(str(self.ca_file))}"
        return f"postgresql://{login}@localhost:{self.port}/{quote(database)}?{trust}"

    def add_role(self, role: str, password: str) -> None:
        """Create a role that may log in and nothing else."""
        text = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
        self._run(text.format(sql.Identifier(role), sql.Literal(password)))

    def add_database(self, owner: str) -> str:
        """Create an empty database that belongs to ``owner`` and return its name."""
        name = f"peer_{next(self._numbers)}"
        self._run(
            sql.SQL("CREATE DATABASE {} OWNER {}").format(
                sql.Identifier(name), sql.Identifier(owner)
            )
        )
        return name

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.admin_url, autocommit=True) as connection:
            connection.execute(statement)


def server_programs() -> Path:
    """Return where the newest of Debian's server programs lie."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name)
    )
    assert found, "Debian's postgresql is missing: run `make test-peers` as root"
    return found[-1]


def run_as_server(*command: str | Path) -> None:
    """Run a program of the server as its own system user."""
    subprocess.run(
        ["runuser", "-u", _USER, "--", *map(str, command)],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server runs
        cwd="/",
        timeout=60,
    )


def write_private(path: Path, content: bytes) -> None:
    """Write a file that the server alone may read."""
    path.write_bytes(content)
    path.chmod(0o600)
    shutil.chown(path, _USER, _USER)


def _configure(data: Path, authority: trustme.CA) -> None:
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    write_private(data / "server.pem", certificate.cert_chain_pems[0].bytes())
    write_private(data / "server.key", certificate.private_key_pem.bytes())
    write_private(data / "pg_hba.conf", _HBA.encode())
    write_private(data / "pg_ident.conf", _IDENT.encode())
    with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
        settings.write(_SETTINGS)


@contextlib.contextmanager
def running_postgres() -> Iterator[TlsPostgres]:
    """Make a cluster, start it, end it and remove it."""
    programs, port = server_programs(), free_port()
    folder = Path(tempfile.mkdtemp(prefix="mlops-peer-"))
    folder.chmod(0o755)
    shutil.chown(folder, _USER, _USER)
    data, authority = folder / "data", trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    run_as_server(programs / "initdb", "--encoding=UTF8", "--auth=peer", "-D", data)
    _configure(data, authority)
    options = f"-p {port} -k {folder}"
    log = folder / "server.log"
    run_as_server(programs / "pg_ctl", "-w", "-D", data, "-l", log, "-o", options, "start")
    try:
        yield TlsPostgres(folder, port, folder / "ca.pem")
    finally:
        if (data / "postmaster.pid").exists():  # a test may have ended it
            run_as_server(programs / "pg_ctl", "-w", "-D", data, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)
