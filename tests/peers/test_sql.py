"""A database of scores over TLS with a password: who may read, and what a wrong login is told."""

from pathlib import Path

import psycopg
import pytest
import trustme

from mlops_desktop.outside.databases.engines import Login
from mlops_desktop.outside.databases.faults import DatabaseFault
from mlops_desktop.outside.databases.reading import Database
from mlops_desktop.outside.databases.statement import read_select
from mlops_desktop.outside.http_faults import Fault
from tests.peers.postgres_tls import TlsPostgres

_PASSWORD = "canary & Leser/Passwort"
_SELECT = read_select("SELECT psi FROM kpi")


@pytest.fixture(scope="module")
def url(postgres_tls: TlsPostgres) -> str:
    """The address of a database that ``leser`` may read and nothing else, without a secret."""
    postgres_tls.add_role("schreiber", "schreibt")
    postgres_tls.add_role("leser", _PASSWORD)
    name = postgres_tls.add_database("schreiber")
    with psycopg.connect(postgres_tls.url("schreiber", "schreibt", name)) as made:
        made.execute("CREATE TABLE kpi AS SELECT 0.27 AS psi")
        made.execute("GRANT SELECT ON kpi TO leser")
    return f"postgresql://localhost:{postgres_tls.port}/{name}"


def _fault(url: str, login: Login) -> DatabaseFault:
    database = Database(url, login)
    with pytest.raises(DatabaseFault) as caught:
        database.read(_SELECT, ("psi",))
    database.close()
    assert "canary" not in str(caught.value)
    return caught.value


def test_a_reader_reads_over_a_verified_line_and_cannot_write(
    url: str, postgres_tls: TlsPostgres
) -> None:
    database = Database(url, Login("leser", _PASSWORD, str(postgres_tls.ca_file)))
    told = database.describe()
    assert database.read(_SELECT, ("psi",)).lines == (("0.27",),)
    database.close()
    assert (told.user, told.may_write, told.is_encrypted) == ("leser", False, True)


def test_a_wrong_password_and_a_strange_authority_are_told_apart(
    url: str, postgres_tls: TlsPostgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PGPASSWORD", _PASSWORD)  # never looked at
    own = str(postgres_tls.ca_file)
    assert _fault(url, Login("leser", "canary-falsch", own)).fault is Fault.AUTH
    assert _fault(url, Login("leser", None, own)).fault is Fault.AUTH
    strange = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(strange))
    assert _fault(url, Login("leser", _PASSWORD, str(strange))).fault is Fault.TLS
