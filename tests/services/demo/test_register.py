"""Models of the sample bank: their numbers, states, classes, versions and what is known when."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.tiering import Basis
from mlops_desktop.services import models, tiering
from mlops_desktop.services.session import Session
from tests.services.demo.bank import OPENING, all_models

NAMES = {
    1: "PD Mittelstand (IRB)",
    5: "Antragsscore Ratenkredit (Gradient Boosting)",
    16: "Uplift Kundenbindung",
    25: "Antragsscorekarte Ratenkredit (logistisch)",
    28: "Filial-Bargeldmodell",
    29: "limit-optimizer-rl",
    30: "Kapitaldienstrechner (Excel)",
}


@pytest.mark.long
def test_thirty_models_bear_the_numbers_they_are_known_by(session: Session) -> None:
    rows = all_models(session)
    assert sorted(rows) == [number_text(number) for number in range(1, 31)]
    assert {number: rows[number_text(number)].name for number in NAMES} == NAMES


def test_states_and_risk_classes_are_those_of_the_bank(session: Session) -> None:
    rows = all_models(session)
    assert Counter(row.state for row in rows.values()) == {
        State.PRODUCTION: 20,
        State.SUSPENDED: 1,
        State.VALIDATION: 2,
        State.DEVELOPMENT: 1,
        State.RETIRED: 4,
        State.CANDIDATE: 1,
        State.REJECTED: 1,
    }
    assert Counter(row.tier for row in rows.values()) == {1: 9, 2: 13, 3: 4, 4: 2, None: 2}
    assert rows["M-00015"].state is State.SUSPENDED
    assert rows["M-00029"].state is State.CANDIDATE
    assert rows["M-00030"].state is State.REJECTED


def test_versions_and_deployments_are_complete(session: Session) -> None:
    sheets = [models.show_model(session, id) for id in all_models(session)]
    assert sum(len(sheet.versions) for sheet in sheets) == 84
    told = [row for sheet in sheets for row in sheet.deployments if row.thing is None]
    assert len(told) == 61


def test_history_ends_on_the_evening_before(session: Session) -> None:
    recorded = [models.show_model(session, id).row.updated_at for id in all_models(session)]
    last = clock.to_text(datetime.combine(OPENING, datetime.min.time(), tzinfo=UTC))
    assert max(recorded) < last


def test_the_late_entry_is_known_later_than_it_holds(session: Session) -> None:
    year_end = date(2025, 12, 31)
    held = models.show_model(session, "M-00011", AsOf(at=year_end)).state.details
    known = models.show_model(session, "M-00011", AsOf(year_end, year_end)).state.details
    assert held.last_review == date(2025, 12, 18)
    assert known.last_review == date(2023, 12, 5)
    after = models.show_model(session, "M-00011", AsOf(date(2026, 1, 14), year_end)).state.details
    assert after.last_review == date(2025, 12, 18)


def test_what_served_on_a_past_day_can_be_told(session: Session) -> None:
    serving = {
        day: all_models(session, AsOf(day, day))["M-00005"].serving
        for day in (date(2024, 9, 30), date(2024, 12, 31), date(2025, 12, 31), date(2026, 9, 30))
    }
    assert list(serving.values()) == ["", "4", "7", "7, 8"]
    assert all_models(session, AsOf(at=date(2024, 9, 29)))["M-00025"].serving == "2"
    assert all_models(session)["M-00025"].state is State.RETIRED


def test_only_one_validation_is_overdue(session: Session) -> None:
    overdue = {
        row.id: (OPENING - row.next_review).days
        for row in all_models(session).values()
        if row.state is State.PRODUCTION and row.next_review and row.next_review < OPENING
    }
    assert overdue == {"M-00006": 34}


def test_every_model_in_the_inventory_is_rated_into_its_class(session: Session) -> None:
    rows = [row for row in all_models(session).values() if row.tier is not None]
    assert Counter(row.tier_basis for row in rows) == {Basis.ASSESSED: 27, Basis.OVERRIDDEN: 1}
    assistant = tiering.show_tiering(session, "M-00021")
    assert (assistant.row.tier, assistant.inherent) == (2, 3)
    cash = tiering.show_tiering(session, "M-00024")
    assert (cash.row.tier, cash.has_lapsed) == (4, True)
    current = [row for row in rows if row.state is not State.RETIRED]
    overdue = {row.id for row in current if row.tier_due and row.tier_due < OPENING}
    assert overdue == {"M-00010"}
