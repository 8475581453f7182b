"""Counter-signatures: in prepared fields, in order, each over all before it."""

from io import BytesIO

import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.content import Signer
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.language import Language
from mlops_desktop.dossier.render import read_text
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import draw_stamp
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.certificates import issue_person
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import MEANING, PLANNED, STATEMENT, statement_of
from tests.dossier.judging import judge, told
from tests.dossier.sample import at


def test_prepared_fields_say_in_words_whose_they_are(planned: bytes) -> None:
    fields = PdfFileReader(BytesIO(planned)).root["/AcroForm"]["/Fields"]
    fields = [field.get_object() for field in fields]
    assert [field["/T"] for field in fields] == ["Seal", "Countersignature1", "Countersignature2"]
    assert fields[1]["/TU"] == "1. Jonas Brandt, validator"


def test_each_covers_all_before_it_and_all_are_valid(
    first: bytes, both: bytes, roots: bytes
) -> None:
    assert both.startswith(first)
    verdict = judge(both, roots)
    assert told(verdict) == (Outcome.VALID, None)
    shown = [(one.name, one.role, one.meaning, one.level) for one in verdict.signatures[1:]]
    assert shown == [(one.name, one.role, MEANING, "B-B") for one in PLANNED]


def test_the_stamp_says_who_signed_as_what_and_when(
    people: tuple[Credential, ...], english: Words
) -> None:
    statement = statement_of(PLANNED[0], 8)
    stamp = draw_stamp(statement, people[0].certificate, Language(english), "countersign")
    shown = " ".join(read_text(stamp)[0].split())
    for words in ("Electronically signed", "Jonas Brandt", "validator", MEANING, "1 Oct 2026"):
        assert words in shown


def test_a_stranger_in_the_place_of_another_is_told(
    first: bytes, authority: Credential, english: Words, roots: bytes
) -> None:
    other = issue_person(authority, "Erik Wolters", "p-9", at("2026-01-02"))
    statement = statement_of(Signer("Erik Wolters", "compliance_officer"), 9)
    forged = countersign(first, 2, other, statement, english)
    assert told(judge(forged, roots)) == (Outcome.CHANGED, "signature_by_other")


def test_out_of_turn_is_told(
    planned: bytes,
    signer: Credential,
    people: tuple[Credential, ...],
    english: Words,
    roots: bytes,
) -> None:
    sealed = seal(planned, signer, STATEMENT, english)
    early = countersign(sealed, 2, people[1], statement_of(PLANNED[1], 9), english)
    assert told(judge(early, roots)) == (Outcome.CHANGED, "signature_unplanned")


def test_a_field_takes_one_signature_and_no_other_field_takes_any(
    both: bytes, sealed: bytes, people: tuple[Credential, ...], english: Words
) -> None:
    for pdf, place in ((both, 1), (both, 3), (sealed, 1)):
        with pytest.raises(AppError, match=r"countersign\.refused"):
            countersign(pdf, place, people[0], statement_of(PLANNED[0], 9), english)


@pytest.mark.parametrize("place", [0.3, 0.6, 0.9, 0.97])
def test_one_changed_bit_under_a_later_signature_is_caught(
    both: bytes, roots: bytes, place: float
) -> None:
    data = bytearray(both)
    data[int(len(data) * place)] ^= 1
    assert judge(bytes(data), roots).outcome in {Outcome.CHANGED, Outcome.DAMAGED}
