"""The sample bank, built once for all: its counts, its stories, its dossiers."""

import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.attestations import Gap
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.exceptions import ExceptionDetails, ExceptionRule
from mlops_desktop.core.events.experiments import ExperimentDetails
from mlops_desktop.core.events.feedback import FeedbackDetails
from mlops_desktop.core.events.findings import FindingDetails
from mlops_desktop.core.events.requests import RequestDetails
from mlops_desktop.core.events.thresholds import Level
from mlops_desktop.core.inventory import ENTITY_FIELDS, number_text
from mlops_desktop.core.lifecycle import Scope, State
from mlops_desktop.core.quality import completeness
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.core.tiering import Basis
from mlops_desktop.core.version_tests import TestKind
from mlops_desktop.outside.workspace_key import VARIABLE
from mlops_desktop.services import (
    approvals,
    copies,
    entities,
    feedback,
    handovers,
    imports,
    incidents,
    items,
    ledger,
    lineage_names,
    meetings,
    model_links,
    models,
    oversight,
    people,
    pipelines,
    rules,
    sources,
    tiering,
    version_tests,
    workspaces,
)
from mlops_desktop.services.acting import act_as
from mlops_desktop.services.attestations import showing
from mlops_desktop.services.comparison import Comparing, compare_versions
from mlops_desktop.services.conditions import stand_of_conditions
from mlops_desktop.services.decisions import Ballot, decide
from mlops_desktop.services.demo import DemoResult, build_demo, surroundings
from mlops_desktop.services.dossiers import list_dossiers, verify_dossier
from mlops_desktop.services.entity_parts import parts_of
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.gate import ask_gate
from mlops_desktop.services.imports.report import Fate
from mlops_desktop.services.items import ItemFilter
from mlops_desktop.services.models import ModelFilter, ModelRow
from mlops_desktop.services.monitoring.detail import show_monitoring
from mlops_desktop.services.monitoring.listing import list_breaches
from mlops_desktop.services.monitoring.reading import list_metrics
from mlops_desktop.services.overview.cards import Look, Looked, Wait, Waits
from mlops_desktop.services.overview.delivery import read_delivery
from mlops_desktop.services.permits.showing import list_permits
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.services.profiles.scoping import decisions_of
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.tables.copies import arrivals
from mlops_desktop.ui.pages.overview.role import RoleSpec, find_roles, role_named
from tests.services.languages import contents_of, printed
from tests.services.overview_rows import count_rows, counted
from tests.support import demo as demo_support

NOW = demo_support.OPENING
OPENING = NOW.date()
NAMES = {
    1: "PD Mittelstand (IRB)",
    5: "Antragsscore Ratenkredit (Gradient Boosting)",
    16: "Uplift Kundenbindung",
    25: "Antragsscorekarte Ratenkredit (logistisch)",
    28: "Filial-Bargeldmodell",
    29: "limit-optimizer-rl",
    30: "Kapitaldienstrechner (Excel)",
}


@pytest.fixture(scope="module")
def demo(sample_bank: DemoResult) -> DemoResult:
    """The sample bank."""
    return sample_bank


@pytest.fixture(autouse=True)
def _day_of_opening(on_opening_day: None) -> None:
    """Look at it on the day on which it was built."""


@pytest.fixture
def session(demo: DemoResult) -> Iterator[Session]:
    """Its workspace, opened with the demo's own keys."""
    with surroundings(demo.folder):
        opened = workspaces.open_workspace(str(demo.place))
        yield opened
        opened.workspace.close()


def all_models(session: Session, as_of: AsOf | None = None) -> dict[str, ModelRow]:
    wanted = ModelFilter(scope=Scope.ALL, as_of=as_of or AsOf())
    return {row.id: row for row in models.list_models(session, wanted)}


def requests_of(session: Session, status: Status) -> list[RequestRow]:
    return [one for one in approvals.list_requests(session, status=status) if one.paper is None]


@pytest.mark.long
def test_thirty_models_bear_the_numbers_they_are_known_by(session: Session) -> None:
    rows = all_models(session)
    assert sorted(rows) == [number_text(number) for number in range(1, 31)]
    assert {number: rows[number_text(number)].name for number in NAMES} == NAMES


def test_states_and_risk_classes_are_those_of_the_bank(session: Session) -> None:
    rows = all_models(session)
    assert Counter(row.state for row in rows.values()) == {
        State.PRODUCTION: 20,
        State.SUSPENDED: 1,
        State.VALIDATION: 2,
        State.DEVELOPMENT: 1,
        State.RETIRED: 4,
        State.CANDIDATE: 1,
        State.REJECTED: 1,
    }
    assert Counter(row.tier for row in rows.values()) == {1: 9, 2: 13, 3: 4, 4: 2, None: 2}
    assert rows["M-00015"].state is State.SUSPENDED
    assert rows["M-00029"].state is State.CANDIDATE
    assert rows["M-00030"].state is State.REJECTED


def test_versions_and_deployments_are_complete(session: Session) -> None:
    sheets = [models.show_model(session, id) for id in all_models(session)]
    assert sum(len(sheet.versions) for sheet in sheets) == 84
    told = [row for sheet in sheets for row in sheet.deployments if row.thing is None]
    assert len(told) == 61


