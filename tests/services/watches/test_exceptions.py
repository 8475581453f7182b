"""Exceptions that the program opens: once, in the session that broke the rule, by the rule."""

from datetime import UTC, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.events.deployments import DeploymentOpened
from mlops_desktop.core.events.exceptions import ExceptionDetails
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.versions import VersionRegistered
from mlops_desktop.core.inventory import ModelDetails, VersionDetails
from mlops_desktop.core.items.exceptions import EXCEPTION
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import approvals, decisions, deployments, items, models
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.rows import RequestRow
from mlops_desktop.services.wording import read_words
from mlops_desktop.store import rebuild
from tests.services.conftest import Bank
from tests.services.steps import add_version, ask, cast, register


def rules(bank: Bank) -> list[tuple[str, str]]:
    wanted = ItemFilter(("exception",), scope=ItemScope.OPEN)
    rows = items.list_items(bank.session, wanted)
    details = [items.show_item(bank.session, row.id).state.details for row in rows]
    return [
        (one.rule.value, one.subject or "")
        for one in details
        if isinstance(one, ExceptionDetails) and one.rule is not None
    ]


def approve(bank: Bank) -> RequestRow:
    key = ask(bank)
    cast(bank, key, "Jonas Brandt")
    cast(bank, key, "Miriam Sander")
    return approvals.show_request(bank.session, key)


def validated_before(bank: Bank) -> None:
    """Let the model bring a validation along from before it was in the inventory."""
    models.edit_model(bank.session, "M-00001", {"last_review": "2020-01-31"})


def deploy(bank: Bank, version: str = "7") -> str:
    return deployments.open_deployment(bank.session, "M-00001", Place(version, "production")).id


def test_a_version_in_production_without_approval_is_an_exception_once(bank: Bank) -> None:
    add_version(bank, register(bank))
    deploy(bank)
    assert rules(bank) == [("production_without_approval", "7 production")]
    models.edit_model(bank.session, "M-00001", {"business_line": "Firmenkunden"})
    assert len(rules(bank)) == 1, "what is known is not opened again"
    (row,) = items.list_items(bank.session, ItemFilter(("exception",)))
    (step,) = items.show_item(bank.session, row.id).steps
    assert (row.owner, step.step) == ("Corinna Wolters", "opened")
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_an_approved_version_breaks_no_rule_until_its_approval_is_gone(file_bank: Bank) -> None:
    request = approve(file_bank)
    validated_before(file_bank)
    deploy(file_bank)
    assert rules(file_bank) == []
    unlock = file_bank.unlock("Miriam Sander")
    decisions.revoke_approval(
        file_bank.as_("Miriam Sander"), request.key, "Fehler", "I revoke.", unlock
    )
    assert rules(file_bank) == [("production_without_approval", "7 production")]


def test_a_change_that_voids_the_approval_of_what_runs_is_an_exception(file_bank: Bank) -> None:
    approve(file_bank)
    validated_before(file_bank)
    deploy(file_bank)
    models.edit_model(file_bank.session, "M-00001", {"tier": "2"})
    assert rules(file_bank) == [("production_without_approval", "7 production")]


def test_a_retired_model_that_still_runs_is_an_exception(file_bank: Bank) -> None:
    approve(file_bank)
    deploy(file_bank)
    models.move_model(file_bank.session, "M-00001", Move.RETIRE, reason="ersetzt")
    assert rules(file_bank) == [("retired_but_running", "7 production")]


def test_a_settled_exception_comes_back_with_the_next_breach(file_bank: Bank) -> None:
    add_version(file_bank, register(file_bank))
    deploy(file_bank)
    (row,) = items.list_items(file_bank.session, ItemFilter(("exception",)))
    kind = items.show_item(file_bank.session, row.id).kind
    items.take_step(file_bank.session, kind, row.id, "settle", Given({}, reason="abgeschaltet"))
    assert rules(file_bank) == []
    models.edit_model(file_bank.session, "M-00001", {"business_line": "Privatkunden"})
    assert len(rules(file_bank)) == 1


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_rule_has_a_name(language: str) -> None:
    words = read_words(language)
    assert words.text("item.exception.choice.retired_but_running")


