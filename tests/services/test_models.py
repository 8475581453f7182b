"""The inventory as its users know it: registered, edited with history, retired, never deleted."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Move, Scope, State
from mlops_desktop.services import models
from mlops_desktop.services.differences import diff_models
from mlops_desktop.services.models import ModelFilter, SortBy
from mlops_desktop.services.wording import explain
from tests.services.conftest import Bank
from tests.services.steps import register

NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def names(bank: Bank, wanted: ModelFilter) -> list[str]:
    return [row.name for row in models.list_models(bank.session, wanted)]


def test_a_registered_model_has_a_number_and_all_it_was_given(bank: Bank) -> None:
    register(bank)
    sheet = models.show_model(bank.session, "M-00001")
    assert sheet.row.owner == "Corinna Wolters"
    assert sheet.row.state is State.DEVELOPMENT
    assert sheet.state.details.purpose is not None
    assert sheet.state.details.purpose.text == "Risikogewichtete Aktiva und Bepreisung"
    assert models.show_model(bank.session, sheet.row.key).row == sheet.row
    assert models.show_model(bank.session, sheet.row.name).row == sheet.row


@pytest.mark.parametrize(
    ("texts", "code", "where"),
    [
        ({"name": " "}, "model.name_missing", "name"),
        ({"owner": "Niemand"}, "person.not_found", None),
        ({"tier": "5"}, "model.field_refused", "tier"),
        ({"tier": "high"}, "model.field_refused", "tier"),
        ({"origin": "found"}, "model.field_refused", "origin"),
        ({"next_review": "31.12.2026"}, "model.field_refused", "next_review"),
        ({"name": "x" * 201}, "model.field_too_long", "name"),
        ({"purpose": "x" * 100_000}, "model.field_too_long", "purpose"),
        ({"colour": "red"}, "model.unknown_field", "colour"),
    ],
)
def test_bad_input_is_refused_with_its_place_and_nothing_is_written(
    file_bank: Bank, texts: dict[str, str], code: str, where: str | None
) -> None:
    with pytest.raises(AppError) as refused:
        register(file_bank, **texts)
    assert (refused.value.code, refused.value.where) == (code, where)
    assert models.count_models(file_bank.session, ModelFilter(scope=Scope.ALL)) == 0


@pytest.mark.parametrize(
    ("language", "most", "has"),
    [("en", "at most 200 characters", "has 204"), ("de", "höchstens 200 Zeichen", "hat 204")],
)
def test_a_name_that_is_too_long_is_told_how_long_it_may_be(
    bank: Bank, language: str, most: str, has: str
) -> None:
    with pytest.raises(AppError) as refused:
        register(bank, name="x" * 204)
    told = explain(refused.value, language)
    assert most in told[0]
    assert has in told[1]


def test_a_second_model_of_the_same_name_is_refused(bank: Bank) -> None:
    register(bank)
    with pytest.raises(AppError, match=r"model\.name_taken"):
        register(bank, name="pd mittelstand (irb)")


def test_edits_keep_the_values_before_them(bank: Bank) -> None:
    with clock.reading(lambda: NOW - timedelta(days=400)):
        model = register(bank)
    with clock.reading(lambda: NOW - timedelta(days=100)):
        models.edit_model(bank.session, model, {"tier": "2", "purpose": ""}, reason="Neubewertung")
    with clock.reading(lambda: NOW):
        before = models.show_model(bank.session, model, AsOf(known=date(2026, 1, 1)))
        after = models.show_model(bank.session, model)
    assert (before.row.tier, after.row.tier) == (1, 2)
    assert before.state.details.purpose is not None
    assert after.state.details.purpose is None


def test_what_is_entered_late_counts_as_at_but_not_as_known(bank: Bank) -> None:
    with clock.reading(lambda: NOW - timedelta(days=400)):
        model = register(bank)
    late = NOW - timedelta(days=200)
    with clock.reading(lambda: NOW):
        models.edit_model(bank.session, model, {"tier": "3"}, effective=late)
        day = (late + timedelta(days=1)).date()
        assert models.show_model(bank.session, model, AsOf(at=day)).row.tier == 3
        assert models.show_model(bank.session, model, AsOf(known=day, at=day)).row.tier == 1
        listed = models.list_models(bank.session, ModelFilter(as_of=AsOf(at=day), tiers=(3,)))
        assert [row.key for row in listed] == [model]
        assert not models.list_models(
            bank.session, ModelFilter(as_of=AsOf(known=day, at=day), tiers=(3,))
        )


def test_an_equal_edit_changes_nothing(bank: Bank) -> None:
    model = register(bank)
    with pytest.raises(AppError, match=r"model\.nothing_changed"):
        models.edit_model(
            bank.session, model, {"purpose": "Risikogewichtete Aktiva und Bepreisung"}
        )


def test_retired_models_stay_in_every_list_that_asks_for_them(bank: Bank) -> None:
    model = register(bank)
    models.move_model(bank.session, model, Move.RETIRE, reason="Ersetzt")
    assert names(bank, ModelFilter()) == []
    assert names(bank, ModelFilter(scope=Scope.RETIRED)) == ["PD Mittelstand (IRB)"]
    assert names(bank, ModelFilter(scope=Scope.ALL)) == ["PD Mittelstand (IRB)"]
    with pytest.raises(AppError, match=r"model\.move_refused"):
        models.move_model(bank.session, model, Move.RETIRE, reason="Noch einmal")
    models.move_model(bank.session, model, Move.REACTIVATE)
    assert names(bank, ModelFilter()) == ["PD Mittelstand (IRB)"]


def test_retiring_needs_a_reason(file_bank: Bank) -> None:
    model = register(file_bank)
    with pytest.raises(AppError, match=r"model\.reason_missing"):
        models.move_model(file_bank.session, model, Move.RETIRE)


@pytest.mark.parametrize("words", [("mittel",), ("MITTEL", "irb"), ("wolters",), ("ei",), ("%",)])
def test_words_find_models_by_any_of_their_texts(bank: Bank, words: tuple[str, ...]) -> None:
    register(bank)
    register(bank, name="Kartenbetrug 100% Echtzeit", owner="Mateusz Kowalczyk", purpose="Betrug")
    expected = {
        ("mittel",): ["PD Mittelstand (IRB)"],
        ("MITTEL", "irb"): ["PD Mittelstand (IRB)"],
        ("wolters",): ["PD Mittelstand (IRB)"],
        ("ei",): ["PD Mittelstand (IRB)", "Kartenbetrug 100% Echtzeit"],
        ("%",): ["Kartenbetrug 100% Echtzeit"],
    }
    assert names(bank, ModelFilter(words=words)) == [
        name for name in expected[words] if name in names(bank, ModelFilter(words=words))
    ]
    assert set(names(bank, ModelFilter(words=words))) <= set(expected[words])
    assert names(bank, ModelFilter(words=words))


def test_lists_sort_page_and_count_in_the_database(bank: Bank) -> None:
    for name in ("Zins 10", "zins 9", "Ärzte", "Bonität"):
        register(bank, name=name)
    wanted = ModelFilter(sort=SortBy.NAME)
    assert names(bank, wanted) == ["Ärzte", "Bonität", "zins 9", "Zins 10"]
    page = models.list_models(bank.session, wanted, offset=1, limit=2)
    assert [row.name for row in page] == ["Bonität", "zins 9"]
    assert models.count_models(bank.session, wanted) == 4


def test_the_difference_of_two_days_names_what_was_added_and_changed(bank: Bank) -> None:
    with clock.reading(lambda: NOW - timedelta(days=30)):
        model = register(bank)
    with clock.reading(lambda: NOW):
        register(bank, name="Neu")
        models.edit_model(bank.session, model, {"tier": "2"})
        found = diff_models(bank.session, (NOW - timedelta(days=10)).date(), NOW.date())
    assert [(item.name, item.is_new) for item in found] == [
        ("PD Mittelstand (IRB)", False),
        ("Neu", True),
    ]
    (change,) = found[0].fields
    assert (change.field, change.before, change.after) == ("tier", "1", "2")


def test_nothing_can_hold_from_a_day_to_come(file_bank: Bank) -> None:
    with pytest.raises(AppError, match=r"event\.effective_in_future"):
        models.register_model(
            file_bank.session, {"name": "X"}, effective=clock.now() + timedelta(days=1)
        )
