"""A workspace is taken away, worked in, and brought back, by commands alone."""

import re
import shutil
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, OLGA, PASSPHRASES, invoke
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


def test_an_auditors_copy_is_refused_as_what_it_is(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STICK", STICK)
    file, out = str(tmp_path / "audit.mlops"), str(tmp_path / "out")
    assert bank.run("copies", "take", file, "--for", "auditor").code == 0
    model = bank.json("models", "list", "--scope", "all").document[0]["id"]
    for refused in (
        ("models", "edit", model, "--business-line", "SME"),
        ("findings", "open", "--model", model, "--title", "Alt", "--severity", "low"),
        ("copies", "outbox", out, "--key-secret-env", "STICK"),
        ("copies", "push", "--file", out, "--key-secret-env", "STICK"),
    ):
        done = invoke("-w", file, *refused, "--json")
        assert (done.code, done.error["code"]) == (2, "copy.for_auditor"), done.error
        assert "copies extract" in done.error["remedy"]
    assert invoke("-w", file, "ledger", "verify").code == 0


def test_what_is_said_of_a_copy_is_in_words(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STICK", STICK)
    file, back, cut = (str(tmp_path / name) for name in ("train.mlops", "back", "cut"))
    model = bank.json("models", "list", "--scope", "all").document[0]["id"]
    assert bank.run("copies", "take", file).code == 0
    copy = ("-w", file)
    assert re.search(r"^lease over +no$", invoke(*copy, "copies", "status").out, re.MULTILINE)
    assert invoke(*copy, "models", "edit", model, "--business-line", "SME").code == 0
    assert bank.run("models", "edit", model, "--business-line", "Retail").code == 0
    invoke(*copy, "copies", "push")
    invoke(*copy, "copies", "pull")
    (held,) = bank.json("copies", "conflicts").document
    settle = (*copy, "copies", "settle", held["event"]["id"])
    both = invoke(*settle, "--keep", "--redo", "--json")
    assert (both.code, both.error["code"]) == (2, "copy.settlements_differ")
    settled = invoke(*settle, "--redo").out
    assert re.search(r"^settlement +done again\nsettled by ", settled, re.MULTILINE)
    secret = ("--key-secret-env", "STICK")
    assert bank.run("copies", "update", back, "--base", "0", *secret).code == 0
    Path(cut).write_bytes(Path(back).read_bytes()[:700])
    refused = invoke(*copy, "copies", "pull", "--file", cut, *secret, "--json")
    assert (refused.code, refused.error["code"]) == (2, "passphrase.file_not_opened")
    assert "damaged" in refused.error["meaning"]


def test_a_copy_of_another_history_is_not_told_to_do_the_same_again(
    bank: Bank, home: Path, tmp_path: Path
) -> None:
    other, file = tmp_path / "other.mlops", str(tmp_path / "train.mlops")
    edit = ("models", "edit", "1", "--business-line")
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(shutil.copytree(home, tmp_path / "2")))
        shutil.copy(bank.place, other)
        for line in ("Retail", "Immobilien"):
            assert invoke("-w", str(other), *edit, line).code == 0
    assert bank.run(*edit, "SME").code == 0
    assert bank.run("copies", "take", file).code == 0
    refused = invoke("-w", file, "copies", "pull", "--at", str(other), "--json").error
    assert refused["code"] == "copy.history_changed"
    assert refused["remedy"].startswith("Check the address: copies status")
    assert "copies outbox" in refused["remedy"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps rights in lists instead")
def test_every_file_of_a_workspace_is_its_owners_alone(
    founded: Path, bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STICK", STICK)
    secret = ("--key-secret-env", "STICK", "--person-secret-env", "ANNA")
    backup, names = str(tmp_path / "save"), ("copy", "extract", "restored", "moved")
    copy, extract, restored, moved = (str(tmp_path / f"{name}.mlops") for name in names)
    assert bank.run("copies", "take", copy).code == 0
    assert bank.run("copies", "extract", extract, "--reader", OLGA, *secret).code == 0
    assert bank.run("backup", backup).code == 0
    restore = ("restore", backup, "--reason", "Probe", "--person-secret-env", "ANNA", "--as", ANNA)
    assert invoke("-w", restored, *restore).code == 0
    assert bank.run("move", "--to", moved).code == 0
    for place in (founded / "bank.mlops", copy, extract, restored, moved):
        assert stat.S_IMODE(Path(place).stat().st_mode) == 0o600, place
