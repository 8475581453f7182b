"""An erasure that was none is found: no event, no rule, or a rule that ended."""

from mlops_desktop.core.events.retention import RetentionDefined, RetentionEnded, TextErased
from mlops_desktop.core.retention import Retained
from mlops_desktop.services import items, ledger
from mlops_desktop.services.session import must_commit
from tests.services.conftest import Bank
from tests.services.retention.erasing import alter, at, define, failure, find, run
from tests.services.steps import register


def test_a_text_deleted_without_an_event_is_missed_and_one_put_back_is_found(old: Bank) -> None:
    title = items.show_item(old.session, "F-00001").state.details.title
    other = items.show_item(old.session, "F-00002").state.details.title
    assert title is not None
    assert other is not None
    with at("2031-06-02"):
        define(old)
        run(old)
    alter(old, "DELETE FROM disclosures WHERE digest = :digest", digest=other.digest)
    assert failure(old) == "ledger.disclosure_missing" or failure(old) == "ledger.row_differs"
    back = {"digest": other.digest, "text": other.disclosure or ""}
    alter(old, "INSERT INTO disclosures VALUES (:digest, :text)", **back)
    assert failure(old) is None
    back = {"digest": title.digest, "text": title.disclosure or ""}
    alter(old, "INSERT INTO disclosures VALUES (:digest, :text)", **back)
    assert "ledger.erased_still_kept" in codes(old)


def codes(bank: Bank) -> set[str]:
    checks = ledger.verify_ledger(bank.session, whole=True).checks
    return {check.finding.error.code for check in checks if check.finding}


def test_an_event_that_erased_by_no_rule_or_one_that_ended_is_found(file_bank: Bank) -> None:
    with at("2026-01-10"):
        register(file_bank)
        find(file_bank, "M-00001")
        title = items.show_item(file_bank.session, "F-00001").state.details.title
        assert title is not None
        with file_bank.session.workspace.write(file_bank.session.actor) as work:
            reason = must_commit("weg damit")
            work.record(RetentionDefined("brief", Retained.ITEMS, 1, reason))
            work.record(RetentionEnded("brief"))
            work.record(TextErased("brief", reason, (title.digest,)))
            work.erase([title.digest])
        assert codes(file_bank) == {"ledger.erased_without_rule"}
