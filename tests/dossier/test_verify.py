"""The verifier against honest files and against every attack that Python can make."""

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter

from mlops_desktop.core import clock
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import archive, evidence
from mlops_desktop.dossier import seal as sealing
from mlops_desktop.dossier.archive import archive as to_archive
from mlops_desktop.dossier.attachments import EVIDENCE, LEDGER, Attachment, attach
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import DossierContent, Leaf
from mlops_desktop.dossier.render import count_pages
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.verdict import Outcome, Step, Verdict
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import NOW, STATEMENT
from tests.dossier.sample import at, content


def judge(pdf: bytes, roots: bytes | None) -> Verdict:
    return verify(pdf, roots, NOW)


def told(verdict: Verdict) -> tuple[Outcome, str | None]:
    failure = verdict.first_failure
    return verdict.outcome, failure.code if failure else None


def by_step(verdict: Verdict) -> dict[Step, bool | None]:
    return {check.step: check.ok for check in verdict.checks}


# Honest files


def test_an_honest_dossier_is_valid(sealed: bytes, roots: bytes) -> None:
    verdict = judge(sealed, roots)
    assert told(verdict) == (Outcome.VALID, None)
    assert [check.number for check in verdict.checks] == list(range(1, 10))
    assert all(check.ok for check in verdict.checks)
    assert verdict.document_id == content().document.id


def test_without_roots_the_signer_is_not_trusted(sealed: bytes) -> None:
    assert told(judge(sealed, None)) == (Outcome.UNTRUSTED, "no_roots")


def test_roots_that_cannot_be_read_trust_nobody(sealed: bytes) -> None:
    assert told(judge(sealed, b"no pem")) == (Outcome.UNTRUSTED, "roots_unreadable")


def test_a_stranger_is_not_trusted(sealed: bytes) -> None:
    stranger = to_pem(create_authority("Elbmark Bank AG", at("2026-01-01")).certificate)
    assert told(judge(sealed, stranger.encode())) == (Outcome.UNTRUSTED, "chain_broken")


def test_after_the_certificate_expired_the_time_is_unproven(sealed: bytes, roots: bytes) -> None:
    verdict = verify(sealed, roots, datetime(2031, 1, 1, tzinfo=UTC))
    assert told(verdict) == (Outcome.INDETERMINATE, "time_unproven")


def test_a_time_in_the_future_is_not_believed(sealed: bytes, roots: bytes) -> None:
    verdict = verify(sealed, roots, at("2026-09-01"))
    assert told(verdict) == (Outcome.INDETERMINATE, "time_ahead")


def test_the_clock_is_read_unless_a_time_is_given(sealed: bytes, roots: bytes) -> None:
    with clock.reading(lambda: datetime(2031, 1, 1, tzinfo=UTC)):
        assert verify(sealed, roots).outcome is Outcome.INDETERMINATE


def test_every_check_has_a_sentence_in_both_languages(
    sealed: bytes, draft: bytes, roots: bytes, english: Words, german: Words
) -> None:
    for verdict in (judge(sealed, roots), judge(draft, roots), judge(b"", roots)):
        for check in verdict.checks:
            for words in (english, german):
                assert check.title(words)
                assert "{" not in check.detail(words)


# What is no dossier


def test_an_unsealed_draft_is_never_valid(draft: bytes, roots: bytes) -> None:
    assert told(judge(draft, roots)) == (Outcome.CHANGED, "no_seal")


def test_another_pdf_is_no_dossier(roots: bytes) -> None:
    other = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(other)
    assert told(judge(other.getvalue(), roots)) == (Outcome.NOT_A_DOSSIER, "no_marker")


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04", b"\x00" * 5000])
def test_another_file_is_no_dossier(data: bytes, roots: bytes) -> None:
    assert told(judge(data, roots)) == (Outcome.NOT_A_DOSSIER, "not_pdf")


# Attacks on the bytes


