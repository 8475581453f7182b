"""Acts of sources: connected, entries linked, read again and again, unreachable."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

from mlops_desktop.core import clock
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.work import Report, unheard
from mlops_desktop.services import entries, sources
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import Bank, ModelPart, Registry, SourcePart
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.registry import RegistryThen, Silent, Snapshot
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.recordings import add_recording
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import sync_source
from mlops_desktop.sources import catalog
from mlops_desktop.sources.base import Connection, Credentials, Source
from mlops_desktop.sources.observations import Page, Stream

_BEFORE_ALL = datetime(2000, 1, 1, tzinfo=UTC)


def plan_sources(
    bank: Bank,
    models: tuple[ModelPart, ...],
    registry: Registry,
    calendar: Calendar,
    report: Report = unheard,
) -> Iterator[Act]:
    """Yield everything that concerns sources; the last reading is that of the recording itself."""
    for part in bank.source:
        yield Act(calendar.moment(part.added, Hours.CONNECT), _connect(part))
        if part.recording is None:
            yield from _plan_address(part, registry, calendar)
        else:
            yield from _plan_recording(part, models, registry, calendar, report)


def _connect(part: SourcePart) -> Perform:
    def perform(stage: Stage) -> None:
        session = stage.acting(part.by)
        if part.recording is not None:
            add_recording(session, part.name, part.kind, part.recording)
        else:
            sources.add_source(session, NewSource(part.kind, part.name, part.url or ""))

    return perform


def _plan_address(part: SourcePart, registry: Registry, calendar: Calendar) -> Iterator[Act]:
    for day in part.read:
        yield Act(calendar.moment(day, Hours.SYNC), _read_empty(part, registry))
    for day in part.silent:
        yield Act(calendar.moment(day, Hours.SYNC), _read(part, Silent()))


def _plan_recording(
    part: SourcePart,
    models: tuple[ModelPart, ...],
    registry: Registry,
    calendar: Calendar,
    report: Report,
) -> Iterator[Act]:
    born = _born(_open(part))
    starts = {gone.name: gone.since for gone in registry.gone}
    first = calendar.moment(part.added, Hours.SYNC)
    for model in models:
        if model.registry is not None:
            day = starts.get(model.registry) or born[model.registry].date().isoformat()
            at = max(calendar.moment(day, Hours.LINK), calendar.moment(part.added, Hours.LINK))
            yield Act(at, _link(part, model))
    last = calendar.moment("-1d", Hours.SYNC)
    for at in {first, *_moments(registry, calendar, _made(_open(part)))}:
        if first <= at < last:
            yield Act(at, _read_then(part, registry))
    yield Act(last, lambda stage: sources.sync(stage.acting(part.by), part.name, report))


def _open(part: SourcePart) -> Source:
    connection = Connection(part.name, part.kind, f"recording:{part.recording}")
    return catalog.open_source(connection, Credentials(), lambda: False)


def _rows(source: Source, stream: Stream, listing: str) -> Iterator[tuple[str, datetime]]:
    for told in source.pull(stream):
        if isinstance(told, Page):
            for row in json.loads(told.raw).get(listing, ()):
                made = datetime.fromtimestamp(row["creation_timestamp"] / 1000, UTC)
                yield row["name"], made
    source.close()


def _born(source: Source) -> dict[str, datetime]:
    return dict(_rows(source, Stream.MODELS, "registered_models"))


def _made(source: Source) -> set[datetime]:
    return {made for _, made in _rows(source, Stream.VERSIONS, "model_versions")}


def _moments(registry: Registry, calendar: Calendar, made: set[datetime]) -> set[datetime]:
    """Return when the registry had something to tell: the evenings of changes, and named times."""
    told = {day for part in registry.entry for days in part.alias.values() for day in days}
    told |= {part.until for part in registry.gone} | {part.until for part in registry.hidden}
    told |= {part.since for part in registry.gone} | set(registry.read)
    told |= {moment.date().isoformat() for moment in made}
    return {calendar.moment(day, Hours.SYNC) for day in told}


def _link(part: SourcePart, model: ModelPart) -> Perform:
    return lambda stage: entries.link_entry(
        stage.session, number_text(model.number), part.name, model.registry or ""
    )


def _read(part: SourcePart, source: Source) -> Perform:
    return lambda stage: sync_source(stage.acting(part.by), part.name, source, unheard)


def _read_then(part: SourcePart, registry: Registry) -> Perform:
    def perform(stage: Stage) -> None:
        snapshot = Snapshot(registry, stage.calendar, clock.now())
        source = RegistryThen(_open(part), snapshot)
        sync_source(stage.acting(part.by), part.name, source, unheard)
        source.close()

    return perform


def _read_empty(part: SourcePart, registry: Registry) -> Perform:
    def perform(stage: Stage) -> None:
        nothing = Snapshot(Registry(entry=()), stage.calendar, _BEFORE_ALL)
        recorded = Connection(part.name, part.kind, "recording:mlflow")
        source = RegistryThen(catalog.open_source(recorded, Credentials(), lambda: False), nothing)
        sync_source(stage.acting(part.by), part.name, source, unheard)
        source.close()

    return perform
