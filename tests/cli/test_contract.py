"""Every document of the contract, key by key: scripts rely on them."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.lifecycle import State
from tests.cli.conftest import Bank
from tests.cli.program import BERTA, CARL, OLGA, invoke

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")
STATES = {state.value for state in State}
APPROVALS = {approval.value for approval in Approval}
LISTS = [
    ("models", "list"),
    ("candidates", "list"),
    ("people", "list"),
    ("sources", "list"),
    ("approvals", "list"),
    ("dossier", "list"),
    ("ledger", "log"),
    ("versions", "list", "1"),
    ("deployments", "list", "1"),
    ("profiles", "list"),
]


@pytest.mark.parametrize("command", LISTS, ids=" ".join)
def test_every_list_is_an_array_of_objects_with_an_id(bank: Bank, command: tuple[str, ...]) -> None:
    bank.run("approvals", "request", "1", "7")
    bank.run("deployments", "open", "1", "7")
    bank.run(
        *("dossier", "export", "--model", "1", "--out", str(bank.place.with_suffix(".pdf"))),
        *("--person-secret-env", "ANNA"),
    )
    done = bank.json(*command)
    assert (done.code, done.err) == (0, "")
    assert done.document
    assert all(isinstance(row["id"], str) and row["id"] for row in done.document)
    ids = [row["id"] for row in done.document]
    assert len(set(ids)) == len(ids)


def test_models_in_lists_say_state_tier_owner_and_approval(bank: Bank) -> None:
    rows = bank.json("models", "list", "--scope", "all").document
    assert len(rows) > 5
    for row in rows:
        assert {"id", "name", "state", "tier", "owner", "approval"} <= set(row)
        assert row["state"] in STATES
        assert row["approval"] in APPROVALS
        assert row["tier"] is None or isinstance(row["tier"], int)
        assert TIME.fullmatch(row["updated_at"])
    (registered,) = [row for row in rows if row["id"] == "M-00001"]
    assert (registered["name"], registered["owner"]) == ("PD Retail", OLGA)


def test_a_model_shows_versions_with_what_the_registry_tells(bank: Bank) -> None:
    document = bank.json("models", "show", bank.model("candidate")).document
    assert {"id", "name", "versions", "deployments", "approvals", "findings"} <= set(document)
    versions = document["versions"]
    wanted = {"version", "aliases", "tags", "run", "metrics", "datasets"}
    assert all(wanted <= set(one) for one in versions)
    assert all(isinstance(one["aliases"], list) for one in versions)
    whole = next(one for one in versions if one["metrics"] and one["datasets"])
    assert {"id", "started_at", "commit"} <= set(whole["run"])
    assert {"name", "value", "step", "at"} <= set(whole["metrics"][0])
    assert isinstance(whole["metrics"][0]["value"], int | float)
    assert {"name", "digest"} <= set(whole["datasets"][0])


def test_aliases_and_deployments_agree_with_the_recorded_registry(bank: Bank) -> None:
    rows = bank.json("models", "list", "--scope", "all").document
    serving = [row["id"] for row in rows if row["serving"]]
    assert serving
    document = bank.json("models", "show", serving[0]).document
    for one in document["deployments"]:
        assert {"version", "environment", "from", "to"} <= set(one)
        assert TIME.fullmatch(one["from"])
        assert one["version"] in {version["version"] for version in document["versions"]}
    running = {one["version"] for one in document["deployments"] if one["to"] is None}
    entry = next(one for one in document["entries"] if one["aliases"])
    named = {version["version"] for version in document["versions"] if version["aliases"]}
    assert set(entry["aliases"].values()) == named
    assert running & named


def test_every_field_of_the_inventory_is_a_key_of_the_model(bank: Bank) -> None:
    from mlops_desktop.services.model_fields import field_names

    document = bank.json("models", "show", "1").document
    assert set(field_names()) <= set(document)
    assert document["purpose"] == "Zweck: Kredit – „Prüfung“"


def test_sync_prints_its_counts_by_source(bank: Bank) -> None:
    done = bank.json("sources", "sync")
    counts = done.document["registry"]
    wanted = {"read", "new", "changed", "unchanged", "missing", "held_back", "refused", "failures"}
    assert wanted <= set(counts)
    assert done.code == 0
    assert counts["read"] == counts["unchanged"] > 0
    assert (counts["new"], counts["changed"], counts["failures"]) == (0, 0, [])


def test_the_ledger_verdict(bank: Bank) -> None:
    done = bank.json("ledger", "verify")
    verdict = done.document
    assert {"ok", "size", "root", "first_failure", "anchored_at", "since_anchor"} <= set(verdict)
    assert (done.code, verdict["ok"], verdict["first_failure"]) == (0, True, None)
    assert (verdict["anchored_at"], verdict["since_anchor"]) == (None, verdict["size"])
    head = bank.json("ledger", "checkpoint").document
    assert (head["size"], head["root"]) == (verdict["size"], verdict["root"])


def test_the_proof_of_an_event_by_position_and_by_id(bank: Bank) -> None:
    (newest, *_) = bank.json("ledger", "log", "--limit", "1").document
    by_id = bank.json("ledger", "proof", newest["id"]).document["proof"]
    assert by_id == bank.json("ledger", "proof", str(newest["position"])).document["proof"]
    assert f"index {newest['position']}\n" in by_id
    assert bank.run("ledger", "proof", newest["id"]).out == by_id


def test_the_verdict_on_a_dossier(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "d.pdf"
    bank.run("dossier", "export", "--model", "1", "--out", str(out), "--person-secret-env", "ANNA")
    done = invoke("dossier", "verify", str(out), "--json")
    verdict = done.document
    assert {"verdict", "first_failure", "checks", "signatures"} <= set(verdict)
    assert (done.code, verdict["verdict"]) == (1, "untrusted")
    assert verdict["first_failure"]["name"] == "trust"
    assert [one["number"] for one in verdict["checks"]] == list(range(1, 11))
    assert all({"number", "name", "ok", "detail"} <= set(one) for one in verdict["checks"])
    (signature,) = verdict["signatures"]
    assert {"name", "role", "level", "at"} <= set(signature)
    assert verdict["is_recorded"] is None


def test_the_difference_between_two_dossiers(bank: Bank, tmp_path: Path) -> None:
    out = tmp_path / "d.pdf"
    bank.run("dossier", "export", "--model", "1", "--out", str(out), "--person-secret-env", "ANNA")
    document = invoke("dossier", "diff", str(out), str(out), "--json").document
    assert (document["before"]["model"], document["differences"]) == ("M-00001", [])
    told = invoke("dossier", "diff", str(out), str(out), "--lang", "de").out
    assert told.startswith("Modell   M-00001")
    assert "Die Angaben beider sind gleich." in told


def test_each_differing_line_is_said_with_what_was_and_what_is(bank: Bank, tmp_path: Path) -> None:
    first, then = tmp_path / "1.pdf", tmp_path / "2.pdf"
    seal = ("dossier", "export", "--model", "1", "--person-secret-env", "ANNA", "--out")
    bank.run(*seal, str(first))
    bank.run("models", "edit", "1", "--products", "Kredite")
    bank.run(*seal, str(then))
    told = invoke("dossier", "diff", str(first), str(then), "--lang", "de").out
    assert "\nInventareintrag\n" in told
    assert "  Produkte (hinzugekommen)\n    + Kredite\n" in told or (
        "  Produkte (geändert)\n    - " in told and "\n    + Kredite\n" in told
    )


def test_the_difference_between_two_days(bank: Bank) -> None:
    document = bank.json("models", "diff", "--from", "2020-01-01").document
    assert {"from", "to", "models"} <= set(document)
    (first, *_) = document["models"]
    assert {"id", "name", "is_new", "fields"} <= set(first)
    assert first["is_new"]


def test_a_past_day_shows_what_was_known(bank: Bank) -> None:
    assert bank.json("models", "list", "--as-known", "2020-01-01").document == []
    assert len(bank.json("models", "list", "--as-of", "2999-01-01").document) == 1


def test_an_edit_keeps_its_history(bank: Bank) -> None:
    done = bank.run(
        "models", "edit", "1", "--tier", "2", "--vendor", "", "--reason", "Neubewertung"
    )
    assert done.code == 0
    (newest, *_) = bank.json("ledger", "log", "--model", "1").document
    assert (newest["type"], newest["summary"]) == ("model.edited", "tier")


def test_a_terminal_that_knows_ascii_only_gets_all_of_json_and_most_of_the_text(
    bank: Bank,
) -> None:
    arguments = ("-w", str(bank.place), "models", "show", "1")
    document = json.loads(invoke(*arguments, "--json", charset="ascii").out)
    assert document["purpose"].endswith("„Prüfung“")
    plain = invoke(*arguments, charset="ascii")
    assert plain.code == 0
    assert "Zweck: Kredit ? ?Pr?fung?" in plain.out


@pytest.mark.skipif(not shutil.which("openssl"), reason="the checker needs the program openssl")
def test_a_permit_is_for_one_artifact_and_checked_without_the_workspace(
    bank: Bank, tmp_path: Path
) -> None:
    bank.run("approvals", "request", "1", "v7", "--environment", "production")
    artifact, permit = tmp_path / "model.bin", tmp_path / "permit.pem"
    artifact.write_bytes(b"weights")
    ask = ("gate", "1", "v7", "--environment", "production", "--artifact", str(artifact))
    signed = ("--permit", str(permit), "--person-secret-env", "ANNA")
    refused = bank.json(*ask, *signed)
    assert (refused.code, permit.exists()) == (1, False)
    (request,) = [row["id"] for row in bank.json("approvals", "list").document]
    for name, secret in ((BERTA, "BERTA"), (CARL, "CARL")):
        decided = ("--as", name, "--person-secret-env", secret, "--comment", "gut")
        bank.run("approvals", "decide", request, "--decision", "approve", *decided)
    done = bank.json(*ask, *signed)
    assert (done.code, done.document["allowed"]) == (0, True)
    (listed,) = bank.json("permits", "list").document
    assert {"id", "model", "version", "environment", "expires", "by", "artifact"} <= set(listed)
    assert bank.run("permits", "checker", str(tmp_path / "gate")).code == 0
    command = [sys.executable, "gate/check_permit.py", "permit.pem", "model.bin", "production"]
    assert subprocess.run(command, cwd=tmp_path, check=False).returncode == 0
    assert bank.json(*ask, *signed).document["error"]["code"] == "permit.file_exists"
