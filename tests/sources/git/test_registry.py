"""A repository as a registry: GTO's tags and DVC's files."""

from pathlib import Path

import pytest

from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources import catalog
from mlops_desktop.sources.observations import (
    DatasetInput,
    Metric,
    ObservedRun,
    ObservedThing,
    ObservedVersion,
    Page,
    Stream,
)
from tests.sources.git.opening import DVC_YAML, LOCK, needs_git, open_git
from tests.sources.pulling import read_digests, read_facts, read_models, read_versions
from tests.sources.repositories import Repository, recorded_repository

pytestmark = needs_git


def test_what_gto_itself_wrote_is_read_with_what_it_hides(tmp_path: Path) -> None:
    """``gto show`` prints nothing of this repository: all of it is retired."""
    source = open_git(recorded_repository(tmp_path / "churn").root)
    model = read_models(source)["churn"]
    assert model.description == "Churn model"
    tags = {one.name: one.value for one in model.tags}
    assert tags["owner"] == "a.ito"
    assert tags["deprecated"] == "2026-11-23T04:34:35+00:00, A Ito"
    assert model.aliases == ()
    versions = read_versions(source)
    assert {one.version: one.status for one in versions.values()} == {
        "v1.0.0": "deregistered",
        "v1.1.0": "registered",
    }
    first = versions["churn@v1.0.0"]
    assert (first.description, first.created_by) == ("first", "A Ito")
    assert first.artifact == "models/churn.pkl@b026324c6904b2a9cb4b88d6d61c81d1"
    assert first.tags[0].value == "66df6dc11c6cd7e50c2ed96f813f468c3ad539f7"
    (run,) = [one for one in read_facts(source, Stream.RUNS) if one.native_id == first.run_id]
    assert isinstance(run, ObservedRun)
    assert run.metrics == (Metric("auc", "0.81"),)
    assert [(one.name, one.value) for one in run.parameters] == [("C", "0.1")]


def test_the_newest_assignment_that_was_not_undone_holds(made: Repository) -> None:
    def stage() -> dict[str, str]:
        model = read_models(open_git(made.root))["pd"]
        return {one.name: one.value for one in model.aliases}

    made.commit(dvc__yaml=DVC_YAML)
    made.tag("pd@v1.0.0")
    made.tag("pd#prod#1")
    made.commit(dvc__lock=LOCK)
    made.tag("pd@v1.1.0")
    made.tag("pd@v1.1.1")
    made.tag("pd#prod#2")
    made.tag("pd#staging#3")
    assert stage() == {"prod": "v1.1.1", "staging": "v1.1.1"}
    made.tag("pd#prod!#4")
    assert stage() == {"prod": "v1.0.0", "staging": "v1.1.1"}
    made.tag("pd@v1.1.1!")
    assert stage() == {"prod": "v1.0.0"}
    made.tag("pd@deprecated")
    assert stage() == {}


def test_a_tag_that_is_moved_or_deleted_is_seen(made: Repository) -> None:
    made.commit(dvc__yaml=DVC_YAML)
    made.tag("pd@v1.0.0")
    made.tag("pd@v2.0.0")
    before = read_versions(open_git(made.root))
    made.commit(dvc__lock=LOCK)
    made.git("tag", "--delete", "pd@v2.0.0")
    made.git("tag", "--annotate", "--force", "--message", "…", "pd@v1.0.0")
    after = read_versions(open_git(made.root))
    assert set(before) - set(after) == {"pd@v2.0.0"}
    assert before["pd@v1.0.0"].tags != after["pd@v1.0.0"].tags
    assert before["pd@v1.0.0"].run_id != after["pd@v1.0.0"].run_id


