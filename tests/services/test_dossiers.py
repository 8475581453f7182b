"""A dossier of what is really on record: sealed, recorded, and caught when one byte changes."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.asof import on
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.dossier.difference import Difference
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.services import approvals, dossiers, ledger, models, papers
from mlops_desktop.services.decisions import Ballot, revoke_approval
from mlops_desktop.services.documents import File
from mlops_desktop.services.dossiers import Exported, Order
from mlops_desktop.services.dossiers.difference import Compared, write_lines
from mlops_desktop.services.dossiers.verification import export_authority
from tests.services import oversight
from tests.services.conftest import FOUNDER, Bank
from tests.services.steps import ask, cast, register

SIGNER = "Jonas Brandt"


def export(bank: Bank, out: Path, **order: object) -> Exported:
    wanted = Order("1", out, **order)  # type: ignore[arg-type]
    return dossiers.export_dossier(bank.as_(SIGNER), wanted, bank.unlock(SIGNER))


def evidence_in(path: Path) -> dict[str, object]:
    with pikepdf.open(path) as pdf:
        content = pdf.attachments["evidence.json"].get_file().read_bytes()
    read: dict[str, object] = json.loads(content)
    return read


@pytest.fixture
def decided(bank: Bank) -> Bank:
    request = ask(bank)
    cast(bank, request, SIGNER)
    cast(bank, request, "Miriam Sander")
    return bank


def test_an_export_is_valid_here_and_for_whoever_trusts_the_authority(
    decided: Bank, tmp_path: Path
) -> None:
    out = tmp_path / "dossier.pdf"
    made = export(decided, out)
    here = dossiers.verify_dossier(out, session=decided.session)
    assert (here.verdict.outcome, here.recorded_as) == (Outcome.VALID, made.id)
    trust = export_authority(decided.session).encode()
    assert dossiers.verify_dossier(out, trust).verdict.outcome is Outcome.VALID
    assert dossiers.verify_dossier(out).verdict.outcome is Outcome.UNTRUSTED
    (row,) = dossiers.list_dossiers(decided.session)
    assert (row.digest, row.model_id, row.person) == (made.digest, "M-00001", SIGNER)
    assert ledger.verify_ledger(decided.session).is_ok


@pytest.mark.parametrize("place", [0.2, 0.5, 0.8])
def test_one_changed_byte_is_caught(file_bank: Bank, tmp_path: Path, place: float) -> None:
    register(file_bank)
    out = tmp_path / "dossier.pdf"
    export(file_bank, out)
    data = bytearray(out.read_bytes())
    data[int(len(data) * place)] ^= 1
    out.write_bytes(data)
    verdict = dossiers.verify_dossier(out, session=file_bank.session)
    assert verdict.verdict.outcome in (Outcome.CHANGED, Outcome.DAMAGED)
    assert verdict.is_recorded is False


def test_both_languages_hold_the_same_facts(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    day = on(clock.today())
    english = export(file_bank, tmp_path / "en.pdf", language="en", as_of=day)
    german = export(file_bank, tmp_path / "de.pdf", language="de", as_of=day)
    first, second = evidence_in(english.path), evidence_in(german.path)
    assert english.content != ""
    for facts in (first["facts"], second["facts"]):
        assert isinstance(facts, dict)
        facts.pop("ledger")
        facts.pop("blind_spots")
        facts["as_of"].pop("position")
        # The second knows of the first: its export is itself on record.
        facts["chapters"] = [c for c in facts["chapters"] if c["name"] != "document_control"]
    assert first["facts"] == second["facts"]
    assert german.digest != english.digest


def test_as_of_a_day_it_says_what_was_known_then(bank: Bank, tmp_path: Path) -> None:
    now = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
    with clock.reading(lambda: now - timedelta(days=30)):
        register(bank)
    with clock.reading(lambda: now):
        models.edit_model(bank.session, "1", {"tier": "2"})
    made = export(bank, tmp_path / "then.pdf", as_of=on((now - timedelta(days=10)).date()))
    text = json.dumps(evidence_in(made.path)["facts"], ensure_ascii=False)
    assert '"2026-11-10"' in text
    assert "model.edited" not in text


def test_what_is_known_now_is_known_when_the_dossier_is_issued(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    seconds = count()
    begun = clock.now()
    with clock.reading(lambda: begun + timedelta(seconds=next(seconds))):
        made = export(file_bank, tmp_path / "now.pdf")
    read: Any = evidence_in(made.path)
    assert read["facts"]["as_of"]["as_known"] == read["document"]["created_at"]


def test_an_existing_file_is_not_overwritten_and_no_event_is_left(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    out = tmp_path / "dossier.pdf"
    out.write_bytes(b"mine")
    size = ledger.read_state(file_bank.session).size
    with pytest.raises(AppError, match=r"dossier\.file_exists"):
        export(file_bank, out)
    with pytest.raises(AppError, match=r"dossier\.no_folder"):
        export(file_bank, tmp_path / "nowhere" / "dossier.pdf")
    assert out.read_bytes() == b"mine"
    assert ledger.read_state(file_bank.session).size == size
    assert [item.name for item in tmp_path.glob(".*.part")] == []


def test_a_file_of_roots_that_holds_none_is_said(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    out = tmp_path / "dossier.pdf"
    export(file_bank, out)
    found = dossiers.verify_dossier(out, b"no certificate", file_bank.session).verdict
    assert found.outcome is Outcome.UNTRUSTED
    assert found.first_failure is not None
    assert found.first_failure.code == "roots_unreadable"


def test_what_is_no_dossier_is_said_to_be_none(tmp_path: Path) -> None:
    other = tmp_path / "other.pdf"
    other.write_bytes(b"hello")
    assert dossiers.verify_dossier(other).verdict.outcome is Outcome.NOT_A_DOSSIER
    with pytest.raises(AppError, match=r"dossier\.unreadable"):
        dossiers.verify_dossier(tmp_path / "missing.pdf")


def approvers_in(path: Path) -> list[str]:
    facts = evidence_in(path)["facts"]
    assert isinstance(facts, dict)
    fields = [field for section in facts["inventory"] for field in section["fields"]]
    (approver,) = [field for field in fields if field["name"] == "approver"]
    values = approver["values"]
    return [value["text"] for value in values] if isinstance(values, list) else []


def test_only_who_approved_what_was_granted_is_named_as_an_approver(
    file_bank: Bank, tmp_path: Path
) -> None:
    clerk = replace(file_bank, session=file_bank.session.as_agent("import"))
    request = ask(clerk)  # so that the founder, who shaped nothing, can sign too
    cast(file_bank, request, SIGNER, Ballot(Decision.ABSTAIN, "I abstain."))
    cast(file_bank, request, "Miriam Sander")
    assert approvers_in(export(file_bank, tmp_path / "open.pdf").path) == []
    cast(file_bank, request, FOUNDER)
    made = export(file_bank, tmp_path / "granted.pdf")
    assert approvers_in(made.path) == [FOUNDER, "Miriam Sander"]
    facts = evidence_in(made.path)["facts"]
    assert isinstance(facts, dict)
    (version,) = facts["versions"]
    assert version["digest"] == "sha256:aa"


def test_a_body_that_approved_on_paper_is_an_approver(file_bank: Bank, tmp_path: Path) -> None:
    register(file_bank)
    paper = papers.NewPaper("Kreditausschuss", date(2020, 5, 12), File("Protokoll.pdf", b"%PDF"))
    told = papers.record_paper(file_bank.session, "1", paper).id
    assert approvers_in(export(file_bank, tmp_path / "open.pdf").path) == []
    papers.confirm_paper(file_bank.as_(SIGNER), told, file_bank.unlock(SIGNER))
    assert approvers_in(export(file_bank, tmp_path / "held.pdf").path) == ["Kreditausschuss"]


def test_a_committee_that_resolved_is_an_approver(file_bank: Bank, tmp_path: Path) -> None:
    oversight.tell(file_bank)
    made = export(file_bank, tmp_path / "granted.pdf")
    assert approvers_in(made.path) == [SIGNER, oversight.BODY]


def test_who_revoked_an_approval_is_printed_with_the_reason(
    file_bank: Bank, tmp_path: Path
) -> None:
    oversight.tell(file_bank)
    (asked,) = approvals.list_requests(file_bank.session)
    by = file_bank.as_("Miriam Sander")
    revoke_approval(by, asked.id, "Ziel verfehlt", "I revoke.", file_bank.unlock("Miriam Sander"))
    facts = evidence_in(export(file_bank, tmp_path / "revoked.pdf").path)["facts"]
    assert isinstance(facts, dict)
    last = facts["approvals"][0]["decisions"][-1]
    wanted = ("decision", "person", "comment", "signature")
    assert [last[name] for name in wanted] == [
        "revoke",
        "Miriam Sander",
        "Ziel verfehlt",
        "verified",
    ]


@pytest.mark.parametrize(
    ("thing", "told"),
    [
        ("permission · 8 · production", "Permission · 8 · production"),
        ("x · 2026-01-12T03:51:00.000Z", "x · 12 Jan 2026, 03:51:00 UTC"),
        ("x · 2026-07-08 · field.last_review field.next_review",
         "x · 8 Jul 2026 · last review next review"),
        ("x · Bericht v1.2 vom Mai\nreport v1.2 of May", "x · Bericht v1.2 vom Mai"),
    ],
)  # fmt: skip
def test_what_a_difference_is_about_is_said_in_words(thing: str, told: str) -> None:
    line = Difference("changes", thing, "documents", None, ())
    found = Compared(None, None, (line,))  # type: ignore[arg-type]
    (said,) = write_lines(found, "en")
    assert (said.thing, said.field) == (told, "Documents filed")


def test_two_dossiers_of_a_model_are_compared_from_the_files_alone(
    file_bank: Bank, tmp_path: Path
) -> None:
    register(file_bank)
    before = export(file_bank, tmp_path / "before.pdf").path
    models.edit_model(file_bank.session, "1", {"tier": "2"})
    after = export(file_bank, tmp_path / "after.pdf").path
    found = dossiers.diff_dossiers(before, after)
    assert "tier" in {one.field for one in found.differences if one.section == "inventory"}
    assert not dossiers.diff_dossiers(before, before).differences
    data = bytearray(after.read_bytes())
    data[len(data) // 2] ^= 1
    after.write_bytes(data)
    with pytest.raises(AppError, match=r"dossier\.not_comparable"):
        dossiers.diff_dossiers(before, after)
