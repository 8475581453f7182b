"""What somebody decided is not undone by an edit: deadlines, expiries, verdicts, models."""

from collections.abc import Callable

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.items.kinds import ItemKind, kind_named
from mlops_desktop.core.items.limitations import LIMITATION
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.items.waivers import WAIVER
from mlops_desktop.services import approvals, items, models, people
from mlops_desktop.services.items import Given, ItemFilter
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import register

OWNER, VALIDATOR, COMPLIANCE = "Corinna Wolters", "Jonas Brandt", "Miriam Sander"
FINDING_TEXTS = {
    "title": "Proxy", "origin": "validation", "severity": "high", "owner": OWNER,
    "due": "2099-01-31",
}  # fmt: skip


def opened(bank: Bank, by: str, kind: ItemKind, texts: dict[str, str]) -> str:
    made = items.open_item(bank.as_(by), kind, Given(texts, ("M-00001",)))
    return items.show_item(bank.session, made.id).row.number


def refused(bank: Bank, by: str, kind: ItemKind, id: str, *models: str, **texts: str) -> str:
    with pytest.raises(AppError) as caught:
        items.edit_item(bank.as_(by), kind, id, Given(texts, models, "warum"))
    return caught.value.code.removeprefix("item.refused_")


def take(bank: Bank, by: str, kind: ItemKind, id: str, step: str, **texts: str) -> None:
    items.take_step(bank.as_(by), kind, id, step, Given(texts, reason="Begründung"))


def test_nobody_gives_himself_more_time_or_a_milder_grade(bank: Bank) -> None:
    register(bank)
    id = opened(bank, VALIDATOR, FINDING, FINDING_TEXTS)
    for texts in ({"due": "2099-12-31"}, {"severity": "low"}, {"originator": OWNER}):
        assert refused(bank, OWNER, FINDING, id, **texts) == "not_owner"
    assert refused(bank, "Mateusz Kowalczyk", FINDING, id, severity="low") == "not_model_developer"
    assert refused(bank, COMPLIANCE, FINDING, id, due="2099-12-31") == "by_step"
    items.edit_item(bank.as_(VALIDATOR), FINDING, id, Given({"due": "2099-02-28"}))
    take(bank, OWNER, FINDING, id, "plan", action_plan="neu schätzen", due="2099-03-31")
    assert refused(bank, VALIDATOR, FINDING, id, due="2099-12-31") == "by_step"
    items.edit_item(bank.as_(VALIDATOR), FINDING, id, Given({"severity": "medium"}))


def test_a_waiver_holds_for_what_and_as_long_as_it_was_granted(bank: Bank) -> None:
    register(bank)
    register(bank, name="LGD Baufinanzierung (IRB)")
    texts = {"title": "Ausnahme", "rule": "use_outside_purpose", "owner": OWNER}
    id = opened(bank, OWNER, WAIVER, texts | {"expires": "2099-01-31"})
    items.edit_item(bank.as_(OWNER), WAIVER, id, Given({"expires": "2099-02-28"}))
    take(bank, COMPLIANCE, WAIVER, id, "grant", expires="2099-01-31")
    assert refused(bank, OWNER, WAIVER, id, expires="2149-01-31") == "not_owner"
    assert refused(bank, OWNER, WAIVER, id, "M-00002") == "not_owner"
    assert refused(bank, VALIDATOR, WAIVER, id, "M-00001", "M-00002") == "by_step"
    assert refused(bank, FOUNDER, WAIVER, id, expires="2149-01-31") == "by_step"


def test_an_owner_changes_no_verdict_and_no_weight(file_bank: Bank) -> None:
    register(file_bank)
    texts = {"title": "2026", "cause": "periodic", "owner": VALIDATOR, "due": "2099-12-31"}
    id = opened(file_bank, VALIDATOR, VALIDATION, texts)
    assert refused(file_bank, OWNER, VALIDATION, id, conclusion="green") == "not_model_owner"
    take(file_bank, VALIDATOR, VALIDATION, id, "start")
    assert refused(file_bank, FOUNDER, VALIDATION, id, conclusion="green") == "by_step"
    texts = {"title": "Nur Inland", "weight": "critical", "told_to_users": "Nur Inland!"}
    id = opened(file_bank, VALIDATOR, LIMITATION, texts)
    assert refused(file_bank, OWNER, LIMITATION, id, weight="minor") == "not_model_owner"


def test_who_was_revoked_records_nothing_any_more(bank: Bank) -> None:
    model = register(bank)
    people.revoke_person(bank.session, VALIDATOR, "ausgeschieden")
    gone = bank.as_(VALIDATOR)
    attempts: tuple[Callable[[], object], ...] = (
        lambda: items.open_item(gone, FINDING, Given(FINDING_TEXTS, ("M-00001",))),
        lambda: models.edit_model(gone, model, {"purpose": "anders"}),
        lambda: models.register_model(gone, {"name": "Neu"}),
        lambda: approvals.request_approval(gone.as_agent("sync"), model, "7", "test", ""),
    )
    for attempt in attempts:
        with pytest.raises(AppError, match=r"authority\.left|version\.not_found"):
            attempt()
    assert items.count_items(bank.session, ItemFilter()) == 0


def test_an_owner_does_not_settle_what_others_found(file_bank: Bank) -> None:
    register(file_bank)
    kind = kind_named("exception")
    id = opened(file_bank, VALIDATOR, kind, {"rule": "other", "title": "Umgangen"})
    with pytest.raises(AppError, match="refused_not_model_owner"):
        take(file_bank, OWNER, kind, id, "settle")
    take(file_bank, VALIDATOR, kind, id, "settle")