def test_the_requests_stand_as_told(session: Session) -> None:
    asked = [row for row in approvals.list_requests(session) if row.paper is None]
    assert Counter(row.status for row in asked) == {
        Status.APPROVED: 31 + 4,  # four were approved with a condition that is met by now
        Status.CONDITIONAL: 2,
        Status.REJECTED: 3,
        Status.VOIDED: 1,
        Status.REVOKED: 1,
        Status.OPEN: 4,
    }


def test_the_register_of_the_first_day_is_kept_with_its_report(session: Session) -> None:
    (row,) = imports.list_imports(session)
    shown, report = imports.show_import(session, row.id)
    assert (shown, row.rows, row.papers) == (row, 22, 17)
    assert (report.count(Fate.REPEATED), len(report.gaps)) == (2, 3)
    told = [row for row in approvals.list_requests(session) if row.paper is not None]
    brought = [row for row in told if row.paper and row.paper.intake == shown.key]
    assert len(brought) == 17
    assert all(row.confirmation is not None for row in told)
    assert {row.paper.decided_on.year for row in brought if row.paper} <= set(range(2017, 2024))
    plan = items.show_item(session, row.plan_number or "")
    assert [model.id for model in plan.models] == ["M-00014", "M-00018", "M-00019"]
    assert plan.state.closed == date(2024, 6, 24)


def test_no_model_of_the_first_day_is_called_never_validated(session: Session) -> None:
    papers = {
        row.model_id
        for row in approvals.list_requests(session)
        if row.paper is not None and row.paper.intake is not None
    }
    between = AsOf(known=date(2024, 1, 16), at=date(2024, 1, 16))
    after = AsOf(known=date(2024, 1, 18), at=date(2023, 12, 31))
    waiting, confirmed = all_models(session, between), all_models(session, after)
    assert {waiting[id].approval for id in papers} == {Approval.AWAITING_CONFIRMATION}
    assert all(confirmed[id].is_on_paper for id in papers)


def test_the_ledger_is_sound(session: Session, demo: DemoResult) -> None:
    assert demo.is_sound
    found = ledger.verify_ledger(session)
    assert found.first_failure is None
    assert found.size == demo.events


def test_history_ends_on_the_evening_before(session: Session) -> None:
    recorded = [models.show_model(session, id).row.updated_at for id in all_models(session)]
    last = clock.to_text(datetime.combine(OPENING, datetime.min.time(), tzinfo=UTC))
    assert max(recorded) < last


def test_the_late_entry_is_known_later_than_it_holds(session: Session) -> None:
    year_end = date(2025, 12, 31)
    held = models.show_model(session, "M-00011", AsOf(at=year_end)).state.details
    known = models.show_model(session, "M-00011", AsOf(year_end, year_end)).state.details
    assert held.last_review == date(2025, 12, 18)
    assert known.last_review == date(2023, 12, 5)
    after = models.show_model(session, "M-00011", AsOf(date(2026, 1, 14), year_end)).state.details
    assert after.last_review == date(2025, 12, 18)


def test_the_voided_approval_names_the_field_that_changed(session: Session) -> None:
    (row,) = requests_of(session, Status.VOIDED)
    assert (row.model_id, row.label) == ("M-00006", "5")
    assert row.changed == ("model.methodology",)
    assert [decision.attempted for decision in row.decisions] == [Decision.APPROVE] * 2
    then = models.show_model(session, "M-00006", AsOf(date(2026, 8, 17), date(2026, 8, 17)))
    now = models.show_model(session, "M-00006")
    covered = {pair.name: pair.value for pair in row.covered}
    assert covered["model.methodology"] == then.state.details.methodology
    assert "eine Kalibrierung für alle Konten" in covered["model.methodology"]
    assert "getrennt nach Konten" in (now.state.details.methodology or "")
    assert then.row.approval is Approval.APPROVED


def test_the_refused_attempt_names_its_rule(session: Session) -> None:
    refused = [
        (row.model_id, row.label, people.show_person(session, item.person).name, item.refused_by)
        for row in approvals.list_requests(session)
        for item in row.decisions
        if item.refused_by is not None
    ]
    assert refused == [
        ("M-00005", "8", "Corinna Wolters", "owner"),
        ("M-00005", "8", "Priya Raman", "deputy_of_owner"),
    ]


def test_two_requests_wait_for_compliance_and_a_signature_decides_one(
    session: Session, demo: DemoResult
) -> None:
    waiting = [
        row
        for row in requests_of(session, Status.OPEN)
        if any(item.decided for item in row.decisions)
    ]
    assert sorted(row.model_id for row in waiting) == ["M-00005", "M-00021"]
    for row in waiting:
        assert "Miriam Sander" in {who.name for who in approvals.signers_left(session, row.key)}
    acting = workspaces.open_workspace(str(demo.place), acting="Miriam Sander")
    lines = demo.people_file.read_text("utf-8").splitlines()
    (line,) = [line for line in lines if line.startswith("Miriam Sander")]
    unlock = people.unlocker(acting, lambda: line.split()[2])
    with pytest.raises(AppError) as unsigned:
        decide(
            acting,
            waiting[0].key,
            Ballot(Decision.APPROVE, "geprüft"),
            people.unlocker(acting, lambda: "nicht das richtige"),
        )
    assert unsigned.value.code == "person_key.passphrase_wrong"
    (person,) = [one for one in people.list_people(session) if one.name == "Miriam Sander"]
    assert unlock(person).certificate is not None
    acting.workspace.close()


