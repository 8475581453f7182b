"""The union of the inventory fields that E-23, SS1/23 and the IRB register ask for."""

import gc
from datetime import date
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelEdited
from mlops_desktop.core.inventory import SECTIONS, Indicator, ModelDetails
from mlops_desktop.services import imports, models
from mlops_desktop.services.exports import Wish, export_models
from mlops_desktop.services.imports.report import Fate
from mlops_desktop.services.imports.values import read_indicators
from mlops_desktop.services.model_fields import field_names
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.session import must_commit
from tests.services.conftest import Bank
from tests.services.steps import register

FILLED = {
    "developed_by": "Hansebank Services GmbH",
    "used_by": "Hansebank AG, Hansebank Leasing GmbH",
    "monitoring_deputy": "Corinna Wolters",
    "application_scope": "Unternehmen, Umsatz 5-500 Mio. EUR",
    "operating_boundaries": "Kein Einsatz bei Sanierungsfällen",
    "restrictions": "Nur mit Votum der Marktfolge",
    "risks_not_captured": "Klimarisiken",
    "calibration_limits": "Ausfälle 2009 bis 2021",
    "alternative_data": "keine",
    "indicators": "Gini (2026-03-31), PSI (2026-02-28)",
    "remediation": "Neukalibrierung bis Q2",
    "fallback": "Expertenrating",
    "runbook": "BHB-17, Kapitel 4",
}


def test_every_field_of_the_record_stands_in_one_section() -> None:
    shown = [name for fields in SECTIONS.values() for name in fields]
    assert sorted(shown) == sorted(field_names())


def test_a_text_is_no_longer_than_what_leaves_and_comes_back(
    file_bank: Bank, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(AppError) as refused:
        models.register_model(file_bank.session, {"name": "Lang", "purpose": "x" * 32_001})
    assert (refused.value.code, refused.value.where) == ("model.field_too_long", "purpose")
    made = models.register_model(file_bank.session, {"name": "Lang", "purpose": "x" * 32_000}).id
    wish, place = Wish(ModelFilter(), ("id", "name", "purpose")), tmp_path / "out.xlsx"
    export_models(file_bank.session, wish, place)
    report = imports.preview_import(file_bank.session, imports.read_file(place))
    assert [one.fate for one in report.rows] == [Fate.UNCHANGED]
    # A text of before the limit, or of a source, is refused without a word of openpyxl's.
    with file_bank.session.workspace.write(file_bank.session.actor) as work:
        work.record(ModelEdited(made, ModelDetails(purpose=must_commit("x" * 40_000))))
    with pytest.raises(AppError, match=r"export\.text_too_long"):
        export_models(file_bank.session, wish, place, overwrite=True)
    gc.collect()
    assert capfd.readouterr().err == ""


def test_the_fields_of_all_regimes_are_kept_and_go_out_with_an_export(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank, **FILLED)
    details = models.show_model(file_bank.session, "M-00001").state.details
    assert details.used_by == ("Hansebank AG", "Hansebank Leasing GmbH")
    assert details.indicators == (
        Indicator("Gini", date(2026, 3, 31)),
        Indicator("PSI", date(2026, 2, 28)),
    )
    with pytest.raises(AppError, match=r"model\.nothing_changed"):
        models.edit_model(file_bank.session, "M-00001", FILLED)
    wish = Wish(ModelFilter(), ("name", *FILLED))
    text = export_models(file_bank.session, wish, tmp_path / "out.csv").path.read_text("utf-8")
    assert all(FILLED[name] in text for name in FILLED)


@pytest.mark.parametrize("text", ["Gini", "Gini (31.03.2026)", "(2026-03-31)", "Gini (2026-02-30)"])
def test_an_indicator_needs_its_name_and_its_day(file_bank: Bank, text: str) -> None:
    with pytest.raises(AppError) as refused:
        register(file_bank, indicators=text)
    assert (refused.value.code, refused.value.where) == ("model.field_refused", "indicators")


def test_imported_indicators_take_the_dates_of_their_country() -> None:
    read = read_indicators("Gini (Test) (31.03.2026), PSI (28.02.2026)", None)
    assert read == "Gini (Test) (2026-03-31), PSI (2026-02-28)"
