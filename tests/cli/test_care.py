"""Care through the real commands: backup, a loss, restore, and what is said of it."""

from pathlib import Path

from tests.cli.conftest import Bank
from tests.cli.program import ANNA


def test_a_lost_workspace_comes_back_from_its_backup(bank: Bank, tmp_path: Path) -> None:
    save = tmp_path / "save"
    save.mkdir()
    target = str(save / "bank.mlops")
    looked = bank.json("doctor")
    assert (looked.code, looked.document["ok"]) == (0, True)
    levels = {one["name"]: one["level"] for one in looked.document["looks"]}
    assert (levels["database"], levels["head"], levels["backup"]) == ("ok", "ok", "warning")
    made = bank.json("backup", target, "--keep", "2").document
    assert (made["path"], made["verified"], made["kept"]) == (target, True, [target])
    assert bank.run("models", "register", "--name", "LGD", "--owner", ANNA).code == 0
    bank.place.write_bytes(b"rubbish")
    ill = bank.json("doctor")
    assert (ill.code, ill.document["ok"]) == (1, False)
    seen = {one["name"]: one["seen"] for one in ill.document["looks"]}
    told = bank.run("doctor").out
    assert (seen["database"], "free space" in told) == ("workspace.not_a_workspace", True)
    assert seen["database"] not in told
    assert f"{bank.place} is not a workspace" in told

    secret = ("--person-secret-env", "ANNA")
    restore = ("restore", target, "--reason", "Platte defekt", *secret)
    refused = bank.json(*restore)
    assert (refused.code, refused.error["code"]) == (2, "place.not_replaced")
    done = bank.json(*restore, "--replace").document
    assert done["size"] == made["size"]
    assert Path(done["kept_aside"]).read_bytes() == b"rubbish"
    assert [head["size"] for head in done["lost"]] == [made["size"] + 1]

    verdict = bank.json("ledger", "verify").document
    assert verdict["ok"]
    (told,) = verdict["restores"]
    assert (told["person"], told["lost_to"]) == (ANNA, made["size"] + 1)
    text = bank.run("ledger", "verify").out
    assert f"lost: events {made['size']} to {made['size']}" in text
    assert bank.run("backup", str(tmp_path / "none" / "x")).code == 2
    looks = bank.json("doctor").document["looks"]
    assert {one["level"] for one in looks if one["name"] in {"head", "backup"}} == {"ok"}

    into = bank.json("move", "--to", target)
    assert (into.code, into.error["code"]) == (2, "move.file_there")
    assert "--replace" not in into.error["remedy"]
    moved = bank.json("move", "--to", str(save / "elsewhere.mlops")).document
    assert moved["size"] == verdict["size"]
    late = bank.run("models", "register", "--name", "Zu spät", "--owner", ANNA)
    assert late.code == 2
    assert "elsewhere.mlops" in late.err
    assert "elsewhere.mlops" in bank.run("models", "list").err
