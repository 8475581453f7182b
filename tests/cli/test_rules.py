"""Rules, delegation, papers and the gate by commands alone."""

from pathlib import Path

from mlops_desktop.core import clock
from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, CARL, OLGA, Done

TWO = ("--step", "any=1", "--step", "compliance=1:compliance", "--deadline", "10")
ANNAS = ("--as", ANNA, "--person-secret-env", "ANNA")
CARLS = ("--as", CARL, "--person-secret-env", "CARL")
_ALL = ("--bar", "owner", "--bar", "developer", "--bar", "requester")


def decide(bank: Bank, id: str, name: str, variable: str, *more: str) -> Done:
    signed = ("--as", name, "--person-secret-env", variable, "--decision", "approve")
    return bank.json("approvals", "decide", id, *signed, *more)


def test_a_rule_is_previewed_in_one_sentence_in_both_languages_and_records_nothing(
    bank: Bank,
) -> None:
    told = bank.json("rules", "preview", "two", *TWO, *_ALL).document
    assert told["en"] == (
        "Two approvals, one of them by compliance, "
        "none by the model's owner, developer or requester, "
        "within 10 working days."
    )
    assert told["de"].startswith("Zwei Freigaben, davon eine durch die Compliance, keine durch")
    assert [row["id"] for row in bank.json("rules", "list").document] == ["four_eyes"]
    wrong = bank.json("rules", "add", "two", "--step", "any=nobody")
    assert (wrong.code, wrong.error["code"]) == (2, "rule.step_malformed")


def test_the_gate_is_an_exit_code_with_reasons(bank: Bank) -> None:
    drafted = bank.json("rules", "add", "two", *TWO, "--tier", "1").document
    assert drafted["standing"] == "draft"
    mine = bank.json("rules", "activate", "two")
    assert (mine.code, mine.error["code"]) == (2, "authority.second_person")
    active = bank.json("rules", "activate", "two", *CARLS).document
    assert (active["standing"], active["activated_by_one_alone"]) == ("active", False)
    asked = ("gate", "PD Retail", "v7", "--environment", "production")
    shut = bank.json(*asked)
    assert (shut.code, shut.document["allowed"]) == (1, False)
    assert [one["rule"] for one in shut.document["reasons"]] == ["approval_missing"]
    request = bank.json("approvals", "request", "PD Retail", "v7", "--as", ANNA).document
    assert (request["rule"], request["rule_version"]) == ("two", 1)
    assert [step["able"] for step in request["steps"]] == [[BERTA, CARL], [CARL]]
    assert decide(bank, request["id"], BERTA, "BERTA").code == 0
    assert bank.run(*asked).code == 1
    assert decide(bank, request["id"], CARL, "CARL").code == 0
    done = bank.json(*asked)
    assert (done.code, done.document["reasons"]) == (0, [])


def test_a_deputy_signs_and_both_names_are_told(bank: Bank) -> None:
    request = bank.json("approvals", "request", "PD Retail", "v7", "--as", ANNA).document["id"]
    behalf = ("--on-behalf-of", CARL)
    refused = decide(bank, request, BERTA, "BERTA", *behalf)
    assert refused.error["code"] == "approval.refused_delegation_missing"
    signed = ("--as", CARL, "--person-secret-env", "CARL")
    until = ("--until", clock.today().isoformat())
    given = bank.json("people", "delegate", BERTA, *until, *signed).document
    assert (given["from"], given["to"]) == (CARL, BERTA)
    told = decide(bank, request, BERTA, "BERTA", *behalf).document["decisions"][-1]
    assert (told["person"], told["on_behalf_of"]) == (BERTA, CARL)
    back = bank.json("people", "undelegate", given["id"][:36], "--as", BERTA)
    assert back.document["standing"] == "revoked"


