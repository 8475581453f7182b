"""Two names of one dataset, steps that no longer run, checks of whose dataset, late learners."""

from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.checks import CheckDetails, CheckKind, CheckObserved, Verdict
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.events.sources import CompletedStream, SourceAdded, SourceSynced, SyncCounts
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.lineage import NodeKind, Way
from mlops_desktop.core.pipelines import Freshness, Outcome
from mlops_desktop.core.validations import Trigger
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import incidents, items, lineage, pipeline_steps, pipelines
from mlops_desktop.services import same_datasets as same
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.lineage import Asked
from mlops_desktop.store import rebuild
from mlops_desktop.store.queries.lineage_keys import dataset_node
from mlops_desktop.store.tables.lineage import incident_reaches
from tests.services.conftest import Bank
from tests.services.lineage_bank import CLEAN, LAKE, RAW, SEEN, History, learned

OTHER = "lake.konten_bereinigt"


@pytest.fixture
def history(bank: Bank) -> History:
    """A model learned from what the job wrote, another from the same under a name of its own."""
    made = History(bank)
    made.clean("run-1", "c1")
    made.model("Verhaltensscore", "5", learned(CLEAN, "c1"))
    made.model("Antragsscore", "7", learned(OTHER, "x9"))
    return made


def down(bank: Bank, named: str, as_of: AsOf | None = None) -> list[str]:
    asked = Asked(named, way=Way.DOWN, as_of=as_of or AsOf())
    found = lineage.trace_lineage(bank.session, asked)
    return sorted(stop.facts.id for stop in found.of(NodeKind.VERSION))


def confirmed(bank: Bank, dataset: str) -> str:
    texts = {"title": "Währung falsch", "severity": "high", "dataset": dataset}
    id = items.open_item(bank.session, INCIDENT, Given(texts)).id
    items.take_step(bank.session, INCIDENT, id, "confirm", Given({}, reason="geprüft"))
    return id


def triggered(bank: Bank) -> dict[str, int]:
    """Return how often data called for a validation, by the number of the model."""
    found: dict[str, int] = {}
    for row in items.list_items(bank.session, ItemFilter(("validation",))):
        sheet = items.show_item(bank.session, row.id)
        if getattr(sheet.state.details, "trigger", None) is Trigger.DATA_INCIDENT:
            for model in row.models:
                found[model] = found.get(model, 0) + 1 + sheet.state.taken.count("trigger")
    return found


def test_two_names_are_one_dataset_from_when_a_person_says_so_until_it_is_taken_back(
    history: History,
) -> None:
    bank = history.bank
    assert down(bank, RAW) == ["M-00001@5"]
    before = AsOf(size=_size(bank))
    bad = confirmed(bank, RAW)
    same.join_datasets(bank.session, OTHER, f"{LAKE}/{CLEAN}", reason="dieselbe Tabelle")
    assert down(bank, RAW) == ["M-00001@5", "M-00002@7"]
    assert down(bank, OTHER) == ["M-00001@5", "M-00002@7"], "either name leads to both"
    assert down(bank, RAW, before) == ["M-00001@5"], "nobody had said so by then"
    hit = incidents.affected_by(bank.session, bad)
    assert [one.model.id for one in hit.models] == ["M-00001", "M-00002"]
    assert sorted(triggered(bank).values()) == [1, 1], "the data came to the second by the saying"
    (said,) = same.list_sameness(bank.session)
    assert (said.dataset, said.reason) == (OTHER, "dieselbe Tabelle")
    named = {one.name: one.others for one in same.name_datasets(bank.session)}
    assert named[f"{LAKE}/{CLEAN}"] == (OTHER,)
    assert OTHER not in named

    for names, code in (
        ((OTHER, CLEAN), "dataset.same_already"),
        ((OTHER, "nirgends"), "lineage.not_found"),
    ):
        with pytest.raises(AppError) as refused:
            same.join_datasets(bank.session, *names, reason="weil")
        assert refused.value.code == code
    with pytest.raises(AppError) as silent:
        same.part_datasets(bank.session, OTHER, reason=" ")
    assert silent.value.code == "dataset.reason_missing"
    same.part_datasets(bank.session, OTHER, reason="doch eine andere")
    assert down(bank, RAW) == ["M-00001@5"]
    assert [one.model.id for one in incidents.affected_by(bank.session, bad).models] == ["M-00001"]
    with pytest.raises(AppError) as unknown:
        same.part_datasets(bank.session, OTHER, reason="noch einmal")
    assert unknown.value.code == "dataset.not_joined"
    with bank.session.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []


def _size(bank: Bank) -> int:
    with bank.session.workspace.read() as view:
        return view.head().size


def test_who_learns_from_bad_data_after_it_was_confirmed_is_validated_once(
    history: History,
) -> None:
    bank = history.bank
    id = confirmed(bank, f"{LAKE}/{CLEAN}")
    assert len(triggered(bank)) == 1
    late = history.model("Spätes Modell", "1", learned(CLEAN, "c1"))
    assert len(triggered(bank)) == 2, "it learned after the incident was confirmed"
    history.clean("run-2", "c2", day=2)
    history.model("Drittes Modell", "1", learned("Anträge", "a1"))
    assert sorted(triggered(bank).values()) == [1, 1], "once, whatever is told afterwards"
    items.take_step(
        bank.session,
        INCIDENT,
        id,
        "settle",
        Given({"resolution": "neu geladen"}, reason="erledigt"),
    )
    history.model("Nachzügler", "1", learned(CLEAN, "c1"))
    assert len(triggered(bank)) == 2, "settled, it calls for nothing more"
    assert late == "M-00003"
    assert _reached(bank) == 2


