"""A workspace is taken away, worked in, and brought back, by commands alone."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, PASSPHRASES, invoke
from tests.support.canaries import canary

WORKSPACE = canary("the passphrase of a workspace's key", "Alster-im-Regen-17")
COPY = canary("the passphrase of a copy", "Weser-bei-Nacht-88")
STICK = canary("the passphrase of a file on a stick", "Elbe-im-Nebel-42")


def test_a_copy_travels_and_what_conflicts_is_settled(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STICK", STICK)
    file, out, back = (str(tmp_path / name) for name in ("train.mlops", "out", "back"))
    model = bank.json("models", "list", "--scope", "all").document[0]["id"]
    taken = bank.json("copies", "take", file, "--lease", "7").document
    assert taken["kind"] == "member"
    copy = ("-w", file)
    assert invoke(*copy, "models", "edit", model, "--business-line", "SME").code == 0
    assert bank.run("models", "edit", model, "--business-line", "Retail").code == 0
    status = invoke(*copy, "copies", "status", "--json").document
    assert [one["type"] for one in status["unshared"]] == ["model.edited"]
    pushed = invoke(*copy, "copies", "push", "--json")
    assert (pushed.code, pushed.document["fates"]) == (1, {"stale_base": 1})
    assert invoke(*copy, "copies", "push", "--json").document["known"] == 1
    assert invoke(*copy, "copies", "pull", "--json").document["not_yet_shared"] == 0
    (held,) = bank.json("copies", "conflicts").document
    assert (held["fate"], held["against"]["summary"]) == ("stale_base", "business_line")
    assert "held back: the same was changed meanwhile" in bank.run("ledger", "log").out
    event = held["event"]["id"]
    assert bank.json("copies", "settle", event).error["code"] == "copy.settlement_missing"
    settled = invoke(*copy, "copies", "settle", event, "--redo", "--json")
    assert settled.document["settlement"] == "done_again"
    secret = ("--key-secret-env", "STICK")
    assert invoke(*copy, "copies", "outbox", out, *secret, "--json").document["events"] == 2
    received = bank.json("copies", "receive", out, *secret)
    assert (received.code, received.document["fates"]) == (0, {"effective": 2})
    base = str(invoke(*copy, "copies", "status", "--json").document["base"])
    assert bank.run("copies", "update", back, "--base", base, *secret).code == 0
    pulled = invoke(*copy, "copies", "pull", "--file", back, *secret, "--json")
    assert pulled.document["not_yet_shared"] == 0
    assert bank.json("copies", "conflicts").document == []
    assert bank.json("copies", "status").error["code"] == "copy.none"
    for place in (copy, ("-w", str(bank.place))):
        assert invoke(*place, "ledger", "verify").code == 0


def test_each_file_that_travels_has_a_passphrase_of_its_own(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key of this workspace lies under a passphrase, as where there is no keyring."""
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(home))
    for name, secret in {
        **PASSPHRASES, "WORKSPACE": WORKSPACE, "COPY": COPY, "STICK": STICK,
    }.items():  # fmt: skip
        monkeypatch.setenv(name, secret)
    names = ("bank.mlops", "copy.mlops", "part.mlops", "out", "back")
    place, copy, part, out, back = (str(tmp_path / name) for name in names)
    bank = ("-w", place, "--key-secret-env", "WORKSPACE", "--person-secret-env", "ANNA")
    aside = ("-w", copy, "--key-secret-env", "COPY")

    def do(*arguments: str) -> Any:
        done = invoke(*arguments, "--json")
        assert done.code == 0, done.out + done.err
        return done.document

    do(*bank, "init", "--name", "Elbmark", "--person", ANNA)
    model = do(*bank, "models", "register", "--name", "PD Retail")["id"]
    do(*bank, "copies", "take", copy, "--file-secret-env", "COPY")
    do(*bank, "copies", "extract", part, "--reader", ANNA, "--file-secret-env", "STICK")
    assert do("-w", part, "--key-secret-env", "STICK", "models", "list")
    do(*aside, "models", "edit", model, "--tier", "2")
    do(*aside, "copies", "outbox", out, "--file-secret-env", "STICK")
    assert do(*bank, "copies", "receive", out, "--file-secret-env", "STICK")["fates"]
    wrong = invoke(*bank, "copies", "receive", out, "--json")
    assert (wrong.code, wrong.error["where"]) == (2, out)
    assert do(*aside, "copies", "push", "--origin-secret-env", "WORKSPACE")["known"] == 1
    base = str(do(*aside, "copies", "status")["base"])
    do(*bank, "copies", "update", back, "--base", base, "--file-secret-env", "STICK")
    do(*aside, "copies", "pull", "--file", back, "--file-secret-env", "STICK")
    do(*aside, "copies", "pull", "--origin-secret-env", "WORKSPACE")
    assert do(*bank, "ledger", "verify")["ok"]


def test_an_older_file_in_its_place_is_told_by_every_command(bank: Bank, tmp_path: Path) -> None:
    older = shutil.copy(bank.place, tmp_path / "older.mlops")
    assert bank.run("models", "register", "--name", "Later").code == 0
    assert bank.run("models", "list").err == ""
    shutil.copy(older, bank.place)
    for arguments in (("models", "list"), ("models", "register", "--name", "Other")):
        done = bank.run(*arguments)
        assert done.code == 0
        assert done.err.startswith("Warning: The ledger has ")
        assert "Do not go on working in it." in done.err
