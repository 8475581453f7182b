"""What is no workspace, or cannot be opened: each with its own error, and nothing changed."""

import os
import secrets
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path, PurePosixPath

import psycopg
import pytest
import sqlalchemy as sa
from sqlcipher3 import dbapi2

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store import drives, faults, files, rebuild
from mlops_desktop.store import engine as engines
from mlops_desktop.store import workspace as workspaces
from mlops_desktop.store.drives import mounted_kind
from mlops_desktop.store.workspace import Workspace
from tests.store.desks import Desk, create
from tests.store.sample import HISTORY


def open_with(place: Path | str, key: bytes) -> Workspace:
    engine = workspaces.open_engine(str(place), lambda _: key)
    try:
        return workspaces.load(str(place), engine)
    except BaseException:
        engine.dispose()
        raise


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(AppError) as refused:
        act()
    assert refused.value.where
    return refused.value.code


def test_a_workspace_opens_again_with_its_key(desk: Desk) -> None:
    with desk.opened_again() as again:
        found = again.workspace
        assert (found.id, found.name) == (desk.workspace.id, "Elbmark Bank AG")
        assert found.origin == desk.workspace.origin
        with found.read() as view:
            assert view.head().size == 2


def test_the_id_is_legible_without_the_key(file_desk: Desk) -> None:
    assert files.read_workspace_id(Path(file_desk.place)) == file_desk.workspace.id


def test_nothing_of_the_content_is(file_desk: Desk) -> None:
    file_desk.record(*HISTORY)
    file_desk.workspace.close()
    content = Path(file_desk.place).read_bytes()
    for words in (b"Elbmark", b"Feddersen", b"SQLite", b"model.registered", b"CREATE TABLE"):
        assert words not in content


def test_a_wrong_key_is_told_as_such(file_desk: Desk) -> None:
    assert refusal(lambda: open_with(file_desk.place, secrets.token_bytes(32))) == (
        "workspace.wrong_key"
    )


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    assert refusal(lambda: open_with(tmp_path / "none.mrm", b"")) == "workspace.not_found"


def test_an_empty_file(tmp_path: Path) -> None:
    (tmp_path / "empty.mrm").touch()
    assert refusal(lambda: open_with(tmp_path / "empty.mrm", b"")) == "workspace.empty_file"
    assert (tmp_path / "empty.mrm").stat().st_size == 0


def test_a_database_without_encryption(tmp_path: Path) -> None:
    path = tmp_path / "plain.mrm"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE models (id)")
    connection.close()
    assert refusal(lambda: open_with(path, secrets.token_bytes(32))) == "workspace.not_encrypted"


NO_ID = b"\xff" * 16  # one in 32 random beginnings looks like the id of a workspace


@pytest.mark.parametrize(
    "content", [b"x", b"%PDF-1.7\n" * 1000, NO_ID + secrets.token_bytes(4080), b"\0" * 8192]
)
def test_junk(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "junk.mrm"
    path.write_bytes(content)
    assert refusal(lambda: open_with(path, secrets.token_bytes(32))) == "workspace.not_a_workspace"
    assert path.read_bytes() == content


def test_a_folder_is_not_a_file(tmp_path: Path) -> None:
    assert refusal(lambda: open_with(tmp_path, b"")) == "workspace.not_a_workspace"


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() == 0, reason="nothing is unreadable to root"
)
def test_a_file_without_permission(file_desk: Desk) -> None:
    file_desk.workspace.close()
    path = Path(file_desk.place)
    path.chmod(0)
    assert refusal(lambda: open_with(path, file_desk.key)) == "workspace.unreadable"
    path.chmod(0o600)


def test_a_damaged_first_page_is_no_plain_crash(file_desk: Desk) -> None:
    file_desk.workspace.close()
    path = Path(file_desk.place)
    content = bytearray(path.read_bytes())
    content[100] ^= 1
    path.write_bytes(content)
    assert refusal(lambda: open_with(path, file_desk.key)) == "workspace.wrong_key"


def test_a_newer_schema_is_refused_and_left_alone(desk: Desk) -> None:
    with desk.workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert refusal(lambda: open_with(desk.place, desk.key)) == "workspace.newer_schema"


def test_a_new_workspace_replaces_nothing(desk: Desk, tmp_path: Path) -> None:
    if engines.is_team(desk.place):
        assert refusal(lambda: create(desk.place)) == "workspace.exists"
    else:
        assert refusal(lambda: files.check_new(Path(desk.place))) == "workspace.exists"
    with desk.opened_again() as again, again.workspace.read() as view:
        assert view.head().size == 2


def test_an_encrypted_file_that_holds_something_else(tmp_path: Path) -> None:
    path, key, id = tmp_path / "other.mrm", secrets.token_bytes(32), new_id()
    engine = engines.open_file(path, key, id)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE notes (text)")
    engine.dispose()
    assert refusal(lambda: open_with(path, key)) == "workspace.not_a_workspace"


def test_a_database_without_a_workspace(postgres_url: str) -> None:
    assert refusal(lambda: open_with(postgres_url, b"")) == "workspace.not_initialised"


def test_a_server_that_cannot_be_joined_says_exactly_why(postgres_url: str) -> None:
    name = sa.make_url(postgres_url).database
    role = f"member_{name}"
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {role} LOGIN".encode())
        connection.execute(f"REVOKE CONNECT ON DATABASE {name} FROM PUBLIC".encode())
    found = {
        place: refusal(lambda place=place: open_with(place, b""))  # type: ignore[misc]
        for place in (
            "postgresql://anna:secret@no-such-server.invalid/bank",
            "postgresql://anna:secret@127.0.0.1:1/bank",
            postgres_url.replace(f"/{name}?", f"/no_{name}?"),
            postgres_url.replace("postgres@", "nobody@"),
            postgres_url.replace("postgres@", f"{role}@"),
            "postgresql://",
            "postgresql://anna:secret@bank:port/x",
        )
    }
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"DROP ROLE {role}".encode())
    assert list(found.values()) == [
        "workspace.name_unknown",
        "workspace.refused",
        "workspace.no_database",
        "workspace.login_refused",
        "workspace.login_refused",
        "workspace.url_refused",
        "workspace.url_refused",
    ]


