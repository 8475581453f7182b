"""Sources and their readings as documents."""

from typing import TYPE_CHECKING

from mlops_desktop.cli.answer import Document
from mlops_desktop.cli.documents.values import by_name
from mlops_desktop.core.events.sources import StreamFailure, SyncCounts

if TYPE_CHECKING:
    from mlops_desktop.services.rows import Description, Probe, SourceRow
    from mlops_desktop.services.sync import SyncResult


def source_document(row: "SourceRow") -> Document:
    """Return a configured source and its last reading; secrets are never part of it."""
    last = row.result
    return {
        "id": row.name,
        "name": row.name,
        "kind": row.kind,
        "url": row.url,
        "username": row.username,
        "ca_file": row.ca_file,
        "proxy": row.proxy,
        "settings": {one.name: one.value for one in row.settings},
        "version": row.version,
        "synced_at": row.synced_at,
        "completed_at": row.completed_at,
        "last": counts_document(last.counts, last.failures) if last is not None else None,
    }


def kind_document(kind: str, told: "Description") -> Document:
    """Return what a kind of source needs, and what it was tried against."""
    return {
        "id": kind,
        "address": told.address.value,
        "tested": told.tested.value,
        "extra": told.extra,
        "settings": [
            {"name": one.name, "default": one.default, "needed": one.is_needed}
            for one in told.settings
        ],
    }


def counts_document(counts: SyncCounts, failures: tuple[StreamFailure, ...]) -> Document:
    """Return what became of every fact read, and what could not be read."""
    return {
        "read": counts.read,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "missing": counts.missing,
        "held_back": counts.held_back,
        "refused": counts.refused,
        "failures": [
            {"stream": one.stream, "code": one.code, "detail": one.detail} for one in failures
        ],
    }


def sync_document(result: "SyncResult") -> Document:
    """Return the account of one sync, with the names of facts that were refused."""
    counts = counts_document(result.counts, result.failures)
    told = {"refusals": list(result.refusals), "not_offered": list(result.missing)}
    return {**counts, **told, "is_unchanged": result.is_unchanged}


def probe_document(name: str, probe: "Probe") -> Document:
    """Return what a test of a connection found."""
    failures = [
        {"stream": one.stream.value, "code": one.code.value, "detail": one.detail}
        for one in probe.failures
    ]
    return {
        "id": name,
        "source": name,
        "ok": probe.is_reachable and not failures,
        "reachable": probe.is_reachable,
        "version": probe.version,
        "identity": probe.identity,
        "visible": by_name(probe.visible),
        "not_offered": [stream.value for stream in probe.missing],
        "failures": failures,
        "warnings": list(probe.warnings),
    }