def _reached(bank: Bank) -> int:
    with bank.session.workspace.read() as view:
        query = sa.select(sa.func.count()).select_from(incident_reaches)
        return int(view.connection.execute(query).scalar_one())


def two_steps(history: History, step: str, native: str, day: int) -> None:
    at = datetime(2026, 1, day, 6, tzinfo=UTC)
    details = PipelineRunDetails(
        name=step, at=at, pipeline="tage", step=step, run=native, status="COMPLETE", started=at,
        ended=at, outputs=(DatasetUse(f"ergebnis {step}", LAKE, native),),
    )  # fmt: skip
    history.run(native, details)


def test_a_renamed_step_is_no_longer_seen_rather_than_late_until_a_person_says_so(
    history: History,
) -> None:
    bank = history.bank
    two_steps(history, "laden", "l1", 1)
    two_steps(history, "laden_v2", "l2", 9)
    pipelines.expect_pipeline(bank.session, "tage", 1440)
    then = AsOf(at=datetime(2026, 1, 9, tzinfo=UTC).date())

    def fresh(as_of: AsOf = then) -> dict[str, Freshness]:
        sheet = pipelines.show_pipeline(bank.session, "tage", as_of)
        return {"": sheet.pipeline.standing.freshness} | {
            step.name: step.standing.freshness for step in sheet.steps
        }

    # what was expected was said today, and a past day shows nothing of it
    assert set(fresh().values()) == {Freshness.NOT_EXPECTED}
    assert set(fresh(AsOf()).values()) == {Freshness.LATE}, "its source was never read whole"
    history.record(
        SourceAdded("lake", "folder", "file:///lake"),
        SourceSynced("lake", SyncCounts(), (CompletedStream("lineage"),)),
    )
    told = fresh(AsOf())
    assert told["laden"] is Freshness.NO_LONGER_SEEN
    assert told["laden_v2"] is Freshness.LATE
    for step, became, code in (
        ("nirgends", None, "pipeline.step_not_found"),
        ("laden", "nirgends", "pipeline.step_not_found"),
        ("laden", "laden", "pipeline.step_is_itself"),
    ):
        with pytest.raises(AppError) as refused:
            pipeline_steps.end_step(bank.session, "tage", step, became=became)
        assert refused.value.code == code
    pipeline_steps.end_step(bank.session, "tage", "laden", became="laden_v2", reason="umbenannt")
    sheet = pipelines.show_pipeline(bank.session, "tage")
    old = next(step for step in sheet.steps if step.name == "laden")
    assert old.standing.freshness is Freshness.ENDED
    assert old.ended is not None
    assert (old.ended.became, old.ended.text) == ("laden_v2", "umbenannt")
    with pytest.raises(AppError) as twice:
        pipeline_steps.end_step(bank.session, "tage", "laden", became="laden_v2")
    assert twice.value.code == "pipeline.step_ended_already"
    pipeline_steps.resume_step(bank.session, "tage", "laden", reason="Irrtum")
    assert fresh(AsOf())["laden"] is Freshness.NO_LONGER_SEEN
    with pytest.raises(AppError) as none:
        pipeline_steps.resume_step(bank.session, "tage", "laden")
    assert none.value.code == "pipeline.step_not_ended"
    assert sheet.pipeline.outcome is Outcome.SUCCEEDED


def checked(history: History, dataset: str) -> None:
    details = CheckDetails(
        name="konten", at=datetime(2026, 1, 3, 7, tzinfo=UTC), suite=dataset,
        kind=CheckKind.DATA_QUALITY, verdict=Verdict.PASSED, dataset=dataset,
    )  # fmt: skip
    history.record(CheckObserved(new_id(), "lake", f"gx/{dataset}", (), details, SEEN))


def test_a_check_is_of_the_dataset_named_in_full_and_never_of_one_of_several(
    history: History,
) -> None:
    from mlops_desktop.store.queries.data_checks import checks_of

    bank, node = history.bank, dataset_node(CLEAN, LAKE)
    for name in (f"{LAKE}/{CLEAN}", CLEAN, f"lager/{CLEAN}"):
        checked(history, name)

    def found() -> dict[str, bool]:
        with bank.session.workspace.read() as view:
            rows = checks_of(view.connection, (node,)).get(node, ())
            return {row.suite: row.is_by_last_part for row in rows}

    assert found() == {f"{LAKE}/{CLEAN}": False, CLEAN: False, f"lager/{CLEAN}": True}
    details = PipelineRunDetails(
        name="kopie", pipeline="kopie", step="kopie", status="COMPLETE",
        outputs=(DatasetUse(CLEAN, "s3://archiv", "k1"),),
    )  # fmt: skip
    history.run("kopie-1", details)
    assert found() == {f"{LAKE}/{CLEAN}": False}, "which of the two was meant is not known"
    same.join_datasets(bank.session, f"s3://archiv/{CLEAN}", f"{LAKE}/{CLEAN}", reason="Kopie")
    assert len(found()) == 3, "both are one"