def test_files_tell_of_data_runs_and_models_without_any_tag(made: Repository) -> None:
    commit = made.commit(dvc__yaml=DVC_YAML, dvc__lock=LOCK, werte__json='{"test": {"auc": 0.9}}')
    made.tag("pd@v1.0.0")
    later = made.commit(readme__md="Nichts Neues")
    source = open_git(made.root)
    assert set(read_models(source)) == {"pd", "lgd"}
    (run,) = read_facts(source, Stream.RUNS)
    assert isinstance(run, ObservedRun)
    assert run.metrics == (Metric("test.auc", "0.9"),)
    assert run.datasets == (DatasetInput("data/train.csv", "aa11", "dvc", "data/train.csv"),)
    (step,) = read_facts(source, Stream.LINEAGE)
    assert isinstance(step, ObservedThing)
    assert isinstance(step.details, PipelineRunDetails)
    # nothing changed since: the commit is the one where it was run, not the newest
    assert (step.details.commit, later) != (later, commit)
    assert step.details.commit == commit
    assert step.details.subjects == (Subject("pd", "v1.0.0"),)
    data = read_facts(source, Stream.DATASETS)
    details = [one.details for one in data if isinstance(one, ObservedThing)]
    assert {(one.name, one.digest) for one in details if isinstance(one, DatasetDetails)} == {
        ("data/train.csv", "aa11")
    }


def test_artifacts_in_folders_and_of_their_own_file(made: Repository) -> None:
    made.commit(retail___artifacts__yaml="pd: {path: pd.pkl, type: model, desc: Im Ordner}\n")
    made.tag("retail=pd@v3")
    (model,) = read_models(open_git(made.root)).values()
    assert (model.native_id, model.description) == ("retail:pd", "Im Ordner")
    made.git("tag", "--delete", "retail=pd@v3")
    assert read_models(open_git(made.root)) == {}
    assert set(read_models(open_git(made.root, folders="retail"))) == {"retail:pd"}


def test_what_is_as_it_was_is_the_same_page_and_not_fetched_again(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit(dvc__yaml=DVC_YAML)
    made.tag("pd@v1.0.0")
    first = read_digests(open_git(made.root), Stream.VERSIONS)
    again = open_git(made.root)
    run, asked = again._mirror._run, list[str]()

    def watched(*arguments: str, **named: object) -> bytes:
        asked.append(arguments[0])
        return run(*arguments, **named)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(again._mirror, "_run", watched)
    assert read_digests(again, Stream.VERSIONS) == first
    assert "fetch" not in asked


def test_many_tags_take_few_runs_of_git(made: Repository) -> None:
    commit = made.commit(dvc__yaml=DVC_YAML)
    lines = [f"create refs/tags/m{n}@v1.0.{m} {commit}" for n in range(400) for m in range(5)]
    made.git("update-ref", "--stdin", given="\n".join([*lines, ""]).encode())
    source = open_git(made.root)
    assert len(read_facts(source, Stream.VERSIONS)) == 2000
    assert sum(isinstance(one, Page) for one in source.pull(Stream.VERSIONS)) == 4


def test_an_empty_repository_has_nothing(made: Repository) -> None:
    source = open_git(made.root)
    for stream in source.streams:
        assert read_facts(source, stream) == []
    assert {one.name: one.value for one in source.probe().visible}["models"] == "0"


def test_what_was_fetched_goes_with_the_source(made: Repository, tmp_path: Path) -> None:
    made.commit(dvc__yaml=DVC_YAML)
    assert read_models(open_git(made.root))
    (mirror,) = (tmp_path / "home" / "mirrors").iterdir()
    forget = catalog.describe("git").forget
    assert forget is not None
    forget(str(made.root))
    assert not mirror.exists()


def test_ids_of_versions_are_unique(made: Repository) -> None:
    made.commit(dvc__yaml=DVC_YAML)
    for name in ("pd@v1.0.0", "retail=pd@v1.0.0", "lgd@v1.0.0"):
        made.tag(name)
    facts = read_facts(open_git(made.root), Stream.VERSIONS)
    ids = [one.native_id for one in facts if isinstance(one, ObservedVersion)]
    assert sorted(ids) == ["lgd@v1.0.0", "pd@v1.0.0", "retail:pd@v1.0.0"]
