"""Document control: which dossiers were issued before, as the ledger has it."""

from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.services import dossiers
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_dossiers import SIGNER, evidence_in, export


def parts_in(path: Path) -> dict[str, dict[str, object]]:
    facts = evidence_in(path)["facts"]
    assert isinstance(facts, dict)
    (found,) = [one for one in facts["chapters"] if one["name"] == "document_control"]
    return {part["name"]: part for part in found["parts"]}


def cells_in(part: dict[str, object]) -> list[list[str]]:
    grid = part["grid"]
    assert isinstance(grid, dict)
    return [
        [
            " ".join(value["text"] for value in cell) if isinstance(cell, list) else ""
            for cell in row
        ]
        for row in grid["rows"]
    ]


def test_a_second_dossier_names_the_first(bank: Bank, tmp_path: Path) -> None:
    register(bank)
    today = clock.today()
    first = export(bank, tmp_path / "first.pdf", as_of=on(today))
    second = export(bank, tmp_path / "second.pdf", language="de")
    assert parts_in(first.path)["issued_before"]["grid"] is None
    (row,) = cells_in(parts_in(second.path)["issued_before"])
    (kept,) = [one for one in dossiers.list_dossiers(bank.session) if one.key == first.id]
    assert row[:3] == [first.id, kept.at, SIGNER]
    assert row[3] == f"{today} {today}"
    assert row[4:] == [first.content, ""]


def test_retention_nobody_recorded_is_said_to_be_missing(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    made = export(file_bank, tmp_path / "one.pdf")
    fields = parts_in(made.path)["keeping"]["fields"]
    assert isinstance(fields, list)
    assert [one["values"]["reason"] for one in fields] == ["not_recorded"]
