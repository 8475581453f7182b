"""Legal entities: recorded, named by models, and what approvals, gate and rules make of them."""

from datetime import UTC, date, datetime

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.approvals import ENTITIES
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.exceptions import ExceptionDetails
from mlops_desktop.core.items.entities import ENTITY
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import approvals, deployments, entities, items, models
from mlops_desktop.services import imports as intake
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.reviews import show_sheet
from mlops_desktop.store import rebuild
from tests.services.conftest import Bank
from tests.services.steps import APPROVE, add_version, cast, register

BANK, LEASING, LUX = "Elbmark Bank AG", "Elbmark Leasing GmbH", "Elbmark Bank Luxembourg S.A."
LEI = "549300DTUYXVMJXZNY75"


def add(bank: Bank, name: str, **texts: str) -> str:
    return items.open_item(bank.session, ENTITY, Given({"title": name, **texts})).id


def group(bank: Bank) -> None:
    add(bank, BANK, short_name="Bank", country="de", lei=LEI)
    add(bank, LEASING, short_name="Leasing", country="DE", parent="Bank")
    add(bank, LUX, short_name="Lux", country="lu", parent=BANK)


def refused(bank: Bank, name: str, **texts: str) -> tuple[str, str | None]:
    with pytest.raises(AppError) as told:
        add(bank, name, **texts)
    return told.value.code, told.value.where


def test_an_entity_is_recorded_once_under_each_of_its_names(bank: Bank) -> None:
    group(bank)
    first, second, third = entities.list_entities(bank.session)
    assert [one.number for one in (first, second, third)] == ["LE-00001", "LE-00002", "LE-00003"]
    assert (third.details.country, third.details.parent, first.details.lei) == ("LU", first.id, LEI)
    assert refused(bank, "elbmark bank ag") == ("entity.name_taken", "title")
    assert refused(bank, "Neu", short_name="lux") == ("entity.name_taken", "short_name")
    assert refused(bank, "Neu", lei=LEI) == ("entity.lei_taken", "lei")
    assert refused(bank, "Neu", lei=LEI[:-1] + "6") == ("entity.lei_refused", "lei")
    assert refused(bank, "Neu", country="Germany") == ("field.refused", "country")
    assert refused(bank, "Neu", parent="Elbmark") == ("entity.not_found", None)
    with pytest.raises(AppError) as told:
        items.edit_item(bank.session, ENTITY, "LE-00001", Given({"parent": "Lux"}))
    assert told.value.code == "entity.parent_circle"
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_a_closed_entity_frees_its_name_and_is_seen_as_of_any_date(file_bank: Bank) -> None:
    begun, ended = (datetime(year, 1, 1, tzinfo=UTC) for year in (2019, 2022))
    id = items.open_item(file_bank.session, ENTITY, Given({"title": LEASING}, effective=begun)).id
    close = Given({}, reason="verschmolzen", effective=ended)
    items.take_step(file_bank.session, ENTITY, id, "close", close)
    add(file_bank, LEASING)
    stages = [
        items.show_item(file_bank.session, id, AsOf(None, day)).row.stage
        for day in (date(2021, 12, 31), date(2022, 1, 1))
    ]
    assert stages == ["active", "closed"]
    model = models.register_model(file_bank.session, {"name": "PD", "used_by": LEASING}).id
    (used,) = models.show_model(file_bank.session, model).state.details.used_by
    assert used == entities.list_entities(file_bank.session)[1].id, "the open one is meant"


