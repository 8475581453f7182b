"""MLOps Desktop: model risk management on a tamper-evident ledger, offline."""

__version__ = "0.1.0"
