from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.approvals import assess
from mlops_desktop.core.details import fields_set, merge
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRequested,
    ApprovalRevoked,
    ApprovalWithdrawn,
    Decision,
    Seen,
)
from mlops_desktop.core.events.candidates import (
    CandidateAccepted,
    CandidateFound,
    CandidateMatched,
    CandidateRejected,
    Verdict,
)
from mlops_desktop.core.events.deployments import DeploymentClosed, DeploymentOpened
from mlops_desktop.core.events.models import ModelEdited, ModelMoved, ModelRegistered
from mlops_desktop.core.events.registry import Event
from mlops_desktop.core.events.sources import SourceAdded
from mlops_desktop.core.events.versions import VersionChanged
from mlops_desktop.core.identity import Actor, Role
from mlops_desktop.core.inventory import (
    Entry,
    ModelDetails,
    Pair,
    Sighting,
    VersionDetails,
)
from mlops_desktop.core.lifecycle import MOVES, Move, State
from mlops_desktop.core.model_state import (
    Happening,
    ModelState,
    fold,
)
from mlops_desktop.core.rules import FOUR_EYES
from mlops_desktop.core.standing import Status
from tests.core.strategies import instances

NOW = datetime(2026, 3, 31, 12, tzinfo=UTC)
DAY = NOW.date()
SALT = b"0" * 16
WHY = commit("why", SALT)
REGISTERED = ModelRegistered("m", ModelDetails(name="PD Mittelstand", owner="wolters", tier=1))
FOUND = CandidateFound("m", Entry("mlflow", "pd", "pd"), Sighting("ab" * 32, NOW))
ASKED = ApprovalRequested("r", "m", "v7", "production", FOUR_EYES.id, (), "00" * 32)


def happen(*payloads: Event, person: str = "brandt") -> list[Happening]:
    actor = Actor(person, "desk")
    return [Happening(place, NOW, NOW, actor, event) for place, event in enumerate(payloads)]


def folded(*payloads: Event) -> ModelState:
    state = fold(happen(*payloads))
    assert state is not None
    return state


def decided(person: str, decision: Decision, until: date | None = None) -> ApprovalDecided:
    return ApprovalDecided(
        "r",
        "m",
        person,
        commit(person, SALT),
        Role.VALIDATOR,
        decision,
        "approval",
        "00" * 32,
        Seen(1, "00" * 32),
        f"of {person}",
        valid_until=until,
    )


def revoked() -> ApprovalRevoked:
    name, seen = commit("sander", SALT), Seen(1, "00" * 32)
    return ApprovalRevoked(
        "r", "m", "sander", name, Role.COMPLIANCE, "revocation", "00" * 32, seen, "of sander", WHY
    )


APPROVED = (decided("brandt", Decision.APPROVE), decided("sander", Decision.APPROVE))


@given(instances(ModelDetails), instances(ModelDetails), st.data())
def test_a_change_sets_what_it_names_and_leaves_the_rest(
    before: ModelDetails, changes: ModelDetails, data: st.DataObject
) -> None:
    names = [item.name for item in fields(ModelDetails) if item.name != "custom"]
    cleared = data.draw(st.lists(st.sampled_from(names), max_size=3, unique=True))
    after = merge(before, changes, cleared)
    given_names = fields_set(changes)
    for name in names:
        if name in given_names:
            assert getattr(after, name) == getattr(changes, name)
        elif name in cleared:
            assert getattr(after, name) == getattr(ModelDetails(), name)
        else:
            assert getattr(after, name) == getattr(before, name)


@given(instances(ModelDetails))
def test_merging_what_is_there_changes_nothing(details: ModelDetails) -> None:
    assert merge(details, details) == details
    assert merge(ModelDetails(), details) == details
    assert merge(details, ModelDetails()) == details


def test_a_history_that_begins_with_anything_but_a_creation_is_no_model() -> None:
    for event in (ModelEdited("m", ModelDetails(tier=2)), ModelMoved("m", Move.RETIRE), ASKED):
        assert fold(happen(event)) is None
    assert fold([]) is None


def test_an_event_about_something_else_changes_nothing() -> None:
    assert folded(REGISTERED, SourceAdded("mlflow", "mlflow", "http://x")) == folded(REGISTERED)


def test_a_registered_model_is_in_development() -> None:
    state = folded(REGISTERED)
    assert (state.stage, state.details) == (State.DEVELOPMENT, REGISTERED.details)
    assert state.state(DAY) is State.DEVELOPMENT
    assert state.approval(DAY) is Approval.NEVER_VALIDATED


def test_a_candidate_keeps_what_the_source_named_until_a_person_says_otherwise() -> None:
    accepted = folded(FOUND, CandidateAccepted("m", ModelDetails(owner="wolters")))
    assert folded(FOUND).stage is State.CANDIDATE
    assert accepted.stage is State.DEVELOPMENT
    assert (accepted.details.name, accepted.details.owner) == ("pd", "wolters")
    assert accepted.source == "mlflow"
    assert folded(FOUND, CandidateRejected("m", Verdict.NOT_A_MODEL, WHY)).stage is State.REJECTED
    assert folded(FOUND, CandidateMatched("m", "other")).same_as == "other"


def test_a_deployment_makes_production_until_it_is_closed() -> None:
    opened = DeploymentOpened("d", "m", "v7", "7", "production", "champion")
    staged = DeploymentOpened("s", "m", "v8", "8", "staging", "champion")
    assert folded(REGISTERED, staged).state(DAY) is State.DEVELOPMENT
    running = folded(REGISTERED, opened, staged)
    assert running.state(DAY) is State.PRODUCTION
    closed = folded(REGISTERED, opened, staged, DeploymentClosed("d", "m"))
    assert closed.state(DAY) is State.DEVELOPMENT
    assert [item.deployment for item in closed.serving] == ["s"]


