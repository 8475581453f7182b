"""A repository over https comes in with the keyring's password, which is written nowhere."""

import ssl
from pathlib import Path

import pytest
import trustme

from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import ledger, models, sources
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.sources import NewSource
from tests.services.conftest import Bank
from tests.sources.git_server import http_backend, serving_git
from tests.sources.repositories import recorded_repository
from tests.support.keyrings import Memory

pytestmark = pytest.mark.skipif(http_backend() is None, reason="needs git's http-backend")

_SECRET = "canary-Geheimnis"


def test_the_keyring_opens_it_and_no_file_holds_the_secret(
    file_bank: Bank, tmp_path: Path, memory: Memory
) -> None:
    session, ca_file = file_bank.session, str(tmp_path / "bank-ca.pem")
    recorded_repository(tmp_path / "churn")
    authority = trustme.CA()
    authority.cert_pem.write_to_path(ca_file)
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    with serving_git(tmp_path, f"leser:{_SECRET}", tls) as server:
        wanted = NewSource("git", "modelle", f"{server.url}/churn/.git", "leser", _SECRET, ca_file)
        sources.add_source(session, wanted)
        result = sources.sync(session, "modelle", lambda *_: None)
    assert result.failures == ()
    assert list(memory.kept.values()) == [_SECRET]
    assert result.counts.new >= 2
    assert len(models.list_models(session, ModelFilter(scope=Scope.ALL))) == 1
    assert _SECRET not in repr(ledger.read_log(session))
    kept = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert [one for one in kept if _SECRET.encode() in one.read_bytes()] == []
