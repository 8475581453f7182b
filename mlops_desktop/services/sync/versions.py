"""Compares a registry's versions with what is known and records what differs."""

from dataclasses import dataclass

from mlops_desktop.core.approvals import changed_fields, covered_fields
from mlops_desktop.core.events.versions import (
    VersionChanged,
    VersionMissed,
    VersionObserved,
    VersionReturned,
)
from mlops_desktop.core.inventory import ModelDetails, VersionDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.facts import Facts, SeenVersion
from mlops_desktop.services.sync.guard import is_suspicious
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.sources.observations import Stream
from mlops_desktop.store import records
from mlops_desktop.store.queries.registry import KnownVersion

_NOTHING = ModelDetails()


@dataclass(frozen=True, slots=True)
class Placed:
    """A version after the comparison: its key here, its model and what is now known of it."""

    key: str
    model: str
    details: VersionDetails


def record_versions(
    ledgering: Ledgering,
    facts: Facts,
    models: dict[str, str],
    known: dict[str, KnownVersion],
    *,
    source: str,
    accept_shrink: bool,
) -> dict[str, list[Placed]]:
    """Record what changed among versions; return those read, by model."""
    by_label = {(item.model, item.label): item for item in known.values()}
    placed: dict[str, list[Placed]] = {}
    matched: set[str] = set()
    for item in facts.versions.values():
        model = models.get(item.model_native_id, "")
        former = known.get(item.native_id) or by_label.get((model, item.fact.version))
        if former is not None:
            matched.add(former.key)
        model = model or (former.model if former else "")
        if not model:
            ledgering.count("held_back")
            continue
        one = _record_one(ledgering, facts, item, model, former, source)
        if one is not None:
            placed.setdefault(model, []).append(one)
    if Stream.VERSIONS in facts.complete:
        gone = [item for item in known.values() if item.key not in matched]
        _record_missing(ledgering, gone, known, accept_shrink=accept_shrink)
    return placed


def _record_one(
    ledgering: Ledgering,
    facts: Facts,
    item: SeenVersion,
    model: str,
    former: KnownVersion | None,
    source: str,
) -> Placed | None:
    if former is None:
        details = facts.details_of(item, None)
        key = new_id()
        observed = VersionObserved(key, model, source, item.native_id, details, item.seen)
        recorded = ledgering.record("new", item.native_id, observed)
        return Placed(key, model, details) if recorded else None
    details = facts.details_of(item, None)
    if _is_same(item, former, details):
        ledgering.count("unchanged")
        return Placed(former.key, former.model, details)
    return _record_known(ledgering, facts, item, former)


def _is_same(item: SeenVersion, former: KnownVersion, details: VersionDetails) -> bool:
    if former.is_missing or item.native_id != former.native_id:
        return False
    return records.to_text(details) == former.record


def _record_known(
    ledgering: Ledgering, facts: Facts, item: SeenVersion, former: KnownVersion
) -> Placed:
    """Record what differs, unless it differs only by a run that was not read this time."""
    before = records.from_text(VersionDetails, former.record)
    details = facts.details_of(item, before)
    changed = changed_fields(covered_fields(_NOTHING, before), covered_fields(_NOTHING, details))
    if former.is_missing:
        returned = VersionReturned(former.key, former.model, details, item.seen, changed)
        ledgering.record("changed", item.native_id, returned)
    elif _is_same(item, former, details):
        ledgering.count("unchanged")
    else:
        native_id = item.native_id if item.native_id != former.native_id else None
        told = VersionChanged(former.key, former.model, details, item.seen, changed, native_id)
        ledgering.record("changed", item.native_id, told)
    return Placed(former.key, former.model, details)


def _record_missing(
    ledgering: Ledgering,
    gone: list[KnownVersion],
    known: dict[str, KnownVersion],
    *,
    accept_shrink: bool,
) -> None:
    missing = [item for item in gone if not item.is_missing]
    present = sum(1 for item in known.values() if not item.is_missing)
    if not accept_shrink and is_suspicious(len(missing), present):
        ledgering.count("held_back", len(missing))
        return
    for item in missing:
        ledgering.record("missing", item.native_id, VersionMissed(item.key, item.model))