def test_conditions_are_due_and_overdue_as_seen_from_today(session: Session) -> None:
    conditional = requests_of(session, Status.CONDITIONAL)
    dues = {
        row.model_id: [
            item.due for one in row.decisions if one.decided for item in one.decided.conditions
        ]
        for row in conditional
    }
    assert dues["M-00022"] == [OPENING + timedelta(days=12)]
    assert dues["M-00010"] == [OPENING - timedelta(days=20)]
    assert len(dues) == 2


def test_four_conditions_are_met_by_evidence_that_another_person_confirmed(
    session: Session,
) -> None:
    asked = [row for row in approvals.list_requests(session) if row.paper is None]
    stands = [one for row in asked for one in stand_of_conditions(row, OPENING)]
    met = [one for one in stands if one.met is not None]
    assert (len(stands), len(met)) == (7, 4)
    assert all(one.due and one.met_at and one.met_at[:10] <= str(one.due) for one in met)
    assert all(one.met and one.met.person != one.by for one in met)
    assert sum(one.is_overdue for one in stands) == 1


def test_the_interim_approval_ends_with_a_quarter(session: Session) -> None:
    row = all_models(session)["M-00021"]
    assert row.approval is Approval.INTERIM
    assert row.approved_until is not None
    assert row.approved_until - OPENING >= timedelta(days=30)
    assert (row.approved_until + timedelta(days=1)).day == 1


def test_a_rejection_says_what_would_be_enough(session: Session) -> None:
    for row in requests_of(session, Status.REJECTED):
        (said,) = [one.decided for one in row.decisions if one.decided]
        assert said.comment is not None
        assert len(said.comment.text or "") > 100


def test_the_revoked_approval_left_the_model_suspended(session: Session) -> None:
    (row,) = requests_of(session, Status.REVOKED)
    assert row.model_id == "M-00015"
    before = all_models(session, AsOf(date(2026, 6, 29), date(2026, 6, 29)))["M-00015"]
    assert before.state is State.PRODUCTION


def test_what_served_on_a_past_day_can_be_told(session: Session) -> None:
    serving = {
        day: all_models(session, AsOf(day, day))["M-00005"].serving
        for day in (date(2024, 9, 30), date(2024, 12, 31), date(2025, 12, 31), date(2026, 9, 30))
    }
    assert list(serving.values()) == ["", "4", "7", "7, 8"]
    assert all_models(session, AsOf(at=date(2024, 9, 29)))["M-00025"].serving == "2"
    assert all_models(session)["M-00025"].state is State.RETIRED


def test_the_registry_was_read_through_to_the_recording_itself(session: Session) -> None:
    by_name = {row.name: row for row in sources.list_sources(session)}
    recorded = by_name["mlflow"]
    assert recorded.result is not None
    assert recorded.result.failures == ()
    # datasets and the runs behind versions were first read on the last day
    counts = recorded.result.counts
    assert (counts.unchanged, counts.new, counts.read) == (99, 223, 322)
    again = sources.sync(session, "mlflow", lambda *_: None)
    assert again.is_unchanged


def test_one_source_has_been_silent_for_eight_days(session: Session) -> None:
    (row,) = [one for one in sources.list_sources(session) if one.name == "mlflow-luxemburg"]
    assert row.completed_at is not None
    assert row.result is not None
    assert {failure.code for failure in row.result.failures} == {"unreachable"}
    last_good = clock.from_text(row.completed_at).date()
    assert OPENING - last_good == timedelta(days=9)


def test_one_entry_is_gone_at_its_source(session: Session) -> None:
    missing = {
        (id, entry.entry.native_id, clock.from_text(entry.missing_since).date())
        for id in all_models(session)
        for entry in models.show_model(session, id).entries
        if entry.missing_since
    }
    day = OPENING - timedelta(days=17)
    assert missing == {("M-00023", "klimarisiken-immobilien", day)}


def test_a_leaver_left_one_model_without_an_owner(session: Session) -> None:
    rows = all_models(session, AsOf(date(2026, 8, 1), date(2026, 8, 1)))
    his = sorted(id for id, row in rows.items() if row.owner == "Rainer Behnke")
    assert his == ["M-00008", "M-00009", "M-00010", "M-00011", "M-00027"]
    now = all_models(session)
    assert [id for id in his if not now[id].owner] == ["M-00010"]
    assert people.show_person(session, "Rainer Behnke").is_revoked


def test_the_attestation_is_blocked_by_two_models(session: Session) -> None:
    (sheet,) = showing.list_campaigns(session)
    assert (sheet.answered, sheet.counting) == (22, 24)
    assert [(row.id, row.standing.gap) for row in sheet.blocking] == [
        ("M-00010", Gap.NO_OWNER),
        ("M-00013", Gap.NOT_ANSWERED),
    ]


