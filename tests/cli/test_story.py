"""The main job on the command line, from a new workspace to a verified dossier."""

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, CARL, OLGA, Done


def decide(bank: Bank, request: str, person: str, variable: str, *more: str) -> Done:
    secret = ("--as", person, "--person-secret-env", variable)
    return bank.json("approvals", "decide", request, "--decision", *(more or ("approve",)), *secret)


@pytest.fixture
def request_id(bank: Bank) -> str:
    asked = bank.json("approvals", "request", "PD Retail", "v7", "--comment", "Bitte prüfen")
    assert asked.code == 0
    assert asked.document["signers_left"] == [BERTA, CARL]
    found: str = asked.document["id"]
    return found


def test_two_others_approve_and_the_requester_may_not(bank: Bank, request_id: str) -> None:
    refused = decide(bank, request_id, ANNA, "ANNA")
    assert refused.code == 2
    assert refused.error["code"] == "approval.refused_requester"
    first = decide(bank, request_id, BERTA, "BERTA")
    assert (first.code, first.document["status"]) == (0, "open")
    second = decide(bank, request_id, CARL, "CARL", "approve", "--comment", "in Ordnung")
    assert (second.code, second.document["status"]) == (0, "approved")
    shown = bank.json("approvals", "show", request_id).document
    said = [(one["person"], one["refused_by"], one.get("signature")) for one in shown["decisions"]]
    assert said == [(ANNA, "requester", None), (BERTA, None, "verified"), (CARL, None, "verified")]
    (row,) = bank.json("models", "list").document
    assert (row["name"], row["state"], row["approval"]) == ("PD Retail", "approved", "approved")


def test_the_same_person_cannot_sign_twice(bank: Bank, request_id: str) -> None:
    assert decide(bank, request_id, BERTA, "BERTA").code == 0
    again = decide(bank, request_id, BERTA, "BERTA")
    assert (again.code, again.error["code"]) == (2, "approval.refused_twice")


def test_a_condition_can_stand_in_the_comment(bank: Bank, request_id: str) -> None:
    done = decide(bank, request_id, BERTA, "BERTA", "condition", "--comment", "Backtesting bis Mai")
    assert done.document["decisions"][0]["conditions"] == [
        {"text": "Backtesting bis Mai", "due": None}
    ]


def test_a_changed_field_voids_the_approval_and_is_named(bank: Bank, request_id: str) -> None:
    decide(bank, request_id, BERTA, "BERTA")
    decide(bank, request_id, CARL, "CARL")
    assert bank.run("models", "edit", "PD Retail", "--tier", "2").code == 0
    shown = bank.json("approvals", "show", request_id).document
    assert (shown["status"], shown["changed"]) == ("voided", ["model.tier"])


def test_revoked_and_withdrawn_requests_say_by_whom_and_why(bank: Bank, request_id: str) -> None:
    decide(bank, request_id, BERTA, "BERTA")
    decide(bank, request_id, CARL, "CARL")
    secret = ("--as", CARL, "--person-secret-env", "CARL")
    revoked = bank.json("approvals", "revoke", request_id, "--reason", "Fehler", *secret).document
    assert (revoked["status"], revoked["ended"]["person"]) == ("revoked", CARL)
    asked = bank.json("approvals", "request", "PD Retail", "7").document["id"]
    withdrawn = bank.json("approvals", "withdraw", asked, "--reason", "zu früh").document
    assert (withdrawn["status"], withdrawn["ended"]["reason"]) == ("withdrawn", "zu früh")


def test_a_candidate_is_accepted_with_its_versions_and_another_rejected(bank: Bank) -> None:
    found = bank.json("candidates", "list").document
    first, second, third = (row["id"] for row in found[:3])
    fields = ("--owner", OLGA, "--tier", "2", "--set", "methodology=Gradient boosting")
    accepted = bank.json("candidates", "accept", first, *fields).document
    assert accepted["owner"] == OLGA
    assert accepted["state"] in {"development", "production"}
    told = ("--verdict", "test-artefact", "--reason", "nur ein Versuch")
    assert bank.json("candidates", "reject", second, *told).document["state"] == "rejected"
    matched = bank.json("candidates", "match", third, first).document
    assert matched["id"] == first
    left = [row["id"] for row in bank.json("candidates", "list").document]
    assert {first, second, third}.isdisjoint(left)
    assert len(left) == len(found) - 3


