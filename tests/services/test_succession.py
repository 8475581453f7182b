"""Who took whose place: told by the retirement, read from both ends, as of any date."""

from datetime import UTC, date, datetime

import pytest

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.services import ledger, models
from mlops_desktop.services.dossiers.inventory import build_inventory
from mlops_desktop.services.models import ModelSheet
from tests.services.conftest import Bank
from tests.services.steps import register

LONG_AGO = datetime(2024, 1, 15, tzinfo=UTC)
RETIRED = datetime(2024, 9, 30, tzinfo=UTC)


@pytest.fixture
def pair(bank: Bank) -> tuple[str, str]:
    """An old scorecard, retired in September 2024, and the model that took its place."""
    keys = []
    for name in ("Antragsscorekarte", "Antragsscore"):
        texts = {"name": name, "tier": "2"}
        keys.append(models.register_model(bank.session, texts, effective=LONG_AGO).id)
    old, new = keys
    models.move_model(
        bank.session, old, Move.RETIRE, reason="abgelöst", successor=new, effective=RETIRED
    )
    return old, new


def sheet(bank: Bank, key: str, as_of: AsOf | None = None) -> ModelSheet:
    return models.show_model(bank.session, key, as_of or AsOf())


def told(found: ModelSheet) -> tuple[str | None, list[str]]:
    heir = found.replaced_by.name if found.replaced_by else None
    return heir, [model.name for model in found.replaces]


def test_both_ends_name_each_other(bank: Bank, pair: tuple[str, str]) -> None:
    old, new = pair
    assert told(sheet(bank, old)) == ("Antragsscore", [])
    assert told(sheet(bank, new)) == (None, ["Antragsscorekarte"])
    heir = sheet(bank, old).replaced_by
    assert heir is not None
    assert heir.id == sheet(bank, new).row.id
    assert ledger.verify_ledger(bank.session).first_failure is None


def test_before_that_day_nobody_had_taken_a_place(bank: Bank, pair: tuple[str, str]) -> None:
    old, new = pair
    before, after = AsOf(at=date(2024, 9, 1)), AsOf(at=date(2024, 10, 1))
    assert told(sheet(bank, old, before)) == (None, [])
    assert told(sheet(bank, new, before)) == (None, [])
    assert told(sheet(bank, old, after)) == ("Antragsscore", [])
    assert told(sheet(bank, new, after)) == (None, ["Antragsscorekarte"])


def test_who_is_reactivated_is_replaced_no_more(bank: Bank, pair: tuple[str, str]) -> None:
    old, new = pair
    models.move_model(bank.session, old, Move.REACTIVATE)
    assert told(sheet(bank, old)) == (None, [])
    assert told(sheet(bank, new)) == (None, [])
    models.move_model(bank.session, old, Move.RETIRE, reason="endgültig")
    assert told(sheet(bank, new)) == (None, [])


def test_a_model_can_take_several_places(bank: Bank, pair: tuple[str, str]) -> None:
    _, new = pair
    third = register(bank, name="Zweitkarte")
    models.move_model(bank.session, third, Move.RETIRE, reason="abgelöst", successor=new)
    assert told(sheet(bank, new)) == (None, ["Antragsscorekarte", "Zweitkarte"])


def fields(bank: Bank, key: str) -> dict[str, str]:
    sections = build_inventory(sheet(bank, key), ())
    rows = [row for section in sections for row in section.fields]
    return {row.name: repr(row.values) for row in rows}


def test_the_record_of_a_dossier_says_it(bank: Bank, pair: tuple[str, str]) -> None:
    old, new = pair
    assert "M-00002 Antragsscore" in fields(bank, old)["replaced_by"]
    assert "M-00001 Antragsscorekarte" in fields(bank, new)["replaces"]
    assert "replaced_by" not in fields(bank, new)
    alone = register(bank, name="Ohne Nachfolge")
    models.move_model(bank.session, alone, Move.RETIRE, reason="nicht mehr nötig")
    assert "not_recorded" in fields(bank, alone)["replaced_by"]
