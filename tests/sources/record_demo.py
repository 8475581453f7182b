"""Records the demo's answers: a real MLflow server, filled like the sample bank's, read once.

Run ``python -m tests.sources.record_demo`` (it needs the environment of ``make mlflow3``). The
server is real and so are its answers; only the times of registration are set in its database,
because its interface gives every entry the time of the call.
"""

import contextlib
import hashlib
import json
import shutil
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import msgspec

from mlops_desktop import paths
from mlops_desktop.core import clock
from mlops_desktop.outside.http import HttpClient
from mlops_desktop.outside.http_address import Address
from mlops_desktop.outside.http_recording import Recorded, Recording, write_index
from mlops_desktop.sources.mlflow.reader import Mlflow
from mlops_desktop.sources.mlflow.requests import READING_POSTS
from mlops_desktop.sources.mlflow.signature import HISTORY_TAG
from tests.sources.demo_bank import Entry, Release, metrics_of, wiggle
from tests.sources.demo_bank_business import BUSINESS
from tests.sources.demo_bank_risk import RISK
from tests.support.mlflow import MlflowServer, running_mlflow
from tests.support.mlflow_seed import Dataset, Seed

ENTRIES = (*RISK, *BUSINESS)
FOLDER = paths.resource("demo", "mlflow")
_NOISE = ("hyperparameter-suche", "feature-test", "abbruch")


def fill(server: MlflowServer) -> None:
    """Register the sample bank's models, versions, aliases, stages and runs."""
    seed = server.seed
    experiments = {name: seed.experiment(name) for name in sorted({e.experiment for e in ENTRIES})}
    for entry in ENTRIES:
        seed.model(entry.name, entry.text, entry.tags)
        for release in entry.releases:
            _register(seed, entry, release, experiments[entry.experiment])
        for alias, number in entry.aliases.items():
            seed.alias(entry.name, alias, str(number))
        for number, stage in entry.stages.items():
            seed.stage(entry.name, str(number), stage)
        _leave_noise(seed, entry, experiments[entry.experiment])
    _set_times(server.database)


def _register(seed: Seed, entry: Entry, release: Release, experiment: str) -> None:
    run_id = _run(seed, entry, release, experiment)
    number = ""
    # Earlier versions were cleared away: numbers go on, so they are made and deleted again.
    while number != str(release.number):
        if number:
            seed.delete_version(entry.name, number)
        number = seed.version(
            entry.name,
            run_id=run_id,
            source=f"mlflow-artifacts:/{experiment}/{run_id}/artifacts/model",
            description=f"{release.label} vom {release.day}" if release.label else "",
            tags=_version_tags(entry, release),
        )
    if entry.name == "antragsscorekarte-ratenkredit" and release.number == 1:
        seed.delete_run(run_id)


def _version_tags(entry: Entry, release: Release) -> dict[str, str]:
    digest = hashlib.sha256(f"{entry.name}/{release.number}".encode()).hexdigest()
    named = {"release": release.label} if release.label else {}
    return named | {"artifact_digest": f"sha256:{digest}"} | release.tags


def _run(seed: Seed, entry: Entry, release: Release, experiment: str) -> str:
    ended = _made_at(entry, release) - timedelta(hours=3 + 20 * wiggle(entry.name, release.number))
    return seed.run(
        experiment=experiment,
        name=f"{entry.name}-{release.label or release.number}",
        user=entry.developer,
        params=entry.params | {"observations": str(_rows(entry, release))},
        metrics=metrics_of(entry, release),
        datasets=_datasets(entry, release),
        tags=_run_tags(entry, release),
        started=_milliseconds(ended),
    )


def _run_tags(entry: Entry, release: Release) -> dict[str, str]:
    tags = {"mlflow.source.name": entry.script, "mlflow.source.type": "LOCAL"}
    if entry.developer == "jupyter":
        return tags | {"mlflow.source.type": "NOTEBOOK"}
    commit = hashlib.sha1(f"{entry.name}{release.day}".encode(), usedforsecurity=False).hexdigest()
    columns = [{"type": "double", "name": name, "required": True} for name in entry.features]
    signature = {
        "inputs": json.dumps(columns, ensure_ascii=False),
        "outputs": json.dumps([{"type": "double", "name": entry.output}]),
    }
    history = [{"artifact_path": "model", "signature": signature}]
    return tags | {
        "mlflow.source.git.commit": commit,
        "mlflow.source.git.branch": "main",
        "mlflow.source.git.repoURL": f"https://git.elbmark.example/modelle/{entry.name}.git",
        HISTORY_TAG: json.dumps(history, ensure_ascii=False),
    }


def _datasets(entry: Entry, release: Release) -> tuple[Dataset, ...]:
    names = release.datasets or entry.datasets
    held_out = _dataset(entry, release, names[0], "validation")
    return (*(_dataset(entry, release, name, "training") for name in names), held_out)


