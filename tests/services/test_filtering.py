"""The filter line: words, keys, quotes."""

import unicodedata
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.ledger.text import clean_text
from mlops_desktop.services import items, models
from mlops_desktop.services.filtering import filter_keys, filter_term, parse_filter
from mlops_desktop.services.item_filtering import parse_item_filter
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.profiles.scoping import ScopeDecision, scope_model
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.wording import explain
from tests.services.conftest import Bank
from tests.services.steps import register


def test_words_and_keys_narrow_together() -> None:
    found = parse_filter('pd "retail portfolio" tier:1 tier:2 state:retired approval:in-progress')
    assert found.words == ("pd", "retail portfolio")
    assert found.tiers == (1, 2)
    assert found.states == (State.RETIRED,)
    assert found.approvals == (Approval.IN_PROGRESS,)


def test_what_nobody_rated_is_asked_for_beside_a_tier(file_bank: Bank) -> None:
    register(file_bank, tier="2")
    register(file_bank, name="LGD Baufinanzierung (IRB)", tier="")

    def names(line: str) -> list[str]:
        return [row.id for row in models.list_models(file_bank.session, parse_filter(line))]

    assert names("tier:none") == ["M-00002"]
    assert names("tier:none tier:2") == ["M-00001", "M-00002"]
    assert names("tier:1") == []


def test_an_owner_is_found_without_case_and_accents() -> None:
    assert parse_filter('owner:"Kai Möller"') == parse_filter('owner:"kai moller"')


@pytest.mark.parametrize("name", ["reg", "MLflow Hamburg", 'the-"old"-one', "täglich", "a:b"])
def test_a_term_finds_what_it_was_made_of(name: str) -> None:
    assert parse_filter(filter_term("source", name)).sources == (name,)


def test_due_counts_from_today_or_names_a_day() -> None:
    with clock.reading(lambda: datetime(2026, 3, 2, 12, tzinfo=UTC)):
        assert parse_filter("due:<30d").due_by == date(2026, 4, 1)
    assert parse_filter("due:2026-12-31").due_by == date(2026, 12, 31)
    between = parse_filter("due:2026-10-01..2026-12-31")
    assert (between.due_from, between.due_by) == (date(2026, 10, 1), date(2026, 12, 31))
    assert parse_filter("due:2026-12-31", between).due_from is None


def test_the_base_is_kept() -> None:
    base = ModelFilter(scope=Scope.ALL)
    assert parse_filter("", base) == base
    assert parse_filter("source:registry", base).scope is Scope.ALL
    assert parse_filter("scope:retired", base).scope is Scope.RETIRED


@pytest.mark.parametrize(
    "line", ["colour:red", "tier:high", "state:gone", "due:soon", "due:2026-10-01..", "tier:9x"]
)
def test_what_is_not_known_is_refused_with_what_is(line: str) -> None:
    with pytest.raises(AppError) as refused:
        parse_filter(line)
    assert refused.value.where == "--filter"
    assert refused.value.parameters.keys() & {"known", "allowed"}


def test_a_key_being_typed_filters_nothing_yet() -> None:
    assert parse_filter("pd tier:") == parse_filter("pd")


def test_an_address_is_a_word() -> None:
    assert parse_filter("http://mlflow").words == ("http://mlflow",)


@given(st.text(st.characters(exclude_characters=':"'), max_size=30))
def test_words_are_what_white_space_divides(line: str) -> None:
    assert parse_filter(line).words == tuple(clean_text(line).split())


def test_the_keys_are_told() -> None:
    assert {"tier", "owner", "state", "due"} <= set(filter_keys())


def test_what_the_record_holds_is_asked_for_by_key(bank: Bank) -> None:
    texts = {
        "PD": {"origin": "end_user_computing", "monitoring_owner": "Corinna Wolters"},
        "LGD": {"origin": "vendor", "monitoring_deputy": "Corinna Wolters", "runbook": "Seite 1"},
        "EAD": {"fallback": "Vorjahreswert"},
    }
    for name, fields in texts.items():
        models.register_model(bank.session, {"name": name, **fields}, anyway=True)
    decided = ScopeDecision(False, "kein KI-System")
    scope_model(bank.session, "LGD", "eu-ai-act", decided)
    scope_model(bank.session, "PD", "eu-ai-act", ScopeDecision(True, "KI-System"))
    for line, names in (
        ("origin:vendor", ["LGD"]),
        ("origin:end-user-computing origin:vendor", ["PD", "LGD"]),
        ("monitoring:wolters", ["PD", "LGD"]),
        ("monitoring:wolters origin:vendor", ["LGD"]),
        ("has:runbook has:fallback", ["LGD", "EAD"]),
        ("lacks:origin", ["EAD"]),
        ("lacks:runbook", ["PD", "EAD"]),
        ("pd has:origin", ["PD"]),
        ("regime:eu-ai-act=out", ["LGD"]),
        ("regime:eu-ai-act", ["PD", "LGD"]),
        ("regime:osfi-e23=in", []),
    ):
        for as_of in (NOW, AsOf(clock.today(), None)):
            wanted = parse_filter(line, ModelFilter(as_of=as_of))
            found = [row.name for row in models.list_models(bank.session, wanted, limit=20)]
            assert found == names, line
            assert models.count_models(bank.session, wanted) == len(names)


@pytest.mark.parametrize("line", ["has:hat", "lacks:x", "origin:moon", "regime:x=maybe"])
def test_a_field_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(AppError) as refused:
        parse_filter(line)
    assert refused.value.code == "filter.value_refused"


def test_letters_in_two_parts_find_what_was_written_in_one(file_bank: Bank) -> None:
    """A name copied from a Mac's file system comes with its dots apart."""
    register(file_bank, name="Frühwarnsystem Käufer")
    apart = unicodedata.normalize("NFD", "Frühwarnsystem Käufer")
    assert apart != "Frühwarnsystem Käufer"
    assert models.show_model(file_bank.session, apart).row.id == "M-00001"
    texts = {"title": "Überprüfung", "origin": "validation", "severity": "low",
             "owner": "Jonas Brandt", "due": "2099-01-31"}  # fmt: skip
    items.open_item(file_bank.session, FINDING, items.Given(texts, ("M-00001",)))
    for word in ("Frühwarn", "käufer"):
        line = unicodedata.normalize("NFD", word)
        assert models.count_models(file_bank.session, parse_filter(line)) == 1
    line = unicodedata.normalize("NFD", "überprüf")
    wanted = parse_item_filter(file_bank.session, line, ItemFilter())
    assert items.count_items(file_bank.session, wanted) == 1


@pytest.mark.parametrize(
    ("typed", "language", "wrong", "right"),
    [
        ("nothing:x", "en", "showing", "still of what was asked before"),
        ("state:x", "en", "showing", "still of what was asked before"),
        ("nothing:x", "de", "zeigt weiter", "was davor gefragt war"),
        ("state:x", "de", "zeigt weiter", "was davor gefragt war"),
    ],
)
def test_a_refusal_holds_beside_a_list_without_hits_too(
    typed: str, language: str, wrong: str, right: str
) -> None:
    with pytest.raises(AppError) as refused:
        parse_filter(typed)
    meaning = explain(refused.value, language, in_window=True)[1]
    assert wrong not in meaning
    assert right in meaning
