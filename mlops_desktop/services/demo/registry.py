"""The recorded registry as it stood on an earlier day, and a registry that does not answer.

Only the last reading plays the recording byte for byte. An earlier one is the same answer without
what came later; aliases and stages are those of that day (``registry.toml``).
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import EarlierPart, EntryPart, GonePart, Registry
from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import (
    Failure,
    FailureCode,
    Observation,
    Page,
    Probe,
    Stream,
)

STREAMS: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS, Stream.RUNS)

_Row = dict[str, Any]
_SERVING = "champion"
_MARKS = ("Production", "Archived")


class Silent:
    """A registry that does not answer."""

    streams: tuple[Stream, ...] = STREAMS

    def probe(self) -> Probe:
        """Tell that nobody answers."""
        return Probe(is_reachable=False)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Fail as a refused connection does."""
        refused = "connection refused"
        yield Failure(
            stream, FailureCode.UNREACHABLE, refused, is_retryable=True, reason="not_connected"
        )

    def close(self) -> None:
        """Nothing is open."""


class RegistryThen:
    """A registry whose answers leave out what had not happened by ``snapshot``."""

    streams: tuple[Stream, ...] = STREAMS

    def __init__(self, source: Source, snapshot: "Snapshot") -> None:
        self._source = source
        self._snapshot = snapshot

    def probe(self) -> Probe:
        """Pass the question on."""
        return self._source.probe()

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the pages as they would have been."""
        for told in self._source.pull(stream, cursor):
            yield self._then(told) if isinstance(told, Page) else told

    def close(self) -> None:
        """Close the recording."""
        self._source.close()

    def _then(self, page: Page) -> Page:
        answer = self._snapshot.cut(json.loads(page.raw))
        raw = json.dumps(answer, ensure_ascii=False).encode("utf-8")
        evidence = replace(page.evidence, digest=sha256(raw).hexdigest())
        return replace(page, raw=raw, evidence=evidence)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The state of the registry at a moment."""

    registry: Registry
    calendar: Calendar
    at: datetime

    def cut(self, answer: _Row) -> _Row:
        """Return a page of any listing with what there was by then."""
        if "registered_models" in answer:
            found = [self._model(row) for row in answer["registered_models"] if self._is_seen(row)]
            gone = [self._gone(part) for part in self.registry.gone if self._is_listed(part)]
            rows = sorted([*found, *gone], key=lambda row: str(row["name"]))
            return {**answer, "registered_models": rows}
        if "model_versions" in answer:
            rows = [self._version(row) for row in answer["model_versions"] if self._is_seen(row)]
            return {**answer, "model_versions": rows}
        if "runs" in answer:
            rows = [row for row in answer["runs"] if self._has_begun(row)]
            return {**answer, "runs": rows}
        return answer

    def _is_seen(self, row: _Row) -> bool:
        hidden = {part.name: self._begins(part.until) for part in self.registry.hidden}
        since = hidden.get(str(row["name"]))
        return row["creation_timestamp"] <= self._now and (since is None or since <= self.at)

    def _has_begun(self, row: _Row) -> bool:
        return bool(row["info"]["start_time"] <= self._now)

    def _is_listed(self, part: GonePart) -> bool:
        return self._begins(part.since) <= self.at < self._begins(part.until)

    @property
    def _now(self) -> int:
        return _milliseconds(self.at)

    def _begins(self, day: str) -> datetime:
        return datetime.combine(self.calendar.day(day), datetime.min.time(), tzinfo=UTC)

    def _part(self, name: object) -> EntryPart:
        parts = (part for part in self.registry.entry if part.name == name)
        return next(parts, EntryPart(name=str(name), alias={}))

    def _model(self, row: _Row) -> _Row:
        part = self._part(row["name"])
        recorded = {item["alias"]: item["version"] for item in row.get("aliases", ())}
        held = {name: version for name, version in recorded.items() if name not in part.alias}
        held |= self._aliases(part)
        aliases = [{"alias": name, "version": held[name]} for name in sorted(held)]
        touched = min(row["last_updated_timestamp"], self._now)
        then = {**row, "aliases": aliases, "last_updated_timestamp": touched}
        if part.earlier and self.at < self._begins(part.earlier.until):
            then = _as_before(then, part.earlier)
        return then

    def _aliases(self, part: EntryPart) -> dict[str, str]:
        found = ((name, self._held(days)) for name, days in part.alias.items())
        return {name: version for name, version in found if version}

    def _held(self, days: Mapping[str, str]) -> str:
        passed = [day for day in days if self._begins(day) <= self.at]
        return days[max(passed, key=self._begins)] if passed else ""

    def _version(self, row: _Row) -> _Row:
        if row["current_stage"] not in _MARKS:
            return row
        serving = self._aliases(self._part(row["name"])).get(_SERVING, "")
        return {**row, "current_stage": _stage(str(row["version"]), serving)}

    def _gone(self, part: GonePart) -> _Row:
        since = _milliseconds(self._begins(part.since))
        tags = [{"key": key, "value": value} for key, value in sorted(part.tags.items())]
        return {
            "name": part.name,
            "creation_timestamp": since,
            "last_updated_timestamp": since,
            "description": part.description,
            "tags": tags,
        }


def _as_before(row: _Row, earlier: EarlierPart) -> _Row:
    tags = [tag for tag in row.get("tags", ()) if tag["key"] not in earlier.without]
    return {**row, "description": earlier.description, "tags": tags}


def _stage(version: str, serving: str) -> str:
    """Return the stage of a version that was promoted or archived in the end, as of then."""
    if version == serving:
        return "Production"
    is_past = not serving or int(version) < int(serving)
    return "Archived" if is_past else "None"


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
