"""What a hostile repository cannot do."""

import shutil
from pathlib import Path

import pytest

from mlops_desktop.outside.repositories.program import GitLimits
from mlops_desktop.sources.observations import (
    Completion,
    FailureCode,
    ObservedModel,
    ObservedRun,
    Page,
    Stream,
)
from tests.sources.git.opening import DVC_YAML, failure_of, needs_git, open_git
from tests.sources.pulling import read_facts, read_models, read_versions
from tests.sources.repositories import Repository

pytestmark = needs_git


def test_nothing_of_the_repository_runs(made: Repository, tmp_path: Path) -> None:
    made.commit(dvc__yaml=DVC_YAML, __gitattributes="* filter=evil\n")
    made.tag("pd@v1.0.0")
    trap = tmp_path / "trap"
    for name in ("post-checkout", "reference-transaction", "pre-auto-gc", "post-merge"):
        hook = made.root / ".git" / "hooks" / name
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(f"#!/bin/sh\ntouch {trap}\n")
        hook.chmod(0o755)
    command = f"touch {trap}"
    for setting in ("core.fsmonitor", "uploadpack.packObjectsHook", "core.sshCommand"):
        made.git("config", setting, command)
    made.git("config", "core.alternateRefsCommand", command)
    made.git("config", "filter.evil.smudge", command)
    trap.unlink(missing_ok=True)
    assert set(read_versions(open_git(made.root))) == {"pd@v1.0.0"}
    assert not trap.exists()


def test_links_submodules_and_trees_are_no_files(made: Repository, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("artifacts: {leak: {type: model, path: x}}")
    commit = made.commit(readme__md="x")
    (made.root / "dvc.yaml").symlink_to(secret)
    made.put("artifacts.yaml/inside.txt", b"a tree of that name")
    made.git("add", "--all")
    made.git("update-index", "--add", "--cacheinfo", f"160000,{commit},params.yaml")
    made.git("commit", "--quiet", "--message", "böse")
    made.tag("pd@v1.0.0")
    source = open_git(made.root)
    assert set(read_models(source)) == {"pd"}
    (run,) = read_facts(source, Stream.RUNS)
    assert isinstance(run, ObservedRun)
    assert (run.parameters, run.metrics) == ((), ())


def test_tags_of_things_that_are_no_commits_and_strange_names(made: Repository) -> None:
    made.commit(dvc__yaml=DVC_YAML)
    blob = made.git("rev-parse", "HEAD:dvc.yaml")
    made.tag("pd@v1.0.0")
    strange = [
        "pd@v1;touch$IFS/tmp/x",
        "pd@v1.0.0#",
        "#prod#1",
        "pd@",
        "größe@v1",
        "a=b=c@v1",
        "pd#p",
    ]
    for name in strange:
        made.tag(name)
    made.git("tag", "pd@v9.0.0", blob)
    made.git("tag", "--annotate", "--message", "…", "pd@v8.0.0", "pd@v1.0.0")
    made.git("tag", "leicht@v1.0.0")
    versions = read_versions(open_git(made.root))
    assert "pd@v9.0.0" not in versions
    assert {"pd@v1.0.0", "leicht@v1.0.0"} <= set(versions)
    # a tag that nobody annotated says neither who nor when, and none is made up
    light = versions["leicht@v1.0.0"]
    assert (light.created_by, light.created_at) == (None, None)


@pytest.mark.parametrize("filters", ["true", "false"])
def test_a_huge_file_is_not_read_and_a_huge_repository_not_kept(
    made: Repository, tmp_path: Path, filters: str
) -> None:
    # also of a server that could leave files out, which git would then die at
    made.git("config", "uploadpack.allowFilter", filters)
    made.commit(dvc__yaml=DVC_YAML)
    made.put("metrics.json", b'{"a": 1, "pad": "' + b"x" * (2 << 20) + b'"}')
    made.commit()
    made.tag("pd@v1.0.0")
    (run,) = read_facts(open_git(made.root), Stream.RUNS)
    assert isinstance(run, ObservedRun)
    assert run.metrics == ()
    made.tag("pd@v1.0.1")
    assert len(read_versions(open_git(made.root))) == 2
    shutil.rmtree(tmp_path / "home")
    failure = failure_of(open_git(made.root, GitLimits(mirror=200)))
    assert (failure.code, failure.reason) == (FailureCode.TOO_LARGE, "repository_too_large")
    assert list((tmp_path / "home" / "mirrors").iterdir()) == []


def test_a_broken_file_is_refused_by_place_and_takes_nothing_else(made: Repository) -> None:
    commit = made.commit(dvc__yaml="artifacts: [", params__yaml="C: 1\n")
    made.tag("pd@v1.0.0")
    *pages, end = open_git(made.root).pull(Stream.MODELS)
    assert isinstance(end, Completion)
    assert [one.place for one in end.refused] == [f"{commit[:12]}:dvc.yaml"]
    (page,) = pages
    assert isinstance(page, Page)
    assert [one.native_id for one in page.facts() if isinstance(one, ObservedModel)] == ["pd"]
