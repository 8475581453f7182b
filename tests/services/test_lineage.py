"""Which models learned from this data, and where do they run; and what a bad dataset reaches."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import Verdict
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.items.use_cases import USE_CASE
from mlops_desktop.core.lifecycle import Move
from mlops_desktop.core.lineage import NodeKind, Way
from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.core.pipelines import Freshness, Outcome
from mlops_desktop.services import (
    incidents,
    items,
    lineage,
    model_links,
    models,
    pipelines,
)
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.lineage import Asked, Dependent, Lineage, dependents
from mlops_desktop.services.pipeline_filtering import filter_pipelines
from mlops_desktop.store import rebuild
from mlops_desktop.store.queries.models import find_model
from tests.services.conftest import Bank
from tests.services.lineage_bank import CLEAN, LAKE, RAW, History, learned


@pytest.fixture
def history(bank: Bank) -> History:
    """Three models of which one is retired and two serve, and one that learned from another run.

    The second run wrote another state of the same dataset: who read that one learned from it.
    """
    made = History(bank)
    made.clean("run-1", "c1")
    made.clean("run-2", "c2", day=2)
    made.dataset(RAW, "raw-1")
    made.dataset(CLEAN, "c1")
    made.model("Verhaltensscore", "5", learned(CLEAN, "c1"))
    made.own_run("Verhaltensscore", "c1")
    made.model("Antragsscore", "7", learned(CLEAN, "c1"), learned("Anträge", "a1", "test"))
    made.model("Altes Regelwerk", "2", learned(CLEAN, "c1"))
    made.model("Bargeldprognose", "1", learned(CLEAN, "c2"))
    for model, label in (("M-00001", "5"), ("M-00002", "7"), ("M-00004", "1")):
        made.serve(model, label)
    models.move_model(bank.session, "M-00003", Move.RETIRE, reason="abgelöst")
    title = {"title": "Kreditvergabe", "approved_use": "Ratenkredit"}
    items.open_item(bank.session, USE_CASE, Given(title, ("M-00002",)))
    model_links.link_models(bank.session, "M-00001", LinkKind.FEEDS, "M-00002")
    return made


def ids(found: Lineage, *kinds: NodeKind) -> list[str]:
    return sorted(stop.facts.id for stop in found.of(*kinds))


def by_id(found: tuple[Dependent, ...]) -> dict[str, Dependent]:
    return {one.model.id: one for one in found}


def ask(bank: Bank, named: str, way: Way | None = None, **more: object) -> Lineage:
    return lineage.trace_lineage(bank.session, Asked(named, way=way, **more))  # type: ignore[arg-type]


def test_from_data_to_use_and_back(history: History) -> None:
    bank = history.bank
    down = ask(bank, RAW, Way.DOWN)
    assert ids(down, NodeKind.PIPELINE) == ["lake/konten"]
    assert ids(down, NodeKind.VERSION) == ["M-00001@5", "M-00002@7", "M-00003@2", "M-00004@1"]
    assert [stop.distance for stop in down.of(NodeKind.DATASET)] == [0, 2]
    assert len(down.of(NodeKind.DEPLOYMENT)) == 3
    hit = by_id(dependents(down))
    assert hit["M-00002"].words == ("training",)
    assert [one.name for one in hit["M-00002"].uses] == ["Kreditvergabe"]
    assert hit["M-00003"].model.state == "retired"
    assert hit["M-00003"].serving == ()

    one_run = ask(bank, "run-1", Way.DOWN, with_runs=True)
    assert "M-00004@1" not in ids(one_run, NodeKind.VERSION), "it read what the other run wrote"
    assert ids(one_run, NodeKind.PIPELINE_RUN) == ["run-1"]
    state = ask(bank, f"{LAKE}/{CLEAN}", Way.DOWN, digest="c2")
    assert ids(state, NodeKind.VERSION) == ["M-00004@1"]

    up = ask(bank, "M-00004@v1", Way.UP, with_runs=True)
    assert ids(up, NodeKind.PIPELINE_RUN) == ["run-2"]
    assert sorted(stop.facts.name for stop in up.of(NodeKind.DATASET)) == sorted([CLEAN, RAW])
    assert all(stop.distance <= 0 for stop in up.stops)
    whole = ask(bank, "M-00002")
    assert {"Anträge", CLEAN, RAW} <= {stop.facts.name for stop in whole.stops}
    assert ids(whole, NodeKind.USE_CASE) == ["U-00001"]
    assert "M-00001" in ids(whole, NodeKind.MODEL), "it is fed by that model"
    near = ask(bank, RAW, Way.DOWN, depth=1)
    assert [stop.node.kind for stop in near.stops] == [NodeKind.DATASET, NodeKind.PIPELINE]
    from_pipeline = ask(bank, "konten", Way.DOWN)
    assert len(from_pipeline.of(NodeKind.MODEL)) == 4
    assert ids(ask(bank, "kreditrisiko", Way.UP), NodeKind.VERSION) == ["M-00001@5"]
    training = {one.key.name: one.kind.value for one in pipelines.list_pipelines(bank.session)}
    assert training == {"konten": "data", "kreditrisiko": "training"}

    for named, code in (("nirgends", "lineage.not_found"), ("M-00001@9", "version.not_found")):
        with pytest.raises(AppError) as refused:
            ask(bank, named)
        assert refused.value.code == code
    with pytest.raises(AppError) as unfit:
        ask(bank, "M-00001", digest="c1")
    assert unfit.value.code == "lineage.digest_unfit"
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def test_a_past_day_shows_what_was_known_of_that_day(history: History) -> None:
    bank = history.bank
    tomorrow = clock.now() + timedelta(days=1)
    with clock.reading(lambda: tomorrow):
        history.clean("run-3", "c3", day=3)
        history.model("Neues Modell", "1", learned(CLEAN, "c3"))
    yesterday = AsOf(known=(tomorrow - timedelta(days=1)).date())
    then = ask(bank, RAW, Way.DOWN, as_of=yesterday, with_runs=True)
    assert ids(then, NodeKind.PIPELINE_RUN) == ["run-1", "run-2"]
    assert "M-00005@1" not in ids(then, NodeKind.VERSION)
    assert "M-00005@1" in ids(ask(bank, RAW, Way.DOWN), NodeKind.VERSION)
    early = ask(bank, RAW, Way.DOWN, as_of=AsOf(at=date(2026, 1, 1)), with_runs=True)
    assert ids(early, NodeKind.PIPELINE_RUN) == ["run-1"], "a run holds from when it ran"


def opened(bank: Bank, **texts: str) -> str:
    wanted = {"title": "Währungsfeld falsch", "severity": "high", **texts}
    id = items.open_item(bank.session, INCIDENT, Given(wanted)).id
    return items.show_item(bank.session, id).row.number


def listed_by(bank: Bank, line: str) -> list[str]:
    return [row.id for row in models.list_models(bank.session, parse_filter(line))]


def ids_of(bank: Bank, number: str) -> list[str]:
    return [one.model.id for one in incidents.affected_by(bank.session, number).models]


def test_bad_data_marks_everything_downstream_until_it_is_settled(history: History) -> None:
    bank = history.bank
    with pytest.raises(AppError) as refused:
        opened(bank)
    assert refused.value.code == "item.refused_data_missing"
    number = opened(bank, dataset=RAW)
    affected = incidents.affected_by(bank.session, number)
    assert affected.is_known
    assert [one.model.id for one in affected.models] == [
        "M-00001", "M-00002", "M-00003", "M-00004",
    ]  # fmt: skip
    assert [one.model.id for one in affected.serving] == ["M-00001", "M-00002", "M-00004"]
    assert incidents.marked_models(bank.session)["M-00003"] == (number,)
    (listed,) = filter_pipelines(pipelines.list_pipelines(bank.session), "konten")
    assert listed.incidents == (number,)
    run = opened(bank, pipeline_run="run-2")
    (mark,) = incidents.marks_of(bank.session, "M-00003")
    assert mark.incident.number == number, "it did not learn from what that run wrote"
    assert len(incidents.marks_of(bank.session, "M-00004")) == 2
    whole = ["M-00001", "M-00002", "M-00003", "M-00004"]
    assert listed_by(bank, "incident:open scope:all") == whole
    assert listed_by(bank, "incident:open") == [one for one in whole if one != "M-00003"]
    assert listed_by(bank, f"incident:{run.lower()} scope:all") == ids_of(bank, run)
    nowhere = opened(bank, dataset="Was niemand kennt")
    assert not incidents.affected_by(bank.session, nowhere).is_known

    given = Given({}, reason="Die Währung der Filiale fehlt")
    items.take_step(bank.session, INCIDENT, number, "confirm", given)
    called = items.list_items(bank.session, ItemFilter(("validation",)))
    assert sorted(len(row.models) for row in called) == [1, 1, 1], "the retired one needs none"
    details = [items.show_item(bank.session, row.id).state.details for row in called]
    assert {getattr(one, "trigger", None) for one in details} == {"data_incident"}

    settled = Given({"resolution": "Neu geladen"}, reason="Alle drei Modelle neu gerechnet")
    for one in (number, run):
        items.take_step(bank.session, INCIDENT, one, "settle", settled)
    assert incidents.marks_of(bank.session, "M-00004") == ()
    assert listed_by(bank, "incident:open scope:all") == []
    assert len(listed_by(bank, "incident:any scope:all")) == 4, "the past keeps its marks"
    for line, code in (
        ("incident:bad", "filter.value_refused"),
        ("incident:I-9", "item.not_found"),
    ):
        with pytest.raises(AppError) as wrong:
            listed_by(bank, line)
        assert (wrong.value.code, wrong.value.where) == (code, "--filter")
    with bank.session.workspace.read() as view:
        model = find_model(view.connection, "M-00004")
        assert len(incidents.read_marks(view, model)) == 2, "the past keeps its marks"
        assert list(rebuild.compare(view.connection)) == []


def test_a_pipeline_is_late_fails_and_fails_its_check(history: History) -> None:
    bank = history.bank
    (found,) = filter_pipelines(pipelines.list_pipelines(bank.session), "")
    assert (found.id, found.runs, found.failures) == ("lake/konten", 2, 0)
    assert found.standing.freshness is Freshness.NOT_EXPECTED
    assert (found.outcome, found.verdict) == (Outcome.SUCCEEDED, None)
    assert not found.needs_looking

    pipelines.expect_pipeline(bank.session, "konten", 24 * 60, reason="täglich")
    pipelines.describe_pipeline(bank.session, "konten", "Rechnet um", step="bereinigen")
    history.check(Verdict.PASSED, "0.4", 2)
    history.check(Verdict.FAILED, "2.9", 3)
    morning = datetime(2027, 1, 3, 12, tzinfo=UTC)
    with clock.reading(lambda: morning):
        history.clean("run-3", "c3", status="FAIL", day=3)
        sheet = pipelines.show_pipeline(bank.session, "lake/konten")
    one = sheet.pipeline
    assert one.standing.freshness is Freshness.LATE
    assert one.last_good == "2026-01-02T06:00:00.000Z"
    assert (one.outcome, one.failures, one.verdict) == (Outcome.FAILED, 1, Verdict.FAILED)
    assert one.needs_looking
    (step,) = sheet.steps
    assert (step.description, step.described_by) == ("Rechnet um", "Dr. Katrin Feddersen")
    assert [run.native_id for run in sheet.runs] == ["run-3", "run-2", "run-1"]
    assert step.last.details.inputs[0].columns == ("iban", "betrag", "waehrung")
    ((_, checks),) = sheet.checks
    assert [check.details.cases[0].value for check in checks] == ["2.9"]
    then = pipelines.show_pipeline(bank.session, "konten", AsOf(at=date(2026, 1, 2)))
    assert (then.pipeline.runs, then.pipeline.verdict) == (2, Verdict.PASSED)

    pipelines.expect_pipeline(bank.session, "konten", None)
    pipelines.describe_pipeline(bank.session, "konten", "", step="bereinigen")
    (again,) = pipelines.show_pipeline(bank.session, "konten").steps
    assert (again.description, again.described_by) == ("Removes duplicates.", None)
    with pytest.raises(AppError) as refused:
        pipelines.expect_pipeline(bank.session, "konten", None)
    assert refused.value.code == "pipeline.nothing_changed"
    with pytest.raises(AppError) as refused:
        pipelines.expect_pipeline(bank.session, "konten", 0)
    assert refused.value.code == "pipeline.interval_refused"
    with pytest.raises(AppError) as refused:
        pipelines.show_pipeline(bank.session, "x")
    assert refused.value.code == "pipeline.not_found"
    with pytest.raises(AppError) as refused:
        pipelines.describe_pipeline(bank.session, "konten", "x", step="y")
    assert refused.value.code == "pipeline.step_not_found"
