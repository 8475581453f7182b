"""A signer with his authority, and the sample dossier in both languages, built and sealed once."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography import x509

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.content import Signer
from mlops_desktop.dossier.countersign import countersign
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import at, content
from tests.support.trust_services import TimeAuthority

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
STATEMENT = Statement(
    "Dr. Katrin Feddersen",
    "risk_manager",
    "Dieses Dossier wurde mit diesem Inhalt ausgegeben.",
    at("2026-09-30T19:05:12"),
)


@pytest.fixture(scope="session")
def english() -> Words:
    return read_words("en")


@pytest.fixture(scope="session")
def german() -> Words:
    return read_words("de")


@pytest.fixture(scope="session")
def authority() -> Credential:
    return create_authority("Elbmark Bank AG", at("2026-01-01"))


@pytest.fixture(scope="session")
def signer(authority: Credential) -> Credential:
    return issue_person(authority, STATEMENT.name, "p-1", at("2026-01-02"))


@pytest.fixture(scope="session")
def roots(authority: Credential) -> bytes:
    return to_pem(authority.certificate).encode()


@pytest.fixture(scope="session")
def tsa() -> TimeAuthority:
    """An authority for time stamps, in this process."""
    return TimeAuthority(at("2026-01-01"))


@pytest.fixture(scope="session")
def draft(english: Words) -> bytes:
    return build(content("en"), english)


@pytest.fixture(scope="session")
def draft_german(german: Words) -> bytes:
    return build(content("de"), german)


@pytest.fixture(scope="session")
def sealed(draft: bytes, signer: Credential, english: Words) -> bytes:
    return seal(draft, signer, STATEMENT, english)


@pytest.fixture(scope="session")
def chain(authority: Credential) -> tuple[x509.Certificate, ...]:
    return (authority.certificate,)


PLANNED = (Signer("Jonas Brandt", "validator"), Signer("Miriam Sander", "compliance_officer"))
MEANING = "I have read this dossier and confirm its content."


def statement_of(signer: Signer, hour: int) -> Statement:
    return Statement(signer.name, signer.role, MEANING, at(f"2026-10-01T{hour:02}:00:00"))


@pytest.fixture(scope="session")
def planned(english: Words) -> bytes:
    wanted = content("en")
    document = replace(wanted.document, signers=PLANNED)
    return build(replace(wanted, document=document), english)


@pytest.fixture(scope="session")
def people(authority: Credential) -> tuple[Credential, ...]:
    return tuple(issue_person(authority, one.name, "p", at("2026-01-02")) for one in PLANNED)


@pytest.fixture(scope="session")
def first(
    planned: bytes, signer: Credential, people: tuple[Credential, ...], english: Words
) -> bytes:
    sealed = seal(planned, signer, STATEMENT, english)
    return countersign(sealed, 1, people[0], statement_of(PLANNED[0], 8), english)


@pytest.fixture(scope="session")
def both(first: bytes, people: tuple[Credential, ...], english: Words) -> bytes:
    return countersign(first, 2, people[1], statement_of(PLANNED[1], 9), english)
