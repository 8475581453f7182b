"""The verifier against honest files, files that are no dossier, and changed bytes."""

import random
from datetime import UTC, datetime
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from mlops_desktop.core import clock
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Leaf
from mlops_desktop.dossier.render import count_pages
from mlops_desktop.dossier.verdict import Outcome, Step
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import create_authority, to_pem
from tests.dossier.judging import judge, told
from tests.dossier.sample import at, content

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


def test_of_a_signature_that_does_not_match_no_chain_is_judged(sealed: bytes, roots: bytes) -> None:
    metadata = sealed.index(b"evidence.json sha256:") + len(b"evidence.json sha256:")
    other = b"0" if sealed[metadata : metadata + 1] != b"0" else b"1"
    verdict = judge(sealed[:metadata] + other + sealed[metadata + 1 :], roots)
    found = {check.step: check.code for check in verdict.checks}
    assert (found[Step.DIGEST], found[Step.TRUST]) == ("signature_broken", "chain_unexamined")


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
