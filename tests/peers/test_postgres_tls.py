"""The cluster that others test against keeps its promises: TLS only, passwords, roles."""

import psycopg
import pytest
import trustme

from tests.peers.postgres_tls import TlsPostgres


@pytest.fixture(scope="module")
def database(postgres_tls: TlsPostgres) -> str:
    postgres_tls.add_role("feddersen", "ein & langes/Passwort")
    return postgres_tls.add_database("feddersen")


def test_a_role_logs_in_over_verified_tls(postgres_tls: TlsPostgres, database: str) -> None:
    url = postgres_tls.url("feddersen", "ein & langes/Passwort", database)
    with psycopg.connect(url) as connection:
        row = connection.execute(
            "SELECT current_user, ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
        )
        assert row.fetchone() == ("feddersen", True)


def test_a_wrong_password_is_refused(postgres_tls: TlsPostgres, database: str) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(postgres_tls.url("feddersen", "falsch", database))


def test_a_line_without_tls_is_refused(postgres_tls: TlsPostgres, database: str) -> None:
    url = postgres_tls.url("feddersen", "ein & langes/Passwort", database, sslmode="disable")
    with pytest.raises(psycopg.OperationalError, match="no encryption"):
        psycopg.connect(url)


def test_a_certificate_of_a_strange_authority_is_refused(
    postgres_tls: TlsPostgres, database: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    strange = tmp_path_factory.mktemp("strange") / "ca.pem"
    trustme.CA().cert_pem.write_to_path(str(strange))
    url = postgres_tls.url("feddersen", "ein & langes/Passwort", database)
    with pytest.raises(psycopg.OperationalError, match="certificate verify failed"):
        psycopg.connect(url.replace(str(postgres_tls.ca_file), str(strange)))
