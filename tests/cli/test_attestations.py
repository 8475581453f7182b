"""An attestation campaign by the command line: opened, answered from a sheet, closed."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, OLGA

DUE = (datetime.now(UTC).date() + timedelta(days=40)).isoformat()
OPEN = ("attestations", "open", "--title", "Inventar", "--statement", "Trifft zu", "--due", DUE)


def test_a_campaign_from_opening_to_closing(bank: Bank, tmp_path: Path) -> None:
    bank.run("models", "register", "--name", "LGD Retail", "--owner", OLGA, "--tier", "1")
    bank.run("models", "register", "--name", "Herrenlos", "--tier", "2")
    opened = bank.json(*OPEN, "--target", "1=100", "--target", "2=99.5", "--as", ANNA)
    assert opened.code == 0, opened.out
    assert opened.document["id"] == "AC-00001"
    assert [(one["tier"], one["target"]) for one in opened.document["coverage"]] == [
        (1, "100"),
        (2, "99.5"),
    ]

    sheet = tmp_path / "form.csv"
    form = bank.json("attestations", "form", "AC-1", "--out", str(sheet), "--as", OLGA)
    assert form.document["models"] == 2
    filled = sheet.read_text("utf-8").splitlines()
    sheet.write_text("\n".join([filled[0], filled[1] + "x", filled[2]]), "utf-8")
    answer = ("attestations", "answer", "AC-1")
    refused = bank.json(*answer, "--file", str(sheet), "--as", OLGA)
    assert refused.code == 2
    assert refused.document["recorded"] is False
    ((row),) = refused.document["refusals"]
    assert (row["row"], row["code"]) == (2, "attestation.answer_missing")
    said = [line.removesuffix(",,") + ",correct," for line in filled[1:]]
    sheet.write_text("\n".join([filled[0], *said]), "utf-8")
    dry = bank.json(*answer, "--file", str(sheet), "--dry-run", "--as", OLGA)
    assert (dry.code, dry.document["recorded"]) == (0, False)
    refused = bank.json(*answer, "--file", str(sheet), "--as", BERTA)
    assert [one["code"] for one in refused.document["refusals"]] == ["attestation.not_owner"] * 2
    given = bank.json(*answer, "--file", str(sheet), "--as", OLGA)
    assert given.document == {"answers": 2, "recorded": True, "refusals": []}

    answers = bank.json("attestations", "show", "AC-1").document["answers"]
    assert [one["signed"] for one in answers] == [False, False], "she holds no key"
    blocked = bank.json("attestations", "close", "AC-1")
    assert (blocked.code, blocked.error["code"]) == (2, "campaign.targets_unmet")
    assert "2: 0/1 (0 % < 99.5 %)" in blocked.error["message"]
    assert "No owner: M-" in blocked.error["message"]
    (waits,) = bank.json("attestations", "remind", "AC-1").document
    assert (waits["name"], waits["models"][0]["name"]) == (None, "Herrenlos")
    mail = tmp_path / "remind.eml"
    bank.run("attestations", "remind", "AC-1", "--out", str(mail), "--lang", "de")
    assert "Herrenlos" in mail.read_text("utf-8")

    bank.run("models", "edit", waits["models"][0]["id"], "--owner", OLGA)
    draft = bank.json(*answer, "--mine", "--answer", "correct", "--draft", "--as", OLGA)
    assert [one["answer"] for one in draft.document] == ["correct"]
    assert bank.json("attestations", "drafts", "AC-1", "--as", OLGA).document == draft.document
    assert bank.json("attestations", "submit", "AC-1", "--as", OLGA).document["recorded"]
    closed = bank.json("attestations", "close", "AC-1", "--remark", "vollständig").document
    assert (closed["state"], closed["ended_with"]) == ("closed", "vollständig")
    changed = bank.json("attestations", "diff", "AC-1").document
    (one,) = changed["asked"]
    assert one["fields"] == [{"field": "owner", "before": None, "after": OLGA}]
    assert changed["to_size"] > changed["from_size"]
    (row,) = bank.json("attestations", "list").document
    assert (row["state"], row["answered"], row["covered"]) == ("closed", 3, 3)
    for command in (("list",), ("show", "AC-1"), ("diff", "AC-1")):
        assert "AC-00001" in bank.run("attestations", *command).out


def test_a_campaign_is_extended_and_withdrawn(bank: Bank) -> None:
    refused = bank.json(*OPEN, "--target", "1=100", "--as", OLGA)
    assert (refused.code, refused.error["code"]) == (2, "campaign.refused_role")
    refused = bank.json(*OPEN, "--target", "1=101")
    assert (refused.code, refused.error["where"]) == (2, "target")
    bank.run(*OPEN, "--target", "1=100", "--filter", "tier:1")
    later = (datetime.now(UTC).date() + timedelta(days=60)).isoformat()
    refused = bank.json("attestations", "extend", "AC-1", "--due", later)
    assert refused.error["code"] == "campaign.reason_missing"
    more = bank.json("attestations", "extend", "AC-1", "--due", later, "--reason", "Urlaub")
    assert (more.document["due"], len(more.document["extensions"])) == (later, 1)
    unclear = bank.json("attestations", "answer", "AC-1", "--mine")
    assert unclear.error["code"] == "attestation.command_unclear"
    done = bank.json("attestations", "withdraw", "AC-1", "--reason", "falscher Umfang")
    assert done.document["state"] == "withdrawn"