def test_only_one_validation_is_overdue(session: Session) -> None:
    overdue = {
        row.id: (OPENING - row.next_review).days
        for row in all_models(session).values()
        if row.state is State.PRODUCTION and row.next_review and row.next_review < OPENING
    }
    assert overdue == {"M-00006": 34}


def test_the_dossier_is_valid_and_its_altered_copy_is_found_out(
    session: Session, demo: DemoResult
) -> None:
    assert (demo.verdict, demo.altered_verdict) == ("valid", "changed")
    assert len({row.key for row in list_dossiers(session)}) == 6
    for path in demo.drawer:
        found = verify_dossier(path, session=session)
        assert (found.verdict.outcome.value, found.is_recorded) == ("valid", True)


@pytest.mark.parametrize("model", ["M-00002", "M-00005", "M-00015"])
def test_the_richest_dossiers_say_the_same_in_both_languages(session: Session, model: str) -> None:
    told = contents_of(session, model, AsOf())
    english, german = told["en"], told["de"]
    assert (english.facts, english.leaves) == (german.facts, german.leaves)
    assert replace(german.document, id="", language="", classification="") == replace(
        english.document, id="", language="", classification=""
    )
    days, figures = printed(english)
    assert days.total() > 400
    assert figures.total() > 600
    assert (days, figures) == printed(german)


def test_every_role_finds_something_that_is_there(session: Session, demo: DemoResult) -> None:
    roles = [item.role for item in demo.waiting]
    assert len(roles) == len(set(roles)) == 12
    rows = all_models(session)
    for item in demo.waiting:
        assert item.person in demo.people
        for value in dict(item.parameters).values():
            named = str(value).split(", ")
            assert all(one in rows for one in named if one.startswith("M-"))
        assert "{" not in item.text(read_words("en")) + item.text(read_words("de"))


def test_what_the_gate_refuses_is_never_left_out_of_what_devops_reads(session: Session) -> None:
    read = read_delivery(Look(session))
    shown = {(one.model.id, one.label) for one in read.refused}
    for row in all_models(session).values():
        sheet = models.show_model(session, row.id)
        serving = {
            one.label
            for one in sheet.deployments
            if one.until is None and one.environment == "production" and one.version
        }
        refused = {
            (row.id, label)
            for label in serving
            if not ask_gate(session, row.id, label, "production").is_allowed
        }
        assert refused <= shown


def test_keys_stay_in_the_folder(demo: DemoResult, home: Path) -> None:
    assert not home.exists() or list(home.iterdir()) == []
    assert VARIABLE not in os.environ
    with surroundings(demo.folder):
        assert paths.home() == demo.home
    for secret in (demo.key_file, demo.people_file):
        assert secret.is_relative_to(demo.folder)
        assert secret.stat().st_mode & 0o077 == 0


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("meins", "utf-8")
    with pytest.raises(AppError) as raised:
        build_demo(tmp_path, lambda *_: None)
    assert raised.value.code == "demo.folder_in_use"
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_clock_before_the_history_is_refused(tmp_path: Path) -> None:
    early = datetime(2026, 1, 1, tzinfo=UTC)
    with clock.reading(lambda: early), pytest.raises(AppError) as raised:
        build_demo(tmp_path / "new", lambda *_: None)
    assert raised.value.code == "demo.clock_too_early"
    assert not (tmp_path / "new").exists()


def test_every_model_in_the_inventory_is_rated_into_its_class(session: Session) -> None:
    rows = [row for row in all_models(session).values() if row.tier is not None]
    assert Counter(row.tier_basis for row in rows) == {Basis.ASSESSED: 27, Basis.OVERRIDDEN: 1}
    assistant = tiering.show_tiering(session, "M-00021")
    assert (assistant.row.tier, assistant.inherent) == (2, 3)
    cash = tiering.show_tiering(session, "M-00024")
    assert (cash.row.tier, cash.has_lapsed) == (4, True)
    current = [row for row in rows if row.state is not State.RETIRED]
    overdue = {row.id for row in current if row.tier_due and row.tier_due < OPENING}
    assert overdue == {"M-00010"}


def test_what_was_decided_around_decisions_is_there(session: Session) -> None:
    cases = {one.model.row.id: one for one in oversight.list_permission_sheets(session)}
    assert cases["M-00001"].row.permission.answered_on == date(2024, 6, 3)
    assert [one.is_met for one in cases["M-00001"].row.permission.obligations] == [True, False]
    assert cases["M-00004"].row.permission.is_blocking
    (urgent,) = oversight.list_emergency_sheets(session)
    assert (urgent.model.row.id, urgent.stand.state.value) == ("M-00012", "ratified")
    assert urgent.stand.row.emergency.due == date(2026, 3, 18)
    standing = {
        (row.rule.id, row.rule.version): row.status.value for row in rules.list_rules(session)
    }
    assert standing == {
        ("committee", 1): "archived",
        ("learning_models", 1): "active",
        ("committee", 2): "active",
        ("overlays", 1): "active",
        ("retirement", 1): "draft",
    }


