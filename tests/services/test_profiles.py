"""Models under profiles in a real bank: gaps, scope, waivers, lists, and the two dates."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf, on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.kinds import kind_named
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.profiles.outcomes import Reason, Result
from mlops_desktop.dossier.content import Missing
from mlops_desktop.dossier.language import Language
from mlops_desktop.services import approvals, deployments, items, models
from mlops_desktop.services.deployments import Place
from mlops_desktop.services.dossiers.items import item_part
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.items import Given
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.profiles import checking, library, scoping, standing
from mlops_desktop.services.profiles.scoping import ScopeDecision
from mlops_desktop.services.wording import read_words
from mlops_desktop.store import sql
from mlops_desktop.store.queries.item_filter import ItemFilter
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import MODEL, add_version, cast, register

# E-23 is in force from 1 May 2027; the bank's certificates begin when it is made.
START = max(datetime(2027, 5, 3, 9, tzinfo=UTC), datetime.now(UTC) + timedelta(days=1))
E23 = "osfi-e23"
WHOLE = {
    "description": "Ratingverfahren für Firmenkunden",
    "origin": "in_house",
    "validator": "Jonas Brandt",
    "dependencies": "keine",
    "data_sources": "Bilanzdaten, Kontodaten",
    "limitations": "nicht für Existenzgründer",
    "monitoring_status": "within_limits",
    "review_frequency_months": "12",
    "last_review": (START - timedelta(days=32)).date().isoformat(),
    "next_review": (START + timedelta(days=330)).date().isoformat(),
}


@pytest.fixture(autouse=True)
def _may_2027(request: pytest.FixtureRequest) -> Iterator[None]:
    # A bank is made once a run for every test: its certificates begin today, not in that May.
    for name in {"bank", "file_bank"}.intersection(request.fixturenames):
        request.getfixturevalue(name)
    with clock.reading(lambda: START):
        yield


def results(bank: Bank, profile: str = E23, as_of: AsOf | None = None) -> dict[str, Result]:
    matrix = checking.check_model(bank.session, profile, "1", as_of or AsOf())
    return {cell.rule.id: cell.outcome.result for cell in matrix.rows()}


def appendix(found: dict[str, Result]) -> list[Result]:
    return [result for id, result in found.items() if id.startswith("E23-A1-")]


def test_e23_is_missed_filled_stale_and_waived_on_both_databases(bank: Bank) -> None:
    models.register_model(bank.session, {"name": "PD Retail"})
    add_version(bank, models.show_model(bank.session, "1").row.key)
    bare = results(bank)
    assert [bare["E23-A1-01"], bare["E23-A1-07"]] == [Result.MET, Result.MET]
    for at in (2, 3, 4, 5, 6, 9, 11, 12, 13, 14, 15, 17):
        assert bare[f"E23-A1-{at:02}"] is Result.MISSING
    assert {bare[f"E23-A1-{at:02}"] for at in (8, 10, 16)} == {Result.NOT_APPLICABLE}
    _fill(bank)
    assert set(appendix(results(bank))) == {Result.MET}
    later = START + timedelta(days=400)
    with clock.reading(lambda: later):
        stale = results(bank)
    assert stale["E23-A1-01"] is Result.MET
    assert set(appendix(stale)[1:]) == {Result.STALE}
    _waive(bank, "E23-A1-04", later.date() + timedelta(days=30))
    with clock.reading(lambda: later):
        assert results(bank)["E23-A1-04"] is Result.WAIVED
    with clock.reading(lambda: later + timedelta(days=31)):
        assert results(bank)["E23-A1-04"] is Result.STALE
    # As known on the first evening nothing of this had been recorded.
    assert results(bank, as_of=on(START.date()))["E23-A1-02"] is Result.MET


def _fill(bank: Bank) -> None:
    models.edit_model(bank.session, "1", {**MODEL, **WHOLE, "name": "PD Mittelstand"})
    deployments.open_deployment(bank.session, "1", Place("7", "production"))
    asked = approvals.request_approval(bank.as_("Corinna Wolters"), "1", "7", "production", None).id
    for name in ("Jonas Brandt", "Miriam Sander"):
        cast(bank, asked, name)


def _waive(bank: Bank, rule: str, until: date) -> None:
    waiver = kind_named("waiver")
    texts = {"title": "Ausnahme", "rule": rule, "profile": E23, "owner": "Corinna Wolters"}
    opened = items.open_item(bank.as_("Corinna Wolters"), waiver, Given(texts, ("1",)))
    given = Given({"expires": until.isoformat()}, reason="bis zur Ablösung")
    items.take_step(bank.as_(FOUNDER), waiver, opened.id, "grant", given)


def test_a_filter_finds_the_models_that_the_matrix_says(file_bank: Bank) -> None:
    register(file_bank)
    models.register_model(file_bank.session, {"name": "Bodensatzmodell", "tier": "2"})

    def found(line: str) -> list[str]:
        wanted = parse_filter(line, ModelFilter(scope=Scope.ALL))
        listed = models.list_models(file_bank.session, wanted, limit=64)
        assert models.count_models(file_bank.session, wanted) == len(listed)
        return [row.id for row in listed]

    assert found("profile:osfi-e23/E23-A1-04=missing") == ["M-00002"]
    assert found("profile:osfi-e23/e23-a1-04=met") == ["M-00001"]
    assert found("profile:osfi-e23/E23-A1-04=stale") == []
    assert found("profile:osfi-e23") == ["M-00001", "M-00002"]
    assert found("tier:1 profile:osfi-e23=gap") == ["M-00001"]
    models.edit_model(file_bank.session, "2", {"owner": "Corinna Wolters"})
    assert found("profile:osfi-e23/E23-A1-04=missing") == []
    as_known = ModelFilter(scope=Scope.ALL, as_of=AsOf(at=START.date()))
    assert models.count_models(file_bank.session, parse_filter("profile:osfi-e23", as_known)) == 2
    for line, code in (
        ("profile:osfi-e23=good", "filter.value_refused"),
        ("profile:dora=missing", "profile.not_found"),
        ("profile:osfi-e23/E23-99=missing", "profile.rule_not_found"),
    ):
        with pytest.raises(AppError, match=code.replace(".", r"\.")):
            found(line)


def test_the_matrix_of_all_is_the_matrix_of_each(file_bank: Bank) -> None:
    register(file_bank)
    models.register_model(file_bank.session, {"name": "LGD", "origin": "vendor"})
    for id in (one.id for one in library.shipped_profiles()):
        together = checking.check_models(file_bank.session, id)
        each = [checking.check_model(file_bank.session, id, row.id) for row in together.models]
        assert [*together.outcomes] == [one.outcomes[0] for one in each]
        counted = together.counts()
        assert sum(sum(one.values()) for one in counted.values()) == 2 * len(counted)


def test_scope_is_decided_with_a_reason_from_a_day_on_and_classes_the_model(bank: Bank) -> None:
    register(bank)
    assert set(results(bank, "irb-2022-439").values()) == {Result.UNVERIFIABLE}
    out = ScopeDecision(is_in=False, reason="Modell nach CRR")
    with clock.reading(lambda: START + timedelta(days=10)):
        day = START + timedelta(days=5)
        scoping.scope_model(bank.session, "1", "marisk-at-4-3-5", out, effective=day)
        found = results(bank, "marisk-at-4-3-5")
        assert found.pop("MAR-1") is Result.MET
        assert set(found.values()) == {Result.NOT_APPLICABLE}
        before = results(bank, "marisk-at-4-3-5", AsOf(at=START.date()))
        assert before["MAR-1"] is Result.MISSING
        high = ScopeDecision(
            is_in=True,
            reason="Kreditwürdigkeitsprüfung",
            traits={"risk": "high", "role": "deployer", "annex_point": "5b"},
        )
        scoping.scope_model(bank.session, "1", "eu-ai-act", high)
        act = results(bank, "eu-ai-act")
        assert (act["AIA-27"], act["AIA-IV-1"]) == (Result.MISSING, Result.NOT_APPLICABLE)
        scoping.file_document(bank.session, "1", "fria", "GRFA 2027/3", digest="ab" * 32)
        assert results(bank, "eu-ai-act")["AIA-27"] is Result.MET
        matrix = checking.check_model(bank.session, "marisk-at-4-3-5", "1")
        assert {cell.scope_reason for cell in matrix.rows()} == {"Modell nach CRR"}


@pytest.mark.parametrize(
    ("regime", "decision", "code"),
    [
        ("dora", ScopeDecision(is_in=True, reason="x"), "profile.unknown_regime"),
        ("eu-ai-act", ScopeDecision(is_in=True, reason=" "), "profile.reason_missing"),
        ("eu-ai-act", ScopeDecision(True, "x", {"colour": "red"}), "profile.unknown_trait"),
        ("eu-ai-act", ScopeDecision(True, "x", {"role": "owner"}), "profile.trait_refused"),
    ],
)
def test_a_decision_on_scope_is_refused_with_its_place(
    file_bank: Bank, regime: str, decision: ScopeDecision, code: str
) -> None:
    register(file_bank)
    with pytest.raises(AppError) as refused:
        scoping.scope_model(file_bank.session, "1", regime, decision)
    assert refused.value.code == code
    assert refused.value.where


def test_a_workspace_works_by_profiles_from_a_day_on(bank: Bank) -> None:
    register(bank)
    standing.activate_profile(bank.session, "marisk-at-4-3-5", reason="Vorstandsbeschluss")
    later = START.date() + timedelta(days=30)
    standing.activate_profile(bank.session, E23, later)
    found = {one.profile.id: one for one in standing.list_profiles(bank.session)}
    assert found["marisk-at-4-3-5"].is_active
    assert (found[E23].is_active, found[E23].since) == (False, later)
    assert not found["sr-26-2"].in_force(date(2026, 4, 16))
    assert found["sr-26-2"].in_force(START.date())
    key = models.show_model(bank.session, "1").row.key
    (active,) = checking.check_active(bank.session, key)
    assert active.profile.id == "marisk-at-4-3-5"
    assert not checking.check_model(bank.session, E23, "1").deciding()
    assert checking.check_model(bank.session, E23, "1", AsOf(at=later)).deciding()
    with pytest.raises(AppError, match=r"profile\.already_active"):
        standing.activate_profile(bank.session, "marisk-at-4-3-5")
    with clock.reading(lambda: START + timedelta(days=1)):
        standing.deactivate_profile(bank.session, "marisk-at-4-3-5")
        assert checking.check_active(bank.session, key) == ()
        assert checking.check_active(bank.session, key, on(START.date()))
        with pytest.raises(AppError, match=r"profile\.not_active"):
            standing.deactivate_profile(bank.session, "marisk-at-4-3-5")
        # What is said later counts from its own day on, whatever was said before.
        standing.activate_profile(bank.session, "marisk-at-4-3-5", START.date())
        (again,) = checking.check_active(bank.session, key)
        assert again.standing.since == START.date()


def test_a_text_that_was_erased_makes_its_rule_unverifiable(file_bank: Bank) -> None:
    register(file_bank)
    purpose = models.show_model(file_bank.session, "1").state.details.purpose
    assert purpose is not None
    with file_bank.session.workspace.write(file_bank.session.actor) as work:
        sql.run(work.connection, "DELETE FROM disclosures WHERE digest = ?", purpose.digest)
        work.connection.commit()
    matrix = checking.check_model(file_bank.session, E23, "1")
    found = {cell.rule.id: cell.outcome for cell in matrix.rows()}["E23-A1-13"]
    assert (found.result, found.reason) == (Result.UNVERIFIABLE, Reason.ERASED)


def test_a_waiver_is_printed_with_the_name_of_its_regime(file_bank: Bank) -> None:
    register(file_bank)
    _waive(file_bank, "E23-A1-14", clock.today() + timedelta(days=30))
    (row,) = items.list_items(file_bank.session, ItemFilter(("waiver",)))
    told = item_part(items.show_item(file_bank.session, row.id)).fields
    (regime,) = (one.values for one in told if one.name == "waiver.profile")
    assert not isinstance(regime, Missing)
    assert Language(read_words("en")).values(regime).startswith("OSFI Guideline E-23")
