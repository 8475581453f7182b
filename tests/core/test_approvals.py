import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mlops_desktop.core.approvals import (
    Request,
    assess,
    changed_fields,
    covered_fields,
    digest_fields,
)
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.inventory import (
    DatasetInput,
    Metric,
    ModelDetails,
    Pair,
    Run,
    VersionDetails,
)
from mlops_desktop.core.quorum import Cast
from mlops_desktop.core.rules import BUILT_IN, FOUR_EYES, Rule, Step
from mlops_desktop.core.segregation import Case, Relations, refusal_of
from mlops_desktop.core.signers import may_still_sign
from mlops_desktop.core.standing import GRANTED, Status
from tests.core.strategies import instances, texts

TODAY = date(2026, 3, 31)
NAMES = ["feddersen", "brandt", "wolters", "kowalczyk", "sander", "admin"]
YES = (Decision.APPROVE, Decision.CONDITION)
RELATIONS = Relations(owner="wolters", developer="kowalczyk", requester="feddersen")

ids = st.sampled_from(NAMES)
decisions = st.sampled_from(list(Decision))
relations = st.builds(Relations, owner=ids, developer=st.none() | ids, requester=ids)
attempts = st.lists(st.tuples(ids, decisions), max_size=12)
# Persons may share a certificate by mistake, lack one, or be revoked; one is an administrator.
people = st.fixed_dictionaries(
    {
        name: st.builds(
            Person,
            st.just(name),
            st.just(name),
            st.just((Role.ADMINISTRATOR,)) if name == "admin" else st.just((Role.VALIDATOR,)),
            st.sampled_from(["PEM", "PEM", "PEM", None]),
            st.sampled_from([name, name, "shared"]),
            st.sampled_from([False, False, True]),
        )
        for name in NAMES
    }
)


def signer(name: str, **changes: object) -> Person:
    person = Person(name, name, (Role.VALIDATOR,), certificate="PEM", fingerprint=f"of {name}")
    return replace(person, **changes)  # type: ignore[arg-type]


def request_of(*cast: tuple[str, Decision], until: date | None = None) -> Request:
    casts = tuple(Cast(name, decision, f"of {name}", until) for name, decision in cast)
    return Request("r", "v", "production", FOUR_EYES.id, "feddersen", casts)


@given(people, relations, attempts)
def test_nobody_barred_ever_takes_part_in_a_quorum(
    known: dict[str, Person], related: Relations, tries: list[tuple[str, Decision]]
) -> None:
    request = Request("r", "v", "production", FOUR_EYES.id, related.requester or "")
    for name, decision in tries:
        person = known[name]
        status = assess(request, TODAY)
        if refusal_of(Case(FOUR_EYES, related, request.casts, status), person) is None:
            cast = Cast(name, decision, person.fingerprint or "")
            request = replace(request, casts=(*request.casts, cast))
    if assess(request, TODAY) in GRANTED:
        yes = [cast for cast in request.casts if cast.decision in YES]
        assert len({cast.person for cast in yes}) >= 2
        assert len({cast.fingerprint for cast in yes}) >= 2
        barred = {related.owner, related.developer, related.requester}
        assert not barred & {cast.person for cast in yes}
        assert all(known[cast.person].can_sign for cast in yes)


@given(people, relations, attempts)
def test_who_may_still_sign_is_who_would_not_be_refused(
    known: dict[str, Person], related: Relations, tries: list[tuple[str, Decision]]
) -> None:
    casts = [Cast(name, decision, known[name].fingerprint or "") for name, decision in tries]
    case = Case(FOUR_EYES, related, tuple(casts))
    able = may_still_sign(case, known.values())
    for person in known.values():
        refusal = refusal_of(case, person)
        assert (person in able) == (refusal is None)


@pytest.mark.parametrize(
    ("person", "rule"),
    [
        (signer("brandt"), None),
        (signer("wolters"), "owner"),
        (signer("kowalczyk"), "developer"),
        (signer("feddersen"), "requester"),
        (signer("feddersen", roles=(Role.ADMINISTRATOR,)), "requester"),
        (signer("sander", is_revoked=True), "revoked"),
        (signer("sander", certificate=None), "no_certificate"),
        (signer("voted"), "twice"),
        (signer("brandt", fingerprint="of voted"), "twice"),
    ],
)
def test_a_refusal_names_its_rule(person: Person, rule: str | None) -> None:
    casts = (Cast("voted", Decision.APPROVE, "of voted"),)
    assert refusal_of(Case(FOUR_EYES, RELATIONS, casts), person) == rule


@pytest.mark.parametrize("status", [status for status in Status if status is not Status.OPEN])
def test_nobody_decides_what_is_no_longer_open(status: Status) -> None:
    assert refusal_of(Case(FOUR_EYES, RELATIONS, (), status), signer("brandt")) == "closed"