def test_nine_decisions_were_taken_in_meetings_and_one_by_circular_resolution(
    session: Session,
) -> None:
    rows = meetings.list_meetings(session)
    asked = {row.key: row for row in approvals.list_requests(session)}
    taken = [
        (row.called.is_circular, asked[item.request].model_id, asked[item.request].label)
        for row in rows
        for item in row.called.agenda
        if item.request
    ]
    assert [one[1:] for one in taken if one[0]] == [("M-00004", "2")]
    assert sorted(one[1:] for one in taken if not one[0]) == [
        ("M-00001", "3"), ("M-00002", "3"), ("M-00003", "2"), ("M-00007", "5"), ("M-00007", "6"),
        ("M-00008", "11"), ("M-00009", "6"), ("M-00010", "3"), ("M-00020", "2"),
    ]  # fmt: skip
    under = {row.key for row in asked.values() if row.state.rule_kept.id == "committee"}
    decided = {item.request for row in rows for item in row.called.agenda if item.request}
    assert under == decided, "the rule asks for the committee where it decided, and nowhere else"
    assert all(asked[key].status in GRANTED for key in under)


def test_every_resolution_has_its_papers_quorum_and_both_signatures(session: Session) -> None:
    names = {one.id: one.name for one in people.list_people(session)}
    held = [row for row in meetings.list_meetings(session) if row.minuted]
    assert len(held) == len(meetings.list_meetings(session)) - 1, "the next one is only called"
    for row in held:
        assert row.minuted is not None
        assert row.minuted.document is not None
        deciding = [item for item in row.called.agenda if item.request]
        for item in deciding:
            away = {one.person for one in row.minuted.partial if one.item == item.number}
            voting = {vote.person for vote in row.minuted.votes if vote.item == item.number}
            assert item.papers
            assert (len(away), voting & away) == (1, set()), "the owner left the table"
            assert len(voting) >= row.called.quorum
        signed = {(one.item, names[one.person], one.capacity.value) for one in row.signed}
        assert signed == {
            (item.number, who, capacity)
            for item in deciding
            for who, capacity in (
                ("Dr. Ulrich Harms", "chair"),
                ("Dr. Katrin Feddersen", "secretary"),
            )
        }


def test_one_validator_was_recused_because_he_had_built_the_predecessor(session: Session) -> None:
    rows = [row for row in approvals.list_requests(session) if row.state.recused]
    (row,) = rows
    (who,) = [people.show_person(session, one).name for one in row.state.recused]
    assert (row.model_id, row.label, who) == ("M-00005", "4", "Dr. Aylin Yıldız")


def test_what_surrounds_the_models_is_as_numerous_as_told(session: Session) -> None:
    told = {"use_case": 17, "application": 9, "vendor": 4, "proposal": 2, "overlay": 3, "waiver": 2}
    for kind, number in told.items():
        found = items.count_items(session, ItemFilter((kind,), scope=ItemScope.ALL))
        assert (kind, found) == (kind, number)
    vendors = {row.title for row in items.list_items(session, ItemFilter(("vendor",)))}
    rows = models.list_models(session, ModelFilter(scope=Scope.ALL))
    sheets = [models.show_model(session, row.key) for row in rows]
    assert {sheet.state.details.vendor for sheet in sheets} - {None} == vendors


def test_the_supervisors_list_has_sixty_three_points_of_which_one_is_open(session: Session) -> None:
    told = points_of(session, "IMI-2025-0412")
    assert list(told) == list(range(1, 64))
    assert Counter(told.values()) == {"handed_over": 62, "open": 1}


def points_of(session: Session, list_name: str) -> dict[int, str]:
    """Return the stage of every point of a list of requests, by its number there."""
    rows = items.list_items(session, ItemFilter(("request",), scope=ItemScope.ALL))
    sheets = [items.show_item(session, row.id) for row in rows]
    told = [(one.state.details, one.row.stage) for one in sheets]
    found = {
        int(details.list_number or 0): stage
        for details, stage in told
        if isinstance(details, RequestDetails) and details.list_name == list_name
    }
    return dict(sorted(found.items()))


def test_an_auditor_brought_seven_remarks_back_and_each_met_its_fate(session: Session) -> None:
    told = points_of(session, "IR-2026-061")
    assert list(told) == list(range(1, 8))
    assert Counter(told.values()) == {"open": 2, "answered": 5}
    with session.workspace.read() as view:
        fates = view.connection.execute(sa.select(arrivals.c.fate)).scalars().all()
    (held,) = copies.conflicts(session)
    assert Counter(fates) == {"effective": 6, held.fate: 1}
    assert held.settlement is None
    assert held.against is not None
    assert (held.event.person, held.against.person) == ("Henning Groß", "Corinna Wolters")
    assert told[1] == "answered", "what was withdrawn in the extract had been answered meanwhile"


