"""A folder is read into the ledger, found unchanged, and its broken files are told by name."""

from pathlib import Path

import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import ledger, models, source_edits, sources
from mlops_desktop.services.source_edits import SourceEdit
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.store import evidence, series
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from tests.services.conftest import Bank
from tests.sources.folders import Inbox

OPENLINEAGE = "openlineage-1.54.0_2026-11-23_events.ndjson"
LOCK = "dvc-3.67.1_2026-11-23_dvc.lock"
JUNIT = "pytest-9.2_2026-11-23_junit.xml"


@pytest.fixture
def inbox(tmp_path: Path, bank: Bank) -> Inbox:
    root = tmp_path / "eingang"
    root.mkdir()
    sources.add_source(bank.session, NewSource("folder", "eingang", str(root)))
    return Inbox(root)


def sync(bank: Bank) -> SyncResult:
    return sources.sync(bank.session, "eingang", lambda *_: None)


def told(bank: Bank, *kinds: str) -> tuple[ObservedRow, ...]:
    with bank.session.workspace.read() as view:
        return list_observed(view.connection, ObservedFilter(kinds))


def test_results_are_read_once_and_a_broken_one_is_told_every_time(
    bank: Bank, inbox: Inbox
) -> None:
    models.register_model(bank.session, {"name": "credit-pd"})
    inbox.capture(JUNIT)
    inbox.put("kaputt.xml", "<testsuite>\n<")
    first = sync(bank)
    assert first.counts == SyncCounts(read=1, new=1, refused=1)
    assert first.refusals == ("kaputt.xml:2 (unclosed token): folder.damaged",)
    assert first.failures == ()
    (row,) = told(bank, "check")
    assert len(row.models) == 1
    before = len(ledger.read_log(bank.session))
    again = sync(bank)
    assert again.counts == SyncCounts(read=1, unchanged=1, refused=1)
    assert (again.is_unchanged, again.refusals) == (True, first.refusals)
    assert len(ledger.read_log(bank.session)) == before + 1
    row_now = sources.get_source(bank.session, "eingang")
    last = row_now.result
    assert last is not None
    assert row_now.completed_at is None
    assert [name for one in last.completed for name in one.unread] == list(first.refusals)
    (inbox.root / "kaputt.xml").unlink()
    assert sync(bank).counts == SyncCounts(read=1, unchanged=1)
    assert sources.get_source(bank.session, "eingang").completed_at is not None
    with bank.session.workspace.read() as view:
        digest = inbox.pages(inbox.open().streams[0])[0].evidence.digest
        assert b"record_property" not in evidence.read(view.connection, digest).content
    assert ledger.verify_ledger(bank.session).is_ok


def test_another_setting_has_the_same_files_read_anew(bank: Bank, inbox: Inbox) -> None:
    inbox.put("a.xml", '<testsuite name="s"><testcase name="t"/></testsuite>')
    models.register_model(bank.session, {"name": "PD"})
    sync(bank)
    assert told(bank, "check")[0].models == ()
    wanted = SourceEdit(str(inbox.root), settings=(Pair("model", "PD"),))
    source_edits.edit_source(bank.session, "eingang", wanted)
    assert sync(bank).counts == SyncCounts(read=1, changed=1)
    assert len(told(bank, "check")[0].models) == 1


def test_one_file_tells_runs_datasets_and_checks_and_a_series_goes_on(
    bank: Bank, inbox: Inbox
) -> None:
    settings = (Pair("column.value", "Wert"), Pair("column.time", "Tag"), Pair("model", "PD"))
    wanted = SourceEdit(str(inbox.root), settings=settings)
    source_edits.edit_source(bank.session, "eingang", wanted)
    models.register_model(bank.session, {"name": "credit-pd"})
    inbox.capture(OPENLINEAGE)
    inbox.put("1.csv", "Tag;Wert\n01.07.2026;0,1\n")
    assert sync(bank).counts == SyncCounts(read=5, new=5)
    inbox.put("2.csv", "Tag;Wert\n01.08.2026;0,2\n01.09.2026;k.A.\n")
    assert sync(bank).counts == SyncCounts(read=6, unchanged=5)
    before = len(ledger.read_log(bank.session))
    assert sync(bank).counts == SyncCounts(read=6, unchanged=6)
    assert len(ledger.read_log(bank.session)) == before + 1
    (row,) = told(bank, "series")
    with bank.session.workspace.read() as view:
        points = series.read_points(view.connection, row.id)
    assert points.values.tolist()[:2] == [0.1, 0.2]
    assert len(points) == 3
    (run,) = told(bank, "pipeline_run")
    assert len(run.models) == 1
    assert ledger.verify_ledger(bank.session).is_ok


def test_only_a_whole_listing_says_that_a_dataset_is_told_no_more(bank: Bank, inbox: Inbox) -> None:
    inbox.capture(OPENLINEAGE)
    inbox.capture(LOCK, "dvc.lock")
    sync(bank)
    (inbox.root / "dvc.lock").unlink()
    broken = inbox.put("kaputt.json", "{")
    assert sync(bank).counts.missing == 0
    broken.unlink()
    assert sync(bank).counts.missing == 1
    gone = [row.name for row in told(bank, "dataset") if row.missing_since is not None]
    assert gone == ["data/train.csv"]
    assert all(row.missing_since is None for row in told(bank, "pipeline_run", "check"))
    inbox.capture(LOCK, "dvc.lock")
    assert sync(bank).counts.changed == 1


def test_a_path_that_depends_on_where_one_stands_is_refused(file_bank: Bank) -> None:
    with pytest.raises(AppError) as refused:
        sources.add_source(file_bank.session, NewSource("folder", "x", "reports"))
    assert (refused.value.code, refused.value.where) == ("source.path_relative", "url")


def test_many_files_are_accounted_for_in_one_event(file_bank: Bank, tmp_path: Path) -> None:
    many = Inbox(tmp_path / "viele")
    for number in range(1500):
        many.put(f"{number}.xml", f'<testsuite name="{number}"><testcase name="t"/></testsuite>')
    sources.add_source(file_bank.session, NewSource("folder", "eingang", str(many.root)))
    assert sync(file_bank).counts == SyncCounts(read=1500, new=1500)
    assert sync(file_bank).counts.new == 0
