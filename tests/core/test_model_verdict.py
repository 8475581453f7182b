"""The verdict on a model: one for every standing, what is used without leave before all else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.approval_state import HOLDING, Approval
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.model_verdict import Standing, Verdict, overall_light, verdict_of
from mlops_desktop.core.validations import Light

STANDINGS = st.builds(
    Standing,
    st.sampled_from(State),
    st.sampled_from(Approval),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)
GOOD = {Verdict.APPROVED, Verdict.INTERIM, Verdict.IN_PART, Verdict.WITH_CONDITIONS}


@given(STANDINGS)
def test_nothing_reads_well_that_is_used_without_leave(standing: Standing) -> None:
    verdict = verdict_of(standing)
    if verdict in GOOD:
        assert standing.approval in HOLDING
        assert not (standing.is_serving and standing.has_unapproved)
        assert standing.state not in (State.RETIRED, State.REJECTED, State.SUSPENDED)
    if verdict is Verdict.APPROVED:
        assert not standing.has_conditions
    if standing.is_serving and standing.approval is Approval.NEVER_VALIDATED:
        assert verdict in (Verdict.IN_USE_WITHOUT_APPROVAL, Verdict.RETIRED_BUT_IN_USE)


@pytest.mark.parametrize(
    ("standing", "verdict"),
    [
        (Standing(State.RETIRED, Approval.EXPIRED, True), Verdict.RETIRED_BUT_IN_USE),
        (Standing(State.RETIRED, Approval.APPROVED), Verdict.RETIRED),
        (Standing(State.PRODUCTION, Approval.EXPIRED, True), Verdict.IN_USE_WITHOUT_APPROVAL),
        (
            Standing(State.PRODUCTION, Approval.APPROVED, True, True),
            Verdict.VERSION_WITHOUT_APPROVAL,
        ),
        (
            Standing(State.PRODUCTION, Approval.INTERIM, True, has_conditions=True),
            Verdict.WITH_CONDITIONS,
        ),
        (Standing(State.PRODUCTION, Approval.APPROVED, True), Verdict.APPROVED),
        (
            Standing(State.PRODUCTION, Approval.AWAITING_CONFIRMATION, True),
            Verdict.AWAITING_CONFIRMATION,
        ),
        (Standing(State.SUSPENDED, Approval.APPROVED), Verdict.SUSPENDED),
        (
            Standing(State.DEVELOPMENT, Approval.NEVER_APPROVED, is_refused=True),
            Verdict.REJECTED,
        ),
        (Standing(State.APPROVED, Approval.APPROVED, is_refused=True), Verdict.APPROVED),
        (Standing(State.DEVELOPMENT, Approval.NEVER_VALIDATED), Verdict.NEVER_VALIDATED),
    ],
    ids=lambda one: one.value if isinstance(one, Verdict) else f"{one.state}-{one.is_refused}",
)
def test_the_verdict_is(standing: Standing, verdict: Verdict) -> None:
    assert verdict_of(standing) is verdict


@given(st.none() | st.sampled_from(Light), st.lists(st.none() | st.sampled_from(Light)))
def test_a_validation_is_as_good_as_its_conclusion_or_its_worst_area(
    conclusion: Light | None, areas: list[Light | None]
) -> None:
    found = overall_light(conclusion, areas)
    if conclusion is not None:
        assert found is conclusion
    elif Light.RED in areas:
        assert found is Light.RED
    elif not {Light.GREEN, Light.YELLOW} & set(areas):
        assert found is None
