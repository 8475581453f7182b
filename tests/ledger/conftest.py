"""Keys and persons made once for all tests of this folder."""

from datetime import UTC, datetime

import pytest

from mlops_desktop.outside.certificates import (
    create_authority,
    issue_person,
    new_p256_key,
    new_rsa_key,
)
from mlops_desktop.outside.credentials import Credential

AT = datetime(2026, 1, 31, 8, 15, tzinfo=UTC)


@pytest.fixture(scope="session")
def authority() -> Credential:
    return create_authority("Elbmark Bank AG Modellinventar", AT, new_p256_key())


@pytest.fixture(scope="session")
def p256_signer(authority: Credential) -> Credential:
    return issue_person(authority, "Dr. Aylin Yıldız", "p1", AT, new_p256_key())


@pytest.fixture(scope="session")
def rsa_signer(authority: Credential) -> Credential:
    return issue_person(authority, "Jonas Brandt", "p2", AT, new_rsa_key())
