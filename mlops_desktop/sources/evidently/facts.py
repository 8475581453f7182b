"""A snapshot's numbers as results and as points of series; verdicts are the service's own."""

import json
import math
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import tzinfo
from typing import Any

from mlops_desktop.core import clock
from mlops_desktop.core.events.checks import CheckKind
from mlops_desktop.core.events.series import SeriesDetails, SeriesKind
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.evidently.listing import Snapshot
from mlops_desktop.sources.files.format import Origin
from mlops_desktop.sources.files.formats import evidently
from mlops_desktop.sources.files.values import shortened, text
from mlops_desktop.sources.observations import Fact, ObservedPoints, Stream

_SERIES = {
    CheckKind.DRIFT: SeriesKind.STABILITY,
    CheckKind.DATA_QUALITY: SeriesKind.DATA_QUALITY,
}
_PARTS = ("column", "method")


@dataclass(frozen=True, slots=True)
class Naming:
    """Which metadata of a snapshot name its model and version, and the zone of its times."""

    connection: Connection
    zone: tzinfo

    def excerpt(self, snapshot: Snapshot, download: Any) -> bytes:
        """Return what is kept of a snapshot: list and download as one, without values of data.

        Raises FileRefused for one of another version.
        """
        entry, setting = snapshot.entry, self.connection.setting
        metadata: dict[str, Any] = {
            key: told for key in entry.metadata if (told := text(entry.metadata, key))
        }
        model = metadata.get(setting("model_key", "model")) or metadata.get("model_name")
        metadata["model"] = model or snapshot.project.name
        version = metadata.get(setting("version_key", "model_version"))
        metadata["model_version"] = version or metadata.get("version")
        whole = {
            **download,
            "name": entry.name or snapshot.project.name,
            "timestamp": entry.timestamp,
            "metadata": metadata,
        }
        kept = evidently.FORMAT.excerpt
        dump = evidently.FORMAT.dump
        assert kept is not None
        assert dump is not None
        return dump({**kept(whole, self.origin(snapshot)), "tags": entry.tags[:20]})

    def origin(self, snapshot: Snapshot) -> Origin:
        """Return where the snapshot lies."""
        return Origin(snapshot.path, self.connection, self.zone)


def facts_of(stream: Stream, raw: bytes, snapshot: Snapshot, naming: Naming) -> tuple[Fact, ...]:
    """Return the facts of an excerpt that belong to a stream."""
    kept = json.loads(raw)
    if stream is Stream.METRICS:
        return tuple(_points(kept, snapshot, naming))
    labels = _labels(kept, snapshot)
    return tuple(
        replace(fact, details=replace(fact.details, labels=labels))  # type: ignore[arg-type] # each has the fields of its own kind
        for fact in evidently.FORMAT.facts(kept, naming.origin(snapshot))
    )


def _labels(kept: Any, snapshot: Snapshot) -> tuple[Pair, ...]:
    told = [Pair("project", snapshot.project.name), *(Pair("tag", one) for one in kept["tags"])]
    environment = kept["metadata"].get("env") or kept["metadata"].get("environment")
    return (*told, *([Pair("environment", environment)] if environment else []))


def _points(kept: Any, snapshot: Snapshot, naming: Naming) -> Iterator[ObservedPoints]:
    at = naming.origin(snapshot).moment(kept["timestamp"])
    if at is None:
        return
    times, seen = array("q", [clock.to_milliseconds(at)]), set()
    for metric in kept["metrics"]:
        for label, value in _numbers(metric["value"]):
            details = _series(metric, label, kept, snapshot)
            part = ",".join(f"{one.name}={one.value}" for one in details.segment)
            id = f"{snapshot.project.id}/{details.metric}{{{part}}}"[:300]
            if id not in seen:  # a preset and a test may ask for the same number
                yield ObservedPoints(id, details, times, array("d", [value]))
            seen.add(id)


def _series(metric: Any, label: str, kept: Any, snapshot: Snapshot) -> SeriesDetails:
    config = metric["config"]
    segment = [Pair(part, config[part]) for part in _PARTS if part in config]
    metadata = kept["metadata"]
    name = str(config.get("type", "")).rpartition(":")[2] or metric["name"] or "?"
    return SeriesDetails(
        name=shortened(" ".join((name, *(one.value for one in segment), label)).strip()),
        subjects=(Subject(metadata["model"], metadata.get("model_version")),),
        path=f"projects/{snapshot.project.id}",
        labels=(Pair("project", snapshot.project.name),),
        metric=name,
        kind=_SERIES.get(evidently.kind_of(config), SeriesKind.PERFORMANCE),
        segment=(*segment, *([Pair("label", label)] if label else [])),
        environment=metadata.get("env") or metadata.get("environment"),
    )


def _numbers(value: Any) -> Iterator[tuple[str, float]]:
    told = value.items() if isinstance(value, dict) else [("", value)]
    for label, one in told:
        if one is not None and math.isfinite(number := float(one)):
            yield label, number