def test_a_step_can_ask_for_a_role() -> None:
    case = Case(Rule("committee", (Step("chair", 1, (Role.BOARD,)),)), RELATIONS)
    assert refusal_of(case, signer("brandt")) == "role"
    chair = signer("brandt", roles=(Role.VALIDATOR, Role.BOARD))
    assert refusal_of(case, chair) is None


A, C, R, N = Decision.APPROVE, Decision.CONDITION, Decision.REJECT, Decision.ABSTAIN


@pytest.mark.parametrize(
    ("cast", "status"),
    [
        ([], Status.OPEN),
        ([("a", A)], Status.OPEN),
        ([("a", A), ("b", N)], Status.OPEN),
        ([("a", A), ("a", A)], Status.OPEN),
        ([("a", A), ("b", A)], Status.APPROVED),
        ([("a", A), ("b", N), ("c", A)], Status.APPROVED),
        ([("a", A), ("b", C)], Status.CONDITIONAL),
        ([("a", A), ("b", R)], Status.REJECTED),
    ],
)
def test_a_request_stands_where_its_decisions_put_it(
    cast: list[tuple[str, Decision]], status: Status
) -> None:
    assert assess(request_of(*cast), TODAY) is status


def test_a_change_a_revocation_or_a_withdrawal_ends_what_was_granted() -> None:
    granted = request_of(("a", A), ("b", A))
    assert assess(replace(granted, changed=("model.tier",)), TODAY) is Status.VOIDED
    assert assess(replace(granted, is_revoked=True), TODAY) is Status.REVOKED
    assert assess(replace(granted, is_withdrawn=True), TODAY) is Status.WITHDRAWN


@given(st.dates(), st.integers(-40, 40))
def test_an_interim_approval_holds_to_the_end_of_its_last_day(last: date, later: int) -> None:
    late = request_of(("a", A), until=last).casts
    granted = replace(request_of(("b", A)), casts=(*late, Cast("b", A, "of b")))
    day = date.fromordinal(min(max(last.toordinal() + later, 1), date.max.toordinal()))
    assert assess(granted, day) is (Status.EXPIRED if day > last else Status.APPROVED)


def test_of_several_limits_the_earliest_holds() -> None:
    first, second = TODAY, TODAY + timedelta(days=9)
    casts = (Cast("a", A, "1", second), Cast("b", A, "2", first), Cast("c", A, "3"))
    assert replace(request_of(), casts=casts).valid_until == first


def test_every_rule_is_known_by_its_name() -> None:
    assert all((rule.id, rule.version) == name for name, rule in BUILT_IN.items())


RUN = Run(
    "r",
    parameters=(Pair("depth", "3"),),
    metrics=(Metric("gini", "0.66"),),
    datasets=(DatasetInput("accounts", "ab12"),),
)
VERSION = VersionDetails("7", artifact="s3://m/7", run_id="r", run=RUN)


def test_a_decision_covers_model_version_and_run_by_name_and_value() -> None:
    purpose = commit("Pricing", b"0" * 16)
    covered = covered_fields(ModelDetails(name="PD", purpose=purpose, tier=1), VERSION)
    told = {pair.name: pair.value for pair in covered}
    assert told["model.purpose"] == purpose.digest
    assert told["model.tier"] == "1"
    assert told["model.limitations"] == ""
    assert told["version.artifact"] == "s3://m/7"
    assert (told["parameter.depth"], told["metric.gini"]) == ("3", "0.66")
    assert told["dataset.accounts"] == "ab12"
    assert "model.name" not in told


def test_the_digest_of_covered_fields_is_that_of_their_canonical_json() -> None:
    covered = (Pair("model.tier", "1"), Pair("version.version", "ü"))
    written = '[["model.tier","1"],["version.version","ü"]]'.encode()
    assert digest_fields(covered) == hashlib.sha256(written).hexdigest()


@given(instances(ModelDetails), instances(VersionDetails), instances(VersionDetails))
def test_what_differs_between_two_states_is_named_and_nothing_else(
    model: ModelDetails, one: VersionDetails, other: VersionDetails
) -> None:
    before, after = covered_fields(model, one), covered_fields(model, other)
    named = changed_fields(before, after)
    assert (named == ()) == (set(before) == set(after))
    for name in {pair.name for pair in (*before, *after)}:
        values = [{pair.value for pair in side if pair.name == name} for side in (before, after)]
        assert (name in named) == (values[0] != values[1])


@given(st.lists(st.tuples(texts, texts)))
def test_the_order_of_a_registry_is_not_a_change(pairs: list[tuple[str, str]]) -> None:
    there = tuple(Pair(*pair) for pair in pairs)
    one = replace(VERSION, run=replace(RUN, parameters=there))
    other = replace(VERSION, run=replace(RUN, parameters=there[::-1]))
    model = ModelDetails()
    assert covered_fields(model, one) == covered_fields(model, other)
