"""What is due, by the command line."""

from pathlib import Path

from tests.cli.conftest import Bank


def test_what_is_due_is_listed_and_exported(bank: Bank, tmp_path: Path) -> None:
    made = bank.json("models", "edit", "M-00001", "--next-review", "2026-01-31")
    assert made.code == 0, made.out
    (notice,) = bank.json("notices", "list", "--everybody").document
    assert (notice["kind"], notice["id"], notice["overdue"]) == ("review", "M-00001", True)
    assert bank.json("notices", "list").document == []
    out = tmp_path / "due.ics"
    assert bank.json("notices", "export", "--out", str(out), "--person", "Olga Owner").code == 0
    assert b"M-00001" in out.read_bytes()
    sent = bank.json(
        "notices", "send", "--smtp", "localhost", "--from", "a@b.example", "--to", "c@d.example",
        "--user", "risk", "--mail-secret-env", "NOT_SET",
    )  # fmt: skip
    assert sent.error["code"] == "secret.variable_empty"
