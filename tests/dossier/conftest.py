"""A signer with his authority, and the sample dossier in both languages, built and sealed once."""

from datetime import UTC, datetime

import pytest
from cryptography import x509

from mlops_desktop.core.wording import Words
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.seal import seal
from mlops_desktop.dossier.stamp import Statement
from mlops_desktop.outside.certificates import create_authority, issue_person, to_pem
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.services.wording import read_words
from tests.dossier.sample import at, content

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
