"""A MariaDB of its own, from Debian's package: TLS, a login that reads and one that writes."""

import contextlib
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import trustme

from tests.support.mlflow import free_port

_USER = "mysql"  # the package makes this system user
_START_SECONDS = 60


@dataclass(frozen=True, slots=True)
class MariaDb:
    """A running server: where it listens and which authority signed its certificate."""

    folder: Path
    port: int
    ca_file: Path

    def run(self, statements: str) -> None:
        """Run statements as the server's own administrator."""
        command = ["mariadb", "--no-defaults", f"--socket={self.folder / 's'}", "--user=root"]
        subprocess.run(
            command, input=statements.encode(), check=True, capture_output=True, timeout=60
        )


@contextlib.contextmanager
def running_mariadb() -> Iterator[MariaDb]:
    """Make a server's folder, start it, end it and remove it."""
    folder, port = Path(tempfile.mkdtemp(prefix="mlops-mariadb-")), free_port()
    authority = trustme.CA()
    _lay(folder, authority)
    common = ["--no-defaults", f"--datadir={folder / 'data'}", f"--user={_USER}"]
    install = [
        "mariadb-install-db",
        *common,
        "--skip-test-db",
        "--auth-root-authentication-method=normal",
    ]
    subprocess.run(install, check=True, capture_output=True, timeout=120)
    command = ["mariadbd", *common, f"--socket={folder / 's'}", f"--port={port}"]
    command += ["--bind-address=127.0.0.1", "--skip-log-bin", f"--pid-file={folder / 'pid'}"]
    command += [f"--ssl-cert={folder / 'server.pem'}", f"--ssl-key={folder / 'server.key'}"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        server = MariaDb(folder, port, folder / "ca.pem")
        _wait(server, process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


def _lay(folder: Path, authority: trustme.CA) -> None:
    certificate = authority.issue_cert("localhost", "127.0.0.1")
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    certificate.cert_chain_pems[0].write_to_path(str(folder / "server.pem"))
    certificate.private_key_pem.write_to_path(str(folder / "server.key"))
    for place in (folder, folder / "server.key"):
        shutil.chown(place, _USER, _USER)


def _wait(server: MariaDb, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            server.run("SELECT 1")
        except subprocess.CalledProcessError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return
