"""Pulling the plug at any page of any source: the workspace verifies, the next sync is complete.

Every source with a ``Subject`` is taken up here by itself; local ones stand in ``LOCAL``.
"""

import contextlib
import importlib
import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import boto3
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.work import Report
from mlops_desktop.services import ledger, sources
from mlops_desktop.services.session import Session
from mlops_desktop.services.sources import NewSource
from mlops_desktop.services.sync import SyncResult, sync_source
from mlops_desktop.sources.base import Source
from mlops_desktop.store import series
from mlops_desktop.store.queries import registry
from mlops_desktop.store.queries.observed import known_things
from tests import sources as tested
from tests.services.conftest import Bank
from tests.sources.conformance import SourceConformance
from tests.sources.conformance_rig import Subject
from tests.sources.hostile_server import HostileServer, Reply, Respond, serving
from tests.sources.local import LOCAL
from tests.sources.test_sagemaker import _group as fill_group
from tests.sources.test_sagemaker import opened as open_sagemaker
from tests.support.moto import REGION

_CUT = Reply(b'{"rows": [' + b" " * 5000, cut_at=900)
_KINDS = ("alert", "check", "dataset", "pipeline_run", "serving", "series")
# verifying takes its time, and what is held of the source is looked at every time
_SELDOM = 5
_CUTS = 8
State = dict[tuple[str, ...], tuple[object, ...]]


class Unplugged(BaseException):
    """The power goes."""


@dataclass(slots=True)
class Standing:
    """A source that stands ready; ``server`` is what it reads over HTTP, if it does."""

    open: Callable[[], Source]
    server: HostileServer | None = None


def _subjects() -> dict[str, Subject]:
    found = {}
    for file in sorted(Path(tested.__path__[0]).glob("test_*.py")):
        if SourceConformance.__name__ not in file.read_text("utf-8"):
            continue
        module = importlib.import_module(f"{tested.__name__}.{file.stem}")
        for name, one in vars(module).items():
            is_class = isinstance(one, type) and issubclass(one, SourceConformance)
            if is_class and one is not SourceConformance and one.__module__ == module.__name__:
                found[name.removeprefix("Test").lower()] = one.subject
    return found


SUBJECTS = _subjects()


@contextlib.contextmanager
def standing(name: str, folder: Path) -> Iterator[Standing]:
    """Put a source up."""
    if name in LOCAL:
        yield Standing(LOCAL[name](folder))
        return
    subject = SUBJECTS[name]
    with serving(subject.healthy) as server:
        yield Standing(lambda: subject.at(server.url), server)


def sync(
    session: Session, name: str, ready: Standing, report: Report = lambda *_: None
) -> SyncResult:
    source = ready.open()
    try:
        return sync_source(session, name, source, report)
    finally:
        source.close()


def state(session: Session, name: str) -> State:
    """Return all that a workspace holds of a source, under whatever name it was added."""
    with session.workspace.read() as view:
        connection, told = view.connection, State()
        things = known_things(connection, name, _KINDS)
        points = series.read_many(connection, [thing.id for thing in things.values()])
        for place, thing in things.items():
            some = points.get(thing.id)
            kept = () if some is None else (some.times.tobytes(), some.values.tobytes())
            told[place] = (thing.record, thing.is_missing, kept)
        for id, entry in registry.known_entries(connection, name).items():
            told["entry", id] = (entry.record.replace(f'"{name}"', '"…"'), entry.is_missing)
        for id, version in registry.known_versions(connection, name).items():
            told["version", id] = (version.record, version.is_missing)
    return told


def _named(bank: Bank, name: str) -> str:
    """Add a source under a name; what it is read with is given to each sync."""
    sources.add_source(bank.session, NewSource("mlflow", name, "http://127.0.0.1:9"))
    return name


def _whole(bank: Bank, ready: Standing) -> State:
    done = sync(bank.session, _named(bank, "whole"), ready)
    assert done.failures == ()
    found = state(bank.session, "whole")
    assert found
    return found


def _is_sound(bank: Bank, where: object) -> None:
    verdict = ledger.verify_ledger(bank.session)
    assert verdict.is_ok, (where, verdict.first_failure)


