"""A machine that went silent, its line never closed: the server gives its listener up in time."""

import os
import subprocess
import sys
import time

import psycopg
import pytest

from mlops_desktop.store import listening
from mlops_desktop.store.engine import open_team
from mlops_desktop.store.listening import Listener
from tests.peers.postgres_tls import TlsPostgres
from tests.store.desks import create
from tests.support.canaries import canary

LOGIN = ("horcher", canary("the password of a database", "Leise & weg/4"))
_SILENT = """
import os, socket, sys, time
from mlops_desktop.store import engine, listening
listening._ALIVE.update(tcp_keepalives_idle=sys.argv[1], tcp_keepalives_interval="1")
heard = listening.Listener(engine.open_team(os.environ["PLACE"]), "kowalczyk")
time.sleep(0.5)  # until the server's last words are acknowledged: else it repeats them, and hears
line = socket.fromfd(heard.fileno(), socket.AF_INET, socket.SOCK_STREAM)
TCP_REPAIR = 19  # such a socket is closed without a word to the other side, as by a power cut
line.setsockopt(socket.IPPROTO_TCP, TCP_REPAIR, 1)
print("here", flush=True)
sys.stdin.read()
"""


@pytest.fixture(scope="module")
def place(postgres_tls: TlsPostgres) -> str:
    """A workspace on a server that is reached over TCP."""
    postgres_tls.add_role(*LOGIN)
    url = postgres_tls.url(*LOGIN, postgres_tls.add_database(LOGIN[0]))
    create(url).workspace.close()
    return url


def _present(server: TlsPostgres) -> int:
    query = b"SELECT FROM pg_stat_activity WHERE application_name = 'mlops-desktop kowalczyk'"
    with psycopg.connect(server.admin_url) as connection:
        return len(connection.execute(query).fetchall())


@pytest.mark.parametrize("idle", ["1", "60"])
def test_the_server_gives_up_a_listener_whose_machine_is_silent(
    postgres_tls: TlsPostgres, place: str, idle: str
) -> None:
    """Asked for after a second it is gone; after the sixty that are asked for it is still there."""
    command = [sys.executable, "-c", _SILENT, idle]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, "PLACE": place}
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"here\n"
        other.kill()
    assert _present(postgres_tls) == 1
    until = time.monotonic() + 5
    while _present(postgres_tls) and time.monotonic() < until:
        time.sleep(0.1)
    assert _present(postgres_tls) == (idle == "60")


def test_a_listener_asks_for_it_by_itself(postgres_tls: TlsPostgres, place: str) -> None:
    engine = open_team(place)
    listener = Listener(engine, "feddersen")
    names = list(listening._ALIVE)
    query = b"SELECT name, setting FROM pg_settings WHERE name = ANY (%s)"
    assert dict(listener._held.execute(query, (names,)).fetchall()) == listening._ALIVE
    listener.close()
    engine.dispose()
