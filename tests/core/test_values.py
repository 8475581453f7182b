"""The small values: errors, changes, numbers, claims."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.identity import Person
from mlops_desktop.core.inventory import (
    PERSON_FIELDS,
    Entry,
    ModelDetails,
    Pair,
    VersionDetails,
    number_text,
)
from mlops_desktop.core.serving import Claim, claims_by_alias, claims_by_stage


def test_an_error_shows_its_code_and_parameters() -> None:
    error = AppError("model.move_refused", state="retired", move="reject")
    assert str(error) == "model.move_refused (move=reject, state=retired)"
    assert error.recovery is Recovery.USER
    assert str(AppError("workspace.no_device")) == "workspace.no_device"


touched = st.frozensets(st.tuples(st.sampled_from(["model", "approval"]), st.text(max_size=2)))


@given(touched, touched)
def test_changes_add_up(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> None:
    both = Changes(one) | Changes(other)
    assert both.touched == one | other
    assert bool(both) == bool(one | other)
    assert both.kinds == {kind for kind, _ in one | other}


@pytest.mark.parametrize(
    ("number", "text"), [(1, "M-00001"), (42, "M-00042"), (123456, "M-123456")]
)
def test_the_number_people_say(number: int, text: str) -> None:
    assert number_text(number) == text


def test_persons_are_named_in_fields_that_exist() -> None:
    assert set(PERSON_FIELDS) <= {item.name for item in fields(ModelDetails)}


def test_only_an_enrolled_person_can_sign() -> None:
    assert not Person("p", "Ann").can_sign
    assert Person("p", "Ann", certificate="PEM").can_sign
    assert not Person("p", "Ann", certificate="PEM", is_revoked=True).can_sign


def test_known_aliases_claim_a_place_whatever_their_case() -> None:
    aliases = (Pair("Champion", "7"), Pair("challenger", "8"), Pair("staging", "9"), Pair("x", "1"))
    assert claims_by_alias(Entry("mlflow", "pd", "pd", aliases=aliases)) == {
        Claim("7", "production", "champion", "alias Champion"),
        Claim("8", "production", "challenger", "alias challenger"),
        Claim("9", "staging", "champion", "alias staging"),
    }


def test_stages_claim_production_and_staging_alone() -> None:
    versions = tuple(
        VersionDetails(str(place), stage=stage)
        for place, stage in enumerate(["Production", "Staging", "Archived", "None", None])
    )
    assert claims_by_stage(versions) == {
        Claim("0", "production", "champion", "stage Production"),
        Claim("1", "staging", "champion", "stage Staging"),
    }
