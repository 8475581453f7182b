"""A register's papers through the command line: brought, listed, confirmed, rejected."""

from pathlib import Path

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, OLGA
from tests.support.paper_register import paper_register

SIGNED = ("--as", BERTA, "--person-secret-env", "BERTA")


def test_a_paper_past_comes_in_and_a_second_person_confirms_it_at_once(
    bank: Bank, tmp_path: Path
) -> None:
    register = paper_register(tmp_path / "scans", 16)
    file = tmp_path / "Register.csv"
    file.write_bytes(register.content)
    beside = bank.json("import", str(file), "--add-people")
    assert {one["code"] for one in beside.document["refusals"]} == {"import.evidence_not_found"}
    taking = ("import", str(file), "--add-people", "--evidence", str(register.folder))
    dry = bank.run(*taking)
    assert "From paper" in dry.out
    assert "onboarding plan names it" in dry.out
    done = bank.json(*taking, "--apply").document
    assert (done["applied"], len(done["gaps"])) == (True, len(register.gaps))
    (row,) = bank.json("imports", "list").document
    assert (row["papers"], row["plan"]) == (done["papers"], "F-00001")
    waiting = bank.json("approvals", "papers", "--import", row["id"]).document
    assert len(waiting) == done["papers"]
    assert all(one["refused"] == "approval.refused_recorder" for one in waiting)
    shown = {one["name"]: one["approval"] for one in bank.json("models", "list").document}
    assert shown[waiting[0]["name"]] == "awaiting_confirmation"
    mine = bank.json("approvals", "confirm-papers", "--as", ANNA, "--person-secret-env", "ANNA")
    assert mine.error["code"] == "papers.refused"
    one, *rest = [line["id"] for line in waiting]
    rejected = bank.json("approvals", "reject-papers", one, "--reason", "Other minutes", *SIGNED)
    assert [line["id"] for line in rejected.document["rejected"]] == [one]
    preview = bank.json("approvals", "confirm-papers", "--preview", "--as", BERTA).document
    assert {line["refused"] for line in preview} == {None}
    assert all(len(line["evidence"]) == 64 for line in preview)
    confirmed = bank.json("approvals", "confirm-papers", *SIGNED)
    assert (confirmed.code, len(confirmed.document["confirmed"])) == (0, len(rest))
    assert bank.json("approvals", "papers").document == []
    told = bank.json("approvals", "show", one).document
    assert (told["status"], told["paper"]["reason"]) == ("rejected", "Other minutes")
    listed = bank.run("models", "list", "--filter", "approval:approved")
    assert "approved (from paper)" in listed.out
    done = bank.json("ledger", "verify")
    assert done.code == 0, done.out
    assert OLGA not in listed.err
