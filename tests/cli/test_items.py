"""Items on the command line, by the example of findings."""

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, BERTA, OLGA

FINDING = (
    "--title", "PSI über 0,25", "--origin", "validation", "--severity", "high",
    "--owner", OLGA, "--due", "2099-12-31", "--model", "PD Retail",
)  # fmt: skip


def test_a_finding_is_opened_worked_on_and_shown(bank: Bank) -> None:
    opened = bank.json("findings", "open", *FINDING, "--as", BERTA)
    assert opened.code == 0, opened.out
    assert (opened.document["id"], opened.document["state"]) == ("F-00001", "open")
    plan = ("--action-plan", "Neu kalibrieren", "--due", "2099-06-30", "--as", OLGA)
    assert bank.json("findings", "plan", "F-00001", *plan).document["state"] == "planned"
    refused = bank.json("findings", "extend", "F-00001", "--due", "2100-01-01", "--reason", "x",
                        "--as", OLGA)  # fmt: skip
    assert (refused.code, refused.error["code"]) == (2, "item.refused_not_owner")
    early = bank.json("findings", "extend", "F-00001", "--due", "2099-06-30", "--reason", "x",
                      "--as", BERTA)  # fmt: skip
    assert (early.code, early.error["code"], early.error["where"]) == (2, "date.not_later", "due")
    (row,) = bank.json("findings", "list", "--filter", "psi").document
    assert (row["due"], row["overdue"], row["owner"]) == ("2099-06-30", False, OLGA)
    shown = bank.json("findings", "show", "F-00001").document
    assert [(one["step"], one["person"]) for one in shown["steps"]] == [
        ("opened", BERTA), ("plan", OLGA),
    ]  # fmt: skip
    assert shown["steps"][1]["fields"]["action_plan"] == "Neu kalibrieren"
    model = bank.json("models", "show", "PD Retail").document
    assert [one["id"] for one in model["findings"]] == ["F-00001"]
    text = bank.run("findings", "show", "F-00001").out
    assert "Neu kalibrieren" in text
    assert bank.run("findings", "list").out.splitlines()[1].startswith("F-00001")


def test_what_is_missing_or_unknown_is_named_and_nothing_is_recorded(bank: Bank) -> None:
    for arguments, where in (
        (("findings", "open", *FINDING[:-4]), "due"),
        (("findings", "open", *FINDING, "--severity", "grave"), "severity"),
        (("findings", "show", "F-00009"), "id"),
    ):
        done = bank.json(*arguments, "--as", ANNA)
        assert (done.code, done.error["where"]) == (2, where)
    assert bank.json("findings", "list", "--scope", "all").document == []


def test_the_help_of_a_step_says_where_it_leads_and_what_it_needs(bank: Bank) -> None:
    told = bank.run("findings", "accept-risk", "--help").out
    assert "--accepted-until" in told
    assert "accepted" in told
    assert "--severity" not in told