@pytest.mark.parametrize(
    ("said", "code"),
    [  # as libpq 16 and psycopg 3 say it
        ('server certificate for "db" does not match host name "bank"', "certificate_name"),
        ("SSL error: certificate verify failed", "certificate_unknown"),
        ('root certificate file "/root/.postgresql/root.crt" does not exist',
         "certificate_unchecked"),
        ("server does not support SSL, but SSL was required", "no_tls"),
        ('FATAL: no pg_hba.conf entry for host "10.0.0.9", user "anna"', "host_refused"),
        ("connection timeout expired", "timed_out"),
        ('permission denied for table "ledger"', "right_missing"),
    ],
)  # fmt: skip
def test_what_a_server_says_is_told_apart(said: str, code: str) -> None:
    engine = sa.create_engine("postgresql+psycopg://anna:secret@bank/x")
    error = sa.exc.OperationalError("", {}, psycopg.OperationalError(said))
    assert faults.explain(error, engine).code == f"workspace.{code}"


def test_a_file_that_cannot_be_made_is_no_server_out_of_reach(tmp_path: Path) -> None:
    engine = engines.open_file(tmp_path / "none" / "copy.mlops", bytes(32), new_id())
    with pytest.raises(AppError, match=r"workspace\.not_opened"), faults.explained(engine):
        engine.connect()


@pytest.mark.parametrize("server", ["/risk?host=a%3A1&host=b%3A2", "/risk", "db:5432/risk"])
def test_an_address_without_a_login_is_still_one(server: str) -> None:
    """Several servers, or a socket, stand in the address as parameters."""
    whole = engines.read_url(f"postgresql://anna@{server}")
    bare = engines.with_login(f"postgresql://anna:secret@{server}", None)
    assert engines.is_team(bare)
    assert engines.read_url(bare) == whole._replace(username=None)
    assert engines.read_url(engines.with_login(bare, "anna")) == whole


def test_a_database_that_does_not_answer(tmp_path: Path) -> None:
    place = f"postgresql://postgres:secret@/bank?host={tmp_path}"
    with pytest.raises(AppError) as refused:
        open_with(place, b"")
    assert refused.value.code == "workspace.unreachable"
    assert "secret" not in f"{refused.value} {refused.value.where}"


def test_a_workspace_needs_a_folder(tmp_path: Path) -> None:
    assert refusal(lambda: files.check_new(tmp_path / "no" / "bank.mrm")) == "workspace.no_folder"
    files.check_new(tmp_path / "bank.mrm")


def test_a_network_drive_is_refused(
    file_desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform != "linux":
        pytest.skip("the mount table is Linux's")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"srv:/share {tmp_path} nfs4 rw 0 0\n", "utf-8")
    monkeypatch.setattr(drives, "_MOUNTS", mounts)
    for act in (
        lambda: files.check_new(tmp_path / "new.mrm"),
        lambda: open_with(file_desk.place, file_desk.key),
    ):
        assert refusal(act) == "workspace.on_network_drive"


MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
srv:/home /home nfs4 rw 0 0
/dev/sdb1 /home/local ext4 rw 0 0
//srv/a /mnt/with\\040space cifs rw 0 0
proc /proc proc rw 0 0
broken
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/tmp", None),  # noqa: S108 - only a name
        ("/home/ann", "nfs4"),
        ("/homework", None),
        ("/home/local/ann", None),
        ("/mnt/with space/x", "cifs"),
        ("/mnt/with", None),
    ],
)
def test_the_deepest_mount_says_what_a_folder_lies_on(folder: str, kind: str | None) -> None:
    assert mounted_kind(PurePosixPath(folder), MOUNTS) == kind


def test_a_closed_workspace_leaves_no_log_beside_it(file_desk: Desk) -> None:
    file_desk.record(*HISTORY)
    file_desk.workspace.close()
    folder = Path(file_desk.place).parent
    assert [path.name for path in folder.glob("bank.mrm*")] == ["bank.mrm"]


def test_every_connection_keeps_what_it_has_acknowledged(file_desk: Desk) -> None:
    with file_desk.workspace.read() as view:
        told = {
            name: view.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "trusted_schema": 0}


def test_projections_of_an_older_form_are_renewed_when_opening(desk: Desk) -> None:
    desk.record(*HISTORY)
    with desk.workspace.engine.connect().execution_options(**{engines.WRITES: True}) as connection:
        rebuild.drop_projections(connection)
        connection.exec_driver_sql("UPDATE meta SET value = '0' WHERE name = 'projection'")
        connection.commit()
    with desk.opened_again() as again, again.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_the_sqlcipher_library_carries_a_sound_sqlite() -> None:
    """Every SQLite from 3.7.0 to 3.51.2 can corrupt a database when its log is reset."""
    assert dbapi2.sqlite_version_info >= (3, 51, 3)


def test_an_altered_page_is_noticed(file_desk: Desk) -> None:
    file_desk.record(*HISTORY)
    file_desk.workspace.close()
    path = Path(file_desk.place)
    content = bytearray(path.read_bytes())
    for place in range(4096 + 50, len(content), 4096):
        content[place] ^= 1
    path.write_bytes(content)
    with pytest.raises((AppError, sa.exc.DatabaseError)):
        open_with(path, file_desk.key)
