"""The attack table: what is done to a dossier, the verdict, and the first check that fails."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import PLANNED
from tests.dossier.judging import judge, judge_alone, told
from tests.dossier.sample import content, with_facts
from tests.dossier.tampering import envelope, inside, interactive, pages, people, prepared, wrapping
from tests.dossier.tampering.people import Bank
from tests.dossier.tampering.prepared import Shadow
from tests.dossier.tampering.revision import Change, appended

CHANGED, DAMAGED, VALID = Outcome.CHANGED, Outcome.DAMAGED, Outcome.VALID
UNTRUSTED, NO_DOSSIER = Outcome.UNTRUSTED, Outcome.NOT_A_DOSSIER
Expected = tuple[Outcome, str | None]


@pytest.fixture(scope="module")
def bank(signer: Credential, people: tuple[Credential, ...], english: Words) -> Bank:
    """A short dossier, so that many files can be judged."""
    short = with_facts(content("en"), versions=(), datasets=(), series=(), approvals=())
    wanted = replace(short, document=replace(short.document, signers=PLANNED))
    draft = build(wanted, english)
    bank = Bank(draft, b"", b"", b"", signer, people, english)
    sealed = bank.seal(draft)
    first = bank.sign(sealed, 1)
    return replace(bank, sealed=sealed, first=first, both=bank.sign(first, 2))


def seen(pdf: bytes, roots: bytes, words: tuple[Words, Words]) -> Expected:
    """Judge by both verifiers, and look at the sentence that names the first failing check."""
    verdict = judge(pdf, roots)
    if verdict.outcome is not VALID:
        assert verdict.first_failure is not None
        for language in words:
            assert "{" not in verdict.first_failure.detail(language)
        assert judge_alone(pdf, roots)[0] != "valid"
    return told(verdict)


@pytest.fixture(scope="module")
def words(english: Words, german: Words) -> tuple[Words, Words]:
    return english, german


def test_honest_files_give_no_alarm(bank: Bank, roots: bytes, sealed: bytes) -> None:
    for pdf in (sealed, bank.sealed, bank.first, bank.both):
        assert told(judge(pdf, roots)) == (VALID, None)


# A revision after the last signature: nothing covers it.

REVISIONS: tuple[Change, ...] = (*pages.ATTACKS, *interactive.ATTACKS, *inside.ATTACKS)
APPENDED: dict[str, Expected] = {
    "seal_removed": (CHANGED, "seal_not_certifying"),
    "certification_removed": (CHANGED, "seal_not_certifying"),
    "form_removed": (CHANGED, "no_seal"),
    "added_twice": (DAMAGED, "unreadable"),
    "bomb": (DAMAGED, "unreadable"),
    "metadata_bomb": (DAMAGED, "unreadable"),
}


NEED_BOTH = {
    interactive.signature_removed,
    interactive.value_swapped,
}
# All of them are signed over below; without a signature the first check to fail is mostly the same.
BARE = [
    one
    for number, one in enumerate(REVISIONS)
    if one.__name__ in APPENDED or one in NEED_BOTH or not number % 6
]


@pytest.mark.parametrize("attack", BARE, ids=lambda attack: attack.__name__)
def test_what_is_appended_is_seen(
    bank: Bank, roots: bytes, words: tuple[Words, Words], attack: Change
) -> None:
    start = bank.both if attack in NEED_BOTH else bank.first
    expected = APPENDED.get(attack.__name__, (CHANGED, "not_covered"))
    assert seen(appended(start, attack), roots, words) == expected


# The same, and then the next planned person signs over it without looking: every byte is covered.

RESTATED: Expected = (CHANGED, "metadata_changed")
SIGNED_OVER: dict[str, Expected | None] = {
    **APPENDED,
    # Signing itself undoes the flag.
    "appearances_needed": (VALID, None),
    "info_title": RESTATED,
    "info_author": RESTATED,
    "info_keyword": RESTATED,
    "info_own_key": RESTATED,
    "info_replaced": RESTATED,
    "metadata_subject": RESTATED,
    "metadata_keyword": RESTATED,
    "metadata_removed": RESTATED,
    # The program refuses to sign these at all.
    "form_removed": None,
    "field_renamed": None,
}


@pytest.mark.parametrize(
    "attack", [one for one in REVISIONS if one not in NEED_BOTH], ids=lambda one: one.__name__
)
def test_what_is_signed_over_is_seen(
    bank: Bank, roots: bytes, words: tuple[Words, Words], attack: Change
) -> None:
    changed = appended(bank.first, attack)
    expected = SIGNED_OVER.get(attack.__name__, (CHANGED, "changed_after"))
    if expected is None:
        with pytest.raises(AppError, match=r"countersign\.refused"):
            bank.sign(changed, 2)
    else:
        assert seen(bank.sign(changed, 2), roots, words) == expected


# Prepared before the seal, brought out after it.

SHADOWS: dict[str, tuple[Expected, Expected]] = {
    "field_filled_in": ((CHANGED, "foreign_field"), (CHANGED, "not_covered")),
    "announced_place": ((CHANGED, "displaced"), (CHANGED, "not_covered")),
    "two_catalogues": ((VALID, None), (CHANGED, "seal_not_certifying")),
    "dangling_reference": ((VALID, None), (DAMAGED, "unreadable")),
}


@pytest.mark.parametrize("shadow", prepared.SHADOWS, ids=lambda shadow: shadow.name)
def test_a_shadow_prepared_before_the_seal_is_seen(
    bank: Bank, roots: bytes, words: tuple[Words, Words], shadow: Shadow
) -> None:
    usual = (VALID, None), (CHANGED, "not_covered")
    hidden, shown = SHADOWS.get(shadow.name, usual)
    sealed = bank.seal(shadow.hide(bank.draft))
    assert seen(sealed, roots, words) == hidden
    assert seen(shadow.show(sealed), roots, words) == shown
    over = bank.sign(shadow.show(bank.sign(sealed, 1)), 2)
    assert seen(over, roots, words)[0] in {CHANGED, DAMAGED}


# Byte ranges, signatures, beginnings and ends.

ENVELOPE: dict[str, Expected] = {
    name: expected
    for expected, names in {
        (CHANGED, "signature_broken"): (
            "range_empty range_of_nothing range_negative range_short range_beyond_the_end "
            "range_over_everything range_in_pieces other_version "
            "written_anew written_for_the_web written_without_compression"
        ),
        (CHANGED, "signature_padded"): "signature_in_small_letters signature_padded",
        (CHANGED, "not_covered"): (
            "another_filter space_after_the_end words_after_the_end empty_revision "
            "objects_without_a_table twice"
        ),
        (DAMAGED, "not_pdf"): (
            "words_before_the_beginning line_before_the_beginning no_pdf_any_more"
        ),
    }.items()
    for name in names.split()
}


@pytest.mark.parametrize("attack", envelope.ATTACKS, ids=lambda attack: attack.__name__)
def test_what_is_done_to_the_envelope_is_seen(
    bank: Bank, roots: bytes, words: tuple[Words, Words], attack: Callable[[bytes], bytes]
) -> None:
    changed = attack(bank.both)
    assert changed != bank.both
    expected = ENVELOPE.get(attack.__name__, (DAMAGED, "unreadable"))
    assert seen(changed, roots, words) == expected


def test_signature_wrapping_is_seen(bank: Bank, roots: bytes, words: tuple[Words, Words]) -> None:
    """Poppler calls each of its three signatures valid."""
    expected = CHANGED, "signature_padded"
    assert seen(wrapping.wrapped(bank.both), roots, words) == expected


# Who signed, and when.

PEOPLE: dict[Callable[[Bank], bytes], Expected] = {
    people.sealed_by_a_namesake: (UNTRUSTED, "chain_broken"),
    people.countersigned_by_a_namesake: (UNTRUSTED, "chain_broken"),
    people.countersigned_by_another: (CHANGED, "signature_by_other"),
    people.countersigned_under_a_false_name: (UNTRUSTED, "other_name"),
    people.countersigned_out_of_turn: (CHANGED, "signature_unplanned"),
    people.signed_late: (CHANGED, "signature_unplanned"),
    people.signed_late_out_of_sight: (CHANGED, "signature_unplanned"),
    people.all_signatures_cut_off: (CHANGED, "no_seal"),
    # What stands before the last signature proves itself: only the workspace's record tells
    # (tests/services/test_countersigning.py).
    people.rolled_back_to_the_seal: (VALID, None),
    people.rolled_back_by_one: (VALID, None),
}


@pytest.mark.parametrize("attack", PEOPLE, ids=lambda attack: attack.__name__)
def test_who_should_not_sign_is_seen(
    bank: Bank, roots: bytes, words: tuple[Words, Words], attack: Callable[[Bank], bytes]
) -> None:
    assert seen(attack(bank), roots, words) == PEOPLE[attack]


# One bit anywhere, and whatever else becomes of the bytes.

LANDMARKS = re.compile(
    rb"%PDF-|%%EOF|startxref|\d+ 0 obj|endobj|stream\r?\n|endstream|/ByteRange \[|/Contents <|"
    rb"/Type|/Root|/Prev|/Size|/Index|/W |/ID|/FT|/T |/V |/AP|/M |/Name|/Reason|/SubFilter|/DocMDP|"
    rb"/Length"
)


def places(pdf: bytes) -> list[int]:
    """Two of each landmark, by chance the same in every run, and as many places besides."""
    chance = random.Random(20261128)  # noqa: S311 - nothing secret
    found: dict[bytes, list[int]] = {}
    for mark in LANDMARKS.finditer(pdf):
        kind = re.sub(rb"\d+", b"", mark[0])
        found.setdefault(kind, []).extend((mark.start(), mark.end() - 1, mark.end()))
    chosen = [at for group in found.values() for at in chance.sample(group, min(2, len(group)))]
    held = pdf.rindex(b"/Contents <") + 12
    chosen += range(held, held + 3600, 360)
    return [*chosen, *(chance.randrange(len(pdf)) for _ in range(25))]


def test_one_bit_anywhere_is_seen(bank: Bank, roots: bytes) -> None:
    chance = random.Random(1)  # noqa: S311 - nothing secret
    for place in places(bank.both):
        bit = chance.randrange(8)
        flipped = bytearray(bank.both)
        flipped[place] ^= 1 << bit
        outcome = judge(bytes(flipped), roots).outcome
        assert outcome in {CHANGED, DAMAGED}, (place, bit, outcome)
        told_alone = judge_alone(bytes(flipped), roots)[0]
        assert told_alone in {"changed", "damaged"}, (
            place,
            bit,
            bank.both[place - 60 : place + 30],
        )


@st.composite
def mangled(draw: st.DrawFn, pdf: bytes) -> bytes:
    """Cut, double, move or overwrite a part."""
    size = len(pdf)
    start, end = sorted((draw(st.integers(0, size)), draw(st.integers(0, size))))
    part = pdf[start:end]
    kind = draw(st.sampled_from(("cut", "double", "move", "fill", "swap")))
    if kind == "cut":
        return pdf[:start] + pdf[end:]
    if kind == "double":
        return pdf[:end] + part + pdf[end:]
    if kind == "move":
        return pdf[:start] + pdf[end:] + part
    if kind == "fill":
        return pdf[:start] + draw(st.binary(max_size=40)) + pdf[end:]
    return pdf[:start] + part[::-1] + pdf[end:]


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_mangled_bytes_are_never_valid_and_never_a_traceback(
    bank: Bank, roots: bytes, data: st.DataObject
) -> None:
    changed = data.draw(mangled(bank.both))
    if any(changed == honest for honest in (bank.both, bank.first, bank.sealed)):
        return
    assert judge(changed, roots).outcome not in {VALID, UNTRUSTED, Outcome.INDETERMINATE}
    assert judge_alone(changed, roots)[0] not in {"valid", "untrusted", "indeterminate"}


@settings(max_examples=150, deadline=None)
@given(data=st.binary(max_size=400), headed=st.booleans())
def test_noise_is_never_a_traceback(data: bytes, headed: bool) -> None:
    noise = b"%PDF-1.7\n" + data + b"\nstartxref\n9\n%%EOF" if headed else data
    assert judge(noise, None).outcome in {NO_DOSSIER, DAMAGED, CHANGED}
    assert judge_alone(noise, None)[0] in {"not_a_dossier", "damaged", "changed"}