def test_models_name_entities_by_what_they_are_called(bank: Bank) -> None:
    typed = models.register_model(bank.session, {"name": "Alt", "used_by": f"{BANK}, {LUX}"}).id
    assert models.show_model(bank.session, typed).state.details.used_by == (BANK, LUX)
    group(bank)
    add(bank, "Scoring, Inc.")
    texts = {"developed_by": "Leasing", "used_by": f"Scoring, Inc., LE-00003, {BANK}"}
    model = models.register_model(bank.session, {"name": "Neu", **texts}).id
    sheet = models.show_model(bank.session, model)
    details, ids = (
        sheet.state.details,
        {one.name: one.id for one in entities.list_entities(bank.session)},
    )
    assert details.developed_by == ids[LEASING]
    assert details.used_by == (ids["Scoring, Inc."], ids[LUX], ids[BANK])
    with pytest.raises(AppError) as told:
        models.edit_model(bank.session, model, {"used_by": "Elbmark Bank Luxemburg"})
    error = told.value
    assert (error.code, error.where, error.parameters["near"]) == (
        "entity.not_found",
        "used_by",
        LUX,
    )

    def found(line: str) -> list[str]:
        return [row.name for row in models.list_models(bank.session, parse_filter(line))]

    assert found("usedby:Lux") == ["Neu"]
    assert found(f'usedby:"{LUX}"') == ["Alt", "Neu"], "old text is found by its name"
    assert found("developedby:lux") == []
    assert found("entity:leasing") == ["Neu"]
    items.edit_item(bank.session, ENTITY, "LE-00003", Given({"title": "Elbmark Europe S.A."}))
    assert found("entity:europe") == ["Neu"]
    assert "Elbmark Europe S.A." in models.show_model(bank.session, model).names.values()


def asked(bank: Bank, *named: str, version: str = "7") -> str:
    return approvals.request_approval(
        bank.as_("Corinna Wolters"), "M-00001", version, "production", entities=named
    ).id


def prepare(bank: Bank, **texts: str) -> None:
    group(bank)
    add_version(bank, register(bank, last_review="2020-01-31", **texts))


def open_ones(bank: Bank) -> list[ExceptionDetails]:
    rows = items.list_items(bank.session, ItemFilter(("exception",), scope=ItemScope.OPEN))
    details = (items.show_item(bank.session, row.id).state.details for row in rows)
    return [one for one in details if isinstance(one, ExceptionDetails)]


def test_an_approval_for_one_entity_does_not_hold_for_another(bank: Bank) -> None:
    prepare(bank, used_by=BANK)
    request = asked(bank, "Bank")
    cast(bank, request, "Jonas Brandt")
    cast(bank, request, "Miriam Sander")
    sheet, one = show_sheet(bank.session, request), entities.list_entities(bank.session)
    (covered,) = (field for field in sheet.fields if field.name == ENTITIES)
    assert (covered.then.text, covered.now.text, covered.is_changed) == (BANK, BANK, False)

    def place(entity: str) -> Place:
        return Place("7", "production", entity=entity)

    deployments.open_deployment(bank.session, "M-00001", place(BANK))
    assert open_ones(bank) == []
    assert ask_gate(bank.session, "M-00001", "7", "production").is_allowed
    (reason,) = ask_gate(bank.session, "M-00001", "7", "production", entity="Lux").reasons
    assert (reason.rule, LUX in reason.detail, BANK in reason.detail) == (
        "entity_missing",
        True,
        True,
    )
    deployments.open_deployment(bank.session, "M-00001", place(LUX), basis="Abgleich 14.3.")
    (found,) = open_ones(bank)
    assert (found.rule, found.entity) == ("use_outside_purpose", one[2].id)
    assert found.evidence[0] == approvals.show_request(bank.session, request).id
    assert "Abgleich 14.3." in found.evidence
    state = models.show_model(bank.session, "M-00001").state
    today = clock.today()
    assert state.approval_in(one[0].id, today) is Approval.APPROVED
    assert state.approval_in(one[2].id, today) is Approval.NEVER_APPROVED
    assert state.approval(today) is Approval.APPROVED_IN_PART, "neither approved nor never"
    second = asked(bank, "Lux")
    cast(bank, second, "Jonas Brandt")
    cast(bank, second, "Miriam Sander")
    assert open_ones(bank) == []
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_use_recorded_of_another_entity_is_enough(file_bank: Bank) -> None:
    prepare(file_bank, used_by=BANK)
    request = asked(file_bank, BANK)
    cast(file_bank, request, "Jonas Brandt")
    cast(file_bank, request, "Miriam Sander")
    deployments.open_deployment(file_bank.session, "M-00001", Place("7", "production"))
    assert open_ones(file_bank) == []
    models.edit_model(file_bank.session, "M-00001", {"used_by": f"{BANK}, {LUX}"})
    (found,) = open_ones(file_bank)
    assert found.rule == "use_outside_purpose"
    rules = [one.rule for one in ask_gate(file_bank.session, "M-00001", "7", "production").reasons]
    assert rules == ["entity_missing", "exception_open"]
    assert ask_gate(file_bank.session, "M-00001", "7", "production", entity=BANK).is_allowed
    models.edit_model(file_bank.session, "M-00001", {"used_by": BANK})
    assert open_ones(file_bank) == []


