"""The sample bank's data lake: files of tools dropped into a folder, read as any folder is."""

import json
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from hashlib import sha256
from pathlib import Path

from mlops_desktop import paths
from mlops_desktop.core.events.validations import ValidationDetails
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.items.incidents import INCIDENT
from mlops_desktop.core.items.validations import VALIDATION
from mlops_desktop.core.pipelines import read_span
from mlops_desktop.core.validations import Trigger
from mlops_desktop.services import items, pipelines, sources
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.items import Given, ItemFilter
from mlops_desktop.services.sources import NewSource
from mlops_desktop.store.queries.models import find_model

_AT = time(3, 40)
_TAKES = timedelta(minutes=11)
_EVENING = time(17, 45)
_VERSION = "1.24.1"
_PARENT = "elbmark-planung"


class RawPart(Strict, frozen=True):
    """A dataset that comes from outside the lake."""

    name: str
    about: str
    columns: tuple[str, ...]


class PipelinePart(Strict, frozen=True):
    """A pipeline of one step: what it reads and writes, when it ran, how often it is expected."""

    name: str
    about: str
    step: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    columns: tuple[str, ...]
    runs: tuple[str, ...]
    rows: int
    says: str = ""
    every: str = ""
    is_late: bool = False


class CheckPart(Strict, frozen=True):
    """Checks of a column for completeness: which share was missing on which day, in percent."""

    dataset: str
    on: tuple[str, ...]
    column: str
    missing: tuple[str, ...]
    mostly: str


class TakenUpPart(Strict, frozen=True):
    """That a validation called for by the incident goes on elsewhere."""

    model: int
    on: str
    by: str
    why: str


class IncidentPart(Strict, frozen=True):
    """The dataset that was found bad."""

    on: str
    by: str
    confirmed: str
    confirmed_by: str
    why: str
    fields: dict[str, str]
    taken_up: tuple[TakenUpPart, ...] = ()


class Lake(Strict, frozen=True):
    """The lake with all that runs on it."""

    namespace: str
    owner: str
    source: str
    added: str
    read: tuple[str, ...]
    described: str
    daily: tuple[str, ...]
    late_hours: int
    raw: tuple[RawPart, ...]
    pipeline: tuple[PipelinePart, ...]
    check: tuple[CheckPart, ...]
    incident: IncidentPart


