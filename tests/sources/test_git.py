"""A repository as a registry: GTO's tags, DVC's files, and what a hostile one cannot do."""

import shutil
from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.repositories.program import GitLimits
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.git.reader import Git
from mlops_desktop.sources.observations import (
    Completion,
    DatasetInput,
    Failure,
    FailureCode,
    Metric,
    ObservedModel,
    ObservedRun,
    ObservedThing,
    ObservedVersion,
    Page,
    Stream,
)
from tests.sources.pulling import read_digests, read_facts, read_models, read_versions
from tests.sources.repositories import Repository, new_repository, recorded_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs the program git")

_DVC_YAML = """
artifacts:
  pd: {path: models/pd.pkl, type: model, desc: PD Ratenkredit, meta: {owner: wolters}}
  lgd: {path: models/lgd.pkl, type: model}
  umsaetze: {path: data/train.csv, type: dataset}
stages:
  train:
    cmd: python train.py
    metrics: [werte.json]
"""
_LOCK = """
schema: '2.0'
stages:
  train:
    cmd: python train.py
    deps: [{path: data/train.csv, md5: aa11, size: 12}]
    outs: [{path: models/pd.pkl, md5: bb22, size: 7}]
"""


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MLOPS_DESKTOP_HOME", str(tmp_path / "home"))


@pytest.fixture
def made(tmp_path: Path) -> Repository:
    return new_repository(tmp_path / "modelle")


def _open(root: Path, limits: GitLimits | None = None, **settings: str) -> Git:
    pairs = tuple(Pair(name, value) for name, value in settings.items())
    connection = Connection("modelle", "git", str(root), settings=pairs)
    return Git(connection, Credentials(), limits=limits)


def _failure(source: Git) -> Failure:
    (failure,) = source.pull(Stream.MODELS)
    assert isinstance(failure, Failure)
    return failure


def test_what_gto_itself_wrote_is_read_with_what_it_hides(tmp_path: Path) -> None:
    """``gto show`` prints nothing of this repository: all of it is retired."""
    source = _open(recorded_repository(tmp_path / "churn").root)
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
        model = read_models(_open(made.root))["pd"]
        return {one.name: one.value for one in model.aliases}

    made.commit(dvc__yaml=_DVC_YAML)
    made.tag("pd@v1.0.0")
    made.tag("pd#prod#1")
    made.commit(dvc__lock=_LOCK)
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
    made.commit(dvc__yaml=_DVC_YAML)
    made.tag("pd@v1.0.0")
    made.tag("pd@v2.0.0")
    before = read_versions(_open(made.root))
    made.commit(dvc__lock=_LOCK)
    made.git("tag", "--delete", "pd@v2.0.0")
    made.git("tag", "--annotate", "--force", "--message", "…", "pd@v1.0.0")
    after = read_versions(_open(made.root))
    assert set(before) - set(after) == {"pd@v2.0.0"}
    assert before["pd@v1.0.0"].tags != after["pd@v1.0.0"].tags
    assert before["pd@v1.0.0"].run_id != after["pd@v1.0.0"].run_id


def test_files_tell_of_data_runs_and_models_without_any_tag(made: Repository) -> None:
    commit = made.commit(dvc__yaml=_DVC_YAML, dvc__lock=_LOCK, werte__json='{"test": {"auc": 0.9}}')
    made.tag("pd@v1.0.0")
    later = made.commit(readme__md="Nichts Neues")
    source = _open(made.root)
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
    (model,) = read_models(_open(made.root)).values()
    assert (model.native_id, model.description) == ("retail:pd", "Im Ordner")
    made.git("tag", "--delete", "retail=pd@v3")
    assert read_models(_open(made.root)) == {}
    assert set(read_models(_open(made.root, folders="retail"))) == {"retail:pd"}


