"""Somebody is invited, makes his own key elsewhere, is admitted by two custodians, and joins."""

from pathlib import Path

import pytest

from mlops_desktop.outside.person_keys import MAX_FAILURES
from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, CARL, OLGA, Done, invoke
from tests.support.canaries import canary

DORA = "Dora Deich"
_AUTHORITY = ("--authority-secret-env", "ANNA")


def _as(name: str) -> tuple[str, ...]:
    return ("--as", name, "--person-secret-env", name.split(maxsplit=1)[0].upper())


def _done(done: Done) -> Done:
    assert done.code == 0, done.out + done.err
    return done


def test_a_second_custodian_makes_it_two_and_an_invited_person_joins(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DORA", canary("the passphrase of Dora", "Kanarie-deich-vorland-9"))
    invitation, request = str(tmp_path / "dora.invitation"), str(tmp_path / "dora.csr")
    change = ("people", "change", BERTA, "--role", "custodian", "--role", "validator")
    assert _done(bank.json(*change, *_as(ANNA))).document["can_sign"]

    scope = ("--scope", "business_line=Retail")
    invite = ("people", "invite", DORA, "--role", "auditor", *scope, "--out", invitation)
    assert bank.json(*invite, "--as", CARL).error["code"] == "custody.only_custodians"
    assert _done(bank.json(*invite, "--as", ANNA)).document["name"] == DORA
    assert bank.json("people", "confirm", DORA, *_as(BERTA)).error["code"] == "person.invited"

    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "dora-home"))
        accept = ("people", "accept", invitation, "--out", request, "--kind", "p-256")
        told = _done(invoke(*accept, "--person-secret-env", "DORA", "--json")).document
        early = bank.json("models", "list", "--person-secret-env", "DORA")
        assert early.error["code"] == "joining.not_admitted"
    digits = told["fingerprint"]
    wrong = digits[:-1] + str((int(digits[-1]) + 1) % 10)

    admit = ("people", "admit", request, *_AUTHORITY)
    found = bank.json(*admit, "--fingerprint", wrong, *_as(ANNA))
    assert (found.code, found.error["code"]) == (2, "request.fingerprint_differs")
    waiting = _done(bank.json(*admit, "--fingerprint", digits, *_as(ANNA))).document
    assert waiting["standing"] == "waiting"
    assert DORA not in bank.run("people", "list").out

    assert bank.json("models", "edit", "1", "--owner", DORA).error["code"] == "person.waits"

    confirm = ("people", "confirm", DORA, "--fingerprint", digits)
    assert bank.json(*confirm, *_as(ANNA)).error["code"] == "custody.same_person"
    assert bank.json(*confirm, *_as(CARL)).error["code"] == "custody.not_custodian"
    missing = bank.json(*confirm[:3], *_as(BERTA))
    assert missing.error["code"] == "request.fingerprint_missing"
    assert _done(bank.json(*confirm, *_as(BERTA))).document["scopes"][0]["value"] == "Retail"
    (row, _) = bank.json("people", "admissions").document
    assert (row["name"], row["standing"], row["second"]) == (DORA, "done", BERTA)
    again = bank.json(*admit, "--fingerprint", digits, *_as(ANNA))
    assert again.error["code"] == "invitation.used"

    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "dora-home"))
        secret = ("--person-secret-env", "DORA")
        wrong_one = bank.json("models", "list", "--person-secret-env", "ANNA")
        assert wrong_one.error["code"] == "person_key.passphrase_wrong"
        _done(bank.run("models", "list", *secret))
        for name, line in (("LGD Filiale", "Retail"), ("LGD Leasing", "Leasing")):
            _done(bank.run("models", "register", "--name", name, "--business-line", line, *secret))
        for noun in (("models", "list"), ("monitoring", "list")):
            rows = _done(bank.json(*noun, "--own-scope", *secret)).document
            assert {row.get("name") or row["model_name"] for row in rows} <= {"LGD Filiale"}
        (mine,) = _done(bank.json("models", "list", "--own-scope", *secret)).document
        assert mine["name"] == "LGD Filiale"
        for noun in (("approvals", "list"), ("findings", "list")):
            assert _done(bank.json(*noun, "--own-scope", *secret)).document == []
        assert _done(bank.json("portfolio", "show", "--own-scope", *secret)).document["models"] == 1
        _done(bank.run("people", "delegate", CARL, "--until", "2027-03-01", *secret))
        assert _done(bank.json("ledger", "verify")).document["ok"]
    assert _done(bank.json("ledger", "verify")).document["ok"]


def test_once_there_are_two_nobody_enrols_or_revokes_alone(bank: Bank) -> None:
    change = ("people", "change", BERTA, "--role", "custodian")
    _done(bank.json(*change, *_as(ANNA)))
    enrol = ("people", "enrol", DORA, *_AUTHORITY, "--person-secret-env", "CARL")
    assert bank.json(*enrol).error["code"] == "custody.one_signature"
    certify = ("people", "certify", CARL, *_AUTHORITY, "--person-secret-env", "CARL")
    assert bank.json(*certify).error["code"] == "custody.one_signature"
    _done(bank.json("people", "enrol", "Known Only", "--no-key"))

    _done(bank.json("people", "revoke", BERTA, "--reason", "Schlüssel verloren", *_as(ANNA)))
    listed = {one["name"]: one for one in bank.json("people", "list").document}
    assert listed[BERTA]["can_sign"], "one signature does not remove a custodian"
    confirm = ("people", "confirm", BERTA)
    assert bank.json(*confirm, *_as(ANNA)).error["code"] == "custody.same_person"
    assert bank.json(*confirm, *_as(BERTA)).error["code"] == "custody.same_person"
    _done(bank.json(*confirm, *_as(CARL)))
    listed = {one["name"]: one for one in bank.json("people", "list").document}
    assert listed[BERTA]["is_revoked"]
    assert listed[BERTA]["standing"] == "revoked"
    _done(bank.json(*enrol))
    assert _done(bank.json("ledger", "verify")).document["ok"]


def test_an_invitation_is_written_over_nothing(bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "dora.invitation"
    path.write_bytes(b"Diplomarbeit")
    invite = ("people", "invite", DORA, "--role", "auditor", "--out", str(path))
    refused = bank.json(*invite, "--as", ANNA)
    assert (refused.code, refused.error["code"]) == (2, "invitation.file_exists")
    assert path.read_bytes() == b"Diplomarbeit"
    assert _done(bank.json("people", "invitations")).document == []


def test_who_is_locked_on_this_device_is_not_listed_as_able_to_sign(bank: Bank) -> None:
    listed = {one["name"]: one["standing"] for one in bank.json("people", "list").document}
    assert (listed[ANNA], listed[OLGA]) == ("signs", "known")
    change = ("people", "change", BERTA, "--role", "auditor", "--as", ANNA)
    for _ in range(MAX_FAILURES):
        wrong = bank.json(*change, "--person-secret-env", "CARL")
        assert wrong.error["code"].startswith("person_key.")
    listed = {one["name"]: one["standing"] for one in bank.json("people", "list").document}
    assert listed[ANNA] == "locked"
    (line,) = (one for one in bank.run("people", "list").out.splitlines() if ANNA in one)
    assert "locked" in line
    assert "can sign" not in line
    _done(bank.json("people", "revoke", OLGA, "--reason", "ausgeschieden"))
    listed = {one["name"]: one["standing"] for one in bank.json("people", "list").document}
    assert listed[OLGA] == "left"
