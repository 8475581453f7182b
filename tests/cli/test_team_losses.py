"""What a team loses and gets back, by commands alone: a keyring, then the whole database."""

from pathlib import Path

import psycopg
import pytest

from tests.cli.program import ANNA, PASSPHRASES, invoke
from tests.cli.test_team import teams_roles_gone
from tests.support.keyrings import Memory

_PRINTED = "Recovery key, shown this once."


def test_a_lost_keyring_and_a_lost_database_come_back(
    postgres_url: str, tmp_path: Path, memory: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("MLOPS_DESKTOP_WORKSPACE_KEY", raising=False)
    monkeypatch.setenv("ANNA", PASSPHRASES["ANNA"])
    secret = ("--person-secret-env", "ANNA")
    who = ("--person", ANNA, *secret, "--prefix", "lost", "--login", "lost_anna")
    made = invoke("team", "create", postgres_url, *who)
    assert (made.code, _PRINTED in made.err) == (0, True)
    groups = " ".join(made.err.splitlines()[-2:]).split()
    founder = ("-w", postgres_url.replace("postgres@", "lost_anna@"))
    assert invoke(*founder, "models", "register", "--name", "LGD").code == 0
    save = str(tmp_path / "save.mlops")
    backup = invoke(*founder, "backup", save, "--json").document

    memory.kept.clear()
    register = ("models", "register", "--name", "PD")
    assert invoke(*founder, *register, "--json").code != 0
    monkeypatch.setenv("RECOVERY", "".join(groups[:-1]) + "00000")
    recover = ("recover", "--recovery-secret-env", "RECOVERY", "--json")
    mistyped = invoke(*founder, *recover)
    assert (mistyped.code, mistyped.error["code"].split(".")[0]) == (2, "recovery_key")
    monkeypatch.setenv("RECOVERY", " ".join(groups))
    assert invoke(*founder, *recover).document["kept"] == ["keyring"]
    assert invoke(*founder, *register).code == 0

    empty = _emptied(postgres_url)
    restore = ("restore", save, "--reason", "server burnt", *secret)
    back = invoke("-w", empty, *restore, "--prefix", "lost", "--login", "lost_anna", "--json")
    assert back.code == 0, back.out
    assert back.document["size"] == backup["size"]
    assert [head["size"] for head in back.document["lost"]] == [backup["size"] + 1]
    verdict = invoke(*founder, "ledger", "verify", "--json").document
    assert (verdict["ok"], verdict["restores"][0]["person"]) == (True, ANNA)
    assert [one["name"] for one in invoke(*founder, "models", "list", "--json").document] == ["LGD"]
    assert invoke(*founder, "team", "check").code == 0
    teams_roles_gone(postgres_url, "lost", "lost_anna")


def _emptied(place: str) -> str:
    """Lose all that the database and its roles hold, as a server that burns does."""
    teams_roles_gone(place, "lost", "lost_anna")
    with psycopg.connect(place, autocommit=True) as connection:
        connection.execute(b"DROP SCHEMA public CASCADE")
        connection.execute(b"CREATE SCHEMA public")
        connection.execute(b"GRANT USAGE ON SCHEMA public TO public")
    return place
