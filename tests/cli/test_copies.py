"""A workspace is taken away, worked in, and brought back, by commands alone."""

from pathlib import Path

import pytest

from tests.cli.conftest import Bank
from tests.cli.program import invoke
from tests.support.canaries import canary

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
