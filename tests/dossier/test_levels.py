"""Levels above B-B: made with an authority in the process, said no higher than they hold."""

from dataclasses import replace
from datetime import timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.signature_levels import Level
from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.lifting import lift
from mlops_desktop.dossier.reading import open_pdf, read_store
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.signing import stamp_document
from mlops_desktop.dossier.verdict import Outcome
from mlops_desktop.dossier.verify import verify
from mlops_desktop.outside.certificates import create_authority, issue_person, new_p256_key
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import NOW, PLANNED, STATEMENT, statement_of
from tests.dossier.judging import judge, told
from tests.dossier.sample import at
from tests.support.trust_services import NAME, TimeAuthority, lists_of

LATER = at("2026-11-20T09:00:00")


@pytest.fixture(scope="module")
def both_roots(roots: bytes, tsa: TimeAuthority) -> bytes:
    return roots + tsa.pem


@pytest.fixture(scope="module")
def sealed_at(
    draft: bytes, signer: Credential, english: Words, authority: Credential, tsa: TimeAuthority
) -> dict[Level, bytes]:
    return {
        level: seal(draft, signer, STATEMENT, english, tsa.means(level, STATEMENT.at, authority))
        for level in (Level.T, Level.LT, Level.LTA)
    }


@pytest.mark.parametrize("level", [Level.T, Level.LT, Level.LTA])
def test_the_level_wanted_is_reached_and_said(
    sealed_at: dict[Level, bytes], both_roots: bytes, level: Level
) -> None:
    verdict = judge(sealed_at[level], both_roots)
    assert told(verdict) == (Outcome.VALID, None)
    (shown,) = verdict.signatures
    assert (shown.level, shown.proven_at, shown.authority) == (level.baseline, STATEMENT.at, NAME)
    assert shown.eidas == "advanced"


@pytest.mark.parametrize("level", [Level.T, Level.LT, Level.LTA])
def test_a_level_is_not_said_where_nobody_vouches_for_the_authority(
    sealed_at: dict[Level, bytes], roots: bytes, level: Level
) -> None:
    verdict = judge(sealed_at[level], roots)
    assert told(verdict) == (Outcome.INDETERMINATE, "stamp_untrusted")
    assert [(one.level, one.proven_at) for one in verdict.signatures] == [("B-B", None)]


