"""The seal: what it writes, what it leaves alone, when it refuses."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import reading
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement, draw_stamp, name_of
from mlops_desktop.dossier.typeset.frame import SEAL_BOX
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import issue_person, new_p256_key, to_pem
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import NOW, STATEMENT
from tests.dossier.sample import at


def test_the_seal_is_appended_and_the_draft_stays(draft: bytes, sealed: bytes) -> None:
    assert sealed.startswith(draft)


def test_the_seal_changes_no_metadata(draft: bytes, sealed: bytes) -> None:
    before, after = (PdfFileReader(BytesIO(pdf)) for pdf in (draft, sealed))
    assert reading.read_metadata(after) == reading.read_metadata(before)
    assert reading.read_info(after) == reading.read_info(before)


def test_the_seal_certifies_and_is_pades(sealed: bytes) -> None:
    signature = PdfFileReader(BytesIO(sealed)).embedded_signatures[0]
    assert signature.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert signature.docmdp_level.value == 2
    assert signature.md_algorithm == "sha256"
    assert signature.self_reported_timestamp == STATEMENT.at


def test_a_seal_by_rsa_keeps_pdf_1_7(sealed: bytes) -> None:
    with pikepdf.open(BytesIO(sealed)) as pdf:
        assert pdf.pdf_version == "1.7"


def test_the_seal_says_who_in_which_role_and_why(sealed: bytes, roots: bytes) -> None:
    (signature,) = verify(sealed, roots, NOW).signatures
    assert signature.name == STATEMENT.name
    assert signature.role == STATEMENT.role
    assert signature.meaning == STATEMENT.meaning
    assert signature.level == "B-B"
    assert signature.at == STATEMENT.at


def test_the_stamp_is_legible(german: Words, signer: Credential) -> None:
    stamp = draw_stamp(STATEMENT, signer.certificate, Language(german), "seal")
    shown = " ".join(read_text(stamp)[0].split())
    assert "Dr. Katrin Feddersen" in shown
    assert "Modellrisikomanagement" in shown
    assert "30.09.2026, 19:05:12 UTC" in shown
    assert "Elbmark Bank AG" in shown
    with pikepdf.open(BytesIO(stamp)) as pdf:
        _, _, width, height = (float(edge) for edge in pdf.pages[0].mediabox)
    left, bottom, right, top = SEAL_BOX
    assert width == pytest.approx(right - left, abs=0.01)
    assert height == pytest.approx(top - bottom, abs=0.01)


def test_hostile_words_in_the_stamp_come_out_as_text(signer: Credential, english: Words) -> None:
    hostile = Statement(
        "%(signer)s \u202e<b>", "role\x00", "line\n" * 40 + "x" * 5000, STATEMENT.at
    )
    shown = read_text(draw_stamp(hostile, signer.certificate, Language(english), "seal"))[0]
    assert "%(signer)s [U+202E]<b>" in shown
    assert "role[U+0000]" in shown


def test_another_key_than_the_certificates_is_refused(
    draft: bytes, authority: Credential, signer: Credential, english: Words
) -> None:
    mixed = replace(signer, private=authority.private)
    with pytest.raises(AppError, match=r"seal\.key_mismatch"):
        seal(draft, mixed, STATEMENT, english)


@pytest.mark.parametrize("day", ["2025-12-31", "2029-06-01"])
def test_no_seal_outside_the_certificates_validity(
    draft: bytes, signer: Credential, english: Words, day: str
) -> None:
    with pytest.raises(AppError, match=r"certificate\."):
        seal(draft, signer, replace(STATEMENT, at=at(day)), english)


def test_a_sealed_file_is_not_sealed_again(
    sealed: bytes, signer: Credential, english: Words
) -> None:
    with pytest.raises(AppError, match=r"seal\.refused"):
        seal(sealed, signer, STATEMENT, english)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n", b"no pdf at all"])
def test_what_is_no_pdf_is_not_sealed(data: bytes, signer: Credential, english: Words) -> None:
    with pytest.raises(AppError, match=r"seal\.refused"):
        seal(data, signer, STATEMENT, english)


def test_an_elliptic_curve_seals_too(draft: bytes, authority: Credential, english: Words) -> None:
    person = issue_person(authority, "Jonas Brandt", "p-2", at("2026-01-02"), new_p256_key())
    pdf = seal(draft, person, replace(STATEMENT, name="Jonas Brandt"), english)
    found = verify(pdf, to_pem(authority.certificate).encode(), NOW)
    assert (found.outcome, found.first_failure) == ("valid", None)


def test_names_come_from_the_certificate(signer: Credential) -> None:
    assert name_of(signer.certificate) == "Dr. Katrin Feddersen"
    assert name_of(signer.certificate, issuer=True) == "Elbmark Bank AG"
