"""A real Evidently service with projects of its own making, in an environment of its own."""

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.mlflow import free_port
from tests.support.surroundings import CACHE

_START_SECONDS = 150
_WORKSPACE = """
import sys
from datetime import datetime
import numpy as np, pandas as pd
from evidently import DataDefinition, Dataset, Report
from evidently.metrics import DriftedColumnsCount, MissingValueCount, ValueDrift
from evidently.tests import lt
from evidently.ui.workspace import Workspace

random = np.random.default_rng(7)
columns = DataDefinition(numerical_columns=["income", "age"])

def frame(shift):
    data = {"income": random.normal(3000 + shift, 500, 300), "age": random.integers(18, 80, 300)}
    return Dataset.from_pandas(pd.DataFrame(data), data_definition=columns)

workspace, first = Workspace.create(sys.argv[1]), frame(0)
for name, weeks in (("credit-pd", 3), ("fraud", 1)):
    project = workspace.create_project(name)
    for week in range(weeks):
        told = {"model": name, "model_version": "3"} if name == "credit-pd" else {}
        report = Report(
            [
                ValueDrift(column="income", method="psi", tests=[lt(0.1)]),
                DriftedColumnsCount(),
                MissingValueCount(column="age", tests=[lt(1)]),
            ],
            metadata=told,
            tags=["weekly"],
        )
        at = datetime(2026, 11, 1 + 7 * week)
        run = report.run(frame(400 * week), first, timestamp=at, name=f"weekly-{week}")
        workspace.add_run(project.id, run)
"""


@dataclass(frozen=True, slots=True)
class EvidentlyService:
    """Where it answers: two projects, three weekly snapshots and one."""

    url: str


def _programs() -> Path:
    folder = Path(os.environ.get("EVIDENTLY_PROGRAMS", str(CACHE / "evidently" / "bin")))
    assert folder.exists(), f"no evidently in {folder}: run `make evidently` once"
    return folder


@contextlib.contextmanager
def running_evidently() -> Iterator[EvidentlyService]:
    """Make the projects, start the service, end it and remove them."""
    folder = Path(tempfile.mkdtemp(prefix="mlops-evidently-"))
    port, programs = free_port(), _programs()
    told = {"PATH": os.environ["PATH"], "HOME": str(folder), "DO_NOT_TRACK": "1"}
    workspace = str(folder / "workspace")
    make = [str(programs / "python"), "-c", _WORKSPACE, workspace]
    subprocess.run(make, env=told, check=True, capture_output=True, timeout=200)
    serve = [*(str(programs / "evidently"), "ui", "--workspace", workspace)]
    serve += ["--host", "127.0.0.1", "--port", str(port)]
    with (folder / "service.log").open("wb") as log:
        process = subprocess.Popen(serve, env=told, stdout=log, stderr=log, cwd=folder)
    try:
        _wait(f"http://127.0.0.1:{port}", process, folder / "service.log")
        yield EvidentlyService(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(30)
        shutil.rmtree(folder, ignore_errors=True)


def _wait(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    ends = time.monotonic() + _START_SECONDS
    while time.monotonic() < ends:
        assert process.poll() is None, log.read_text()[-2000:]
        with (
            contextlib.suppress(urllib.error.URLError, OSError),
            urllib.request.urlopen(f"{url}/api/version", timeout=5),  # noqa: S310 - our own server
        ):
            return
        time.sleep(0.2)
    raise AssertionError(log.read_text()[-2000:])
