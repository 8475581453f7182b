"""Request lists by the command line."""

from pathlib import Path

from tests.cli.conftest import Bank


def test_a_list_comes_in_and_goes_out(bank: Bank, tmp_path: Path) -> None:
    sheet = tmp_path / "questions.csv"
    sheet.write_text("Number;Question;Owner\n1;Which models?;Olga Owner\n2;Since when?;\n", "utf-8")
    take = ("requests", "import", str(sheet), "--list", "Audit 26", "--asker", "internal_audit")
    refused = bank.json(*take, "--due", "2096-12-31")
    assert (refused.code, refused.document["refusals"][0]["row"]) == (1, 3)
    taken = bank.json(*take, "--due", "2096-12-31", "--owner", "Olga Owner")
    assert taken.document == {"questions": 2, "recorded": True, "refusals": []}
    (summary,) = bank.json("requests", "lists").document
    assert (summary["list"], summary["open"]) == ("Audit 26", 2)
    named = bank.json("requests", "list", "--filter", '"Audit 26"').document
    assert [one["title"] for one in named] == ["Audit 26 1", "Audit 26 2"]
    attached = bank.json("requests", "attach", "R-00001", str(sheet)).document
    assert attached["documents"][0].startswith("questions.csv sha256:")
    out = bank.json("requests", "export", "audit 26", "--out", str(tmp_path / "audit.zip"))
    assert (out.document["files"], out.document["missing"]) == (1, [])
