"""The same commands on a team's PostgreSQL."""

import pytest

from tests.cli.program import ANNA, KEY, PASSPHRASES, invoke


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
