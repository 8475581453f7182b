"""Retention by the command line: defined, previewed, confirmed, ended."""

from tests.cli.conftest import Bank

REASON = ("--reason", "Löschkonzept 4.2")


def test_a_rule_is_defined_previewed_and_run_only_when_confirmed(bank: Bank) -> None:
    opened = bank.json(
        "findings", "open", "--model", "M-00001", "--title", "Geheim", "--origin", "validation",
        "--severity", "high", "--owner", "Olga Owner", "--due", "2096-12-15",
    ).document  # fmt: skip
    closed = ("findings", "withdraw", opened["id"], "--reason", "x", "--effective", "2025-01-01")
    assert bank.json(*closed).code in (0, 2)
    define = ("retention", "define", "findings", "--what", "items", "--kind", "finding")
    (rule,) = bank.json(*define, "--months", "1", *REASON).document
    assert (rule["id"], rule["kinds"], rule["ended_at"]) == ("findings", ["finding"], None)
    asked = bank.json("retention", "run", "findings", *REASON)
    assert (asked.code, asked.document["erased"]) == (1, False)
    kept = bank.json("retention", "preview", "findings", "--only", opened["id"]).document
    assert "Geheim" not in str(kept)
    young = bank.json("retention", "run", "findings", "--only", "F-00099", *REASON, "--apply")
    assert young.error["code"] == "retention.not_concerned"
    assert bank.json("retention", "end", "findings").document[0]["ended_at"]
    assert bank.json("retention", "run", "findings", *REASON, "--apply").code == 2
    assert "findings" in bank.run("retention", "list").out
    assert bank.json("retention", "erasures").document == []
    assert "Nothing to list." in bank.run("retention", "erasures", "--rule", "findings").out
    assert len(kept["mark"]) == 16
