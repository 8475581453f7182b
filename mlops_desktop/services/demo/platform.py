"""The bank's serving platform: files in a folder, as they lay there each time it was read."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.inventory import Pair
from mlops_desktop.services import sources
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.sources import NewSource

FOLDER = "Plattform"
_HEADS = ("model", "version", "environment", "resource", "measure", "value", "unit", "time")
_SETTINGS = tuple(Pair(f"column.{name}", name) for name in _HEADS)
_VALUE = 5
_GROWING = frozenset({"used", "requested"})
_STILL = frozenset({"storage", "gpu"})
_YEAR = 52
_API = {"apiVersion": "serving.kserve.io/v1beta1", "kind": "InferenceService"}
_GRAPH = {"apiVersion": "serving.kserve.io/v1alpha1", "kind": "InferenceGraph"}


class ServicePart(Strict, frozen=True):
    """A service that runs from a reading on until another one."""

    name: str
    model: str
    version: str
    role: str = "champion"
    region: str = "DE"
    weight: int | None = None
    digest: str = ""
    since: str | None = None
    until: str | None = None


class UseTable(Strict, frozen=True):
    """Consumption of a week, a line a side of a resource."""

    rows: tuple[str, ...]


class PackagePart(Strict, frozen=True):
    """What a version was packaged with."""

    model: str
    version: str
    python: str
    framework: str
    release: str


class Platform(Strict, frozen=True):
    """The platform: when it was read, what ran, what it consumed. ``growth`` is percent a year."""

    name: str
    added: str
    by: str
    read: tuple[str, ...]
    first_week: str
    growth: float
    service: tuple[ServicePart, ...]
    use: UseTable
    package: tuple[PackagePart, ...] = msgspec.field(default=())


def read_platform() -> Platform:
    """Return the platform of the sample bank; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "platform.toml"), Platform)


def plan_platform(part: Platform, calendar: Calendar, folder: Path) -> Iterator[Act]:
    """Yield the connection and each reading, the files laid down anew before it."""
    place = folder / FOLDER
    yield Act(calendar.moment(part.added, Hours.CONNECT), _connect(part, place))
    for told in part.read:
        yield Act(calendar.moment(told, Hours.SYNC), _read(part, place, calendar.day(told)))


def _connect(part: Platform, place: Path) -> Perform:
    def perform(stage: Stage) -> None:
        place.mkdir(parents=True, exist_ok=True)
        wanted = NewSource("folder", part.name, str(place.resolve()), settings=_SETTINGS)
        sources.add_source(stage.acting(part.by), wanted)

    return perform


def _read(part: Platform, place: Path, day: date) -> Perform:
    def perform(stage: Stage) -> None:
        _write(part, place, day, stage.calendar)
        sources.sync(stage.acting(part.by), part.name, lambda *_: None)

    return perform


def _write(part: Platform, place: Path, day: date, calendar: Calendar) -> None:
    """Lay the files down as they were on a day."""
    running = [one for one in part.service if _runs(one, day, calendar)]
    things = [*map(_service, running), *map(_graph, _split(running))]
    listing = {"apiVersion": "v1", "kind": "List", "items": things}
    text = json.dumps(listing, ensure_ascii=False, indent=1)
    (place / "inferenceservices.json").write_text(text, "utf-8")
    (place / "verbrauch.csv").write_text(_table(part, day), "utf-8")
    for package in part.package:
        file = place / "bentoml" / package.model / package.version / "model.yaml"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(_package(package), "utf-8")


def _runs(one: ServicePart, day: date, calendar: Calendar) -> bool:
    begun = one.since is None or calendar.day(one.since) <= day
    return begun and (one.until is None or day < calendar.day(one.until))


def _service(one: ServicePart) -> dict[str, Any]:
    labels = {"model": one.model, "model-version": one.version, "role": one.role,
              "environment": "production", "region": one.region}  # fmt: skip
    address = f"oci://registry.elbmark.example/modelle/{one.model}:{one.version}"
    if one.digest:
        address += f"@sha256:{sha256(one.digest.encode()).hexdigest()}"
    return {
        **_API,
        "metadata": {"name": one.name, "namespace": "modelle", "labels": labels},
        "spec": {"predictor": {"model": {"storageUri": address}}},
        "status": {
            "url": f"https://{one.name}.modelle.elbmark.example",
            "conditions": [{"type": "Ready", "status": "True"}],
        },
    }


def _split(running: list[ServicePart]) -> Iterator[tuple[str, list[ServicePart]]]:
    """Yield the services of each model whose traffic a graph splits."""
    names = dict.fromkeys(one.model for one in running if one.weight is not None)
    for name in names:
        yield name, [one for one in running if one.model == name and one.weight is not None]


def _graph(split: tuple[str, list[ServicePart]]) -> dict[str, Any]:
    name, services = split
    steps: list[dict[str, Any]] = [
        {"serviceName": one.name, "weight": one.weight} for one in services
    ]
    left = 100 - sum(one.weight or 0 for one in services)
    if left:
        steps.append({"serviceUrl": f"https://{name}.regeln.elbmark.example", "weight": left})
    root = {"routerType": "Splitter", "steps": steps}
    return {
        **_GRAPH,
        "metadata": {"name": f"{name}-verteilung", "namespace": "modelle"},
        "spec": {"nodes": {"root": root}},
    }


def _table(part: Platform, day: date) -> str:
    lines = [";".join(_HEADS)]
    first, week = date.fromisoformat(part.first_week), 0
    while (at := first + timedelta(weeks=week)) <= day:
        factor = 1 + part.growth / 100 * week / _YEAR
        lines += [f"{_grown(row, factor)};{at.isoformat()}" for row in part.use.rows]
        week += 1
    return "\n".join(lines) + "\n"


def _grown(row: str, factor: float) -> str:
    cells = row.split(";")
    if cells[4] in _GROWING and cells[3] not in _STILL:
        cells[_VALUE] = f"{float(cells[_VALUE]) * factor:.4f}"
    cells[_VALUE] = cells[_VALUE].replace(".", ",")
    return ";".join(cells)


def _package(one: PackagePart) -> str:
    return (
        f"name: {one.model}\nversion: '{one.version}'\nmodule: bentoml.{one.framework}\n"
        f"labels: {{}}\nmetadata: {{}}\ncontext:\n  framework_name: {one.framework}\n"
        f"  framework_versions:\n    {one.framework}: {one.release}\n"
        f"  bentoml_version: 1.4.39\n  python_version: {one.python}\n"
        "creation_time: '2026-01-15T08:00:00+00:00'\napi_version: v1\n"
    )
