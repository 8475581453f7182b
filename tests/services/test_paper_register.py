"""A register of 400 models with a paper past comes in without one false »never validated«."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.validations import FROM_PAPER
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.profiles.outcomes import GAPS, Result
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import confirmations, imports, items, ledger, models, papers, portfolio
from mlops_desktop.services.confirmations import PaperFilter
from mlops_desktop.services.dossiers.approvals import build_approvals
from mlops_desktop.services.dossiers.inventory import build_inventory
from mlops_desktop.services.imports import Source, Wishes
from mlops_desktop.services.imports.report import Fate, reasons
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.models import read_sheet
from mlops_desktop.services.profiles import checking
from mlops_desktop.services.rows import ModelFilter
from mlops_desktop.services.wording import explain
from mlops_desktop.store.queries.approvals import list_requests
from mlops_desktop.store.queries.models import find_model
from tests.services.conftest import FOUNDER, Bank
from tests.support.paper_register import PaperRegister, paper_register

EVERY = ModelFilter(scope=Scope.ALL)
SECOND, OWNER = "Jonas Brandt", "Corinna Wolters"
WAITING, NEVER = Approval.AWAITING_CONFIRMATION, Approval.NEVER_VALIDATED


def source_of(register: PaperRegister) -> Source:
    return Source("Register.csv", register.content, register.folder)


def shown(bank: Bank) -> dict[str, Approval]:
    return {row.name: row.approval for row in models.list_models(bank.session, EVERY)}


def figure(bank: Bank, name: str) -> int:
    figures = portfolio.read_portfolio(bank.session).figures
    return next(one.value for one in figures if one.name == name)


def filtered(bank: Bank, approval: Approval) -> set[str]:
    wanted = replace(EVERY, approvals=(approval,))
    return {row.name for row in models.list_models(bank.session, wanted)}


def names_of(register: PaperRegister, approval: Approval) -> set[str]:
    return {name for name, said in register.shown.items() if said is approval}


@pytest.mark.long
def test_four_hundred_models_with_a_paper_past(file_bank: Bank, tmp_path: Path) -> None:
    _live_on(file_bank, tmp_path)


@pytest.mark.whole
def test_four_hundred_models_with_a_paper_past_of_a_team(team_bank: Bank, tmp_path: Path) -> None:
    _live_on(team_bank, tmp_path)


def _live_on(bank: Bank, tmp_path: Path) -> None:
    register = paper_register(tmp_path, 400)
    done = imports.apply_import(bank.session, source_of(register), Wishes(language="de"))
    assert done.report.count(Fate.CREATED) == 400
    assert {one.row for one in done.report.rows if one.fate is Fate.REPEATED} == register.repeated
    # Before the second person nothing is approved, and nothing that has a paper is "never".
    before = shown(bank)
    never = {name for name, said in before.items() if said is Approval.NEVER_VALIDATED}
    assert never == names_of(register, Approval.NEVER_VALIDATED)
    assert {said for name, said in before.items() if name not in never} == {WAITING}
    assert filtered(bank, WAITING) == set(register.shown) - never
    # The second person confirms what the rules let him: all at once.
    lines = confirmations.list_papers(bank.as_(SECOND))
    assert len(lines) == done.report.papers
    keys = [line.row.key for line in lines]
    handled = confirmations.confirm_papers(bank.as_(SECOND), keys, bank.unlock(SECOND))
    assert (len(handled.done), handled.refused) == (len(keys), ())
    assert confirmations.list_papers(bank.as_(SECOND)) == ()
    _check_lists(bank, register)
    _check_clocks(bank, register)
    _check_profiles(bank, register)
    _check_plan(bank, register)
    _check_dossiers(bank, register)
    assert ledger.verify_ledger(bank.session).first_failure is None
    again = imports.preview_import(bank.session, source_of(register))
    assert again.count(Fate.UNCHANGED) == 400


def _check_lists(bank: Bank, register: PaperRegister) -> None:
    assert shown(bank) == register.shown
    for approval in (Approval.NEVER_VALIDATED, Approval.NEVER_APPROVED, WAITING):
        assert filtered(bank, approval) == names_of(register, approval)
        current = {row.name for row in models.list_models(bank.session, ModelFilter())}
        assert figure(bank, approval.value) == len(names_of(register, approval) & current)
    rows = models.list_models(bank.session, replace(EVERY, approvals=(Approval.APPROVED,)))
    assert all(row.is_on_paper for row in rows)
    # It counts from its true date, but was not known before today.
    then = AsOf(at=date(2024, 1, 1))
    past = models.list_models(bank.session, ModelFilter(scope=Scope.ALL, as_of=then))
    assert {row.name: row.approval for row in past} == {
        name: said for name, said in register.shown.items() if said is not NEVER
    }


def _check_clocks(bank: Bank, register: PaperRegister) -> None:
    due = {
        row.name: row.next_review
        for row in models.list_models(bank.session, EVERY)
        if row.next_review is not None
    }
    assert due == register.due


def _check_profiles(bank: Bank, register: PaperRegister) -> None:
    """The matrix calls no model unvalidated that has a paper, and met what a paper shows."""
    cells = {
        (cell.model.name, cell.rule.id): cell.outcome.result
        for id in ("sr-26-2", "osfi-e23")
        for cell in checking.check_models(bank.session, id, ModelFilter()).rows()
    }
    unvalidated = {
        name for (name, rule), said in cells.items() if rule == "SR-use" and said in GAPS
    }
    never = names_of(register, Approval.NEVER_VALIDATED)
    used = {row.name for row in models.list_models(bank.session, ModelFilter()) if row.serving}
    assert unvalidated == never & used
    for (name, rule), said in cells.items():
        if rule == "E23-A1-10" and name in used:
            assert (said is Result.MISSING) == (register.shown[name] is not Approval.APPROVED)
        if rule == "E23-A1-15":
            assert (said is Result.MISSING) == (name not in register.due), name


def _check_plan(bank: Bank, register: PaperRegister) -> None:
    (plan, *others) = items.list_items(bank.session, ItemFilter(scope=ItemScope.ALL))
    assert plan.kind == "finding"
    papers = len(register.due)  # of the rest each is a validation on paper, and none an exception
    assert [(one.kind, one.stage) for one in others] == [("validation", FROM_PAPER)] * papers
    sheet = items.show_item(bank.session, plan.id)
    assert {model.name for model in sheet.models} == register.gaps
    without = names_of(register, Approval.NEVER_VALIDATED) | names_of(
        register, Approval.NEVER_APPROVED
    )
    used = {row.name for row in models.list_models(bank.session, ModelFilter()) if row.serving}
    assert register.gaps == without & used
    (row,) = imports.list_imports(bank.session)
    assert (row.plan, row.papers) == (sheet.state.id, len(register.due) + 350)


def _check_dossiers(bank: Bank, register: PaperRegister) -> None:
    """What a dossier prints of the approval is the state, marked where it is from paper."""
    with bank.session.workspace.read() as view:
        for approval in (Approval.APPROVED, Approval.NEVER_APPROVED, Approval.NEVER_VALIDATED):
            for name in sorted(names_of(register, approval))[:4]:
                key = find_model(view.connection, name)
                sheet = read_sheet(view, key, AsOf())
                requests = list_requests(view.connection, model=key)
                told = [one for part in build_inventory(sheet, requests) for one in part.fields]
                (field,) = [one for one in told if one.name == "approval"]
                assert isinstance(field.values, tuple)
                paper = ["from_paper"] if approval is Approval.APPROVED else []
                assert [one.text for one in field.values] == [approval.value, *paper]
                printed = build_approvals(view, sheet, requests)
                assert approval is Approval.NEVER_VALIDATED or isinstance(printed, tuple)


def test_a_dirty_register_names_row_column_and_what_to_do(file_bank: Bank, tmp_path: Path) -> None:
    register = paper_register(tmp_path, 24, dirty=True)
    report = imports.preview_import(file_bank.session, source_of(register))
    assert {(one.row, one.code) for one in report.refusals} == register.refused
    assert all(one.column and one.letter for one in report.refusals)
    for reason in reasons(report):
        assert all(explain(reason.example.error(), language)[2] for language in ("en", "de"))
    told = {(one.code, bool(one.parameters)) for one in report.notices}
    assert {("onboarding_gap", False), ("approval_unshown", True)} <= told
    with pytest.raises(AppError, match=r"import\.refused"):
        imports.apply_import(file_bank.session, source_of(register))
    assert models.count_models(file_bank.session, EVERY) == 0


def test_evidence_that_changed_since_the_report_takes_nothing_over(
    file_bank: Bank, tmp_path: Path
) -> None:
    register = paper_register(tmp_path, 4)
    seen = imports.digest_of(imports.preview_import(file_bank.session, source_of(register)))
    (tmp_path / "Protokolle" / "Prüfung 2017-1.pdf").write_bytes(b"%PDF another")
    with pytest.raises(AppError, match=r"import\.changed_since"):
        imports.apply_import(file_bank.session, source_of(register), seen=seen)


def test_a_link_out_of_the_folder_is_not_followed(file_bank: Bank, tmp_path: Path) -> None:
    secret = tmp_path / "secret.pdf"
    secret.write_bytes(b"%PDF secret")
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "scan.pdf").symlink_to(secret)
    head = "Modellname;Freigabedatum;Gremium;Nachweis"
    source = Source("r.csv", f"{head}\nA;1.2.2020;Vorstand;SCAN.pdf".encode(), folder)
    (refusal,) = imports.preview_import(file_bank.session, source).refusals
    assert (refusal.code, refusal.column) == ("import.evidence_outside", "Nachweis")


def test_the_second_person_is_neither_the_importer_nor_an_owner(bank: Bank, tmp_path: Path) -> None:
    register = paper_register(tmp_path, 12)
    imports.apply_import(bank.session, source_of(register))
    keys = [line.row.key for line in confirmations.list_papers(bank.session)]
    for who, rule in ((FOUNDER, "recorder"), (OWNER, "owner")):
        lines = confirmations.preview_papers(bank.as_(who), keys)
        refused = [line for line in lines if line.refusal is not None]
        assert {one.refusal.code for one in refused if one.refusal} == {f"approval.refused_{rule}"}
        with pytest.raises(AppError, match=r"papers\.refused|approval\.refused"):
            confirmations.confirm_papers(bank.as_(who), keys, bank.unlock(who))
    assert len(confirmations.list_papers(bank.session)) == len(keys)
    # What the rules let the owner confirm he can, if he leaves out what they do not.
    handled = confirmations.confirm_papers(
        bank.as_(OWNER), keys, bank.unlock(OWNER), leaves_out_refused=True
    )
    assert handled.done
    assert len(handled.done) + len(handled.refused) == len(keys)
    assert {shown(bank)[line.row.model_name] for line in handled.refused} == {WAITING}
    assert ledger.verify_ledger(bank.session).first_failure is None


def test_papers_are_filtered_and_rejected_with_one_reason(bank: Bank, tmp_path: Path) -> None:
    register = paper_register(tmp_path, 24)
    imports.apply_import(bank.session, source_of(register))
    (intake,) = imports.list_imports(bank.session)
    every = confirmations.list_papers(bank.session, PaperFilter(intake=intake.id))
    board = confirmations.list_papers(bank.session, PaperFilter(body="vorstand", year=2017))
    assert {line.body for line in board} == {"Vorstand Überwachung"}
    assert 0 < len(board) < len(every)
    keys = [line.row.key for line in board]
    with pytest.raises(AppError, match=r"papers\.reason_missing"):
        confirmations.reject_papers(bank.as_(SECOND), keys, " ", bank.unlock(SECOND))
    done = confirmations.reject_papers(
        bank.as_(SECOND), keys, "Das Protokoll nennt andere Modelle.", bank.unlock(SECOND)
    )
    names = {line.row.model_name for line in done.done}
    # What was rejected is a gap again, and the one plan names it.
    (plan,) = items.list_items(bank.session, ItemFilter(("finding",), scope=ItemScope.ALL))
    listed = {model.name for model in items.show_item(bank.session, plan.id).models}
    without = {name for name in names if shown(bank)[name] is not WAITING}
    assert listed == register.gaps | without
    with pytest.raises(AppError, match=r"approval\.not_open"):
        papers.confirm_paper(bank.as_(SECOND), keys[0], bank.unlock(SECOND))
    # A better scan comes in again as the same paper.
    again = imports.preview_import(bank.session, source_of(register))
    assert again.papers == len(keys)
    assert ledger.verify_ledger(bank.session).first_failure is None