def test_the_extract_opens_with_its_readers_passphrase_alone(
    session: Session, demo: DemoResult, tmp_path: Path
) -> None:
    lines = demo.people_file.read_text("utf-8").splitlines()
    (secret,) = (line.split()[2] for line in lines if line.startswith("Henning Groß"))
    names = {all_models(session)[id].name for id in ("M-00002", "M-00005")}
    path = shutil.copy(demo.extract, tmp_path / "extract.mlops")
    # A context of its own: the session below has set what this takes away.
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "elsewhere"))
        elsewhere.delenv(VARIABLE)
        opened = workspaces.open_workspace(str(path), ask=lambda: secret)
        assert ledger.verify_ledger(opened).first_failure is None
        assert len(copies.state(opened).unshared) == 7
        rows = models.list_models(opened, ModelFilter(scope=Scope.ALL))
        assert {row.name for row in rows} == names
        opened.workspace.close()


AG, LUX = "Elbmark Bank AG", "Elbmark Bank Luxembourg S.A."


def exceptions(session: Session) -> list[ExceptionDetails]:
    rows = items.list_items(session, ItemFilter(("exception",), scope=ItemScope.OPEN))
    details = (items.show_item(session, row.id).state.details for row in rows)
    return [one for one in details if isinstance(one, ExceptionDetails)]


def test_every_model_names_registered_entities(session: Session) -> None:
    known = {one.id: one for one in entities.list_entities(session)}
    assert [one.name for one in known.values()] == [AG, "Elbmark Leasing GmbH", LUX]
    assert all(one.details.lei for one in known.values())
    rows = models.list_models(session, ModelFilter())
    named = [models.show_model(session, row.key).state.details for row in rows]
    for details in named:
        values = [getattr(details, name) for name in ENTITY_FIELDS]
        ids = [one for value in values for one in (value if isinstance(value, tuple) else [value])]
        assert {one for one in ids if one} <= known.keys()
        assert details.used_by


def test_the_early_warning_system_is_used_in_luxembourg_without_an_approval(
    session: Session,
) -> None:
    known = {one.name: one.id for one in entities.list_entities(session)}
    (found,) = [one for one in exceptions(session) if one.rule is ExceptionRule.USE_OUTSIDE_PURPOSE]
    assert found.entity == known[LUX]
    assert found.evidence[0].startswith("A-")
    sheet = models.show_model(session, "M-00020")
    assert sheet.row.approval is Approval.APPROVED_IN_PART
    parts = {part.name: part.approval for part in parts_of(sheet, clock.today())}
    assert parts == {AG: Approval.APPROVED, LUX: Approval.NEVER_APPROVED}
    assert ask_gate(session, "M-00020", "3", "production", entity=AG).is_allowed
    assert not ask_gate(session, "M-00020", "3", "production", entity=LUX).is_allowed


def test_nothing_that_came_with_a_past_is_called_used_before_validation(session: Session) -> None:
    rules = {one.rule for one in exceptions(session)}
    assert ExceptionRule.USE_BEFORE_VALIDATION not in rules


def test_the_spreadsheet_is_no_model_here_and_a_method_there(session: Session) -> None:
    (row,) = models.list_models(session, parse_filter("regime:pra-ss1-23=in scope:all"))
    told = {one.scoped.regime: one.scoped.is_in for one in decisions_of(session, row.key)}
    assert told == {"eu-ai-act": False, "marisk-at-4-3-5": False, "pra-ss1-23": True}
    assert row.id == "M-00030"


def test_the_findings_are_those_of_the_story(session: Session) -> None:
    open_ones = items.list_items(session, ItemFilter(("finding",)))
    every = items.count_items(session, ItemFilter(("finding",), scope=ItemScope.ALL))
    assert (every, len(open_ones)) == (34, 15)
    assert Counter(row.rank for row in open_ones) == {0: 2, 1: 7, 2: 6}
    sheets = [items.show_item(session, row.id) for row in open_ones]
    told = [sheet.state.details for sheet in sheets]
    origins = Counter(one.origin for one in told if isinstance(one, FindingDetails))
    assert origins == {
        "validation": 6, "internal_audit": 4, "supervisor": 4, "external_auditor": 1,
    }  # fmt: skip
    today = clock.today()
    late = {(today - row.due).days for row in open_ones if row.is_overdue and row.due}
    assert late == {12, 34, 141}
    taken = Counter(step for sheet in sheets for step in sheet.state.taken)
    assert (taken["uphold"], taken["accept_risk"], taken["reopen"]) == (1, 1, 1)
    assert max(sheet.state.taken.count("extend") for sheet in sheets) == 2
    assert {row.expires for row in open_ones if row.expires} == {date(2027, 6, 30)}


def test_a_leaver_hands_over_and_one_model_stays_without_an_owner(session: Session) -> None:
    (one,) = handovers.list_handovers(session)
    assert (one.giver, one.receiver, one.row.state.value) == (
        "Rainer Behnke", "Corinna Wolters", "accepted",
    )  # fmt: skip
    assert [offered.model.id for offered in one.models] == [
        "M-00008",
        "M-00009",
        "M-00011",
        "M-00027",
    ]
    rows = models.list_models(session, parse_filter("owner:none state:production"))
    assert [row.id for row in rows] == ["M-00010"]


