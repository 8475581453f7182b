"""Brings what a source tells into the ledger: one reading, one write session, one account of it."""

from mlops_desktop.services.sync.synchronise import SyncResult, sync_source

__all__ = ["SyncResult", "sync_source"]
