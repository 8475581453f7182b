"""Rules of retention: checked, ended, shortened by nothing."""

from datetime import UTC, datetime

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.retention import Retained
from mlops_desktop.services import items, models
from mlops_desktop.services.items import Given
from mlops_desktop.services.profiles import scoping, standing
from mlops_desktop.services.retention.erasing import preview_rule
from mlops_desktop.services.retention.rules import define_rule, end_rule, list_rules
from tests.services.conftest import Bank
from tests.services.retention.erasing import TEXTS, at, define, find, kept, run
from tests.services.steps import register


def test_dating_a_closing_back_shortens_nothing(file_bank: Bank) -> None:
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    with at("2026-01-10"):
        register(file_bank)
        told = Given(TEXTS, ("M-00001",), effective=long_ago)
        id = items.open_item(file_bank.as_("Jonas Brandt"), FINDING, told).id
        number = items.show_item(file_bank.session, id).row.number
        define(file_bank, months=12)
        given = Given({}, reason="schon lange erledigt", effective=long_ago)
        items.take_step(file_bank.as_("Jonas Brandt"), FINDING, number, "withdraw", given)
    with at("2027-01-09"):
        assert kept(file_bank, number) == {number: "not_due"}
    with at("2027-01-10"):
        assert [one.id for one in run(file_bank).preview.going] == [number]


def test_ten_years_of_the_ai_act_come_before_a_shorter_rule(file_bank: Bank) -> None:
    bank = file_bank
    with at("2026-08-02"):
        key = register(bank)
        find(bank, "M-00001")
        standing.activate_profile(bank.session, "eu-ai-act", clock.today(), "Beschluss")
        decision = scoping.ScopeDecision(True, "Kreditwürdigkeit")
        scoping.scope_model(bank.session, key, "eu-ai-act", decision)
        define(bank)
        models.move_model(bank.session, key, Move.RETIRE, reason="abgelöst")
    with at("2031-08-03"):
        assert kept(bank) == {"F-00001": "ai_act"}
        with pytest.raises(AppError, match=r"must_keep_ai_act"):
            run(bank, "F-00001")
    with at("2036-08-03"):
        assert run(bank).preview.texts == 2


def test_rules_are_checked_and_end(file_bank: Bank) -> None:
    bank = file_bank
    define(bank)
    wrong = {
        "rule_known": ("rule", Retained.ITEMS, 6, "x", ()),
        "id_refused": ("Meine Regel", Retained.ITEMS, 6, "x", ()),
        "months_refused": ("b", Retained.ITEMS, 0, "x", ()),
        "kinds_refused": ("b", Retained.MODELS, 6, "x", ("finding",)),
        "reason_missing": ("b", Retained.ITEMS, 6, " ", ()),
    }
    for code, (id, what, months, reason, chosen) in wrong.items():
        with pytest.raises(AppError, match=rf"retention\.{code}"):
            define_rule(bank.session, id, what, months, reason, chosen)
    with pytest.raises(AppError, match=r"retention\.not_concerned"):
        preview_rule(bank.session, "rule", ("F-00099",))
    end_rule(bank.session, "rule", "neu gefasst")
    with pytest.raises(AppError, match=r"retention\.rule_ended"):
        run(bank)
    with pytest.raises(AppError, match=r"retention\.unknown_rule"):
        end_rule(bank.session, "nothing")
    assert [row.ended_at is not None for row in list_rules(bank.session)] == [True]
