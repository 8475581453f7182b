"""Compares a registry's entries with what is known and records what differs."""

from mlops_desktop.core.events.candidates import CandidateFound
from mlops_desktop.core.events.entries import (
    EntryChanged,
    EntryMissed,
    EntryRenamed,
    EntryReturned,
)
from mlops_desktop.core.inventory import Entry
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.facts import Facts, SeenEntry
from mlops_desktop.services.sync.guard import is_suspicious
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.sources.observations import Stream
from mlops_desktop.store import records
from mlops_desktop.store.queries.registry import KnownEntry, KnownVersion


def record_entries(
    ledgering: Ledgering,
    facts: Facts,
    known: dict[str, KnownEntry],
    versions: dict[str, KnownVersion],
    *,
    accept_shrink: bool,
) -> dict[str, str]:
    """Record what changed among entries; return the model of every entry read, by native id."""
    gone = {id: item for id, item in known.items() if id not in facts.entries}
    models: dict[str, str] = {}
    renamed: set[str] = set()
    for native_id, seen in facts.entries.items():
        former = known.get(native_id)
        if former is None:
            origin = _find_former_name(seen, gone, facts, versions)
            if origin is not None:
                renamed.add(origin.native_id)
                gone.pop(origin.native_id)
            models[native_id] = _record_new(ledgering, seen, origin)
        else:
            models[native_id] = former.model
            _record_known(ledgering, seen, former)
    if Stream.MODELS in facts.complete:
        _record_missing(ledgering, gone, known, accept_shrink=accept_shrink)
    return models


def _record_new(ledgering: Ledgering, seen: SeenEntry, origin: KnownEntry | None) -> str:
    if origin is not None:
        renaming = EntryRenamed(origin.model, origin.native_id, seen.entry, seen.seen)
        ledgering.record("changed", seen.entry.name, renaming)
        return origin.model
    model = new_id()
    found = CandidateFound(model, seen.entry, seen.seen)
    return model if ledgering.record("new", seen.entry.name, found) else ""


def _record_known(ledgering: Ledgering, seen: SeenEntry, former: KnownEntry) -> None:
    if former.is_missing:
        returned = EntryReturned(former.model, seen.entry, seen.seen)
        ledgering.record("changed", seen.entry.name, returned)
    elif records.to_text(seen.entry) != former.record:
        changed = EntryChanged(former.model, seen.entry, seen.seen)
        ledgering.record("changed", seen.entry.name, changed)
    else:
        ledgering.count("unchanged")


def _record_missing(
    ledgering: Ledgering,
    gone: dict[str, KnownEntry],
    known: dict[str, KnownEntry],
    *,
    accept_shrink: bool,
) -> None:
    missing = [item for item in gone.values() if not item.is_missing]
    present = sum(1 for item in known.values() if not item.is_missing)
    if not accept_shrink and is_suspicious(len(missing), present):
        ledgering.count("held_back", len(missing))
        return
    for item in missing:
        former = records.from_text(Entry, item.record)
        missed = EntryMissed(item.model, former.source, item.native_id)
        ledgering.record("missing", item.native_id, missed)


def _find_former_name(
    seen: SeenEntry,
    gone: dict[str, KnownEntry],
    facts: Facts,
    versions: dict[str, KnownVersion],
) -> KnownEntry | None:
    """Return the vanished entry this one is by its creation time and the runs of its versions."""
    if Stream.MODELS not in facts.complete or seen.entry.created_at is None:
        return None
    born = [
        item
        for item in gone.values()
        if records.from_text(Entry, item.record).created_at == seen.entry.created_at
    ]
    if len(born) != 1:
        return None
    labels_now = {
        item.fact.version
        for item in facts.versions.values()
        if item.model_native_id == seen.entry.native_id
    }
    labels_then = {item.label for item in versions.values() if item.model == born[0].model}
    return born[0] if labels_then <= labels_now or not labels_then else None
