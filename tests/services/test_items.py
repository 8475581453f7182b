"""Items of governance, by the example of findings: rules, history, dates, lists, dossier."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.registry import name_of
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items, ledger
from mlops_desktop.services.field_texts import Form, field_forms
from mlops_desktop.services.item_filtering import parse_item_filter
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.monitoring.listing import count_mine
from mlops_desktop.services.session import effective_from
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.store import rebuild
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

TEXTS = {
    "title": "PSI über der Eingriffsschwelle",
    "origin": "validation",
    "severity": "high",
    "owner": "Corinna Wolters",
    "due": "2096-12-15",
}


@contextmanager
def at(day: str) -> Iterator[None]:
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC, hour=9)
    with clock.reading(lambda: moment):
        yield


def find(bank: Bank, by: str = "Jonas Brandt", **texts: str) -> str:
    """Open the sample finding about the sample model; return its number."""
    id = items.open_item(bank.as_(by), FINDING, Given(TEXTS | texts, ("M-00001",))).id
    return items.show_item(bank.session, id).row.number


def step(bank: Bank, by: str, name: str, why: str | None = "Begründung", **texts: str) -> None:
    items.take_step(bank.as_(by), FINDING, "F-00001", name, Given(texts, reason=why))


def stage(bank: Bank, as_of: AsOf = AsOf()) -> str:  # noqa: B008
    return items.show_item(bank.session, "F-00001", as_of).row.stage


def test_a_finding_lives_from_opening_to_confirmed_closure(bank: Bank) -> None:
    register(bank)
    assert find(bank) == "F-00001"
    step(bank, "Corinna Wolters", "rebut", response="Der Kanal ist neu.")
    step(bank, "Jonas Brandt", "uphold")
    step(bank, "Corinna Wolters", "plan", None, action_plan="Neu kalibrieren", due="2097-01-31")
    step(bank, "Miriam Sander", "extend", due="2097-02-28")
    step(bank, "Corinna Wolters", "remedy", evidence="sha256:aa")
    step(bank, "Jonas Brandt", "close")
    sheet = items.show_item(bank.session, "F-00001")
    assert (sheet.row.stage, sheet.row.is_closed) == ("closed", True)
    assert sheet.row.due == date(2097, 2, 28)
    assert [one.step for one in sheet.steps] == [
        "opened", "rebut", "uphold", "plan", "extend", "remedy", "close",
    ]  # fmt: skip
    assert sheet.names[sheet.steps[4].person] == "Miriam Sander"
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
    assert ledger.verify_ledger(bank.session).is_ok


@pytest.mark.parametrize(
    ("by", "name", "texts", "rule"),
    [
        ("Jonas Brandt", "rebut", {"response": "x"}, "refused_only_owner"),
        ("Corinna Wolters", "extend", {"due": "2097-02-28"}, "refused_not_owner"),
        ("Mateusz Kowalczyk", "accept_risk", {"accepted_until": "2097-06-30"},
         "refused_not_model_developer"),
        ("Corinna Wolters", "close", {}, "refused_stage"),
        ("Jonas Brandt", "uphold", {}, "refused_stage"),
        ("Corinna Wolters", "plan", {"due": "2097-02-28"}, "field_missing"),
        ("Corinna Wolters", "plan", {"severity": "low"}, "field_unfit"),
        ("Corinna Wolters", "vanish", {}, "unknown_step"),
    ],
)  # fmt: skip
def test_a_step_is_refused_by_the_name_of_the_rule(
    file_bank: Bank, by: str, name: str, texts: dict[str, str], rule: str
) -> None:
    register(file_bank)
    find(file_bank)
    with pytest.raises(AppError) as refused:
        step(file_bank, by, name, **texts)
    assert refused.value.code == f"item.{rule}"
    assert len(items.show_item(file_bank.session, "F-00001").steps) == 1


def test_only_who_made_a_finding_closes_it_and_never_the_owner(file_bank: Bank) -> None:
    register(file_bank)
    find(file_bank, by="Corinna Wolters")  # an owner finds fault with her own model
    step(file_bank, "Corinna Wolters", "remedy")
    for name, rule in (("Corinna Wolters", "not_owner"), ("Jonas Brandt", "only_originator")):
        with pytest.raises(AppError, match=f"refused_{rule}"):
            step(file_bank, name, "close")


def test_a_rebuttal_comes_once_and_a_step_needs_its_reason(file_bank: Bank) -> None:
    register(file_bank)
    find(file_bank)
    with pytest.raises(AppError, match=r"item\.reason_missing"):
        step(file_bank, "Corinna Wolters", "rebut", " ", response="x")
    step(file_bank, "Corinna Wolters", "rebut", response="x")
    step(file_bank, "Jonas Brandt", "uphold")
    with pytest.raises(AppError, match=r"item\.refused_once"):
        step(file_bank, "Corinna Wolters", "rebut", response="y")


def test_it_is_shown_as_of_any_date_and_a_late_entry_tells_both(bank: Bank) -> None:
    with at("2025-12-01"):
        register(bank)
        find(bank)
    with at("2026-01-14"):
        late = datetime(2025, 12, 18, tzinfo=UTC)
        given = Given({"evidence": "sha256:aa"}, reason="spät", effective=late)
        items.take_step(bank.as_("Corinna Wolters"), FINDING, "F-00001", "remedy", given)
    assert stage(bank) == "remedied"
    assert stage(bank, on(date(2025, 12, 31))) == "open", "as known then"
    assert stage(bank, AsOf(at=date(2025, 12, 31))) == "remedied", "as at then"
    assert stage(bank, AsOf(at=date(2025, 12, 10))) == "open"
    wanted = ItemFilter(scope=ItemScope.ALL, as_of=AsOf(at=date(2025, 12, 10)))
    assert [row.stage for row in items.list_items(bank.session, wanted)] == ["open"]
    with pytest.raises(AppError, match=r"item\.not_known_then"):
        stage(bank, on(date(2025, 11, 1)))
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_lists_are_filtered_sorted_and_judged_on_the_day(bank: Bank) -> None:
    with at("2096-12-20"):
        register(bank)
        register(bank, name="LGD Baufinanzierung (IRB)")
        find(bank, due="2097-06-30")
        find(bank, severity="low", due="2097-03-01", title="Dokumentation")
        late = effective_from(date(2096, 12, 1))
        items.open_item(bank.session, FINDING, Given(TEXTS, ("M-00002",), effective=late))
        step(bank, "Jonas Brandt", "withdraw")

        def numbers(line: str, scope: ItemScope = ItemScope.OPEN) -> list[str]:
            base = ItemFilter(scope=scope, sort=items.ItemSort.RANK)
            wanted = parse_item_filter(bank.session, line, base)
            found = items.list_items(bank.session, wanted)
            assert items.count_items(bank.session, wanted) == len(found)
            return [row.number for row in found]

        assert numbers("") == ["F-00003", "F-00002"]
        assert numbers("", ItemScope.CLOSED) == ["F-00001"]
        assert numbers("dokument") == ["F-00002"]
        assert numbers("model:M-00002") == ["F-00003"]
        assert numbers("due:over", ItemScope.ALL) == ["F-00003"]
        assert numbers("due:<90d") == ["F-00003", "F-00002"]
        assert numbers("state:withdrawn") == ["F-00001"]
        assert numbers('owner:"corinna wolters" f-00002') == ["F-00002"]
        assert numbers("severity:low") == ["F-00002"]
        assert numbers("severity:low severity:HIGH kind:finding") == ["F-00003", "F-00002"]
        assert numbers("severity:medium") == []
        assert numbers("kind:incident severity:low") == []
        for line in (
            "severity:grave",
            "severity:low kind:waiver",
            "colour:red",
            "kind:unicorn",
            "state:gone",
            "due:soon",
        ):
            with pytest.raises(AppError, match=r"filter\."):
                numbers(line)


def test_an_edit_changes_what_differs_and_a_closed_one_not_at_all(file_bank: Bank) -> None:
    register(file_bank)
    find(file_bank)
    items.edit_item(
        file_bank.session, FINDING, "F-00001", Given({"severity": "low", "area": "Stabilität"})
    )
    sheet = items.show_item(file_bank.session, "F-00001")
    assert (sheet.row.rank, sheet.state.details.title) == (2, sheet.state.details.title)
    for texts, code in (
        ({"severity": "low"}, "nothing_changed"),
        ({"severity": ""}, "field_missing"),
        ({"colour": "red"}, "unknown"),
        ({"due": "31.12.2026"}, "refused"),
    ):
        with pytest.raises(AppError, match=code):
            items.edit_item(file_bank.session, FINDING, "F-00001", Given(texts))
    step(file_bank, "Jonas Brandt", "withdraw")
    with pytest.raises(AppError, match=r"item\.closed"):
        items.edit_item(file_bank.session, FINDING, "F-00001", Given({"area": "x"}))


def test_a_model_s_history_tells_of_the_items_about_it(file_bank: Bank) -> None:
    register(file_bank)
    find(file_bank)
    step(file_bank, "Jonas Brandt", "withdraw")
    log = ledger.read_log(file_bank.session, model="M-00001")
    assert [(row.type, row.summary) for row in log][:1] == [("finding.moved", "withdraw")]
    assert {row.type for row in log} == {"finding.moved", "finding.opened", "model.registered"}


def test_steps_on_offer_name_the_rule_that_keeps_me_from_them(file_bank: Bank) -> None:
    register(file_bank)
    find(file_bank)
    offers = {
        offer.step.name: offer.refusal
        for offer in items.show_item(file_bank.as_(FOUNDER), "F-00001").offers
    }
    assert offers["rebut"] == "only_owner"
    assert offers["extend"] is None


def test_who_has_no_person_reads_everything_and_is_offered_nothing(bank: Bank) -> None:
    register(bank)
    find(bank)
    reader = bank.read_only()
    sheet = items.show_item(reader, "F-00001")
    assert (sheet.row.number, sheet.offers) == ("F-00001", ())
    assert (items.count_overdue_of(reader), count_mine(reader)) == (0, 0)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_of_every_kind_is_there(language: str) -> None:
    words = read_words(language)
    for kind in kinds():
        wanted = [f"item.{kind.noun}.one", f"item.{kind.noun}.many"]
        wanted += [f"item.{kind.noun}.stage.{name}" for name in kind.stages]
        wanted += [f"item.{kind.noun}.step.{one.name}" for one in kind.steps]
        wanted += [f"dossier.section.{kind.plural}", f"dossier.{kind.plural}.lead"]
        events = (kind.opened, kind.edited, kind.moved)
        wanted += [f"dossier.event.{name_of(event)}" for event in events]
        rules = {f"only_{one.by[0]}" for one in kind.steps if one.by}
        rules |= {f"not_{name}" for one in kind.steps for name in one.barred}
        wanted += [f"errors.item.refused_{rule}.message" for rule in sorted(rules)]
        for form in field_forms(kind.details):
            named = (f"item.{kind.noun}.field.{form.name}", f"item.field.{form.name}")
            assert any(key in words for key in named), named[0]
            if form.form is Form.CHOICE:
                wanted += [f"item.{kind.noun}.choice.{value}" for value in form.choices]
        assert [key for key in wanted if key not in words] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_chapter_of_items_has_a_word_for_each_column(language: str) -> None:
    from mlops_desktop.services.dossiers.items import STEP_COLUMNS

    words = read_words(language)
    assert [name for name in STEP_COLUMNS if f"dossier.column.{name}" not in words] == []


def test_an_accepted_risk_is_not_overdue_until_its_acceptance_ends(file_bank: Bank) -> None:
    with at("2096-12-01"):
        register(file_bank)
        find(file_bank)
        step(file_bank, "Miriam Sander", "accept_risk", accepted_until="2097-06-30")
    with at("2097-01-10"):
        row = items.show_item(file_bank.session, "F-00001").row
        assert (row.is_overdue, row.lapsed, row.due) == (False, False, None)
    with at("2097-07-01"):
        assert items.show_item(file_bank.session, "F-00001").row.lapsed