def read_lake() -> Lake:
    """Return the lake; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "pipelines.toml"), Lake)


def plan_pipelines(lake: Lake, calendar: Calendar, folder: Path, now: datetime) -> Iterator[Act]:
    """Yield the connection of the folder, its readings, and what persons say about it.

    ``now`` is when the bank is opened: one pipeline is late by hours, whatever hour that is.
    """
    root = folder / lake.source
    yield Act(calendar.moment(lake.added, Hours.CONNECT), lambda stage: _connect(lake, root, stage))
    for day in (*lake.read, "-1d"):
        at = calendar.moment(day, Hours.SYNC) + timedelta(minutes=10)
        yield Act(at, _reading(lake, calendar, root, at, now))
    told = (part for part in lake.pipeline if part.runs[0] < lake.added)
    for part in told:  # of the others the source alone says what they do
        yield Act(calendar.moment(lake.described, Hours.EDIT), _saying(lake, part))
    yield from _plan_incident(lake.incident, calendar)


def _connect(lake: Lake, root: Path, stage: Stage) -> None:
    root.mkdir(parents=True, exist_ok=True)
    sources.add_source(stage.acting(lake.owner), NewSource("folder", lake.source, str(root)))


def _reading(lake: Lake, calendar: Calendar, root: Path, until: datetime, now: datetime) -> Perform:
    def perform(stage: Stage) -> None:
        for name, text in _files(lake, calendar, until, now):
            (root / name).write_text(text, encoding="utf-8")
        sources.sync(stage.acting(lake.owner), lake.source, lambda *_: None)

    return perform


def _files(
    lake: Lake, calendar: Calendar, until: datetime, now: datetime
) -> Iterator[tuple[str, str]]:
    """Yield the files of tools as they lie there by a moment: events and results of checks."""
    datasets = {raw.name: (raw.about, raw.columns) for raw in lake.raw}
    datasets |= {name: (part.about, part.columns) for part in lake.pipeline for name in part.writes}
    for part in lake.pipeline:
        ended = [at for at in _ends(lake, part, calendar, now) if at <= until]
        lines = [line for at in ended for line in _events(lake, part, at, datasets)]
        if lines:
            yield f"openlineage-{part.name}.ndjson", "\n".join(lines) + "\n"
    for check in lake.check:
        for day, missing in zip(check.on, check.missing, strict=True):
            at = calendar.moment(day, _EVENING) + timedelta(minutes=5)
            if at <= until:
                name = f"gx-{check.dataset}-{at:%Y-%m-%d}.json"
                yield name, json.dumps(_result(check, missing, at), ensure_ascii=False, indent=1)


def _ends(lake: Lake, part: PipelinePart, calendar: Calendar, now: datetime) -> list[datetime]:
    found = [calendar.moment(day, _AT) + _TAKES for day in part.runs]
    span = read_span(part.every)
    if part.is_late and span is not None:
        last = now - timedelta(minutes=span, hours=lake.late_hours)
        return [*found, last - timedelta(days=1), last]
    if span is not None:
        found += [calendar.moment(day, _EVENING) for day in lake.daily]
    return found


def _events(
    lake: Lake, part: PipelinePart, at: datetime, datasets: dict[str, tuple[str, tuple[str, ...]]]
) -> Iterator[str]:
    """Yield the two events by which a run tells of itself (OpenLineage 1.54)."""
    run = _id(part.name, at.isoformat())
    states = {name: (None, datasets[name]) for name in part.reads}
    told = {
        "run": {"runId": run, "facets": {"parent": {
            "job": {"namespace": _PARENT, "name": part.name},
            "run": {"runId": _id("plan", part.name, at.isoformat())}}}},
        "job": {"namespace": _PARENT, "name": part.step, "facets": {
            "documentation": {"description": part.says or part.about},
            "ownership": {"owners": [{"name": lake.owner, "type": "MAINTAINER"}]},
            "sourceCodeLocation": {
                "type": "git", "url": f"https://git.elbmark.example/daten/{part.name}",
                "version": _digest(part.name, f"{at:%Y-%m}")[:12]}}},
        "inputs": [_dataset(lake.namespace, name, *one, None) for name, one in states.items()],
        "outputs": [
            _dataset(
                lake.namespace, name, _digest(name, at.isoformat())[:16], datasets[name], part.rows
            )
            for name in part.writes
        ],
    }  # fmt: skip
    for kind, moment in (("START", at - _TAKES), ("COMPLETE", at)):
        event = {"eventTime": moment.isoformat(), "eventType": kind, **told}
        yield json.dumps(event, ensure_ascii=False, sort_keys=True)


def _dataset(
    namespace: str, name: str, state: str | None, said: tuple[str, tuple[str, ...]],
    rows: int | None,
) -> dict[str, object]:  # fmt: skip
    about, columns = said
    facets: dict[str, object] = {
        "documentation": {"description": about},
        "schema": {"fields": [{"name": column} for column in columns]},
    }
    if state is not None:
        facets["version"] = {"datasetVersion": state}
    told: dict[str, object] = {"namespace": namespace, "name": name, "facets": facets}
    return (
        told if rows is None else told | {"outputFacets": {"outputStatistics": {"rowCount": rows}}}
    )


def _result(check: CheckPart, missing: str, at: datetime) -> dict[str, object]:
    """Return a validation as Great Expectations writes it."""
    share, mostly = float(missing), float(check.mostly)
    is_met = 100 - share >= mostly * 100
    return {
        "success": is_met,
        "suite_name": f"{check.dataset}-vollstaendig",
        "meta": {
            "great_expectations_version": _VERSION,
            "run_id": {"run_name": f"{at:%Y-%m-%d}", "run_time": at.isoformat()},
            "active_batch_definition": {
                "datasource_name": "elbmark-daten", "data_asset_name": check.dataset,
            },
        },
        "results": [{
            "success": is_met,
            "expectation_config": {
                "type": "expect_column_values_to_not_be_null",
                "kwargs": {"column": check.column, "mostly": mostly},
            },
            "result": {"unexpected_percent": share},
        }],
    }  # fmt: skip


def _id(*parts: str) -> str:
    text = _digest(*parts)
    return f"{text[:8]}-{text[8:12]}-7{text[13:16]}-8{text[17:20]}-{text[20:32]}"


def _digest(*parts: str) -> str:
    return sha256("/".join(parts).encode()).hexdigest()


def _saying(lake: Lake, part: PipelinePart) -> Perform:
    def perform(stage: Stage) -> None:
        session, named = stage.acting(lake.owner), f"{lake.source}/{part.name}"
        if part.every:
            why = "Täglich; zwölf Stunden Spielraum für Nacharbeiten am Wochenende."
            pipelines.expect_pipeline(session, named, read_span(part.every), reason=why)
        pipelines.describe_pipeline(session, named, part.about)

    return perform


def _plan_incident(part: IncidentPart, calendar: Calendar) -> Iterator[Act]:
    opened: list[str] = []

    def open_it(stage: Stage) -> None:
        session = stage.acting(part.by)
        opened.append(items.open_item(session, INCIDENT, Given(part.fields)).id)

    def confirm(stage: Stage) -> None:
        session, given = stage.acting(part.confirmed_by), Given({}, reason=part.why)
        items.take_step(session, INCIDENT, opened[0], "confirm", given)

    yield Act(calendar.moment(part.on, Hours.ITEM), open_it)
    yield Act(calendar.moment(part.confirmed, Hours.STEP), confirm)
    for one in part.taken_up:
        yield Act(calendar.moment(one.on, Hours.STEP), _taking_up(one))


def _taking_up(part: TakenUpPart) -> Perform:
    def perform(stage: Stage) -> None:
        with stage.session.workspace.read() as view:
            model = find_model(view.connection, number_text(part.model))
        wanted = ItemFilter((VALIDATION.noun,), models=(model,))
        for row in items.list_items(stage.session, wanted):
            details = items.show_item(stage.session, row.id).state.details
            if isinstance(details, ValidationDetails) and details.trigger is Trigger.DATA_INCIDENT:
                given = Given({}, reason=part.why)
                items.take_step(stage.acting(part.by), VALIDATION, row.id, "cancel", given)

    return perform
