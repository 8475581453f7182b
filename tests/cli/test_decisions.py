"""A single decision by commands: masked, revealed for a purpose, and who saw it."""

from pathlib import Path

from tests.cli.conftest import Bank
from tests.cli.program import ANNA

REFERENCE = "ELB-2026-0418-77310"


def test_a_decision_is_looked_up_masked_and_revealed_for_a_purpose(
    bank: Bank, tmp_path: Path
) -> None:
    (tmp_path / "archiv").mkdir()
    table = tmp_path / "archiv" / "entscheidungen.csv"
    table.write_text(f"az;ergebnis;einkommen;quote\n{REFERENCE};abgelehnt;3100;-0,41\n")
    missing = bank.json("decisions", "show", REFERENCE)
    assert (missing.code, missing.document["error"]["code"]) == (3, "decision.no_source")
    sets = ("reference=az", "output=ergebnis", "input.Einkommen=einkommen", "contribution.Q=quote")
    mapping = [part for one in sets for part in ("--set", f"decision.{one}")]
    place = str(tmp_path / "archiv")
    assert bank.run("sources", "add", "folder", "archiv", "--url", place, *mapping).code == 0
    found = bank.json("decisions", "show", REFERENCE).document
    assert (found["output"], found["source"], found["lookup"]) == ("abgelehnt", "archiv", None)
    assert found["inputs"] == [{"name": "Einkommen", "value": None, "masked": True}]
    assert "3100" not in bank.run("decisions", "show", REFERENCE).out
    refused = bank.json("decisions", "show", REFERENCE, "--reveal")
    assert (refused.code, refused.document["error"]["code"]) == (2, "decision.purpose_missing")
    alone = bank.json("decisions", "show", REFERENCE, "--purpose", "Beschwerde")
    assert (alone.code, alone.document["error"]["code"]) == (2, "decision.purpose_alone")
    why = ("--reveal", "--purpose", "Beschwerde", "--as", ANNA)
    assert "Einkommen  3100" in bank.run("decisions", "show", REFERENCE, *why).out
    (shown,) = bank.json("decisions", "list").document
    assert (shown["by"], shown["purpose"], shown["reference"]) == (ANNA, "Beschwerde", REFERENCE)
    unknown = bank.json("decisions", "show", "ELB-0")
    assert (unknown.code, unknown.document["error"]["code"]) == (2, "decision.not_found")
