"""Over a network only with TLS that proves who answers."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.store.transport import is_local, secured


@pytest.fixture(autouse=True)
def _bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("PGHOST", "PGSSLMODE", "PGSSLROOTCERT"):
        monkeypatch.delenv(name, raising=False)


def url(text: str) -> sa.URL:
    return sa.make_url(text)


@pytest.mark.parametrize(
    "address",
    [
        "postgresql:///bank",
        "postgresql://anna@localhost/bank",
        "postgresql://anna@127.0.0.1:6432/bank?sslmode=disable",
        "postgresql://anna@[::1]/bank",
        "postgresql://anna@/bank?host=/var/run/postgresql",
        "postgresql://anna@/bank?host=localhost:5433&host=localhost:5434",
    ],
)
def test_what_stays_on_this_computer_is_left_as_it_is(address: str) -> None:
    assert is_local(url(address))
    assert secured(url(address)) == url(address)


def test_a_network_means_verify_full_with_the_systems_authorities_or_ones_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = secured(url("postgresql://anna@db.bank.example/bank"))
    assert dict(made.query) == {"sslmode": "verify-full", "sslrootcert": "system"}
    own = secured(url("postgresql://anna@db.bank.example/bank?sslrootcert=/etc/ca.pem"))
    assert dict(own.query) == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    (tmp_path / ".postgresql").mkdir()
    (tmp_path / ".postgresql" / "root.crt").write_text("")
    monkeypatch.setenv("PGHOST", "db.bank.example")
    assert dict(secured(url("postgresql:///bank")).query) == {"sslmode": "verify-full"}


@pytest.mark.parametrize(
    "address",
    [
        "postgresql://anna:geheim@db.bank.example/bank?sslmode=require",
        "postgresql://anna:geheim@/bank?host=localhost&host=db2.bank.example&sslmode=verify-ca",
        "postgresql://anna:geheim@10.0.0.9/bank?sslmode=prefer",
    ],
)
def test_less_is_refused_and_the_password_not_repeated(address: str) -> None:
    with pytest.raises(AppError) as refused:
        secured(url(address))
    assert refused.value.code == "workspace.tls_too_weak"
    assert "geheim" not in f"{refused.value}{refused.value.where}"


def test_the_environment_cannot_weaken_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "prefer")
    with pytest.raises(AppError, match=r"workspace\.tls_too_weak"):
        secured(url("postgresql://anna@db.bank.example/bank"))
