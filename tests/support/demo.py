"""The sample bank, built once a run for all who look at it, on a day that never moves."""

import pickle
import shutil
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.services.demo import DemoResult, build_demo
from mlops_desktop.services.demo.surroundings import environment

OPENING = datetime(2026, 11, 23, 9, 12, tzinfo=UTC)
"""When the bank was built; whoever looks at it does so at this time."""
_PATIENCE = 600.0
_OWN = 240.0
_PRISTINE = "pristine"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give whoever looks at the bank the time to build it: it counts as the first test's own."""
    for item in items:
        if "sample_bank" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.timeout(_OWN + _PATIENCE))


@pytest.fixture(scope="session")
def sample_bank(tmp_path_factory: pytest.TempPathFactory, worker_count: int) -> DemoResult:
    """The sample bank, built by whichever process of the run comes first. Only to be read."""
    own = tmp_path_factory.getbasetemp()
    shared = (own.parent if worker_count > 1 else own) / "sample-bank"
    try:
        shared.mkdir()
    except FileExistsError:
        return _wait_for(shared / "result")
    with clock.reading(lambda: OPENING):
        built = build_demo(shared / "elbmark", lambda *_: None)
    _keep_pristine(built, shared / _PRISTINE)
    part = shared / "part"
    part.write_bytes(pickle.dumps(built))
    part.replace(shared / "result")
    return built


@pytest.fixture
def own_sample_bank(
    sample_bank: DemoResult, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, on_opening_day: None
) -> str:
    """Return the place of a copy of the sample bank, whose keys are those of this test."""
    folder = copy_pristine(sample_bank, tmp_path / "elbmark")
    for name, value in environment(folder).items():
        monkeypatch.setenv(name, value)
    return str(folder / sample_bank.place.name)


@pytest.fixture(scope="session")
def worker_count(request: pytest.FixtureRequest) -> int:
    """Return how many processes share this run."""
    told = getattr(request.config, "workerinput", None)
    return int(told["workercount"]) if told else 1


@pytest.fixture
def on_opening_day() -> Iterator[None]:
    """Live on the day the sample bank was built."""
    with clock.reading(lambda: OPENING):
        yield


def copy_pristine(built: DemoResult, to: Path) -> Path:
    """Return ``to``, where a bank now stands that is the test's own to change."""
    shutil.copytree(built.folder.parent / _PRISTINE, to)
    return to


def _keep_pristine(built: DemoResult, to: Path) -> None:
    """Copy what is needed to open the bank: the other one may be open while a test copies."""
    to.mkdir()
    for file in (built.place, built.key_file):
        shutil.copy(file, to / file.name)
    shutil.copytree(built.home, to / built.home.name)


def _wait_for(result: Path) -> DemoResult:
    deadline = time.monotonic() + _PATIENCE
    while not result.exists():
        assert time.monotonic() < deadline, "another process was to build the sample bank"
        time.sleep(0.1)
    found = pickle.loads(result.read_bytes())  # noqa: S301 - written by this run
    assert isinstance(found, DemoResult)
    return found