def test_what_is_as_it_was_is_the_same_page_and_not_fetched_again(
    made: Repository, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit(dvc__yaml=_DVC_YAML)
    made.tag("pd@v1.0.0")
    first = read_digests(_open(made.root), Stream.VERSIONS)
    again = _open(made.root)
    run, asked = again._mirror._run, list[str]()

    def watched(*arguments: str, **named: object) -> bytes:
        asked.append(arguments[0])
        return run(*arguments, **named)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr(again._mirror, "_run", watched)
    assert read_digests(again, Stream.VERSIONS) == first
    assert "fetch" not in asked


def test_many_tags_take_few_runs_of_git(made: Repository) -> None:
    commit = made.commit(dvc__yaml=_DVC_YAML)
    lines = [f"create refs/tags/m{n}@v1.0.{m} {commit}" for n in range(400) for m in range(5)]
    made.git("update-ref", "--stdin", given="\n".join([*lines, ""]).encode())
    source = _open(made.root)
    assert len(read_facts(source, Stream.VERSIONS)) == 2000
    assert sum(isinstance(one, Page) for one in source.pull(Stream.VERSIONS)) == 4


# what a hostile repository tries


def test_nothing_of_the_repository_runs(made: Repository, tmp_path: Path) -> None:
    made.commit(dvc__yaml=_DVC_YAML, __gitattributes="* filter=evil\n")
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
    assert set(read_versions(_open(made.root))) == {"pd@v1.0.0"}
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
    source = _open(made.root)
    assert set(read_models(source)) == {"pd"}
    (run,) = read_facts(source, Stream.RUNS)
    assert isinstance(run, ObservedRun)
    assert (run.parameters, run.metrics) == ((), ())


def test_tags_of_things_that_are_no_commits_and_strange_names(made: Repository) -> None:
    made.commit(dvc__yaml=_DVC_YAML)
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
    versions = read_versions(_open(made.root))
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
    made.commit(dvc__yaml=_DVC_YAML)
    made.put("metrics.json", b'{"a": 1, "pad": "' + b"x" * (2 << 20) + b'"}')
    made.commit()
    made.tag("pd@v1.0.0")
    (run,) = read_facts(_open(made.root), Stream.RUNS)
    assert isinstance(run, ObservedRun)
    assert run.metrics == ()
    made.tag("pd@v1.0.1")
    assert len(read_versions(_open(made.root))) == 2
    shutil.rmtree(tmp_path / "home")
    failure = _failure(_open(made.root, GitLimits(mirror=200)))
    assert (failure.code, failure.reason) == (FailureCode.TOO_LARGE, "repository_too_large")
    assert list((tmp_path / "home" / "mirrors").iterdir()) == []


def test_a_broken_file_is_refused_by_place_and_takes_nothing_else(made: Repository) -> None:
    commit = made.commit(dvc__yaml="artifacts: [", params__yaml="C: 1\n")
    made.tag("pd@v1.0.0")
    *pages, end = _open(made.root).pull(Stream.MODELS)
    assert isinstance(end, Completion)
    assert [one.place for one in end.refused] == [f"{commit[:12]}:dvc.yaml"]
    (page,) = pages
    assert isinstance(page, Page)
    assert [one.native_id for one in page.facts() if isinstance(one, ObservedModel)] == ["pd"]


@pytest.mark.parametrize(
    ("said", "code", "reason"),
    [
        ("fatal: Authentication failed for x", FailureCode.AUTH, "login_refused"),
        (
            "fatal: unable to access: The requested URL returned error: 403",
            "forbidden",
            "git_refused",
        ),
        ("fatal: unable to access: Could not resolve host: x", "unreachable", "name_unknown"),
        (
            "fatal: unable to access 'https://ssl.example:40133/': Failed to connect",
            FailureCode.UNREACHABLE,
            "not_connected",
        ),
        (
            "fatal: unable to access: The TLS connection was non-properly terminated.",
            FailureCode.UNREACHABLE,
            "cut_off",
        ),
        ("fatal: SSL certificate problem", FailureCode.TLS, "handshake"),
        ("fatal: repository 'x' not found", FailureCode.UNSUPPORTED, "no_repository"),
        ("fatal: the remote end hung up unexpectedly", FailureCode.UNREACHABLE, "cut_off"),
        ("fatal: transport 'ext' not allowed", FailureCode.PROTOCOL, "git_protocol"),
    ],
)
def test_what_git_says_is_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, code: str, reason: str
) -> None:
    _pretend(tmp_path, monkeypatch, f'echo "{said}" >&2; exit 128')
    failure = _failure(_open(tmp_path))
    assert (failure.code, failure.reason) == (code, reason)
    probe = _open(tmp_path).probe()
    assert probe.is_reachable is (code not in ("unreachable", "tls"))


