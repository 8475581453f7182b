"""A bank whose findings are of different age."""

import pytest

from tests.services.conftest import Bank
from tests.services.retention.erasing import at, find
from tests.services.steps import register


@pytest.fixture
def old(bank: Bank) -> Bank:
    """A bank with a finding closed long ago, one closed of late, one open."""
    with at("2026-01-10"):
        register(bank)
        find(bank, "M-00001")
    with at("2031-06-01"):
        find(bank, "M-00001")
        find(bank, "M-00001", is_closed=False)
    return bank
