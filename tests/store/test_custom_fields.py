"""Fields of the workspace's own on both databases: found by their values, now and then."""

from datetime import date
from decimal import Decimal
from operator import eq, ge, gt, le, lt
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.custom_fields import CustomValue, FieldKind, find_value
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.store import rebuild
from mlops_desktop.store.queries.custom_fields import find_field, list_fields
from mlops_desktop.store.queries.custom_terms import Comparison, FieldTerm
from mlops_desktop.store.queries.models import ModelFilter, count_models, get_model, list_models
from tests.store.desks import START, Desk
from tests.store.sample_fields import BUDGET, CONTACT, COST_CENTRE, CRITICAL, LICENCE, said

_MODELS = 60
_TESTS = {"=": eq, "<": lt, "<=": le, ">": gt, ">=": ge}
_FIELDS = {one.name: one.kind for one in (BUDGET, CONTACT, COST_CENTRE, CRITICAL, LICENCE)}
_VALUES = {
    "budget": ("-12500.5", "0", "7", "70", "1000000"),
    "licence_end": ("2026-12-31", "2027-03-31"),
    "dora_critical": ("yes", "no"),
    "contact": ("wolters", "brandt"),
    "cost_centre": ("4711", "0815  Kredit"),
}
_TYPED = {
    "wolters": "Corinna Wolters",
    "brandt": "brandt",
    "0815  Kredit": "0815 KREDIT",
    "no": "Nein",
}


def _value(random: Random, name: str) -> CustomValue:
    chosen, kind = random.choice(_VALUES[name]), _FIELDS[name]
    if kind is FieldKind.TEXT:
        return CustomValue(name, kind, text=said(chosen))
    return CustomValue(name, kind, chosen)


@pytest.fixture(scope="module")
def inventory(filled: Desk) -> Desk:
    random = Random(11)  # noqa: S311 - the same inventory every time
    for at in range(_MODELS):
        names = random.sample(sorted(_FIELDS), at % 4)
        values = tuple(_value(random, name) for name in names)
        filled.record(ModelRegistered(f"own-{at}", ModelDetails(name=f"M {at}", custom=values)))
        if at % 3 == 0:
            dated = START if at % 2 else None
            change = ModelDetails(custom=(_value(random, "budget"),))
            filled.record(ModelEdited(f"own-{at}", change, ("custom.contact",)), effective=dated)
    return filled


def _fits(value: CustomValue | None, term: FieldTerm) -> bool:
    if term.comparison in (Comparison.THERE, Comparison.MISSING):
        return (value is not None) == (term.comparison is Comparison.THERE)
    if value is None:
        return False
    held = value.text.text if value.text else value.value
    assert held is not None
    number = value.kind is FieldKind.NUMBER
    sides = (Decimal(held), Decimal(term.value)) if number else (held, term.value)
    return bool(_TESTS[term.comparison.value](*sides))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_a_condition_finds_the_models_whose_value_fits(
    inventory: Desk, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from(sorted(_FIELDS)))
    is_ordered = _FIELDS[name] in (FieldKind.NUMBER, FieldKind.DATE)
    allowed = (
        [*Comparison] if is_ordered else [Comparison.EQUAL, Comparison.THERE, Comparison.MISSING]
    )
    term = FieldTerm(
        name, data.draw(st.sampled_from(allowed)), data.draw(st.sampled_from(_VALUES[name]))
    )
    as_of = data.draw(st.sampled_from([NOW, AsOf(at=START.date()), AsOf(known=START.date())]))
    typed = FieldTerm(name, term.comparison, _TYPED.get(term.value, term.value))
    wanted = ModelFilter(scope=Scope.ALL, fields=(typed,), as_of=as_of)
    with inventory.workspace.read() as view:
        found = [row.key for row in list_models(view.connection, wanted)]
        everything = list_models(view.connection, ModelFilter(scope=Scope.ALL, as_of=as_of))
        states = {row.key: get_model(view.connection, row.key, as_of).state for row in everything}
        expected = [
            key
            for key, state in states.items()
            if _fits(find_value(state.details.custom, name), term)
        ]
        assert found == expected
        assert count_models(view.connection, wanted) == len(expected)
        assert [row.key for row in list_models(view.connection, wanted, limit=5)] == expected[:5]


def test_rows_of_values_are_what_the_history_leads_to(inventory: Desk) -> None:
    with inventory.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


@pytest.mark.parametrize(
    ("term", "code"),
    [
        (FieldTerm("nobody_knows", Comparison.THERE), "field.not_found"),
        (FieldTerm("budget", Comparison.EQUAL, "viel"), "filter.value_refused"),
        (FieldTerm("licence_end", Comparison.BELOW, "bald"), "filter.value_refused"),
        (FieldTerm("dora_critical", Comparison.EQUAL, "vielleicht"), "filter.value_refused"),
        (FieldTerm("cost_centre", Comparison.BELOW, "5"), "filter.value_refused"),
    ],
)
def test_a_condition_that_means_nothing_is_refused(
    filled: Desk, term: FieldTerm, code: str
) -> None:
    with filled.workspace.read() as view, pytest.raises(AppError) as refused:
        list_models(view.connection, ModelFilter(fields=(term,)))
    assert (refused.value.code, refused.value.where) == (code, "--filter")


def test_fields_are_shown_as_they_are_and_as_they_were(filled: Desk) -> None:
    with filled.workspace.read() as view:
        now = {one.definition.name: one for one in list_fields(view.connection)}
        assert find_field(view.connection, "Kostenstelle") == now["cost_centre"]
        assert find_field(view.connection, "custom.dora-critical") == now["dora_critical"]
        assert {one.definition.name for one in now.values() if one.is_archived} == {"budget"}
        assert [one.key for one in now["dora_critical"].definition.offered] == ["yes"]
        size = 1 + next(
            position
            for (position,) in view.connection.exec_driver_sql(
                "SELECT MIN(position) FROM custom_field_states WHERE name = 'licence_end'"
            )
        )
        then = list_fields(view.connection, AsOf(size=size))
        assert {one.definition for one in then} == {CRITICAL, COST_CENTRE, CONTACT, BUDGET, LICENCE}
        assert not any(one.is_archived for one in then)
        assert list_fields(view.connection, AsOf(known=date(2020, 1, 1))) == ()
