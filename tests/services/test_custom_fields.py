"""Fields of the workspace's own: defined by model risk management, filled by all the usual ways."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.custom_fields import find_value
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import custom_fields, ledger, many, models
from mlops_desktop.services.approvals import list_requests, request_approval
from mlops_desktop.services.custom_fields import (
    Amendment,
    Choice,
    FieldDefinition,
    FieldKind,
    Labels,
)
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.own_values import say_value
from mlops_desktop.services.rows import ModelFilter
from tests.services.conftest import Bank
from tests.services.steps import add_version, register

YES, NO = Choice("yes", Labels("Yes", "Ja")), Choice("no", Labels("No", "Nein"))
DORA = FieldDefinition(
    "dora", Labels("DORA critical", "DORA-kritisch"), FieldKind.CHOICE, (YES, NO), is_covered=True
)
COST = FieldDefinition("", Labels("Kostenstelle"), FieldKind.TEXT)
BUDGET = FieldDefinition("budget", Labels("Budget"), FieldKind.NUMBER)
LICENCE = FieldDefinition("licence_end", Labels("Lizenzende"), FieldKind.DATE)
CONTACT = FieldDefinition("contact", Labels("Contact", "Ansprechperson"), FieldKind.PERSON)
ALL = (DORA, COST, BUDGET, LICENCE, CONTACT)
TEXTS = {
    "custom.dora": "Ja",
    "custom.kostenstelle": " 4711 ",
    "custom.budget": "-12500.50",
    "custom.licence_end": "2027-03-31",
    "custom.contact": "corinna wolters",
}
HITS = (
    "dora=ja",
    'kostenstelle="4711"',
    "budget<-12000",
    "licence-end>=2027-03-31",
    'contact="Corinna Wolters"',
    "contact=wolt",
    "dora",
    "Ansprechperson=corinna",
)
NOW = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


def define(bank: Bank, *wanted: FieldDefinition) -> None:
    for one in wanted:
        custom_fields.define_field(bank.session, one)


def said(bank: Bank, named: str, as_of: AsOf | None = None, language: str = "de") -> dict[str, str]:
    sheet = models.show_model(bank.session, named, as_of or AsOf())
    fields = {one.definition.name: one.definition for one in sheet.own_fields}
    return {
        one.name: say_value(one, fields[one.name], sheet.names, language)
        for one in sheet.state.details.custom
    }


def found(bank: Bank, line: str, as_of: AsOf | None = None) -> list[str]:
    wanted = parse_filter(line, ModelFilter(scope=Scope.ALL, as_of=as_of or AsOf()))
    return [row.name for row in models.list_models(bank.session, wanted)]


def test_lists_are_in_the_order_of_a_field_now_and_then(bank: Bank) -> None:
    with clock.reading(lambda: NOW):
        define(bank, BUDGET, CONTACT)
        for name, budget, contact in (
            ("PD A", "900", "Miriam Sander"),
            ("PD B", "-12.5", ""),
            ("PD C", "1000", "Corinna Wolters"),
            ("PD D", "", "Jonas Brandt"),
        ):
            register(bank, name=name, **{"custom.budget": budget, "custom.contact": contact})

    def order(field: str, as_of: AsOf | None = None, *, down: bool = False) -> str:
        base = ModelFilter(scope=Scope.ALL, sort_field=field, is_descending=down)
        wanted = replace(base, as_of=as_of or AsOf())
        rows = models.list_models(bank.session, wanted, limit=3)
        return "".join(row.name[-1] for row in rows)

    assert order("budget") == "BAC"
    assert order("Budget", down=True) == "CAB"
    assert order("contact") == "CDA", "persons stand by their names"
    models.edit_model(bank.session, "PD A", {"custom.budget": "-100"})
    assert order("budget") == "ABC"
    assert order("budget", AsOf(known=NOW.date(), at=NOW.date())) == "BAC"
    words = ModelFilter(words=("pd",), scope=Scope.ALL, sort_field="budget")
    assert models.list_models(bank.session, words, limit=1)[0].name == "PD A"
    with pytest.raises(AppError, match=r"field\.not_found"):
        order("nobody_knows")


def test_a_value_of_each_kind_is_kept_shown_found_and_known_as_it_was(bank: Bank) -> None:
    with clock.reading(lambda: NOW):
        define(bank, *ALL)
        model = register(bank, name="PD A", **TEXTS)
        register(bank, name="PD B")
    assert said(bank, model) == {
        "dora": "Ja",
        "kostenstelle": "4711",
        "budget": "−12.500,5",
        "licence_end": "31.03.2027",
        "contact": "Corinna Wolters",
    }
    assert said(bank, model, language="en")["budget"] == "−12,500.5"
    for line in HITS:
        assert found(bank, f"field:{line}") == ["PD A"], line
    assert found(bank, "field:dora=none") == ["PD B"]
    assert found(bank, "field:dora=nein") == []
    assert found(bank, "field:dora field:budget>0") == []
    before = AsOf(known=NOW.date(), at=NOW.date())
    models.edit_model(bank.session, model, {"custom.budget": "3", "custom.dora": ""})
    assert set(said(bank, model)) == {"kostenstelle", "budget", "licence_end", "contact"}
    assert said(bank, model, before)["dora"] == "Ja"
    assert found(bank, "field:budget<0", before) == ["PD A"]
    assert found(bank, "field:budget<0") == []
    with pytest.raises(AppError, match="nothing_changed"):
        models.edit_model(bank.session, model, {"custom.budget": "3.00", "custom.dora": ""})
    assert ledger.verify_ledger(bank.session).first_failure is None


REFUSED = (
    ("budget", "12.500,50", "model.field_refused", "1234.5"),
    ("licence_end", "31.03.2027", "model.field_refused", "2026-12-31"),
    ("dora", "vielleicht", "model.field_refused", "yes, no"),
    ("contact", "Niemand", "person.not_found", None),
    ("kostenstelle", "x" * 4001, "model.field_too_long", None),
    ("other", "1", "field.not_found", None),
)


def test_a_value_is_refused_with_its_place_and_nothing_is_written(file_bank: Bank) -> None:
    define(file_bank, *ALL)
    model = register(file_bank)
    for name, text, code, allowed in REFUSED:
        with pytest.raises(AppError) as refused:
            models.edit_model(file_bank.session, model, {"tier": "3", f"custom.{name}": text})
        assert (refused.value.code, refused.value.where) == (code, f"custom.{name}")
        assert refused.value.parameters.get("allowed") == allowed
    assert models.show_model(file_bank.session, model).row.tier == 1


CONFUSING = (
    (replace(BUDGET, name="2nd"), "field.name_refused", "name"),
    (replace(BUDGET, name="owner"), "field.name_taken", "name"),
    (replace(BUDGET, name="dora", labels=Labels("x")), "field.name_taken", "name"),
    (replace(BUDGET, labels=Labels(" ")), "field.label_missing", "label"),
    (replace(BUDGET, labels=Labels("dora-KRITISCH")), "field.label_taken", "label"),
    (replace(BUDGET, labels=Labels("x" * 61)), "field.text_too_long", "label"),
    (replace(BUDGET, choices=(YES,)), "field.choices_refused", "choices"),
    (
        replace(DORA, name="d", labels=Labels("d"), choices=()),
        "field.choices_missing",
        "choices",
    ),
    (
        replace(DORA, name="d", labels=Labels("d"), choices=(YES, Choice("ja", Labels("yes")))),
        "field.choice_twice",
        "choices",
    ),
)


def test_a_definition_that_would_confuse_is_refused(file_bank: Bank) -> None:
    define(file_bank, DORA)
    for wanted, code, where in CONFUSING:
        with pytest.raises(AppError) as refused:
            define(file_bank, wanted)
        assert (refused.value.code, refused.value.where) == (code, where)
    assert len(custom_fields.list_fields(file_bank.session)) == 1


def test_a_removed_choice_and_an_archived_field_keep_old_values_and_take_no_new_ones(
    bank: Bank,
) -> None:
    define(bank, DORA, BUDGET)
    model = register(bank, name="PD A", **{"custom.dora": "no", "custom.budget": "5"})
    custom_fields.amend_field(bank.session, "dora", Amendment(choices=(YES,)))
    custom_fields.archive_field(bank.session, "budget", "niemand fragt danach")
    assert said(bank, model) == {"dora": "Nein", "budget": "5"}
    assert found(bank, "field:dora=nein field:budget=5") == ["PD A"]
    other = register(bank, name="PD B")
    for texts, code in (
        ({"custom.dora": "no"}, "model.field_refused"),
        ({"custom.budget": "6"}, "field.is_archived"),
    ):
        with pytest.raises(AppError) as refused:
            models.edit_model(bank.session, other, texts)
        assert refused.value.code == code
    with pytest.raises(AppError, match="is_archived"):
        custom_fields.amend_field(bank.session, "budget", Amendment(Labels("Etat")))
    models.edit_model(bank.session, model, {"custom.budget": ""})
    custom_fields.reinstate_field(bank.session, "budget")
    models.edit_model(bank.session, other, {"custom.budget": "6"})
    with pytest.raises(AppError, match="not_archived"):
        custom_fields.reinstate_field(bank.session, "budget")
    with pytest.raises(AppError, match="nothing_changed"):
        custom_fields.amend_field(bank.session, "budget", Amendment(Labels("Budget")))
    assert ledger.verify_ledger(bank.session).first_failure is None


def test_a_needed_field_is_asked_of_new_models_and_cannot_be_emptied(file_bank: Bank) -> None:
    old = register(file_bank, name="PD A")
    define(file_bank, replace(BUDGET, is_required=True))
    models.edit_model(file_bank.session, old, {"tier": "3"})  # what is there is not held up
    made = register(file_bank, name="PD C", **{"custom.budget": "1"})
    for act in (
        lambda: register(file_bank, name="PD B"),
        lambda: models.edit_model(file_bank.session, made, {"custom.budget": ""}),
        lambda: many.change_models(file_bank.session, [made], "custom.budget", " "),
    ):
        with pytest.raises(AppError) as refused:
            act()
        assert (refused.value.code, refused.value.where) == ("field.required", "custom.budget")


def test_many_models_get_one_value(file_bank: Bank) -> None:
    define(file_bank, CONTACT)
    keys = [register(file_bank, name=f"PD {at}") for at in range(3)]
    done = many.change_models(file_bank.session, keys, "custom.contact", "Jonas Brandt")
    assert done.changed == 3
    assert len(found(file_bank, "field:contact=brandt")) == 3


def test_a_change_of_a_covered_field_voids_the_approval_under_way(bank: Bank) -> None:
    define(bank, DORA, BUDGET)
    model = register(bank, **{"custom.dora": "yes", "custom.budget": "1"})
    add_version(bank, model)
    owner = bank.as_("Corinna Wolters")
    id = request_approval(owner, model, "7", "production", "Bitte").id
    models.edit_model(bank.session, model, {"custom.budget": "2"})
    (row,) = list_requests(bank.session, model=model)
    assert (row.key, row.changed) == (id, ())
    models.edit_model(bank.session, model, {"custom.dora": "no"})
    (row,) = list_requests(bank.session, model=model)
    assert row.changed == ("model.custom.dora",)
    state = models.show_model(bank.session, model).state
    assert bank.session.actor.person in state.contributors
    value = find_value(state.details.custom, "dora")
    assert value is not None
    assert value.is_covered
    assert ledger.verify_ledger(bank.session).first_failure is None
