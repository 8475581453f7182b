"""The bank of these tests; its fixtures come from ``tests.support.bank``."""

from tests.support.bank import FOUNDER, PASSPHRASE, STAFF, Bank, Prepared

__all__ = ["FOUNDER", "PASSPHRASE", "STAFF", "Bank", "Prepared"]