def test_deputies_sign_with_both_names_and_never_for_an_owner(session: Session) -> None:
    told = [one for row in approvals.list_requests(session) for one in row.decisions]
    (signed,) = [one.decided for one in told if one.decided and one.decided.on_behalf_of]
    assert signed.delegation
    assert "deputy_of_owner" in {one.refused_by for one in told}


def test_a_name_is_erased_by_rule_and_the_proofs_still_hold(session: Session) -> None:
    rows = items.list_items(session, ItemFilter(("finding",), scope=ItemScope.CLOSED))
    (gone,) = [row for row in rows if row.erasure is not None]
    assert gone.erasure is not None
    assert (gone.title, gone.erasure.rule, gone.erasure.day) == (
        "", "personenangaben", "2024-09-02",
    )  # fmt: skip


def test_the_bad_dataset_reaches_three_models_of_which_two_serve(session: Session) -> None:
    affected = incidents.affected_by(session, "I-00001")
    assert [one.model.id for one in affected.models] == ["M-00005", "M-00006", "M-00025"]
    serving = [one.model.id for one in affected.serving]
    assert serving == ["M-00005", "M-00006", "M-00025"], "the third is retired, and still called"
    assert affected.models[2].model.state == State.RETIRED
    then = AsOf(known=date(2026, 2, 8))
    with pytest.raises(AppError):
        incidents.affected_by(session, "I-00001", then)


def test_one_pipeline_is_late_by_six_hours_and_one_fails_its_check(session: Session) -> None:
    found = filter_pipelines(pipelines.list_pipelines(session), "")
    assert len(found) == 24
    (late,) = filter_pipelines(found, "fresh:late")
    assert late.standing.late == timedelta(hours=6)
    (failing,) = filter_pipelines(found, "quality:failed")
    (case,) = failing.checks[0].details.cases
    assert completeness(case) == (Decimal("97.1"), Decimal(99))
    names = lineage_names.list_names(session)
    assert len([name for name in names if name.startswith("s3://")]) == 38


def test_what_is_measured_goes_wrong_as_it_does_in_life(session: Session) -> None:
    rows = {(row.model, row.metric, row.segment): row for row in list_metrics(session)}
    stands = {key: (row.state.value, row.value) for key, row in rows.items()}
    assert stands["M-00002", "PSI", ""] == ("red", "0.27")
    assert stands["M-00002", "Gini", ""] == ("green", "0.66")
    assert stands["M-00013", "Meldequote", ""] == ("amber", "4.2")
    assert stands["M-00021", "Groundedness", ""] == ("red", "0.94")
    silent = rows["M-00014", "Erkennungsrate", ""]
    assert silent.state.value == "unmeasured"
    assert silent.since is not None
    assert (NOW.date() - silent.since.date()).days == 94
    breached = {row.model: row for row in list_breaches(session)}
    assert breached["M-00002"].stage == breached["M-00021"].stage == "planned"
    linked = breached["M-00002"].details.linked
    assert {number[0] for number in linked} == {"F", "O"}, "its finding and its overlay"
    levels = {
        (one.since.year, one.bounds.warning)
        for one in show_monitoring(session, "M-00012", metric="AUC").metrics[0].verdicts
    }
    assert levels == {(2024, "0.92"), (2025, "0.93")}, "old evaluations keep the old threshold"
    goal = show_monitoring(session, "M-00015", metric="Kündigungsquote").metrics[0].row.goal
    assert goal is not None
    assert goal.level is Level.RED


def test_212_cases_are_counted_answered_or_made_a_finding(session: Session) -> None:
    counts = feedback.count_feedback(session, "M-00015")
    by_cause: Counter[str] = Counter()
    for one in counts:
        by_cause[one.cause] += one.cases
    assert by_cause == {
        "wäre ohnehin geblieben": 108, "war schon weg": 63, "nicht erreichbar": 41,
    }  # fmt: skip
    assert sum(one.open for one in counts) == 0
    wanted = ItemFilter(("feedback",), scope=ItemScope.ALL, models=(_key(session, "M-00015"),))
    stages = Counter(row.stage for row in items.list_items(session, wanted))
    assert stages == {"answered": 9, "taken_up": 203}
    then = feedback.count_feedback(session, "M-00015", AsOf(known=date(2026, 5, 12)))
    assert sum(one.open for one in then) == 212, "as known before the first answer"


def _key(session: Session, named: str) -> str:
    return models.show_model(session, named).row.key


def test_the_misread_payslip_leads_to_the_model_that_read_it(session: Session) -> None:
    wanted = ItemFilter(("feedback",), scope=ItemScope.ALL, models=(_key(session, "M-00022"),))
    (row,) = items.list_items(session, wanted)
    sheet = items.show_item(session, row.id)
    assert [one.id for one in sheet.models] == ["M-00022", "M-00005"]
    assert isinstance(sheet.state.details, FeedbackDetails)
    assert sheet.state.details.reference is not None
    assert sheet.state.details.reference.text == "ELB-2026-0418-77310"
    feeds = {one.model.id for one in model_links.trace_links(session, "M-00005", upstream=True)}
    assert feeds == {"M-00022"}


