"""Keys made once for all tests of this folder (RSA-3072 takes half a second)."""

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
def person(authority: Credential) -> Credential:
    return issue_person(authority, "Dr. Aylin Yıldız", "0197f3c2-7d1e", AT, new_p256_key())


@pytest.fixture(scope="session")
def rsa_person(authority: Credential) -> Credential:
    return issue_person(authority, "Jonas Brandt", "0197f3c2-7d1f", AT, new_rsa_key())
