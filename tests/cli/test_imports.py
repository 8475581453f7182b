"""Registers through the command line: dry run, apply, export, and back."""

import json
from pathlib import Path

import jsonschema
import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Bank
from tests.cli.program import ANNA, OLGA
from tests.support.surroundings import ROOT

HEAD = "Modell-ID;Modellname;Modellverantwortung;Risikoklasse;letzte Validierung\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "Register.csv"
    place.write_text(f"{HEAD}K1;LGD;{OLGA};2;31.12.2025\nK2;CCF;Eva Neu;3;03/04/2025\n", "cp1252")
    return place


def test_a_dry_run_changes_nothing_and_says_row_column_and_reason(bank: Bank, file: Path) -> None:
    before = bank.json("ledger", "log").document
    listed = file.with_name("refused.csv")
    done = bank.json("import", str(file), "--refusals", str(listed))
    assert done.code == 2
    told = [(one["row"], one["column"], one["code"]) for one in done.document["refusals"]]
    assert told == [
        (3, "Modellverantwortung", "import.person_unknown"),
        (3, "letzte Validierung", "import.date_ambiguous"),
    ]
    assert all(one["reason"] and one["remedy"] for one in done.document["refusals"])
    assert done.document["refusals"][0]["meaning"] == ""
    assert listed.read_text("utf-8").count("\n") == 3
    assert bank.run("import", str(file), "--apply").code == 2
    assert bank.json("ledger", "log").document == before
    shown = bank.run("import", str(file))
    assert "Nothing was changed" in shown.out
    assert "03/04/2025" in shown.out


def test_it_comes_in_and_the_report_can_be_opened_again(bank: Bank, file: Path) -> None:
    done = bank.json("import", str(file), "--add-people", "--dates", "day-first", "--apply")
    assert (done.code, done.document["applied"]) == (0, True)
    assert done.document["counts"]["created"] == 2
    (row,) = bank.json("imports", "list").document
    assert (row["id"], row["person"], row["file"]) == (done.document["id"], ANNA, "Register.csv")
    shown = bank.json("imports", "show", row["id"]).document
    assert shown["details"]["refusals"] == []
    assert bank.run("imports", "show", row["id"]).code == 0
    found = bank.json("models", "list", "--filter", "K2").document
    assert [(one["name"], one["owner"], one["tier"]) for one in found] == [("CCF", "Eva Neu", 3)]
    again = bank.json("import", str(file), "--dates", "day-first", "--apply")
    assert (again.code, again.document["id"]) == (0, None)
    assert bank.json("imports", "show", "I-99999").code == 2


def test_an_export_is_what_is_visible_and_comes_back(bank: Bank, tmp_path: Path) -> None:
    place = tmp_path / "x.json"
    done = bank.json("export", str(place), "--filter", "tier:1")
    assert (done.code, done.document["rows"]) == (0, 1)
    document = json.loads(place.read_text("utf-8"))
    jsonschema.validate(document, json.loads((ROOT / "schemas" / "inventory-1.json").read_text()))
    assert document["about"]["filter"] == "tier:1"
    assert document["about"]["blind_spots"][0]["source"] == "registry"
    assert bank.json("export", str(place)).error["code"] == "export.file_exists"
    rest = ("--scope", "all", "--overwrite", "--columns", "name,id,tier", "--sort", "name")
    assert bank.json("export", str(tmp_path / "x.xlsx"), "--lang", "de", *rest).code == 0
    book = load_workbook(tmp_path / "x.xlsx")
    assert book.sheetnames == ["Modelle", "Angaben"]
    assert [cell.value for cell in book["Modelle"][1]] == ["Name", "Nr.", "Risikoklasse"]
    back = bank.json("import", str(tmp_path / "x.xlsx"))
    assert back.code == 0
    every = bank.json("models", "list", "--scope", "all").document
    assert back.document["counts"]["unchanged"] == len(every)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--map", "Modellname"), "import.mapping_malformed"),
        (("--map", "Foo=name"), "import.column_not_there"),
        (("--map", "Modellname=foo"), "import.field_unknown"),
    ],
)
def test_mappings_are_checked(
    bank: Bank, file: Path, arguments: tuple[str, ...], code: str
) -> None:
    assert bank.json("import", str(file), *arguments).error["code"] == code


def test_exports_name_what_is_wrong(bank: Bank, tmp_path: Path) -> None:
    assert bank.json("export", str(tmp_path / "x.pdf")).error["code"] == "export.form_unknown"
    wrong = bank.json("export", str(tmp_path / "x.csv"), "--columns", "nam")
    assert wrong.error["code"] == "export.column_unknown"
    assert not (tmp_path / "x.csv").exists()