def _dataset(entry: Entry, release: Release, name: str, context: str) -> Dataset:
    year = release.day[:4]
    columns = [{"type": "double", "name": feature} for feature in entry.features]
    return Dataset(
        name=name,
        digest=hashlib.sha256(f"{name}{year}{context}".encode()).hexdigest()[:8],
        source_type="s3",
        source=json.dumps({"uri": f"s3://elbmark-daten/{name}/{year}/{context}.parquet"}),
        schema=json.dumps({"mlflow_colspec": columns}),
        profile=json.dumps({"num_rows": _rows(entry, release, context)}),
        context=context,
    )


def _rows(entry: Entry, release: Release, context: str = "training") -> int:
    share = 0.2 if context == "validation" else 1.0
    return int(share * (40_000 + 900_000 * wiggle(entry.name, release.number, "rows")))


def _leave_noise(seed: Seed, entry: Entry, experiment: str) -> None:
    """Add the runs that led to no version, as there always are."""
    release = entry.releases[-1]
    name = _NOISE[int(3 * wiggle(entry.name, "noise"))]
    started = _made_at(entry, release) - timedelta(days=4 + 9 * wiggle(entry.name, name))
    seed.run(
        experiment=experiment,
        name=f"{entry.name}-{name}",
        user=entry.developer,
        params=entry.params,
        started=_milliseconds(started),
    )


def _made_at(entry: Entry, release: Release) -> datetime:
    day = datetime.fromisoformat(release.day).replace(tzinfo=UTC)
    if release.tags.get("change") == "emergency":
        return day + timedelta(hours=1, minutes=40)
    return day + timedelta(seconds=int(25_000 + 38_000 * wiggle(entry.name, release.day)))


def _milliseconds(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)


def _set_times(database: Path) -> None:
    with contextlib.closing(sqlite3.connect(database, timeout=30)) as connection:
        for entry in ENTRIES:
            times = [_milliseconds(_made_at(entry, release)) for release in entry.releases]
            connection.execute(
                "UPDATE registered_models SET creation_time = ?, last_updated_time = ?"
                " WHERE name = ?",
                (times[0], times[-1], entry.name),
            )
            for release, time in zip(entry.releases, times, strict=True):
                connection.execute(
                    "UPDATE model_versions SET creation_time = ?, last_updated_time = ?"
                    " WHERE name = ? AND version = ?",
                    (time, time, entry.name, release.number),
                )
        connection.execute(
            "UPDATE experiments SET creation_time = 1484000000000, last_update_time = 1484000000000"
        )
        connection.commit()


class Recorder(httpx2.BaseTransport):
    """Passes requests on and keeps each answer as it came."""

    def __init__(self, folder: Path) -> None:
        self._inner = httpx2.HTTPTransport()
        self._folder = folder
        self.answers: list[Recorded] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        answer = self._inner.handle_request(request)
        body = answer.read()
        kept = Recorded(
            method=request.method,
            target=request.url.raw_path.decode("ascii"),
            asked=request.read().decode("utf-8"),
            status=answer.status_code,
            content_type=answer.headers.get("Content-Type", ""),
            file="",
        )
        if not any(msgspec.structs.replace(known, file="") == kept for known in self.answers):
            file = self._file_name(kept)
            (self._folder / file).write_bytes(body)
            self.answers.append(msgspec.structs.replace(kept, file=file))
        stream = httpx2.ByteStream(body)
        return httpx2.Response(answer.status_code, headers=answer.headers, stream=stream)

    def _file_name(self, kept: Recorded) -> str:
        path = kept.target.partition("?")[0].strip("/").partition("/mlflow/")
        name = (path[2] or path[0]).replace("/", "-")
        number = 1 + sum(answer.file.startswith(name) for answer in self.answers)
        return f"{name}-{number}.{'json' if 'json' in kept.content_type else 'txt'}"

    def close(self) -> None:
        self._inner.close()


def record(url: str, folder: Path) -> None:
    """Read the server as the program does, and write what it answers to ``folder``."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / ".gitattributes").write_text("* -text\n", "utf-8")  # bytes stay as they were sent
    recorder = Recorder(folder)
    source = Mlflow(HttpClient(Address(url), reads=READING_POSTS, transport=recorder))
    for stream in source.streams:
        for _ in source.pull(stream):
            pass
    version = source.probe().version or ""
    source.close()
    recording = Recording(
        source="MLflow",
        version=version,
        recorded_at=clock.to_text(clock.now()),
        answers=recorder.answers,
    )
    write_index(recording, folder)


if __name__ == "__main__":
    with running_mlflow() as server:
        fill(server)
        record(server.url, FOLDER)
    print(f"recorded: {FOLDER}")
