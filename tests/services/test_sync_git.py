"""A repository comes in as a registry does: candidates, versions, what serves, and what is gone."""

import shutil
from pathlib import Path

import pytest

from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.services import ledger, models, sources
from mlops_desktop.services.models import ModelFilter
from mlops_desktop.services.source_edits import SourceEdit, edit_source
from mlops_desktop.services.sources import NewSource
from tests.services.conftest import Bank
from tests.sources.repositories import new_repository

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="needs the program git")


def test_stages_serve_and_retired_versions_stay(file_bank: Bank, tmp_path: Path) -> None:
    session, made = file_bank.session, new_repository(tmp_path / "modelle")
    made.commit(params__yaml="C: 0.1\n", metrics__json='{"auc": 0.81}')
    made.tag("pd@v1.0.0")
    made.tag("pd#prod#1")
    sources.add_source(session, NewSource("git", "modelle", str(made.root)))

    def sync() -> SyncCounts:
        result = sources.sync(session, "modelle", lambda *_: None)
        assert result.failures == ()
        return result.counts

    assert sync().new >= 2
    (row,) = models.list_models(session, ModelFilter(scope=Scope.ALL))
    sheet = models.show_model(session, row.id)
    (version,) = sheet.versions
    assert version.details.run is not None
    assert [one.value for one in version.details.run.metrics] == ["0.81"]
    assert [(one.label, one.until) for one in sheet.deployments] == [("v1.0.0", None)]
    before = len(ledger.read_log(session))
    assert sync().new == 0
    assert len(ledger.read_log(session)) == before + 1
    made.commit(params__yaml="C: 0.2\n")
    made.tag("pd@v2.0.0")
    made.tag("pd#prod#2")
    made.tag("pd@v1.0.0!")
    sync()
    sheet = models.show_model(session, row.id)
    told = {one.details.version: one.details.status for one in sheet.versions}
    assert told == {"v1.0.0": "deregistered", "v2.0.0": "registered"}
    assert {one.label for one in sheet.deployments if one.until is None} == {"v2.0.0"}
    assert ledger.verify_ledger(session).is_ok
    home = tmp_path / "bank-home" / "mirrors"
    (mirror,) = home.iterdir()
    moved = shutil.copytree(made.root, tmp_path / "umgezogen")
    edit_source(session, "modelle", SourceEdit(str(moved)))
    assert not mirror.exists()
    assert sync().new == 0
    assert len(list(home.iterdir())) == 1
    sources.remove_source(session, "modelle")
    assert list(home.iterdir()) == []