@pytest.mark.parametrize("level", [Level.T, Level.LTA])
def test_a_flipped_bit_is_seen_in_stamps_and_data_too(
    sealed_at: dict[Level, bytes], draft: bytes, both_roots: bytes, level: Level
) -> None:
    pdf = sealed_at[level]
    first, last = len(draft), len(pdf)
    for place in range(first + 5003, last, (last - first) // 7):
        data = bytearray(pdf)
        data[place] ^= 1 << (place % 8)
        outcome = judge(bytes(data), both_roots).outcome
        assert outcome in {Outcome.CHANGED, Outcome.DAMAGED}, (place, outcome)


@pytest.mark.parametrize("start", [Level.B, Level.T, Level.LT, Level.LTA])
def test_any_dossier_is_lifted_later_and_its_bytes_stay(
    sealed_at: dict[Level, bytes],
    sealed: bytes,
    authority: Credential,
    tsa: TimeAuthority,
    both_roots: bytes,
    start: Level,
) -> None:
    pdf = sealed_at.get(start, sealed)
    known = judge(pdf, both_roots).signatures
    lifted = lift(pdf, tsa.means(Level.LTA, LATER, authority), known)
    assert lifted.startswith(pdf)
    verdict = judge(lifted, both_roots)
    assert told(verdict) == (Outcome.VALID, None)
    assert verdict.signatures[0].level == "B-LTA"
    proved = STATEMENT.at if start is not Level.B else LATER
    assert verdict.signatures[0].proven_at == proved


def test_without_revocation_data_a_stamp_alone_makes_it_b_t(
    sealed: bytes, authority: Credential, tsa: TimeAuthority, both_roots: bytes
) -> None:
    known = judge(sealed, both_roots).signatures
    lifted = lift(sealed, tsa.means(Level.T, LATER, authority), known)
    verdict = judge(lifted, both_roots)
    assert (told(verdict), verdict.signatures[0].level) == ((Outcome.VALID, None), "B-T")


def test_an_archived_dossier_outlives_its_certificates_as_long_as_it_is_renewed(
    sealed_at: dict[Level, bytes],
    sealed: bytes,
    signer: Credential,
    authority: Credential,
    tsa: TimeAuthority,
    both_roots: bytes,
) -> None:
    past = signer.certificate.not_valid_after_utc + timedelta(days=90)
    assert told(verify(sealed, both_roots, past)) == (Outcome.INDETERMINATE, "time_unproven")
    archived = sealed_at[Level.LTA]
    verdict = verify(archived, both_roots, past)
    assert (told(verdict), verdict.signatures[0].level) == ((Outcome.VALID, None), "B-LTA")
    end = tsa.certificate.not_valid_after_utc
    gone = end + timedelta(days=90)
    assert told(verify(archived, both_roots, gone)) == (Outcome.INDETERMINATE, "time_unproven")
    newer = TimeAuthority(end - timedelta(days=400))
    renewing = end - timedelta(days=30)
    known = verify(archived, both_roots, renewing).signatures
    means = newer.means(Level.LTA, renewing, authority)
    trust = replace(means.trust, roots=(*means.trust.roots, *tsa.trust_roots))
    trust = replace(trust, lists=(*trust.lists, lists_of(tsa.root, renewing)))
    renewed = lift(archived, replace(means, trust=trust), known)
    verdict = verify(renewed, both_roots + newer.pem, gone)
    assert (told(verdict), verdict.signatures[0].level) == ((Outcome.VALID, None), "B-LTA")
    assert verdict.signatures[0].proven_at == STATEMENT.at


def test_signers_after_the_seal_reach_their_own_level(
    planned: bytes,
    signer: Credential,
    people: tuple[Credential, ...],
    authority: Credential,
    tsa: TimeAuthority,
    english: Words,
    both_roots: bytes,
) -> None:
    pdf = seal(planned, signer, STATEMENT, english, tsa.means(Level.LTA, STATEMENT.at, authority))
    first, second = (statement_of(one, hour) for one, hour in zip(PLANNED, (8, 9), strict=True))
    means = tsa.means(Level.LT, first.at, authority)
    pdf = countersign(pdf, 1, people[0], first, english, means)
    pdf = countersign(pdf, 2, people[1], second, english)
    verdict = judge(pdf, both_roots)
    assert told(verdict) == (Outcome.VALID, None)
    assert [one.level for one in verdict.signatures] == ["B-LTA", "B-LT", "B-B"]
    lifted = lift(pdf, tsa.means(Level.LTA, LATER, authority), verdict.signatures)
    verdict = judge(lifted, both_roots)
    assert told(verdict) == (Outcome.VALID, None)
    assert [one.level for one in verdict.signatures] == ["B-LTA"] * 3


def test_a_revoked_signer_and_one_nobody_can_vouch_for_sign_nothing(
    draft: bytes, signer: Credential, english: Words, authority: Credential, tsa: TimeAuthority
) -> None:
    revoked = lists_of(authority, STATEMENT.at, signer.certificate)
    stale = lists_of(authority, STATEMENT.at - timedelta(days=60), days=10)
    own = lists_of(tsa.root, STATEMENT.at)
    for level, lists, code in (
        (Level.T, (revoked,), r"certificate\.revoked"),
        (Level.LTA, (own, revoked), r"certificate\.revoked"),
        (Level.LT, (own,), r"revocation\.missing"),
        (Level.LT, (own, stale), r"revocation\.missing"),
        (Level.LT, (lists_of(authority, STATEMENT.at),), r"revocation\.missing"),
    ):
        means = tsa.means(level, STATEMENT.at, authority)
        before = tsa.asked
        trust = replace(means.trust, lists=lists)
        with pytest.raises(AppError, match=code):
            seal(draft, signer, STATEMENT, english, replace(means, trust=trust))
        assert "revoked" not in code or tsa.asked == before


def test_who_was_revoked_or_has_expired_since_is_not_lifted(
    sealed: bytes, signer: Credential, authority: Credential, tsa: TimeAuthority, both_roots: bytes
) -> None:
    known = judge(sealed, both_roots).signatures
    means = tsa.means(Level.LTA, NOW, authority)
    lists = (lists_of(tsa.root, NOW), lists_of(authority, NOW, signer.certificate))
    with pytest.raises(AppError, match=r"certificate\.revoked"):
        lift(sealed, replace(means, trust=replace(means.trust, lists=lists)), known)
    past = signer.certificate.not_valid_after_utc + timedelta(days=1)
    with pytest.raises(AppError, match=r"certificate\.expired"):
        lift(sealed, tsa.means(Level.LTA, past, authority), known)


def test_a_signature_after_its_revocation_is_not_trusted(
    sealed: bytes, signer: Credential, authority: Credential, tsa: TimeAuthority, both_roots: bytes
) -> None:
    means = tsa.means(Level.LTA, LATER, authority)
    lists = (lists_of(tsa.root, LATER), lists_of(authority, LATER, signer.certificate))
    stamped = stamp_document(sealed, replace(means, trust=replace(means.trust, lists=lists)))
    assert told(judge(stamped, both_roots)) == (Outcome.UNTRUSTED, "signer_revoked")


def test_an_elliptic_key_reaches_the_same(
    draft: bytes, authority: Credential, english: Words, tsa: TimeAuthority, both_roots: bytes
) -> None:
    person = issue_person(authority, STATEMENT.name, "p-2", at("2026-01-02"), new_p256_key())
    means = tsa.means(Level.LTA, STATEMENT.at, authority)
    verdict = judge(seal(draft, person, STATEMENT, english, means), both_roots)
    assert (told(verdict), verdict.signatures[0].level) == ((Outcome.VALID, None), "B-LTA")


def test_a_root_for_time_stamps_vouches_for_no_person(
    draft: bytes, authority: Credential, english: Words, tsa: TimeAuthority, roots: bytes
) -> None:
    stranger = issue_person(tsa.root, STATEMENT.name, "p-1", at("2026-01-02"))
    means = tsa.means(Level.T, STATEMENT.at, tsa.root)
    forged = seal(draft, stranger, STATEMENT, english, means)
    verdict = verify(forged, roots, NOW, tsa.pem)
    assert told(verdict) == (Outcome.UNTRUSTED, "chain_broken")
    assert (verdict.signatures[0].level, verdict.signatures[0].eidas) == ("B-B", "")
    honest = tsa.means(Level.LTA, STATEMENT.at, authority)
    person = issue_person(authority, STATEMENT.name, "p-1", at("2026-01-02"))
    sealed = seal(draft, person, STATEMENT, english, honest)
    verdict = verify(sealed, roots, NOW, tsa.pem)
    assert (told(verdict), verdict.signatures[0].level) == ((Outcome.VALID, None), "B-LTA")


def test_of_a_folder_of_lists_only_those_needed_go_into_the_file(
    draft: bytes, signer: Credential, english: Words, authority: Credential, tsa: TimeAuthority
) -> None:
    other = create_authority("Andere Bank", at("2026-01-01"), new_p256_key())
    means = tsa.means(Level.LTA, STATEMENT.at, authority)
    foreign = lists_of(other, STATEMENT.at)
    lists = (*means.trust.lists, foreign)
    before = tsa.asked
    wide = replace(means, trust=replace(means.trust, lists=lists))
    sealed = seal(draft, signer, STATEMENT, english, wide)
    assert tsa.asked - before <= 3  # authorities may charge for each
    store = read_store(open_pdf(sealed).reader)
    assert set(store.lists) == set(means.trust.lists)


def test_a_certificate_that_calls_itself_qualified_is_told_as_such_and_no_more(
    draft: bytes, authority: Credential, english: Words, roots: bytes
) -> None:
    key, name = new_p256_key(), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Dr. K.")])
    stated = bytes.fromhex("300a3008060604008e460101")
    builder = x509.CertificateBuilder().subject_name(name).public_key(key.public_key())
    builder = builder.issuer_name(authority.certificate.subject).serial_number(4711)
    builder = builder.not_valid_before(at("2026-01-02")).not_valid_after(at("2027-01-02"))
    builder = builder.add_extension(
        x509.KeyUsage(True, True, *([False] * 7)),
        critical=True,
    )
    qualified = x509.UnrecognizedExtension(x509.ObjectIdentifier("1.3.6.1.5.5.7.1.3"), stated)
    made = builder.add_extension(qualified, critical=False).sign(authority.private, SHA256())
    person = Credential(key, made, (authority.certificate,))
    said = replace(STATEMENT, name="Dr. K.")
    verdict = judge(seal(draft, person, said, english), roots)
    assert (told(verdict), verdict.signatures[0].eidas) == (
        (Outcome.VALID, None),
        "qualified_stated",
    )