def test_what_ran_before_its_model_was_in_the_inventory_is_onboarding(file_bank: Bank) -> None:
    add_version(file_bank, register(file_bank))
    long_ago = datetime(2020, 1, 1, tzinfo=UTC)
    deployments.open_deployment(
        file_bank.session, "M-00001", Place("7", "production"), effective=long_ago
    )
    assert rules(file_bank) == []


def test_the_program_settles_what_it_opened_once_the_rule_holds_again(bank: Bank) -> None:
    key = ask(bank)
    validated_before(bank)
    deploy(bank)
    assert rules(bank) == [("production_without_approval", "7 production")]
    cast(bank, key, "Jonas Brandt")
    assert len(rules(bank)) == 1, "one of two approvals settles nothing"
    cast(bank, key, "Miriam Sander")
    assert rules(bank) == []
    (row,) = items.list_items(bank.session, ItemFilter(("exception",), scope=ItemScope.ALL))
    assert [one.step for one in items.show_item(bank.session, row.id).steps] == ["opened", "settle"]


def test_use_before_validation_lasts_until_the_report_is_approved(bank: Bank) -> None:
    approve(bank)
    models.edit_model(bank.session, "M-00001", {"last_review": str(clock.today())})
    deploy(bank)
    assert rules(bank) == [("use_before_validation", "production")], "a typed date is no report"
    models.edit_model(bank.session, "M-00001", {"tier": "4"})
    assert ("use_before_validation", "production") in rules(bank), "it lasts, approved or not"
    fields = {"title": "Erstvalidierung", "cause": "initial", "owner": "Jonas Brandt"}
    given = Given({**fields, "due": "2099-12-31"}, ("M-00001",))
    id = items.open_item(bank.session, VALIDATION, given).id
    for step, texts in (
        ("start", {}),
        ("judge", {"area": "conceptual_soundness", "light": "green"}),
        ("report", {"report": "VB-1", "conclusion": "green"}),
    ):
        work = Given(texts, reason="geprüft")
        items.take_step(bank.as_("Jonas Brandt"), VALIDATION, id, step, work)
    assert len(rules(bank)) == 2, "a report that nobody approved is none"
    accepted = Given({}, reason="angenommen")
    items.take_step(bank.as_("Miriam Sander"), VALIDATION, id, "approve_report", accepted)
    assert rules(bank) == [("production_without_approval", "7 production")]
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_what_a_person_saw_is_not_settled_by_the_program(file_bank: Bank) -> None:
    approve(file_bank)
    validated_before(file_bank)
    told = {"title": "Aufrufe aus Luxemburg", "rule": "use_outside_purpose", "subject": "Luxemburg"}
    items.open_item(file_bank.session, EXCEPTION, Given(told, ("M-00001",)))
    deploy(file_bank)
    assert rules(file_bank) == [("use_outside_purpose", "Luxemburg")]


@pytest.mark.parametrize("edited", ["before", "behind", "never"])
def test_what_ran_before_its_model_came_is_onboarding_whatever_else_is_recorded(
    bank: Bank, edited: str
) -> None:
    known = models.register_model(bank.session, {"name": "LGD", "purpose": "Ratenkredit"}).id
    edit = ModelEdited(known, ModelDetails(vendor="own"))
    began = clock.now() - timedelta(days=3)
    with bank.session.workspace.write(bank.session.actor) as work:
        if edited == "before":
            work.record(edit)
        work.record(ModelRegistered("new", ModelDetails(name="PD")), effective=began)
        work.record(VersionRegistered("v", "new", VersionDetails("1")), effective=began)
        place = DeploymentOpened("d", "new", "v", "1", "production", "champion")
        work.record(place, effective=began)
        if edited == "behind":
            work.record(edit)
    assert rules(bank) == []