def test_a_cut_file_is_damaged(sealed: bytes, roots: bytes) -> None:
    for length in (20, 1000, len(sealed) // 2, len(sealed) - 2000, len(sealed) - 30):
        assert judge(sealed[:length], roots).outcome is Outcome.DAMAGED


def test_the_seal_cut_off_is_seen(draft: bytes, sealed: bytes, roots: bytes) -> None:
    assert told(judge(sealed[: len(draft)], roots)) == (Outcome.CHANGED, "no_seal")


@pytest.mark.parametrize("tail", [b" ", b"\n", b"\0", b"garbage" * 100])
def test_bytes_after_the_end_are_seen(sealed: bytes, roots: bytes, tail: bytes) -> None:
    assert told(judge(sealed + tail, roots)) == (Outcome.CHANGED, "not_covered")


def test_a_second_end_is_seen(sealed: bytes, roots: bytes) -> None:
    assert judge(sealed + b"%%EOF\n", roots).outcome in {Outcome.CHANGED, Outcome.DAMAGED}


def test_bytes_before_the_beginning_are_seen(sealed: bytes, roots: bytes) -> None:
    assert told(judge(b"\n" + sealed, roots)) == (Outcome.DAMAGED, "not_pdf")


def test_any_flipped_bit_is_seen(sealed: bytes, roots: bytes) -> None:
    chance = random.Random(20260930)  # noqa: S311 - the same bits in every run
    for _ in range(60):
        place, bit = chance.randrange(len(sealed)), chance.randrange(8)
        flipped = bytearray(sealed)
        flipped[place] ^= 1 << bit
        outcome = judge(bytes(flipped), roots).outcome
        assert outcome in {Outcome.CHANGED, Outcome.DAMAGED}, (place, bit, outcome)


def held(pdf: bytes) -> tuple[int, int]:
    """Where the hexadecimal digits of the seal begin and end."""
    start = pdf.rindex(b"/Contents <") + len(b"/Contents <")
    return start, pdf.index(b">", start)


def test_a_digit_written_otherwise_is_seen(sealed: bytes, roots: bytes) -> None:
    start, end = held(sealed)
    lower = sealed[:start] + sealed[start:end].lower() + sealed[end:]
    mixed = sealed[:start] + sealed[start : start + 40].lower() + sealed[start + 40 :]
    assert told(judge(mixed, roots)) == (Outcome.CHANGED, "signature_padded")
    assert lower != sealed


def test_digits_after_the_signature_are_seen(sealed: bytes, roots: bytes) -> None:
    _, end = held(sealed)
    written = sealed[: end - 4] + b"BEEF" + sealed[end:]
    assert told(judge(written, roots)) == (Outcome.CHANGED, "signature_padded")


def test_a_signature_of_zeros_is_no_signature(sealed: bytes, roots: bytes) -> None:
    start, end = held(sealed)
    zeroed = sealed[:start] + b"0" * (end - start) + sealed[end:]
    assert judge(zeroed, roots).outcome is Outcome.DAMAGED


def test_another_byte_range_is_seen(sealed: bytes, roots: bytes) -> None:
    start = sealed.rindex(b"/ByteRange [0 ") + len(b"/ByteRange [0 ")
    digit = sealed[start : start + 1]
    other = sealed[:start] + (b"1" if digit != b"1" else b"2") + sealed[start + 1 :]
    assert judge(other, roots).outcome in {Outcome.CHANGED, Outcome.DAMAGED}


# Attacks by appended revisions


def appended(pdf: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    change(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _page_content(writer: IncrementalPdfFileWriter) -> None:
    stream = generic.StreamObject(stream_data=b"BT ET")
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page[generic.pdf_name("/Contents")] = writer.add_object(stream)
    writer.update_container(page)


def _script(writer: IncrementalPdfFileWriter) -> None:
    action = generic.DictionaryObject(
        {
            generic.pdf_name("/S"): generic.pdf_name("/JavaScript"),
            generic.pdf_name("/JS"): generic.pdf_string("app.alert(1)"),
        }
    )
    writer.root[generic.pdf_name("/OpenAction")] = action
    writer.update_root()


def _title(writer: IncrementalPdfFileWriter) -> None:
    info = writer.trailer["/Info"]
    info[generic.pdf_name("/Title")] = generic.pdf_string("Another model")
    writer.update_container(info)


def _metadata(writer: IncrementalPdfFileWriter) -> None:
    stream = writer.root["/Metadata"]
    stream._data = stream.data.replace(b"M-00002", b"M-00003")
    stream._encoded_data = None
    writer.update_container(stream)


def _annotation(writer: IncrementalPdfFileWriter) -> None:
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    note = generic.DictionaryObject(
        {
            generic.pdf_name("/Type"): generic.pdf_name("/Annot"),
            generic.pdf_name("/Subtype"): generic.pdf_name("/FreeText"),
            generic.pdf_name("/Contents"): generic.pdf_string("approved"),
            generic.pdf_name("/Rect"): generic.ArrayObject(
                map(generic.NumberObject, (9, 9, 99, 99))
            ),
        }
    )
    annotations = page.get("/Annots", generic.ArrayObject())
    annotations.append(writer.add_object(note))
    page[generic.pdf_name("/Annots")] = annotations
    writer.update_container(page)


def _swapped_file(writer: IncrementalPdfFileWriter) -> None:
    names = writer.root["/Names"]["/EmbeddedFiles"]
    while "/Names" not in names:
        names = names["/Kids"][0].get_object()
    listed = names["/Names"]
    place = next(n for n in range(0, len(listed), 2) if str(listed[n]) == EVIDENCE)
    file = listed[place + 1]["/EF"]
    other = generic.StreamObject(
        dict_data={generic.pdf_name("/Type"): generic.pdf_name("/EmbeddedFile")}, stream_data=b"{}"
    )
    file[generic.pdf_name("/F")] = writer.add_object(other)
    writer.update_container(file)


def _fewer_pages(writer: IncrementalPdfFileWriter) -> None:
    pages = writer.root["/Pages"]
    del pages["/Kids"][-1]
    pages[generic.pdf_name("/Count")] = generic.NumberObject(len(pages["/Kids"]))
    writer.update_container(pages)


def _new_field(writer: IncrementalPdfFileWriter) -> None:
    fields.append_signature_field(writer, SigFieldSpec("Sneaky", box=(10, 10, 200, 60)))


ATTACKS = (
    _page_content,
    _script,
    _title,
    _metadata,
    _annotation,
    _swapped_file,
    _fewer_pages,
    _new_field,
)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.__name__.strip("_"))
def test_an_appended_revision_is_seen(
    sealed: bytes, roots: bytes, attack: Callable[[IncrementalPdfFileWriter], None]
) -> None:
    changed = appended(sealed, attack)
    assert changed.startswith(sealed)
    verdict = judge(changed, roots)
    assert verdict.outcome is Outcome.CHANGED
    assert by_step(verdict)[Step.LATER_CHANGES] is False


def test_a_changed_title_under_a_later_signature_is_seen(
    sealed: bytes, roots: bytes, signer: Credential
) -> None:
    """A later signature covers the whole file again, so only the comparison sees the title."""
    changed = signed_later(appended(sealed, _title), signer)
    assert told(judge(changed, roots)) == (Outcome.CHANGED, "metadata_changed")


def signed_later(pdf: bytes, signer: Credential) -> bytes:
    metadata = signers.PdfSignatureMetadata(
        field_name="Later", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES
    )
    later = signers.PdfSigner(metadata, sealing._KeySigner(signer))
    out: BytesIO = later.sign_pdf(sealing._SealWriter(BytesIO(pdf)))
    return out.getvalue()


def test_a_whole_rewrite_is_seen(sealed: bytes, roots: bytes) -> None:
    out = BytesIO()
    with pikepdf.open(BytesIO(sealed)) as pdf:
        pdf.save(out)
    assert judge(out.getvalue(), roots).outcome in {Outcome.CHANGED, Outcome.DAMAGED}


# Seals that are weaker than a dossier's


def sealed_with(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, words: Words, **other: object
) -> bytes:
    usual = sealing._metadata
    monkeypatch.setattr(sealing, "_metadata", lambda said: replace(usual(said), **other))
    return seal(draft, signer, STATEMENT, words)


def test_a_seal_that_allows_annotations_is_too_lax(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    lax = sealed_with(monkeypatch, draft, signer, english, docmdp_permissions=MDPPerm.ANNOTATE)
    assert told(judge(lax, roots)) == (Outcome.CHANGED, "seal_too_lax")


def test_a_signature_that_certifies_nothing_is_no_seal(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    weak = sealed_with(monkeypatch, draft, signer, english, certify=False)
    assert told(judge(weak, roots)) == (Outcome.CHANGED, "seal_not_certifying")


def test_a_seal_made_outside_the_certificates_validity_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    monkeypatch.setattr(sealing, "check_may_sign", lambda *_: None)
    early = seal(draft, signer, replace(STATEMENT, at=at("2025-06-01")), english)
    verdict = judge(early, roots)
    assert verdict.outcome is Outcome.UNTRUSTED
    assert by_step(verdict)[Step.TIME] is False


def test_a_namesake_of_the_signer_is_not_trusted(
    draft: bytes, english: Words, roots: bytes
) -> None:
    own = create_authority("Elbmark Bank AG", at("2026-01-01"))
    namesake = issue_person(own, STATEMENT.name, "p-1", at("2026-01-02"))
    forged = seal(draft, namesake, STATEMENT, english)
    assert told(judge(forged, roots)) == (Outcome.UNTRUSTED, "chain_broken")


# Facts that do not hold, sealed all the same


def rebuilt(base: DossierContent, words: Words, *files: Attachment) -> bytes:
    """The dossier's own pages with other files inside, marked as if they were right."""
    pages = build(base, words)
    about = archive.Description(
        id=base.document.id,
        title="T",
        author="A",
        subject="S",
        language="en",
        created_at=base.document.created_at,
        generator="G",
        facts_digest=evidence.facts_digest(base.facts),
    )
    with pikepdf.open(BytesIO(pages)) as pdf:
        for name in list(pdf.attachments):
            del pdf.attachments[name]
        bare = BytesIO()
        pdf.save(bare)
    return to_archive(bare.getvalue(), files, about)


def swapped(files: tuple[Attachment, ...], name: str, data: bytes) -> tuple[Attachment, ...]:
    return tuple(replace(file, data=data) if file.name == name else file for file in files)


def case_of(base: DossierContent, kind: str) -> tuple[tuple[Attachment, ...], str]:
    files = attach(base)
    facts, leaves = files[0].data, base.leaves
    broken = {
        "body": (replace(leaves[0], body="{}"), "leaf_differs"),
        "path": (replace(leaves[0], path=leaves[1].path), "proof_differs"),
        "no hex": (replace(leaves[0], path=("zz",)), "proof_differs"),
    }
    if kind in broken:
        leaf, code = broken[kind]
        return swapped(files, LEDGER, evidence.encode_leaves((leaf, *leaves[1:]))), code
    if kind == "missing leaf":
        return swapped(files, LEDGER, evidence.encode_leaves(leaves[1:])), "proof_missing"
    if kind == "root":
        other = facts.replace(base.facts.ledger.checkpoint.head.root.encode(), b"ab" * 32)
        return swapped(files, EVIDENCE, other), "evidence_other_digest"
    if kind == "malformed":
        return swapped(files, EVIDENCE, facts[:-1]), "evidence_malformed"
    if kind == "newer":
        return swapped(files, EVIDENCE, b'{"schema":"dossier-evidence-9"}'), "evidence_newer"
    if kind == "other document":
        other = facts.replace(base.document.id.encode(), b"f" * 36)
        return swapped(files, EVIDENCE, other), "evidence_other_document"
    return tuple(file for file in files if file.name != EVIDENCE), "no_evidence"


KINDS = (
    "body",
    "path",
    "no hex",
    "missing leaf",
    "root",
    "malformed",
    "newer",
    "other document",
    "no evidence",
)


@pytest.mark.parametrize("kind", KINDS)
def test_facts_that_do_not_hold_are_seen_under_a_good_seal(
    kind: str, signer: Credential, english: Words, roots: bytes
) -> None:
    base = content("en")
    files, code = case_of(base, kind)
    pdf = seal(rebuilt(base, english, *files), signer, STATEMENT, english)
    outcome = Outcome.INDETERMINATE if kind == "newer" else Outcome.CHANGED
    assert told(judge(pdf, roots)) == (outcome, code)


def test_a_head_that_differs_from_its_checkpoint_is_seen(
    signer: Credential, english: Words, roots: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = content("en")
    checkpoint = base.facts.ledger.checkpoint
    for change, code in (
        ({"note": "no note"}, "head_malformed"),
        ({"note": checkpoint.note[:-9] + "AAAAAAA=\n"}, "head_signature"),
        ({"head": replace(checkpoint.head, size=8)}, "head_differs"),
        ({"keys": ("not a key",)}, "head_signature"),
    ):
        other = replace(checkpoint, **change)  # type: ignore[arg-type]
        odd = replace(
            base, facts=replace(base.facts, ledger=replace(base.facts.ledger, checkpoint=other))
        )
        monkeypatch.setattr("mlops_desktop.dossier.build.require_proved", lambda _: None)
        pdf = seal(build(odd, english), signer, STATEMENT, english)
        assert told(judge(pdf, roots)) == (Outcome.CHANGED, code)


# The verifier itself


def test_a_fault_of_a_parser_is_damage_and_no_traceback(
    sealed: bytes, roots: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecursionError

    for place in ("reading.open_pdf", "reading.read_marks", "signatures.examine"):
        with monkeypatch.context() as patch:
            patch.setattr(f"mlops_desktop.dossier.{place}", fail)
            assert told(judge(sealed, roots)) == (Outcome.DAMAGED, "unreadable")


def test_the_worst_failure_is_the_verdict(sealed: bytes) -> None:
    verdict = judge(sealed + b"tail", None)
    failed = [check.step for check in verdict.checks if check.ok is False]
    assert {Step.DIGEST, Step.TRUST} <= set(failed)
    assert told(verdict) == (Outcome.CHANGED, "not_covered")


def test_leaves_are_proved_one_by_one(sealed: bytes, roots: bytes) -> None:
    last = judge(sealed, roots).checks[-1]
    proved = dict(last.parameters)
    assert proved == {"proved": len(content().leaves), "size": 7}
    assert all(isinstance(leaf, Leaf) for leaf in content().leaves)


def test_the_sealed_file_has_as_many_pages_as_the_draft(draft: bytes, sealed: bytes) -> None:
    assert count_pages(draft) == count_pages(sealed)
    assert len(PdfFileReader(BytesIO(sealed)).embedded_signatures) == 1
