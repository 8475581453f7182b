"""Fields of the workspace's own: numbers and days in both languages, values joined by name."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.approvals import assess, covered_fields
from mlops_desktop.core.custom_fields import (
    Choice,
    CustomValue,
    FieldDefinition,
    FieldKind,
    Labels,
    find_value,
    join,
    with_choices,
)
from mlops_desktop.core.custom_forms import (
    order_key,
    read_day,
    read_number,
    write_day,
    write_number,
)
from mlops_desktop.core.details import merge, names_set
from mlops_desktop.core.events.approvals import ApprovalRequested
from mlops_desktop.core.events.custom_fields import FieldAmended
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.field_changes import amend
from mlops_desktop.core.inventory import ModelDetails, Pair, VersionDetails
from mlops_desktop.core.rules import FOUR_EYES
from mlops_desktop.core.standing import Status
from tests.core.test_model_state import folded

languages = st.sampled_from(["en", "de"])
numbers = st.decimals(-(10**18), 10**18, places=4).map(lambda number: read_number(f"{number:f}"))


@given(numbers, languages)
def test_a_number_written_in_a_language_is_read_as_the_same(number: str, language: str) -> None:
    assert read_number(write_number(number, language), language) == number
    assert read_number(number) == number
    assert Decimal(read_number(number)) == Decimal(number)


@given(st.dates(date(1950, 1, 1), date(2199, 12, 31)), languages)
def test_a_day_written_in_a_language_is_read_as_the_same(day: date, language: str) -> None:
    assert read_day(write_day(day.isoformat(), language), language) == day.isoformat()
    assert read_day(day.isoformat()) == day.isoformat()


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("1.234,56", "de", "1234.56"),
        ("1,234.56", "en", "1234.56"),
        ("1.234", "de", "1234"),
        ("1.234", "en", "1.234"),
        ("-0,50", "de", "-0.5"),
        ("0,00", "de", "0"),
        ("\N{MINUS SIGN}3", "en", "-3"),
    ],
)
def test_what_groups_thousands_depends_on_the_language(
    text: str, language: str, number: str
) -> None:
    assert read_number(text, language) == number


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("1,234.56", "de"),
        ("1.23,4", "de"),
        ("12.34.567,8", "de"),
        ("1.234,5.6", "de"),
        ("1,234", None),
        ("viel", "de"),
        ("", "en"),
        ("NaN", None),
        ("1e5", None),
        ("٣", "en"),
        ("9" * 31, "en"),
    ],
)
def test_a_number_in_a_wrong_form_is_refused(text: str, language: str | None) -> None:
    with pytest.raises(ValueError, match=re.escape(text) + "$"):
        read_number(text, language)


@pytest.mark.parametrize("text", ["31.12.2026", "2026-02-30", "20261231", "2026-W01-1", ""])
def test_a_day_in_a_wrong_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=re.escape(text) + "$"):
        read_day(text)


@given(numbers, numbers)
def test_keys_of_numbers_sort_as_the_numbers_do(one: str, other: str) -> None:
    assert (order_key(one) < order_key(other)) == (Decimal(one) < Decimal(other))
    assert (order_key(one) == order_key(other)) == (Decimal(one) == Decimal(other))


def value(name: str, text: str, *, is_covered: bool = False) -> CustomValue:
    return CustomValue(name, FieldKind.NUMBER, text, is_covered=is_covered)


values = st.lists(
    st.builds(value, st.sampled_from("abcd"), st.sampled_from("123"), is_covered=st.booleans()),
    unique_by=lambda one: one.name,
).map(tuple)


@given(values, values, st.sets(st.sampled_from(["custom.a", "custom.b", "name"])))
def test_a_change_sets_and_empties_each_field_by_its_name(
    before: tuple[CustomValue, ...], given_: tuple[CustomValue, ...], cleared: set[str]
) -> None:
    after = join(before, given_, cleared)
    assert len({one.name for one in after}) == len(after)
    for name in "abcd":
        old, new = find_value(before, name), find_value(given_, f"custom.{name}")
        kept = None if f"custom.{name}" in cleared else old
        assert find_value(after, name) == (new or kept)
    details = merge(ModelDetails(custom=before), ModelDetails(custom=given_), cleared)
    assert details.custom == after
    assert names_set(ModelDetails(custom=given_)) == {f"custom.{one.name}" for one in given_}


REGISTERED = ModelRegistered(
    "m", ModelDetails(name="PD", custom=(value("a", "1", is_covered=True),))
)


def asked() -> ApprovalRequested:
    covered = covered_fields(REGISTERED.details, VersionDetails("1"))
    return ApprovalRequested("r", "m", "v7", "production", FOUR_EYES.id, covered, "00" * 32)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            ModelEdited("m", ModelDetails(custom=(value("a", "2", is_covered=True),))),
            ("model.custom.a",),
        ),
        (ModelEdited("m", ModelDetails(), ("custom.a",)), ("model.custom.a",)),
        (
            ModelEdited("m", ModelDetails(custom=(value("b", "2", is_covered=True),))),
            ("model.custom.b",),
        ),
        (ModelEdited("m", ModelDetails(custom=(value("b", "2"),))), ()),
        (ModelEdited("m", ModelDetails(), ("custom.b",)), ()),
    ],
)
def test_a_change_of_a_covered_field_voids_what_is_asked(
    change: ModelEdited, named: tuple[str, ...]
) -> None:
    assert Pair("model.custom.a", "1") in asked().covered
    state = folded(REGISTERED, asked(), change)
    request = state.request("r")
    assert request is not None
    assert request.changed == named
    assert (assess(request, date(2026, 3, 1)) is Status.VOIDED) == bool(named)
    assert bool(state.contributors) == bool({*named, "model.custom.a"})


def test_a_covered_field_set_before_the_request_was_made_but_recorded_after_it_voids_it() -> None:
    late = ModelEdited("m", ModelDetails(custom=(value("b", "2", is_covered=True),)))
    request = folded(REGISTERED, late, asked()).request("r")
    assert request is not None
    assert request.changed == ("model.custom.b",)


CHOICES = (Choice("yes", Labels("Yes", "Ja")), Choice("no", Labels("No", "Nein")))
DEFINED = FieldDefinition("dora", Labels("DORA"), FieldKind.CHOICE, CHOICES, Labels("Help"))


def test_a_removed_choice_is_no_longer_offered_but_still_named() -> None:
    after = amend(DEFINED, FieldAmended("dora", choices=CHOICES[:1]))
    assert after.offered == CHOICES[:1]
    gone = after.choice("no")
    assert gone is not None
    assert (gone.labels, gone.is_removed) == (CHOICES[1].labels, True)
    assert after.find_choice("nein") is None
    assert after.find_choice(" JA ") == CHOICES[0]
    back = amend(after, FieldAmended("dora", choices=CHOICES))
    assert back.choices == CHOICES


@given(st.lists(st.sampled_from(CHOICES), unique=True, min_size=1))
def test_no_choice_is_ever_forgotten(wanted: list[Choice]) -> None:
    found = with_choices(CHOICES, wanted)
    assert {one.key for one in found} == {"yes", "no"}
    assert [one for one in found if not one.is_removed] == wanted


def test_an_amendment_changes_what_it_says_and_nothing_else() -> None:
    assert amend(DEFINED, FieldAmended("dora")) == DEFINED
    assert amend(DEFINED, FieldAmended("dora", drops_help=True)) == replace(DEFINED, help=None)
    renamed = amend(DEFINED, FieldAmended("dora", Labels("D", "E"), is_required=True))
    assert renamed == replace(DEFINED, labels=Labels("D", "E"), is_required=True)
    assert (renamed.labels.say("de"), DEFINED.labels.say("de")) == ("E", "DORA")
