"""Pages signed by hand: kept as evidence beside the dossier, and never taken for a signature."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.services import dossiers, ledger
from mlops_desktop.services.dossiers import Order, ScannedPage
from mlops_desktop.services.dossiers.scans import read_scan
from tests.services.conftest import Bank
from tests.services.steps import register

SIGNER, PNG = "Miriam Sander", b"\x89PNG\r\n\x1a\n signed"


def test_a_scan_is_kept_and_listed_apart_from_signatures(bank: Bank, tmp_path: Path) -> None:
    register(bank)
    order = Order("1", tmp_path / "dossier.pdf")
    done = dossiers.export_dossier(bank.as_(SIGNER), order, bank.unlock(SIGNER))
    scan = tmp_path / "Seite 3 <unterzeichnet>.png"
    scan.write_bytes(PNG)
    signed_on = date(2026, 11, 2)
    for wanted in (done.id, done.digest):
        page = ScannedPage(wanted, scan, "Jonas Brandt", signed_on)
        dossiers.attach_scan(bank.session, page)
    found = dossiers.verify_dossier(done.path, session=bank.session)
    assert [one.name for one in found.verdict.signatures] == [SIGNER]
    assert [(one.person, one.signed_on, one.name) for one in found.scans] == [
        ("Jonas Brandt", "2026-11-02", scan.name)
    ] * 2
    assert {one.printed for one in found.scans} == {done.digest}
    assert read_scan(bank.session, found.scans[0]) == PNG
    assert dossiers.list_scans(bank.session, done.id) == found.scans
    assert dossiers.verify_dossier(done.path).scans == ()
    verdict = ledger.verify_ledger(bank.session)
    assert verdict.is_ok, [one for one in verdict.checks if one.finding]


def test_what_is_no_scan_of_a_dossier_on_record_is_refused(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    order = Order("1", tmp_path / "dossier.pdf")
    done = dossiers.export_dossier(file_bank.as_(SIGNER), order, file_bank.unlock(SIGNER))
    good, bad = tmp_path / "page.jpg", tmp_path / "page.docx"
    good.write_bytes(b"\xff\xd8\xff\xe0 page")
    bad.write_bytes(b"PK page")
    today = clock.today()
    rows = (
        (ScannedPage(done.id, bad, SIGNER, today), "dossier.scan_kind"),
        (ScannedPage(done.id, good, SIGNER, today + timedelta(days=1)), "dossier.scan_day"),
        (ScannedPage("0000", good, SIGNER, today), "dossier.not_on_record"),
        (ScannedPage("", good, SIGNER, today), "dossier.not_on_record"),
        (ScannedPage(done.id, good, "Niemand", today), "person.not_found"),
        (ScannedPage(done.id, tmp_path / "none.png", SIGNER, today), "document.unreadable"),
    )
    for page, code in rows:
        with pytest.raises(AppError) as refused:
            dossiers.attach_scan(file_bank.session, page)
        assert refused.value.code == code
    assert dossiers.list_scans(file_bank.session, done.id) == ()