def test_a_signer_can_narrow_what_was_asked_for_and_never_widen_it(file_bank: Bank) -> None:
    prepare(file_bank)
    request = asked(file_bank, BANK, LUX)
    with pytest.raises(AppError) as told:
        asked(file_bank, "Lux", "Bank")
    assert told.value.code == "approval.already_open"
    assert asked(file_bank, "Leasing") != request, "for another entity it is another question"

    def limited(*named: str, decision: Decision = Decision.APPROVE) -> Ballot:
        return Ballot(decision, "I decide.", "weil", entities=named)

    for ballot, code in (
        (limited(LEASING), "approval.entities_outside"),
        (limited(BANK, decision=Decision.REJECT), "approval.entities_unfit"),
        (limited("Elbmark"), "entity.not_found"),
    ):
        with pytest.raises(AppError) as told:
            cast(file_bank, request, "Jonas Brandt", ballot)
        assert (told.value.code, told.value.where) == (code, "entities")
    cast(file_bank, request, "Jonas Brandt", limited(BANK))
    with pytest.raises(AppError):
        cast(file_bank, request, "Miriam Sander", limited(LUX))
    cast(file_bank, request, "Miriam Sander", APPROVE)
    row = approvals.show_request(file_bank.session, request)
    first = entities.list_entities(file_bank.session)[0].id
    assert row.state.holds_for == frozenset({first})
    (signed, _) = row.decisions
    assert signed.decided is not None
    assert signed.decided.entities == (first,)


def test_use_before_validation_ends_with_a_waiver_or_a_report(file_bank: Bank) -> None:
    add_version(file_bank, register(file_bank))
    request = asked(file_bank)
    cast(file_bank, request, "Jonas Brandt")
    cast(file_bank, request, "Miriam Sander")
    deployments.open_deployment(file_bank.session, "M-00001", Place("7", "production"))
    assert [one.rule for one in open_ones(file_bank)] == ["use_before_validation"]
    models.edit_model(file_bank.session, "M-00001", {"last_review": str(clock.today())})
    assert len(open_ones(file_bank)) == 1, "a date that was typed is no report"
    waive(file_bank)
    assert open_ones(file_bank) == []


def waive(bank: Bank) -> None:
    kind = kind_named("waiver")
    texts = {"title": "Übergang", "rule": "Use before validation", "owner": "Corinna Wolters"}
    id = items.open_item(bank.session, kind, Given(texts, models=("M-00001",))).id
    until = {"expires": "2099-12-31"}
    items.take_step(bank.as_("Miriam Sander"), kind, id, "grant", Given(until, reason="befristet"))


def read(text: str) -> Source:
    return Source("register.csv", text.encode())


def test_an_unknown_entity_of_a_file_is_refused_or_registered_if_wished(bank: Bank) -> None:
    head = "Model name;Developed by;Used by\n"
    rows = f"PD;{BANK};Lux\nLGD;Elbmark Bank Luxemburg;Leasing, Neu KG\n"
    free = intake.preview_import(bank.session, read(head + rows))
    assert (free.is_clean, free.entities) == (True, ()), "no register, so names are text"
    group(bank)
    refused = intake.preview_import(bank.session, read(head + rows))
    told = [(one.row, one.field, one.code) for one in refused.refusals]
    assert told == [
        (3, "developed_by", "import.entity_unknown"),
        (3, "used_by", "import.entity_unknown"),
    ]
    assert {one.name: one.value for one in refused.refusals[0].parameters}["near"] == LUX
    wishes = Wishes(adds_entities=True)
    offered = intake.preview_import(bank.session, read(head + rows), wishes)
    assert offered.entities == ("Elbmark Bank Luxemburg", "Neu KG")
    assert len(entities.list_entities(bank.session)) == 3, "a dry run registers nothing"
    intake.apply_import(bank.session, read(head + rows), wishes)
    names = {one.id: one.name for one in entities.list_entities(bank.session)}
    used = models.show_model(bank.session, "LGD").state.details.used_by
    assert [names[id] for id in used] == [LEASING, "Neu KG"]
    again = intake.preview_import(bank.session, read(head + rows), wishes)
    assert (again.takes, again.entities) == (0, ())
