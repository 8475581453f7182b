"""A MariaDB of scores: what is read, what its own word refuses, over a line that is verified."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import trustme

from mlops_desktop.outside.databases.engines import Login
from mlops_desktop.outside.databases.faults import DatabaseFault
from mlops_desktop.outside.databases.limits import DatabaseLimits
from mlops_desktop.outside.databases.reading import Database
from mlops_desktop.outside.databases.statement import read_select
from mlops_desktop.outside.http_faults import Fault
from tests.peers.mariadb import MariaDb, running_mariadb
from tests.support.canaries import canary

PASSWORD = canary("the password of a database of scores", "canary-Leser-Deich-0815")
_KPI = """
CREATE DATABASE risk CHARACTER SET utf8mb4;
USE risk;
CREATE TABLE kpi AS SELECT 0.27 AS psi, 'Köln' AS region, DATE '2026-11-01' AS stand,
    REPEAT('x', 100000) AS lang;
DELIMITER //
CREATE FUNCTION schreibt() RETURNS INT MODIFIES SQL DATA
BEGIN INSERT INTO kpi (psi) VALUES (1); RETURN 1; END//
DELIMITER ;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[MariaDb]:
    with running_mariadb() as found:
        found.run(_KPI)
        for user, granted in (("leser", "SELECT"), ("schreiber", "ALL")):
            found.run(f"CREATE USER {user}@'%' IDENTIFIED BY '{PASSWORD}'")
            found.run(f"GRANT {granted} ON risk.* TO {user}@'%'")
        yield found


def opened(
    server: MariaDb,
    user: str = "leser",
    driver: str = "mysql",
    password: str = PASSWORD,
    ca_file: Path | None = None,
    seconds: float = 20,
) -> Database:
    login = Login(user, password, str(ca_file or server.ca_file))
    url = f"{driver}+pymysql://localhost:{server.port}/risk"
    return Database(url, login, DatabaseLimits(seconds=seconds))


@pytest.mark.parametrize("driver", ["mysql", "mariadb"])
def test_rows_are_read_as_text_that_the_database_itself_cuts(server: MariaDb, driver: str) -> None:
    with closing(opened(server, driver=driver)) as database:
        select = read_select("SELECT * FROM kpi WHERE stand >= :since")
        headings = ("psi", "REGION", "stand", "lang")
        (line,) = database.read(select, headings, {"since": "2026-10-01"}).lines
    assert line[:3] == ("0.27", "Köln", "2026-11-01")
    assert line[3] == "x" * 10_000


def test_it_says_who_reads_and_whether_the_login_could_write(server: MariaDb) -> None:
    with closing(opened(server)) as database:
        reader = database.describe()
    with closing(opened(server, "schreiber")) as database:
        writer = database.describe()
    assert reader.version.startswith("MariaDB 1")
    assert (reader.user, reader.may_write, reader.is_encrypted) == ("leser@%", False, True)
    assert (writer.may_write, writer.promises) == (True, True)


def test_what_writes_behind_a_select_is_refused_by_the_database(server: MariaDb) -> None:
    with closing(opened(server, "schreiber")) as database:
        with pytest.raises(DatabaseFault) as refused:
            database.read(read_select("SELECT schreibt() AS n"), ("n",))
        count = database.read(read_select("SELECT count(*) AS n FROM kpi"), ("n",)).lines
    assert (refused.value.fault, refused.value.reason) == (Fault.FORBIDDEN, "query_writes")
    assert count == (("1",),)


def test_a_query_ends_at_its_deadline(server: MariaDb) -> None:
    with closing(opened(server, seconds=0.5)) as database, pytest.raises(DatabaseFault) as ended:
        database.read(read_select("SELECT sleep(60) AS n"), ("n",))
    assert ended.value.fault is Fault.TIMEOUT


def test_a_wrong_password_and_a_strange_authority_are_told_apart(
    server: MariaDb, tmp_path: Path
) -> None:
    strange = tmp_path / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(strange))
    faults = []
    for database in (opened(server, password="falsch"), opened(server, ca_file=strange)):
        with closing(database), pytest.raises(DatabaseFault) as caught:
            database.read(read_select("SELECT psi FROM kpi"), ("psi",))
        assert PASSWORD not in str(caught.value)
        faults.append(caught.value.fault)
    assert faults == [Fault.AUTH, Fault.TLS]
