"""A model is found by the names it bore, and a second registration of it is warned about."""

from datetime import UTC, datetime

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import models
from mlops_desktop.services.models import ModelFilter
from tests.services.conftest import Bank
from tests.services.steps import register

LONG_AGO = datetime(2025, 1, 15, tzinfo=UTC)
MAY = datetime(2025, 5, 1, tzinfo=UTC)
MARCH = datetime(2025, 3, 1, tzinfo=UTC)


def test_former_names_are_kept_with_their_days_and_found(bank: Bank) -> None:
    session = bank.session
    models.register_model(session, {"name": "Ampelmodell"}, effective=LONG_AGO)
    models.edit_model(session, "M-1", {"name": "Frühwarnung"}, effective=MAY)
    models.edit_model(session, "M-1", {"tier": "2"})
    assert [
        (one.name, one.until) for one in models.show_model(session, "M-1").state.former_names
    ] == [("Ampelmodell", MAY.date())]
    models.edit_model(session, "M-1", {"name": "Ampel II"}, effective=MARCH)
    told = models.show_model(session, "M-1")
    assert told.row.name == "Frühwarnung"
    assert [(one.name, one.until) for one in told.state.former_names] == [
        ("Ampelmodell", MARCH.date()),
        ("Ampel II", MAY.date()),
    ]
    april = models.show_model(session, "M-1", AsOf(None, MARCH.date().replace(month=4)))
    assert (april.row.name, len(april.state.former_names)) == ("Ampel II", 1)
    (found,) = models.list_models(session, ModelFilter(words=("ampelmodell",)))
    assert found.name == "Frühwarnung"


@pytest.mark.parametrize(
    "texts",
    [
        {"name": "Groessenmodell-Filiale"},
        {"name": "Filiale: GRÖẞENMODELL"},
        {"name": "Größenmodel Filiale"},
        {"name": "Etwas anderes", "register_id": "rm-17"},
    ],
)
def test_a_likely_duplicate_needs_a_second_word(file_bank: Bank, texts: dict[str, str]) -> None:
    session = file_bank.session
    register(file_bank, name="Größenmodell Filiale", register_id="RM-17")
    with pytest.raises(AppError) as warned:
        models.register_model(session, texts)
    assert (warned.value.code, warned.value.where) == ("model.looks_alike", "name")
    assert warned.value.parameters["models"] == "M-00001 Größenmodell Filiale"
    assert models.count_models(session, ModelFilter(scope=Scope.ALL)) == 1
    models.register_model(session, texts, anyway=True)
    assert models.count_models(session, ModelFilter(scope=Scope.ALL)) == 2
    with pytest.raises(AppError, match=r"model\.name_taken"):
        models.register_model(session, {"name": texts["name"].upper()}, anyway=True)


@pytest.mark.parametrize("name", ["PD\u202e dnatsletti", "PD\u200b", "P\x08D", "PD\u00ad"])
def test_no_model_passes_for_another_by_what_cannot_be_seen(file_bank: Bank, name: str) -> None:
    with pytest.raises(AppError) as refused:
        models.register_model(file_bank.session, {"name": name}, anyway=True)
    assert (refused.value.code, refused.value.where) == ("model.field_hidden", "name")
    made = models.register_model(file_bank.session, {"name": " PD\n  Mittelstand\u00a0"}).id
    assert models.show_model(file_bank.session, made).row.name == "PD Mittelstand"