def test_a_rejection_needs_its_reason(bank: Bank) -> None:
    (first, *_) = bank.json("candidates", "list").document
    done = bank.json("candidates", "reject", first["id"])
    assert (done.code, done.error["code"]) == (2, "candidate.reason_missing")


def test_what_is_declared_becomes_a_candidate(bank: Bank) -> None:
    place = ("--place", "Laufwerk K", "--description", "Excel")
    declared = bank.json("candidates", "declare", "Kapitaldienstrechner", *place).document
    assert declared["state"] == "candidate"


def test_a_model_moves_through_its_life_and_stays_on_record(bank: Bank) -> None:
    assert bank.json("models", "move", "1", "validate").document["state"] == "validation"
    without = bank.json("models", "retire", "1")
    assert (without.code, without.error["code"]) == (2, "model.reason_missing")
    retired = bank.json("models", "retire", "1", "--reason", "abgelöst").document
    assert retired["state"] == "retired"
    assert bank.json("models", "list").document == []
    assert [row["id"] for row in bank.json("models", "list", "--scope", "retired").document] == [
        "M-00001"
    ]
    assert bank.json("models", "reactivate", "1").document["state"] == "development"


def test_who_took_whose_place_is_shown_at_both_ends(bank: Bank) -> None:
    heir = bank.json("models", "register", "--name", "PD Neu").document["id"]
    bank.run("models", "retire", "1", "--reason", "abgelöst", "--successor", heir)
    old, new = (bank.json("models", "show", id).document for id in ("1", heir))
    assert (old["replaced_by"]["id"], old["replaces"]) == (heir, [])
    assert (new["replaced_by"], [one["id"] for one in new["replaces"]]) == (None, ["M-00001"])
    assert re.search(rf"Replaced by +{heir} PD Neu", bank.run("models", "show", "1").out)
    assert re.search("Replaces +M-00001 PD Retail", bank.run("models", "show", heir).out)


def test_deployments_open_and_close_by_hand(bank: Bank) -> None:
    (opened,) = bank.json("deployments", "open", "1", "7", "--basis", "Betriebshandbuch").document
    assert (opened["version"], opened["environment"], opened["to"]) == ("7", "production", None)
    (closed,) = bank.json("deployments", "close", "1", "7").document
    assert closed["to"] is not None


def test_a_dossier_is_sealed_verified_and_a_changed_byte_is_caught(
    bank: Bank, tmp_path: Path
) -> None:
    out, root, copy = tmp_path / "d.pdf", tmp_path / "root.pem", tmp_path / "copy.pdf"
    secret = ("--person-secret-env", "ANNA")
    made = bank.json(
        "dossier", "export", "--model", "1", "--out", str(out), "--lang", "de", *secret
    )
    assert made.code == 0
    assert bank.run("dossier", "authority", "--out", str(root)).code == 0
    trusted = bank.json("dossier", "verify", str(out), "--trust", str(root))
    assert (trusted.code, trusted.document["verdict"]) == (0, "valid")
    assert trusted.document["recorded_as"] == made.document["id"]
    damaged = bytearray(out.read_bytes())
    damaged[len(damaged) // 2] ^= 1
    copy.write_bytes(damaged)
    caught = bank.json("dossier", "verify", str(copy))
    assert caught.code == 1
    assert caught.document["verdict"] in {"changed", "damaged"}
    assert caught.document["first_failure"]["detail"]
    assert bank.json("dossier", "verify", str(root)).code == 2
    (listed,) = bank.json("dossier", "list").document
    assert (listed["id"], listed["sha256"]) == (made.document["id"], made.document["sha256"])