def test_a_paper_and_its_condition(bank: Bank, tmp_path: Path) -> None:
    scan = tmp_path / "minutes.pdf"
    scan.write_bytes(b"%PDF")
    paper = ("--body", "Committee", "--decided-on", "2023-12-12", "--file", str(scan))
    told = bank.json(
        "approvals", "record-paper", "PD Retail", "v7", *paper, "--condition", "Report",
        "--as", ANNA,
    ).document  # fmt: skip
    assert (told["status"], told["paper"]["signed_here"]) == ("open", False)
    signed = ("--as", BERTA, "--person-secret-env", "BERTA")
    id = told["id"]
    mine = bank.json("approvals", "confirm-paper", id, "--as", ANNA, "--person-secret-env", "ANNA")
    assert mine.error["code"] == "approval.refused_recorder"
    assert bank.json("approvals", "confirm-paper", id, *signed).document["status"] == "conditional"
    met = bank.json("approvals", "condition", id, "1", "--file", str(scan), *signed).document
    assert (met["status"], met["conditions"][0]["met_by"]) == ("approved", BERTA)
    missing = bank.json("approvals", "condition", id, "1", "--file", "nowhere.pdf", *signed)
    assert missing.error["code"] == "document.unreadable"
    assert bank.run("ledger", "verify").code == 0


def test_emergencies_and_permissions_stop_the_gate(bank: Bank) -> None:
    attack = ("emergencies", "record", "PD Retail", "v7", "--reason", "Attack")
    assert bank.json(*attack, "--as", BERTA).error["code"] == "authority.declare_emergency"
    assert bank.json(*attack, *ANNAS).code == 0
    (need,) = [
        bank.json(
            "permissions", "need", "PD Retail", "v7", "--category", "permission", "--authority",
            "ECB", *ANNAS,
        ).document
    ]  # fmt: skip
    assert need["standing"] == "to_apply"
    shut = bank.json("gate", "PD Retail", "v7", "--environment", "production").document
    rules = {one["rule"] for one in shut["reasons"]}
    assert rules == {"approval_missing", "emergency_open", "permission_pending"}


def test_a_committee_by_commands(bank: Bank) -> None:
    bank.json("rules", "add", "board", "--step", "board=committee:Model Risk Committee")
    bank.json("rules", "activate", "board", *CARLS)
    request = bank.json("approvals", "request", "PD Retail", "v7", "--as", OLGA).document["id"]
    meeting = bank.json(
        "meetings", "call", "Model Risk Committee", "--on", clock.today().isoformat(), "--chair",
        BERTA, "--secretary", CARL, "--member", CARL, "--quorum", "2", "--request", request,
    ).document["id"]  # fmt: skip
    longer = bank.json("meetings", "add", meeting, "--note", "Report").document
    assert [one["title"] for one in longer["agenda"]][1:] == ["Report"]
    assert bank.json("meetings", "add", meeting, "--request", request).error["code"] == (
        "meeting.item_twice"
    )
    votes = ("--vote", f"1:{BERTA}:approve", "--vote", f"1:{CARL}:approve", "--minutes", "Agreed.")
    bank.json("meetings", "minute", meeting, "--present", BERTA, "--present", CARL, *votes)
    for name, variable in ((BERTA, "BERTA"), (CARL, "CARL")):
        signed = ("--as", name, "--person-secret-env", variable)
        assert bank.json("meetings", "sign", meeting, *signed).code == 0
    held = bank.json("meetings", "show", meeting).document
    assert (held["standing"], held["absent"]) == ("signed", [])
    assert [one["request_id"] for one in held["agenda"]] == [request, None]
    told = bank.json("approvals", "show", request).document
    assert told["status"] == "approved"
    (resolved,) = told["resolutions"]
    assert (resolved["meeting"], resolved["item"], resolved["outcome"]) == (meeting, 1, "approve")
    hands = {(one["person"], one["capacity"], one["signature"]) for one in resolved["signed"]}
    assert hands == {(BERTA, "chair", "verified"), (CARL, "secretary", "verified")}
    assert meeting in bank.run("approvals", "show", request).out
    assert "Agreed." in bank.run("meetings", "show", meeting).out
    assert bank.run("ledger", "verify").code == 0
