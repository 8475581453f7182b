"""Request lists: taken in whole or not at all, answered, given out with files and digests."""

import csv
import zipfile
from hashlib import sha256
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services import items, ledger
from mlops_desktop.services.documents import File
from mlops_desktop.services.imports import Source
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.request_lists.attaching import attach_file
from mlops_desktop.services.request_lists.content import list_lists, read_document_name
from mlops_desktop.services.request_lists.export import export_list
from mlops_desktop.services.request_lists.intake import Taken, take_in
from tests.services.conftest import Bank

LIST = "Prüfung 2026 (§ 44 KWG)"
GIVEN = {
    "list_name": LIST,
    "asker": "supervisor",
    "owner": "Jonas Brandt",
    "due": "2096-12-31",
}
CONTENT = b"%PDF-1.7 Validierungsbericht"
DIGEST = sha256(CONTENT).hexdigest()


def sheet(*rows: tuple[object, ...]) -> Source:
    book, out = Workbook(), BytesIO()
    page = book.active
    assert page is not None
    for row in (("Nr.", "Frage", "Verantwortlich", "Frist"), *rows):
        page.append(list(row))
    book.save(out)
    return Source("Fragen.xlsx", out.getvalue())


QUESTIONS = sheet(
    ("1.1", "Welche Modelle laufen ohne Freigabe?", None, None),
    ("1.2", "-Wie wird überwacht?", "Corinna Wolters", "15.01.2027"),
    ("1.3", "Wo steht der Validierungsbericht?", None, None),
)


def take(bank: Bank, source: Source = QUESTIONS, *, is_dry: bool = False) -> Taken:
    return take_in(bank.session, source, GIVEN, is_dry=is_dry)


def rows(bank: Bank) -> list[str]:
    wanted = ItemFilter(("request",), scope=ItemScope.ALL)
    return [row.number for row in items.list_items(bank.session, wanted)]


def answer(bank: Bank, number: str, **texts: str) -> None:
    given = Given({"answer": "Keine; siehe Anlage.", **texts})
    items.take_step(bank.session, REQUEST, number, "answer", given)


def test_a_list_comes_in_is_answered_and_goes_out_whole(bank: Bank, tmp_path: Path) -> None:
    assert take(bank, is_dry=True).is_recorded is False
    assert rows(bank) == []
    assert [one.error for one in take(bank).refusals] == []
    assert (3, rows(bank)) == (3, ["R-00001", "R-00002", "R-00003"])
    attach_file(bank.session, "R-00001", File("../../Bericht Ü.pdf", CONTENT))
    document = items.show_item(bank.session, "R-00001").state.details
    assert getattr(document, "documents") == (f"../../Bericht Ü.pdf sha256:{DIGEST}",)  # noqa: B009
    answer(bank, "R-00001")
    answer(bank, "R-00003", documents=f"Handbuch 3.2, {'ab' * 32}")
    (found,) = list_lists(bank.session)
    assert dict(found.by_stage) == {"open": 1, "answered": 2, "handed_over": 0, "withdrawn": 0}
    given = export_list(bank.session, LIST.upper(), tmp_path / "out", "de")
    assert (given.requests, given.files) == (3, 1)
    assert given.missing == ("1.3: Handbuch 3.2", f"1.3: {'ab' * 6}")
    text = (tmp_path / "out/index.csv").read_text("utf-8-sig")
    told = list(csv.DictReader(StringIO(text, newline=""), delimiter=";"))
    assert [one["Nummer"] for one in told] == ["1.1", "1.2", "1.3", "1.3"]
    assert told[1]["Frage"] == "'-Wie wird überwacht?"
    assert (told[1]["Verantwortlich"], told[1]["Fällig"]) == ("Corinna Wolters", "15.01.2027")
    assert told[0]["Antwort"] == "Keine; siehe Anlage."
    assert told[0]["SHA-256"] == DIGEST
    (copied,) = (tmp_path / "out/files").iterdir()
    assert copied.read_bytes() == CONTENT
    assert copied.name == f"1.1_{DIGEST[:8]}_Bericht_Ü.pdf"
    assert told[0]["Datei"] == f"files/{copied.name}"
    for line in (tmp_path / "out/SHA256SUMS").read_text("utf-8").splitlines():
        digest, _, name = line.partition("  ")
        assert sha256((tmp_path / "out" / name).read_bytes()).hexdigest() == digest
    assert ledger.verify_ledger(bank.session).is_ok


def test_a_zip_holds_the_same_and_excel_executes_nothing(file_bank: Bank, tmp_path: Path) -> None:
    take(file_bank)
    export_list(file_bank.session, LIST, tmp_path / "list.zip")
    with zipfile.ZipFile(tmp_path / "list.zip") as pack:
        assert sorted(pack.namelist()) == ["SHA256SUMS", "index.csv", "index.xlsx"]
        page = load_workbook(BytesIO(pack.read("index.xlsx"))).active
    assert page is not None
    cell = page["D3"]
    assert (cell.value, cell.data_type) == ("-Wie wird überwacht?", "s")
    with pytest.raises(AppError, match=r"request_list\.target_exists"):
        export_list(file_bank.session, LIST, tmp_path / "list.zip")
    with pytest.raises(AppError, match=r"request_list\.not_found"):
        export_list(file_bank.session, "andere", tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_one_bad_row_keeps_all_of_them_out(file_bank: Bank) -> None:
    take(file_bank)
    bad = sheet(
        ("2.1", "Gut", None, None),
        ("2.1", "Doppelt", None, None),
        ("1.1", "Schon da", None, None),
        ("2.2", None, None, None),
        ("2.3", "Von wem?", "Niemand Bekanntes", None),
        ("2.4", "Wann?", None, "bald"),
    )
    taken = take(file_bank, bad)
    assert (taken.is_recorded, len(rows(file_bank))) == (False, 3)
    told = [(one.row, one.error.code) for one in taken.refusals]
    assert [row for row, _ in told] == [3, 4, 5, 6, 7]
    codes = [code for _, code in told]
    assert codes[:3] == [
        "request_list.number_twice", "request_list.number_known", "item.field_missing",
    ]  # fmt: skip
    assert codes[3] == "person.not_found"
    with pytest.raises(AppError, match=r"request_list\.no_question"):
        take(file_bank, Source("x.csv", b"Nummer;Betrag\n1;2\n"))


def test_what_is_attached_twice_or_to_a_closed_request_is_refused(file_bank: Bank) -> None:
    take(file_bank)
    file = File("Bericht.pdf", CONTENT)
    attach_file(file_bank.session, "R-00001", file)
    with pytest.raises(AppError, match=r"item\.nothing_changed"):
        attach_file(file_bank.session, "R-00001", file)
    given = Given({}, reason="zurückgenommen")
    items.take_step(file_bank.session, REQUEST, "R-00002", "withdraw", given)
    with pytest.raises(AppError, match=r"item\.closed"):
        attach_file(file_bank.session, "R-00002", file)


def test_a_digest_is_found_wherever_it_stands() -> None:
    for text in (
        f"Bericht.pdf sha256:{DIGEST}",
        f"{DIGEST} Bericht.pdf",
        f"Bericht.pdf ({DIGEST})",
    ):
        named = read_document_name(text)
        assert (named.name, named.digest) == ("Bericht.pdf", DIGEST)
    assert read_document_name("Bericht.pdf").digest is None