def test_two_decisions_grant_and_the_model_says_so() -> None:
    asked = folded(REGISTERED, ASKED)
    assert asked.approval(DAY) is Approval.IN_PROGRESS
    granted = folded(REGISTERED, ASKED, *APPROVED)
    assert granted.approval(DAY) is Approval.APPROVED
    assert granted.state(DAY) is State.APPROVED
    assert granted.approved_until(DAY) is None
    found = granted.request("r")
    assert found is not None
    assert found.requester == "brandt"


def test_a_limited_approval_is_interim_until_it_has_expired() -> None:
    limited = (decided("brandt", Decision.APPROVE), decided("sander", Decision.APPROVE, DAY))
    state = folded(REGISTERED, ASKED, *limited)
    assert state.approval(DAY) is Approval.INTERIM
    assert state.approved_until(DAY) == DAY
    after = DAY + timedelta(days=1)
    assert state.approval(after) is Approval.EXPIRED
    assert state.state(after) is State.DEVELOPMENT


def test_an_approval_with_conditions_is_interim() -> None:
    conditional = (decided("brandt", Decision.APPROVE), decided("sander", Decision.CONDITION))
    assert folded(REGISTERED, ASKED, *conditional).approval(DAY) is Approval.INTERIM


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (ModelEdited("m", ModelDetails(tier=2)), ("model.tier",)),
        (ModelEdited("m", ModelDetails(), ("purpose",)), ("model.purpose",)),
        (ModelEdited("m", ModelDetails(owner="groß", products=WHY)), ()),
        (
            VersionChanged(
                "v7", "m", VersionDetails("7"), Sighting("ab", NOW), ("version.artifact",)
            ),
            ("version.artifact",),
        ),
        (VersionChanged("v8", "m", VersionDetails("8"), Sighting("ab", NOW), ("x",)), ()),
    ],
)
def test_a_change_of_a_covered_field_voids_and_is_named(
    change: Event, named: tuple[str, ...]
) -> None:
    request = folded(REGISTERED, ASKED, *APPROVED, change).request("r")
    assert request is not None
    assert request.changed == named
    assert assess(request, DAY) is (Status.VOIDED if named else Status.APPROVED)


def test_what_was_withdrawn_or_revoked_is_not_voided_afterwards() -> None:
    change = ModelEdited("m", ModelDetails(tier=2))
    withdrawn = folded(REGISTERED, ASKED, ApprovalWithdrawn("r", "m"), change).request("r")
    assert withdrawn is not None
    assert withdrawn.is_withdrawn
    assert withdrawn.changed == ()
    ended = folded(REGISTERED, ASKED, *APPROVED, revoked(), change).request("r")
    assert ended is not None
    assert assess(ended, DAY) is Status.REVOKED
    assert ended.changed == ()


def test_the_best_that_holds_is_shown_before_what_is_under_way() -> None:
    again = ApprovalRequested("r2", "m", "v8", "production", FOUR_EYES.id, (), "00" * 32)
    assert folded(REGISTERED, ASKED, *APPROVED, again).approval(DAY) is Approval.APPROVED
    lapsed = folded(REGISTERED, ASKED, *APPROVED, revoked())
    assert lapsed.approval(DAY) is Approval.EXPIRED
    assert lapsed.request("r2") is None


@pytest.mark.parametrize("casts", [(), APPROVED[:1]])
def test_what_was_voided_before_it_was_decided_never_approved_anything(
    casts: tuple[ApprovalDecided, ...],
) -> None:
    asked = replace(ASKED, covered=(Pair("model.tier", "1"),))
    change = ModelEdited("m", ModelDetails(tier=2))
    state = folded(REGISTERED, asked, *casts, change)
    request = state.request("r")
    assert request is not None
    assert assess(request, DAY) is Status.VOIDED
    assert state.approval(DAY) is Approval.NEVER_VALIDATED
    assert folded(REGISTERED, asked, *APPROVED, change).approval(DAY) is Approval.EXPIRED


@given(st.lists(st.sampled_from(list(Move)), max_size=6))
def test_a_fold_goes_where_the_moves_lead(moves: list[Move]) -> None:
    state = folded(REGISTERED, *(ModelMoved("m", move) for move in moves))
    assert state.stage is (MOVES[moves[-1]][1] if moves else State.DEVELOPMENT)


@given(st.lists(instances(ModelDetails), max_size=5))
def test_a_fold_is_the_merge_of_its_edits(edits: list[ModelDetails]) -> None:
    details = REGISTERED.details
    for edit in edits:
        details = merge(details, edit)
    events = [ModelEdited("m", edit) for edit in edits]
    assert folded(REGISTERED, *events).details == details


def test_what_serves_in_production_is_what_the_approval_is_about() -> None:
    approved = (REGISTERED, ASKED, *APPROVED)
    (request,) = folded(*approved).requests
    serving = DeploymentOpened("d1", "m", request.version, "7", "production", "champion")
    other = replace(serving, deployment="d2", version="another", label="8")
    assert folded(*approved, serving).approval(DAY) is Approval.APPROVED
    assert folded(*approved, other).approval(DAY) is Approval.NEVER_VALIDATED
    assert folded(*approved, serving, other).approval(DAY) is Approval.NEVER_VALIDATED
    elsewhere = replace(other, environment="staging")
    assert folded(*approved, serving, elsewhere).approval(DAY) is Approval.APPROVED