def test_a_git_that_hangs_is_ended_and_one_that_nobody_waits_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend(tmp_path, monkeypatch, "exec sleep 60")
    failure = _failure(_open(tmp_path, GitLimits(seconds=0.2)))
    assert (failure.code, failure.is_retryable) == (FailureCode.TIMEOUT, True)
    connection = Connection("modelle", "git", str(tmp_path))
    (stopped,) = Git(connection, Credentials(), lambda: True).pull(Stream.MODELS)
    assert isinstance(stopped, Failure)
    assert stopped.code is FailureCode.CANCELLED
    _pretend(tmp_path, monkeypatch, "yes | head -c 3000000; sleep 60")
    assert _failure(_open(tmp_path, GitLimits(printed=1 << 20))).reason == "page_too_large"


def test_a_secret_stands_in_no_argument_and_in_no_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend(
        tmp_path,
        monkeypatch,
        'echo "$@" > arguments; env > surroundings; echo "fatal: canary-Geheimnis" >&2; exit 1',
    )
    connection = Connection("modelle", "git", "https://git.example/x.git")
    source = Git(connection, Credentials(username="leser", password="canary-Geheimnis"))
    failure = _failure(source)
    assert "canary" not in failure.detail
    import tempfile

    told = Path(tempfile.gettempdir())
    assert "canary" not in (told / "arguments").read_text()
    assert "Authorization: Basic" in (told / "surroundings").read_text()
    assert "GIT_TERMINAL_PROMPT=0" in (told / "surroundings").read_text()


def _pretend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Put a program of that name before the real one."""
    programs = tmp_path / "programs"
    programs.mkdir(exist_ok=True)
    git = programs / "git"
    git.write_text(f"#!/bin/sh\n{script}\n")
    git.chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:/usr/bin:/bin")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))


def test_without_git_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(AppError, match=r"git\.missing"):
        _open(tmp_path)


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("ext::sh -c touch% /tmp/x", "git.address_refused"),
        ("http://git.example/x.git", "git.address_refused"),
        ("--upload-pack=touch", "git.address_refused"),
        ("ssh://-oProxyCommand=touch/x", "git.address_refused"),
        ("modelle", "git.address_refused"),
        ("https://leser:geheim@git.example/x.git", "source.address_holds_secret"),
    ],
)
def test_ways_that_could_run_something_are_refused(url: str, code: str) -> None:
    with pytest.raises(AppError) as caught:
        Git(Connection("modelle", "git", url), Credentials())
    assert caught.value.code == code


def test_nobody_there(tmp_path: Path) -> None:
    assert _failure(_open(tmp_path / "nichts")).reason == "no_repository"
    connection = Connection("modelle", "git", "https://127.0.0.1:1/x.git")
    (failure,) = Git(connection, Credentials()).pull(Stream.RUNS)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.reason) == (FailureCode.UNREACHABLE, "not_connected")
    (other,) = _open(tmp_path).pull(Stream.ALERTS)
    assert isinstance(other, Failure)
    assert other.code is FailureCode.UNSUPPORTED


def test_an_empty_repository_has_nothing(made: Repository) -> None:
    source = _open(made.root)
    for stream in source.streams:
        assert read_facts(source, stream) == []
    assert {one.name: one.value for one in source.probe().visible}["models"] == "0"


def test_what_was_fetched_goes_with_the_source(made: Repository, tmp_path: Path) -> None:
    made.commit(dvc__yaml=_DVC_YAML)
    assert read_models(_open(made.root))
    (mirror,) = (tmp_path / "home" / "mirrors").iterdir()
    forget = catalog.describe("git").forget
    assert forget is not None
    forget(str(made.root))
    assert not mirror.exists()


def test_ids_of_versions_are_unique(made: Repository) -> None:
    made.commit(dvc__yaml=_DVC_YAML)
    for name in ("pd@v1.0.0", "retail=pd@v1.0.0", "lgd@v1.0.0"):
        made.tag(name)
    facts = read_facts(_open(made.root), Stream.VERSIONS)
    ids = [one.native_id for one in facts if isinstance(one, ObservedVersion)]
    assert sorted(ids) == ["lgd@v1.0.0", "pd@v1.0.0", "retail:pd@v1.0.0"]
