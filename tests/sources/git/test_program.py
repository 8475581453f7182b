"""The program git: what it says is told apart, and it is given nothing that could run or leak."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.outside.repositories.program import GitLimits
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.git.reader import Git
from mlops_desktop.sources.observations import Failure, FailureCode, Stream
from tests.sources.git.opening import failure_of, needs_git, open_git

pytestmark = needs_git


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
    failure = failure_of(open_git(tmp_path))
    assert (failure.code, failure.reason) == (code, reason)
    probe = open_git(tmp_path).probe()
    assert probe.is_reachable is (code not in ("unreachable", "tls"))


def test_a_git_that_hangs_is_ended_and_one_that_nobody_waits_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _pretend(tmp_path, monkeypatch, "exec sleep 60")
    failure = failure_of(open_git(tmp_path, GitLimits(seconds=0.2)))
    assert (failure.code, failure.is_retryable) == (FailureCode.TIMEOUT, True)
    connection = Connection("modelle", "git", str(tmp_path))
    (stopped,) = Git(connection, Credentials(), lambda: True).pull(Stream.MODELS)
    assert isinstance(stopped, Failure)
    assert stopped.code is FailureCode.CANCELLED
    _pretend(tmp_path, monkeypatch, "yes | head -c 3000000; sleep 60")
    assert failure_of(open_git(tmp_path, GitLimits(printed=1 << 20))).reason == "page_too_large"


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
    failure = failure_of(source)
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
        open_git(tmp_path)


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
    assert failure_of(open_git(tmp_path / "nichts")).reason == "no_repository"
    connection = Connection("modelle", "git", "https://127.0.0.1:1/x.git")
    (failure,) = Git(connection, Credentials()).pull(Stream.RUNS)
    assert isinstance(failure, Failure)
    assert (failure.code, failure.reason) == (FailureCode.UNREACHABLE, "not_connected")
    (other,) = open_git(tmp_path).pull(Stream.ALERTS)
    assert isinstance(other, Failure)
    assert other.code is FailureCode.UNSUPPORTED
