"""Dossiers about several models on the command line: a portfolio with a sample, a regime."""

from pathlib import Path

import pytest

from mlops_desktop.core import clock
from tests.cli.conftest import Bank


@pytest.mark.parametrize(
    ("asked", "about"),
    [
        (("--portfolio", "--scope", "all", "--sample", "1", "--seed", "Elbe"), "portfolio"),
        (("--regulator", "osfi-e23", "--period", "2026-01-01..{today}"), "regulator"),
    ],
)
def test_several_models_are_exported_listed_and_verified(
    bank: Bank, tmp_path: Path, asked: tuple[str, ...], about: str
) -> None:
    out = tmp_path / "several.pdf"
    words = [word.format(today=clock.today().isoformat()) for word in asked]
    made = bank.json("dossier", "export", *words, "--out", str(out), "--person-secret-env", "ANNA")
    assert made.code == 0, made.out + made.err
    found = bank.json("dossier", "verify", str(out)).document
    assert (found["verdict"], found["recorded_as"]) == ("valid", made.document["id"])
    (row,) = bank.json("dossier", "list").document
    assert (row["scope"], row["id"]) == (about, made.document["id"])
    assert about in bank.run("dossier", "list").out


@pytest.mark.parametrize(
    "asked",
    [
        (),
        ("--portfolio", "--model", "1"),
        ("--portfolio", "--sample", "1"),
        ("--portfolio", "--sample", "0", "--seed", "x"),
        ("--portfolio", "--sample", "1", "--seed", "x", "--full"),
        ("--regulator", "osfi-e23"),
        ("--regulator", "osfi-e23", "--period", "2026"),
        ("--regulator", "osfi-e23", "--period", "2026-01-01..2999-01-01"),
        ("--regulator", "unknown", "--period", "2026-01-01..2026-01-31"),
    ],
)
def test_what_cannot_be_made_is_refused(bank: Bank, tmp_path: Path, asked: tuple[str, ...]) -> None:
    out = tmp_path / "several.pdf"
    made = bank.json("dossier", "export", *asked, "--out", str(out), "--person-secret-env", "ANNA")
    assert made.code == 2, made.out + made.err
    assert not out.exists()
