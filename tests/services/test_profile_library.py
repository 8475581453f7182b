"""Profiles as data: what comes with the program, what a bank adds, dates that move."""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.services import model_fields
from mlops_desktop.services.profiles import checking, library, scoping, standing
from mlops_desktop.services.profiles.evidence import providers
from mlops_desktop.services.profiles.mending import Task, command_of, mend_of
from mlops_desktop.services.profiles.scoping import ScopeDecision
from mlops_desktop.services.wording import read_words
from tests.services.conftest import Bank
from tests.services.steps import register
from tests.services.test_custom_fields import COST, DORA, define

START = datetime(2027, 5, 3, 9, tzinfo=UTC)
FILES = sorted(paths.resource("profiles").glob("*.json"))


@pytest.fixture(autouse=True)
def _may_2027(request: pytest.FixtureRequest) -> Iterator[None]:
    # A bank is made once a run for every test: its certificates begin today, not in that May.
    for name in {"bank", "file_bank"}.intersection(request.fixturenames):
        request.getfixturevalue(name)
    with clock.reading(lambda: START):
        yield


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_profile_holds_to_its_schema_and_all_it_names_has_words(file: Path) -> None:
    profile = library.parse_profile(file.read_bytes(), file.name)
    assert file.stem == profile.id
    for language in ("en", "de"):
        words = read_words(language)
        missing = [name for name in profile.names if f"dossier.codes.{name}" not in words]
        assert missing == []


def test_the_appendix_of_e23_has_its_seventeen_fields_in_order() -> None:
    profile = next(one for one in library.shipped_profiles() if one.id == "osfi-e23")
    fields = [rule for rule in profile.rules if rule.reference == "Appendix 1"]
    assert [rule.id for rule in fields] == [f"E23-A1-{at:02}" for at in range(1, 18)]
    assert {rule.level.value for rule in fields} == {"must"}
    assert profile.effective_from == date(2027, 5, 1)


def test_american_guidance_is_sound_practice_alone_and_says_so() -> None:
    profile = next(one for one in library.shipped_profiles() if one.id == "sr-26-2")
    assert {rule.level.value for rule in profile.rules} == {"sound_practice"}
    assert profile.note is not None
    assert "no enforceable standard" in profile.note.en
    assert all(profile.mark_of(rule).value != "P" for rule in profile.rules)


def test_the_fields_that_a_profile_asks_for_are_kept_or_named_as_not_kept() -> None:
    asked = {name for one in library.shipped_profiles() for name in one.names}
    kept = {name for provider in providers() for name in provider.kept(frozenset(asked))}
    fields = {name.removeprefix("field.") for name in kept if name.startswith("field.")}
    assert fields <= set(model_fields.field_names())
    assert {"record.version", "record.approval", "record.limitation", "evidence.dpia"} <= kept


def test_the_dates_of_the_ai_act_are_data_and_a_date_that_moves_needs_no_program(
    file_bank: Bank, tmp_path: Path
) -> None:
    act = next(one for one in library.shipped_profiles() if one.id == "eu-ai-act")
    assert act.effective_from == date(2026, 8, 2)
    begins = {rule.id: rule.effective_from for rule in act.rules}
    late = {id for id, day in begins.items() if day == date(2027, 12, 2)}
    assert late >= {"AIA-6-3", "AIA-IV-1", "AIA-VIII-A", "AIA-26-5", "AIA-27"}
    assert begins["AIA-50"] is None
    assert begins["AIA-50-2"] == date(2026, 12, 2)
    register(file_bank)
    traits = {"risk": "high", "role": "deployer", "annex_point": "5b"}
    decision = ScopeDecision(is_in=True, reason="Kreditwürdigkeit", traits=traits)
    scoping.scope_model(file_bank.session, "1", "eu-ai-act", decision)

    def decides(day: date) -> bool:
        matrix = checking.check_model(file_bank.session, "eu-ai-act", "1", AsOf(at=day))
        return "AIA-27" in {cell.rule.id for cell in matrix.deciding()}

    assert not decides(date(2027, 12, 1))
    assert decides(date(2027, 12, 2))
    tree = json.loads((paths.resource("profiles") / "eu-ai-act.json").read_text("utf-8"))
    tree |= {"version": "2027.1", "published": START.date().isoformat()}
    for rule in tree["rules"]:
        if rule.get("effective_from") == "2027-12-02":
            rule["effective_from"] = "2028-12-02"
    moved = tmp_path / "eu-ai-act.json"
    moved.write_text(json.dumps(tree), "utf-8")
    standing.add_profile(file_bank.session, moved)
    assert not decides(date(2027, 12, 2))
    assert decides(date(2028, 12, 2))


