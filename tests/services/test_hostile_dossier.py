"""Hostile texts through the services: recorded, printed, verified and exported as text."""

import csv
from contextlib import suppress
from io import StringIO
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.typeset.safety import safe
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import dossiers, items, models
from mlops_desktop.services.dossiers import Order
from mlops_desktop.services.exports import Wish, export_models
from mlops_desktop.services.items import Given
from mlops_desktop.services.models import ModelFilter
from tests.dossier.test_hostile_names import NAMES
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import DEVELOPER, register
from tests.services.test_items import TEXTS

FIELDS = ("description", "purpose", "limitations", "assumptions", "approved_uses")


def recorded(bank: Bank) -> set[str]:
    """Put each text wherever it is taken; return those that the record holds."""
    model, taken = register(bank), set()
    for name in NAMES.values():
        for field in FIELDS:
            with suppress(AppError):
                models.edit_model(bank.as_(DEVELOPER), model, {field: name})
                taken.add(name)
        with suppress(AppError):
            given = Given(TEXTS | {"title": f"x {name}"[:180]}, ("M-00001",), reason=name)
            items.open_item(bank.session, FINDING, given)
    return taken


def test_hostile_texts_are_text_everywhere(file_bank: Bank, tmp_path: Path) -> None:
    taken = recorded(file_bank)
    assert len(taken) >= len(NAMES) - 3
    files = []
    for language in ("en", "de"):
        out = tmp_path / f"{language}.pdf"
        order = Order("1", out, language)
        dossiers.export_dossier(file_bank.session, order, file_bank.unlock(FOUNDER))
        verdict = dossiers.verify_dossier(out, session=file_bank.session).verdict
        assert verdict.outcome is Outcome.VALID
        files.append(out)
        shown = "".join("".join(read_text(out.read_bytes())).split())
        assert "".join(safe(NAMES["long"]).split())[:40] in shown
        assert "root:x:0" not in shown
        require_harmless(out)
    found = dossiers.diff_dossiers(files[0], files[1], None).differences
    assert "inventory" not in {one.section for one in found}


def require_harmless(path: Path) -> None:
    with pikepdf.open(path) as opened:
        for thing in opened.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
                assert not {"/URI", "/JS", "/Launch", "/OpenAction", "/AA"} & set(thing.keys())
                assert thing.get("/Subtype") != "/Image"


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_cell_of_a_table_is_a_formula(file_bank: Bank, tmp_path: Path, language: str) -> None:
    for number, name in enumerate(("=cmd|'/c calc'!A1", "+1+cmd()", "-2+3", "@SUM(1)*cmd()")):
        register(file_bank, name=f"{name} {number}", purpose=name, description=name)
    for form in ("csv", "xlsx"):
        wish = Wish(ModelFilter(), language=language)
        export_models(file_bank.session, wish, tmp_path / f"m.{form}")
    data = (tmp_path / "m.csv").read_text("utf-8-sig")
    cells = [
        cell for row in csv.reader(StringIO(data), delimiter=";,"[language == "en"]) for cell in row
    ]
    assert any("cmd" in cell for cell in cells)
    assert not [
        cell for cell in cells if cell[:1] in set("=+-@\t\r") and not cell.lstrip("-").isdigit()
    ]
    for sheet in openpyxl.load_workbook(tmp_path / "m.xlsx").worksheets:
        for row in sheet.iter_rows():
            assert not [cell.value for cell in row if cell.data_type == "f" or cell.hyperlink]
