"""A folder is read into the ledger, found unchanged, and its broken files are told by name."""

from pathlib import Path

import pytest

from mlops_desktop.core.events.sources import SyncCounts
from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import ledger, models, source_edits, sources
from mlops_desktop.services.source_edits import SourceEdit
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult
from mlops_desktop.store import evidence
from mlops_desktop.store.queries.observed import ObservedFilter, ObservedRow, list_observed
from tests.services.conftest import Bank
from tests.sources.folders import Inbox

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
    (inbox.root / "kaputt.xml").unlink()
    assert sync(bank).counts == SyncCounts(read=1, unchanged=1)
    with bank.session.workspace.read() as view:
        last = inbox.pages(inbox.open().streams[0])[0].evidence.digest
        assert b"record_property" not in evidence.read(view.connection, last).content
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
