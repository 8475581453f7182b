"""Templates, settings and drafts of dossiers on the command line."""

from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Bank
from tests.cli.program import invoke


def test_sections_are_listed_without_a_workspace() -> None:
    rows = invoke("dossier", "templates", "sections", "--json").document
    assert [row["id"] for row in rows][:3] == ["document_control", "summary", "inventory"]
    assert rows[0]["is_always"] is True


def test_a_template_is_saved_used_for_a_draft_and_removed(bank: Bank, tmp_path: Path) -> None:
    bank.run("dossier", "templates", "save", "Kurz", "--sections", "findings, business-goals")
    (row,) = bank.json("dossier", "templates", "list").document
    assert (row["id"], row["version"]) == ("Kurz", 1)
    assert {"findings", "business_goals", "summary"} <= {*row["sections"]}
    out = tmp_path / "draft.pdf"
    done = bank.json("dossier", "export", "--model", "1", "--template", "kurz", "--draft",
                     "--out", str(out))  # fmt: skip
    assert (done.code, done.document["is_draft"]) == (0, True)
    verdict = invoke("dossier", "verify", str(out), "--json")
    assert (verdict.code, verdict.document["verdict"]) == (2, "not_a_dossier")
    assert "unsealed draft" in verdict.document["first_failure"]["detail"]
    wrong = bank.json("dossier", "export", "--model", "1", "--sections", "nowhere", "--draft",
                      "--out", str(tmp_path / "no.pdf"))  # fmt: skip
    assert (wrong.code, wrong.error["code"]) == (2, "dossier.unknown_section")
    bank.run("dossier", "templates", "remove", "Kurz")
    assert bank.json("dossier", "templates", "list").document == []


def test_settings_are_shown_as_set(bank: Bank, tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    Image.new("RGB", (30, 10)).save(logo)
    given = ("--classification", "internal", "--retention-months", "120", "--logo", str(logo))
    bank.run("dossier", "settings", "set", *given)
    found = bank.json("dossier", "settings", "show").document
    assert (found["classification"], found["retention_months"]) == ("internal", 120)
    assert len(found["logo"]) == 64
    bank.run("dossier", "settings", "set", "--drop", "retention-months")
    assert bank.json("dossier", "settings", "show").document["retention_months"] is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--model", "M-00001", "--period", "2026-01-01..2026-02-01"), "--period says nothing"),
        (("--portfolio", "--seed", "Audit"), "--seed draws a sample"),
        (("--regulator", "osfi-e23", "--full"), "--full says nothing"),
        (("--model", "M-00001", "--sections", ""), "--sections names no section"),
    ],
)
def test_what_would_be_passed_over_is_refused(
    bank: Bank, tmp_path: Path, given: tuple[str, ...], said: str
) -> None:
    out = tmp_path / "x.pdf"
    refused = bank.run("dossier", "export", *given, "--draft", "--out", str(out))
    assert refused.code == 2
    assert said in refused.err
    assert not out.exists()
