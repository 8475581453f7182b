"""The verifier against seals that are weaker than a dossier's, or a stranger's."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

import pytest
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.signers import PdfSignatureMetadata

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier import signing
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.dossier.verdict import Outcome, Step
from mlops_desktop.outside.certificates import create_authority, issue_person
from mlops_desktop.outside.credentials import Credential
from tests.dossier.conftest import STATEMENT
from tests.dossier.judging import by_step, judge, told
from tests.dossier.sample import at

Change: TypeAlias = "Callable[[PdfSignatureMetadata], PdfSignatureMetadata]"


def allow_notes(usual: PdfSignatureMetadata) -> PdfSignatureMetadata:
    return replace(usual, docmdp_permissions=MDPPerm.ANNOTATE)


def approve_only(usual: PdfSignatureMetadata) -> PdfSignatureMetadata:
    return replace(usual, certify=False)


def sealed_with(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, words: Words, change: Change
) -> bytes:
    usual = signing.describe

    def describe(said: Statement, field: str, *, certify: bool) -> PdfSignatureMetadata:
        return change(usual(said, field, certify=certify))

    monkeypatch.setattr("mlops_desktop.dossier.seal.describe", describe)
    return seal(draft, signer, STATEMENT, words)


def test_a_seal_that_allows_annotations_is_too_lax(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    lax = sealed_with(monkeypatch, draft, signer, english, allow_notes)
    assert told(judge(lax, roots)) == (Outcome.CHANGED, "seal_too_lax")


def test_a_signature_that_certifies_nothing_is_no_seal(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    weak = sealed_with(monkeypatch, draft, signer, english, approve_only)
    assert told(judge(weak, roots)) == (Outcome.CHANGED, "seal_not_certifying")


def test_a_seal_made_outside_the_certificates_validity_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, draft: bytes, signer: Credential, english: Words, roots: bytes
) -> None:
    monkeypatch.setattr(signing, "check_may_sign", lambda *_: None)
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
