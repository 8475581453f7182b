"""What others did since decides what becomes of an event of a copy; every kind says how."""

from dataclasses import fields
from string import Formatter

import pytest

from mlops_desktop.core import fate_table
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.rules import RuleArchived
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.fates import EFFECTIVE, Verdict, Written, judge, keys_written, made_by
from mlops_desktop.core.inventory import ModelDetails, VersionDetails

EDIT = ModelEdited("m", ModelDetails(business_line="SME", vendor="X"))


def written(*events: registry.Event, position: int = 5) -> dict[str, Written]:
    return {key: Written(position, "other") for one in events for key in keys_written(one)}


def test_every_kind_of_event_says_how_it_travels() -> None:
    told = {
        *fate_table.NOT_OFFLINE,
        *fate_table.OVERWRITES,
        *fate_table.COMMON,
        *fate_table.edits(),
        *fate_table.makes(),
        *fate_table.turns(),
    }
    assert told == {*registry.names()}


@pytest.mark.parametrize("name", sorted(fate_table.OVERWRITES))
def test_templates_name_fields_that_the_event_has(name: str) -> None:
    known = {one.name for one in fields(registry.kind_of(name))}
    for template, _ in fate_table.OVERWRITES[name]:
        named = {field.split(".")[0] for _, field, _, _ in Formatter().parse(template) if field}
        assert named <= known


def test_the_same_field_changed_by_others_since_is_a_stale_base() -> None:
    past = written(ModelEdited("m", ModelDetails(vendor="Y")))
    assert judge(EDIT, 5, past, {}) == Verdict(Fate.STALE_BASE, against="other")
    assert judge(EDIT, 6, past, {}) is EFFECTIVE  # its author had seen it


def test_other_fields_and_other_subjects_are_no_conflict() -> None:
    others = (
        ModelEdited("m", ModelDetails(methodology="GLM")),
        ModelEdited("n", ModelDetails(vendor="Y")),
    )
    assert judge(EDIT, 0, written(*others), {}) is EFFECTIVE


def test_a_name_or_label_taken_meanwhile_is_told_as_such() -> None:
    for made, other in (
        (
            ModelRegistered("a", ModelDetails(name="PD")),
            ModelRegistered("b", ModelDetails(name="pd")),
        ),
        (
            VersionRegistered("v", "m", VersionDetails("7")),
            VersionRegistered("w", "m", VersionDetails("7")),
        ),
    ):
        assert judge(made, 0, written(other), {}).fate is Fate.NUMBER_TAKEN
    nameless = ModelRegistered("a", ModelDetails())
    assert judge(nameless, 0, written(ModelRegistered("b", ModelDetails())), {}) is EFFECTIVE


def test_what_names_something_held_back_is_held_back_with_it() -> None:
    version = VersionRegistered("v", "m", VersionDetails("7"))
    assert made_by(ModelRegistered("m", ModelDetails())) == "m"
    assert judge(version, 0, {}, {"m": "e1"}) == Verdict(Fate.RESTS_ON_HELD, against="e1")


def test_what_binds_everybody_is_refused_by_name() -> None:
    verdict = judge(RuleArchived("r", 1), 0, {}, {})
    assert verdict == Verdict(Fate.REFUSED, rule="not_offline")
