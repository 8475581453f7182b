"""A repository over https: git's own server, an authority of its own, basic authentication."""

import base64
import logging
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import trustme

from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.git.reader import Git
from mlops_desktop.sources.observations import Failure, FailureCode, Stream
from tests.sources.git_server import GitServer, http_backend, serving_git
from tests.sources.pulling import read_models, read_versions
from tests.sources.repositories import recorded_repository

pytestmark = pytest.mark.skipif(http_backend() is None, reason="needs git's http-backend")

_SECRET = "canary-Geheimnis"


@pytest.fixture
def ca_file(tmp_path: Path) -> str:
    return str(tmp_path / "bank-ca.pem")


@pytest.fixture
def server(tmp_path: Path, ca_file: str) -> Iterator[GitServer]:
    recorded_repository(tmp_path / "churn")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with serving_git(tmp_path, f"leser:{_SECRET}", tls) as served:
        yield served


def _open(server: GitServer, ca_file: str | None, password: str | None = _SECRET) -> Git:
    connection = Connection("modelle", "git", f"{server.url}/churn/.git", ca_file=ca_file)
    return Git(connection, Credentials(username="leser", password=password))


def _failure(source: Git) -> Failure:
    (failure,) = source.pull(Stream.MODELS)
    assert isinstance(failure, Failure)
    return failure


def test_it_is_read_like_the_folder_and_the_secret_stays_nowhere(
    server: GitServer,
    ca_file: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    started: list[str] = []
    start = subprocess.Popen

    def watched(arguments: list[str], **named: object) -> object:
        started.extend(map(str, arguments))
        return start(arguments, **named)  # type: ignore[call-overload] # handed on as it came

    local = Git(Connection("modelle", "git", str(tmp_path / "churn")), Credentials())
    models, versions = read_models(local), read_versions(local)
    monkeypatch.setattr(subprocess, "Popen", watched)
    source = _open(server, ca_file)
    assert source.probe().is_reachable
    assert read_models(source) == models
    assert read_versions(source) == versions
    assert set(server.statuses) == {200}
    assert "fetch" in started
    kept = [one for one in (tmp_path / "home").rglob("*") if one.is_file()]
    assert kept
    told = [*started, caplog.text, *(one.read_bytes().decode("latin-1") for one in kept)]
    for secret in (_SECRET, base64.b64encode(f"leser:{_SECRET}".encode()).decode()):
        assert not [one for one in told if secret in one]


@pytest.mark.parametrize("password", ["falsch-canary", None])
def test_a_wrong_password_and_none_are_refused(
    server: GitServer, ca_file: str, password: str | None
) -> None:
    failure = _failure(_open(server, ca_file, password))
    assert (failure.code, failure.reason) == (FailureCode.AUTH, "login_refused")
    assert "canary" not in failure.detail
    assert set(server.statuses) == {401}


def test_an_unknown_authority_is_refused_before_anything_is_said(server: GitServer) -> None:
    failure = _failure(_open(server, None))
    assert (failure.code, failure.reason) == (FailureCode.TLS, "handshake")
    assert server.statuses == []


def test_a_repository_that_is_not_there_is_told_apart(server: GitServer, ca_file: str) -> None:
    connection = Connection("modelle", "git", f"{server.url}/nichts.git", ca_file=ca_file)
    failure = _failure(Git(connection, Credentials(username="leser", password=_SECRET)))
    assert (failure.code, failure.reason) == (FailureCode.UNSUPPORTED, "no_repository")