def _breaking(number: int) -> Report:
    """Return who is told of each page, and is gone at the one of that number."""
    called = itertools.count()

    def report(*_: object) -> None:
        if next(called) == number:
            raise Unplugged

    return report


def _cutting(healthy: Respond, number: int) -> Respond:
    """Return answers of which so many are good, and all others cut off."""
    asked = itertools.count()
    return lambda one: healthy(one) if next(asked) < number else _CUT


@pytest.mark.usefixtures("aws_account")
@pytest.mark.parametrize("name", [*SUBJECTS, *LOCAL])
def test_the_power_goes_at_any_page(name: str, file_bank: Bank, tmp_path: Path) -> None:
    with standing(name, tmp_path) as ready:
        _without_power(file_bank, ready)


@pytest.mark.usefixtures("aws_account")
@pytest.mark.parametrize("name", ["alertmanager", "sagemaker", "folder"])
def test_the_power_goes_at_any_page_of_a_team(name: str, team_bank: Bank, tmp_path: Path) -> None:
    """PostgreSQL takes back what was not finished as the file does; a registry, alerts, files."""
    with standing(name, tmp_path) as ready:
        _without_power(team_bank, ready)


def test_the_power_goes_at_any_page_of_sagemaker(aws: str, file_bank: Bank) -> None:
    sdk = boto3.client("sagemaker", region_name=REGION, endpoint_url=aws)
    for name in ("credit-pd", "fraud"):
        fill_group(sdk, name, owner="a.ito")
    _without_power(file_bank, Standing(lambda: open_sagemaker(aws)))


def _without_power(bank: Bank, ready: Standing) -> None:
    with _one_moment():
        whole = _whole(bank, ready)
        _named(bank, "cut")
        for number in itertools.count():
            try:
                sync(bank.session, "cut", ready, _breaking(number))
            except Unplugged:
                assert not state(bank.session, "cut")
                if number % _SELDOM == 0:
                    _is_sound(bank, number)
            else:
                break
        assert number > 1
        assert state(bank.session, "cut") == whole
        _is_sound(bank, "end")


@pytest.mark.usefixtures("aws_account")
@pytest.mark.parametrize("name", SUBJECTS)
def test_the_line_is_cut_at_every_few_requests(name: str, file_bank: Bank, tmp_path: Path) -> None:
    _cut_the_line(name, file_bank, tmp_path, most=_CUTS)


@pytest.mark.whole
@pytest.mark.usefixtures("aws_account")
@pytest.mark.parametrize("name", SUBJECTS)
def test_the_line_is_cut_at_any_request(name: str, file_bank: Bank, tmp_path: Path) -> None:
    _cut_the_line(name, file_bank, tmp_path, most=None)


def _cut_the_line(name: str, file_bank: Bank, tmp_path: Path, most: int | None) -> None:
    """Cut at each request, or at so many at even distances, the first and the last among them."""
    with standing(name, tmp_path) as ready, _one_moment():
        whole, healthy = _whole(file_bank, ready), SUBJECTS[name].healthy
        assert ready.server is not None
        cuts, requests = 0, len(ready.server.asked)
        numbers = _spread(requests, most or requests)
        for number in numbers:
            ready.server.respond = _cutting(healthy, number)
            source = _named(file_bank, f"cut-{number}")
            cuts += bool(sync(file_bank.session, source, ready).failures)
            assert not any(one[1] for one in state(file_bank.session, source).values())
            ready.server.respond = healthy
            assert not sync(file_bank.session, source, ready).failures
            assert state(file_bank.session, source) == whole, number
        # what is asked beside the listings may be left out without a failure
        assert cuts > len(numbers) / 2
        _is_sound(file_bank, "end")


def _spread(requests: int, most: int) -> list[int]:
    """Return so many of the numbers below ``requests``, from the first to the last."""
    last, steps = requests - 1, min(most, requests) - 1
    return sorted({round(at * last / steps) for at in range(steps + 1)}) if steps else [0]


@contextlib.contextmanager
def _one_moment() -> Iterator[None]:
    """Read a standing clock, so that every sync asks for the same time."""
    moment = clock.now()
    with clock.reading(lambda: moment):
        yield