def test_three_of_412_tests_are_red_and_the_gate_says_so(session: Session) -> None:
    (found,) = version_tests.show_results(session, "M-00021", "2")
    told = {(one.kind.value, one.name): one for one in found.results}
    assert told["model", "assistent.antworten"].total == 412
    assert told["model", "assistent.antworten"].failed == 3
    assert {kind for kind, _ in told} == {"model", "load", "security"}
    rules = [one.rule for one in ask_gate(session, "M-00021", "2", "production").reasons]
    assert rules == ["suite_red"]


def test_the_gate_refuses_one_version_for_three_reasons_and_permits_another(
    session: Session,
) -> None:
    refused = ask_gate(session, "M-00017", "13", "production")
    rules = [one.rule for one in refused.reasons]
    assert rules == ["approval_open", "exception_open", "exception_open"]
    assert ask_gate(session, "M-00012", "31", "production").is_allowed
    (found,) = version_tests.show_results(session, "M-00012", "31")
    assert found.required == (TestKind.SECURITY, TestKind.LOAD)
    assert found.missing == ()
    (permit,) = list_permits(session)
    assert (permit.model, permit.version, permit.by) == ("M-00012", "31", "Sven Petersen")
    assert permit.expires > clock.to_text(NOW)


def test_the_experiment_was_fixed_before_it_began(session: Session) -> None:
    (row,) = items.list_items(session, ItemFilter(("experiment",)))
    details = items.show_item(session, row.id).state.details
    assert isinstance(details, ExperimentDetails)
    assert (details.champion, details.challenger, details.criterion) == ("7", "8", "gini")
    assert (details.starts, details.ends) == (date(2026, 7, 1), date(2026, 12, 31))
    assert row.opened < date(2026, 7, 1)
    wanted = Comparing(("7", "8"), "gini")
    found = compare_versions(session, "M-00005", wanted)
    assert {one.name for one in found.cautions} >= {
        "adverse_impact_age", "p95_ms", "cost_cent_per_1000",
    }  # fmt: skip


PAST = AsOf(OPENING - timedelta(days=200), OPENING - timedelta(days=200))


@pytest.mark.parametrize("spec", find_roles(), ids=lambda spec: spec.id)
def test_every_figure_of_an_overview_counts_the_rows_it_leads_to(
    session: Session, spec: RoleSpec
) -> None:
    for as_of in (AsOf(), PAST):
        for name, value, way in counted(spec.read(Look(session, as_of))):
            rows = count_rows(session, way, as_of)
            assert rows in (None, value), f"{name} as of {as_of.day}: {value} against {rows}"


def first_waits(session: Session, role: str, person: str) -> list[Wait]:
    """Return the first lines of a role's Overview as a person sees it."""
    spec = role_named(role)
    me = next(one.id for one in people.list_people(session) if one.name == person)
    assert spec is not None
    (card, *_) = spec.read(Look(act_as(session, me)))
    assert isinstance(card, Waits)
    return list(card.waits)


def test_each_overview_shows_first_what_its_person_must_find(session: Session) -> None:
    red = first_waits(session, "risk", "Dr. Katrin Feddersen")[0]
    assert str(red.what).startswith("M-00002")
    assert red.about.key == "overview.breach.red"
    assert dict(red.about.parameters)["metric"] == "PSI"
    differs, *others = first_waits(session, "auditor", "Henning Groß")
    assert differs.about.key == "overview.auditor.since"
    assert any(one.about.key == "overview.auditor.refused" for one in others)
    waiting = first_waits(session, "compliance", "Miriam Sander")
    second = [one.what for one in waiting if one.about.key == "overview.compliance.second"]
    assert [str(what).split(" ")[2] for what in second] == ["M-00005", "M-00021"]
    assert waiting[0].what == second[0]
    idle = first_waits(session, "architect", "Olaf Clausen")[0]
    assert str(idle.what).startswith("M-00021")
    assert idle.about.key == "overview.architect.kind.idle_gpu"
    for role, person, told in (
        ("expert", "Sabine Lorenz", "FB-"),
        ("science", "Lena Hofmann", "AB-00001"),
        ("data", "Thomas Nguyen", "datenlager/girokonto-stamm"),
        ("software", "Priya Raman", "M-00021#tests"),
        ("devops", "Sven Petersen", "M-00017#tests"),
    ):
        first = first_waits(session, role, person)[0]
        assert told in f"{first.what} {first.way.record}"


def test_compliance_sees_what_differs_since_the_last_look(session: Session) -> None:
    spec = role_named("compliance")
    assert spec is not None
    (row,) = (one for one in requests_of(session, Status.OPEN) if one.model_id == "M-00005")
    me = next(one.id for one in people.list_people(session) if one.name == "Miriam Sander")

    def more(size: int) -> list[str]:
        look = Look(act_as(session, me), looked=Looked(size, NOW))
        card = spec.read(look)[0]
        assert isinstance(card, Waits)
        (wait,) = (one for one in card.waits if one.way.record == row.key)
        return [sentence.key for sentence in wait.more]

    assert more(row.position)[0] == "overview.compliance.new"
    assert "overview.compliance.signed" in more(row.position + 1)
    assert more(100_000) == ["overview.compliance.unchanged"]