def test_every_fact_that_is_kept_leads_to_what_mends_it() -> None:
    asked = {name for one in library.shipped_profiles() for name in one.names}
    kept = {name for provider in providers() for name in provider.kept(frozenset(asked))}
    nowhere = {name for name in kept if mend_of(name).task is Task.NOWHERE}
    assert nowhere == {"record.model", "record.change_log"}, "which the program keeps of itself"


def own(folder: Path, **changes: Any) -> Path:
    tree = {
        "schema": "profile-1",
        "id": "house",
        "version": "1",
        "published": "2027-01-01",
        "regime": "house",
        "title": {"en": "House rules", "de": "Hausregeln"},
        "jurisdiction": "DE",
        "source": "Handbuch 4.2",
        "mark": "P",
        "effective_from": "2027-01-01",
        "rules": [
            {
                "id": "H-1",
                "reference": "4.2.1",
                "title": {"en": "Owner", "de": "Verantwortung"},
                "level": "must",
                "satisfied_by": ["field.owner"],
            }
        ],
    }
    path = folder / "house.json"
    path.write_text(json.dumps(tree | changes), "utf-8")
    return path


def test_a_bank_adds_its_own_profile_and_a_date_that_moves_is_a_new_version(
    bank: Bank, tmp_path: Path
) -> None:
    register(bank, owner="")
    standing.add_profile(bank.session, own(tmp_path))
    first = checking.check_model(bank.session, "house", "1")
    assert (first.profile.version, len(first.deciding())) == ("1", 1)
    with pytest.raises(AppError, match=r"profile\.version_known"):
        standing.add_profile(bank.session, own(tmp_path))
    with clock.reading(lambda: START + timedelta(days=2)):
        day = (START + timedelta(days=1)).date().isoformat()
        moved = own(tmp_path, version="2", published=day, effective_from="2028-01-01")
        standing.add_profile(bank.session, moved)
        now = checking.check_model(bank.session, "house", "1")
        assert (now.profile.version, now.in_force, now.deciding()) == ("2", False, ())
        then = checking.check_model(bank.session, "house", "1", on(START.date()))
        assert (then.profile.version, len(then.deciding())) == ("1", 1)


def test_a_banks_own_profile_asks_for_its_own_fields(file_bank: Bank, tmp_path: Path) -> None:
    define(file_bank, DORA, COST)
    rules = [
        RULE | {"id": "H-1", "satisfied_by": ["custom.dora"]},
        RULE
        | {
            "id": "H-2",
            "satisfied_by": ["custom.kostenstelle"],
            "applies_when": [{"attribute": "custom.dora", "any_of": ["yes"]}],
        },
    ]
    standing.add_profile(file_bank.session, own(tmp_path, rules=rules))
    register(file_bank, name="A")
    register(file_bank, name="B", **{"custom.dora": "yes"})
    register(file_bank, name="C", **{"custom.dora": "yes", "custom.kostenstelle": "4711"})
    register(file_bank, name="D", **{"custom.dora": "no"})
    results = {
        name: [
            outcome.result.value
            for outcome in checking.check_model(file_bank.session, "house", name).outcomes[0]
        ]
        for name in "ABCD"
    }
    assert results == {
        "A": ["missing", "unverifiable"],
        "B": ["met", "missing"],
        "C": ["met", "met"],
        "D": ["met", "not_applicable"],
    }
    assert mend_of("custom.dora").task is Task.OWN_FIELD
    told = command_of(mend_of("custom.dora"), "M-00001", "house")
    assert told == "models edit M-00001 --field dora=VALUE"


RULE = {
    "id": "H-1",
    "reference": "4.2.1",
    "title": {"en": "Owner", "de": "Verantwortung"},
    "level": "must",
    "satisfied_by": ["field.owner"],
}
TRAIT = [{"attribute": "trait.size", "any_of": ["big"]}]


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"colour": "red"}, "$"),
        ({"mark": "X"}, "$.mark"),
        ({"rules": []}, "$.rules"),
        ({"rules": [RULE | {"level": "maybe"}]}, "$.rules[0].level"),
        ({"rules": [RULE, RULE]}, "$.rules[1].id"),
        ({"rules": [RULE | {"applies_when": TRAIT}]}, "$.rules[0].applies_when[0].attribute"),
        ({"effective_from": "2027-02-31"}, "$.effective_from"),
        ({"title": {"en": "only"}}, "$.title"),
    ],
)
def test_a_profile_that_is_wrong_is_refused_with_its_json_path(
    file_bank: Bank, tmp_path: Path, changes: dict[str, Any], path: str
) -> None:
    with pytest.raises(AppError) as refused:
        standing.add_profile(file_bank.session, own(tmp_path, **changes))
    assert refused.value.code == "profile.malformed"
    assert refused.value.where == f"house.json {path}"
    assert "house" not in {one.profile.id for one in standing.list_profiles(file_bank.session)}
