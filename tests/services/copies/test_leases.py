"""A lease counts from the latest time a copy has seen: no clock that is set lengthens it."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.ledger import anchor
from mlops_desktop.services import copies, models, workspaces
from mlops_desktop.services.session import Session
from mlops_desktop.store import joining
from tests.services.conftest import Bank

DAY = timedelta(days=1)


@contextmanager
def opened(path: Path) -> Iterator[Session]:
    session = workspaces.open_workspace(str(path), is_noted=False)
    with closing(session.workspace):
        yield session


@contextmanager
def days_on(days: float) -> Iterator[None]:
    """Let the computer's clock stand so many days from now."""
    moment = datetime.now(UTC) + days * DAY
    with clock.reading(lambda: moment):
        yield


def register(session: Session, name: str) -> None:
    models.register_model(session, {"name": name})


def test_a_clock_set_back_lengthens_no_lease(file_bank: Bank, tmp_path: Path) -> None:
    path = tmp_path / "train.mlops"
    copies.take(file_bank.session, copies.Wanted(path, lease_days=14))
    with opened(path) as copy:
        register(copy, "Am ersten Tag")
    with days_on(15), opened(path) as copy:  # only looked at
        assert copies.state(copy).is_lease_over
    with opened(path) as copy:  # the clock back where it was
        with pytest.raises(AppError, match=r"copy\.clock_behind"):
            register(copy, "Danach")
        assert copies.state(copy).is_lease_over
        assert [one.summary for one in copies.state(copy).unshared] == ["Am ersten Tag"]
        assert len(copies.push(copy, file_bank.session).arrivals) == 1
        copies.pull(copy, file_bank.session)
        register(copy, "Wieder im Netz")


def test_what_was_seen_outside_the_file_counts_too(file_bank: Bank, tmp_path: Path) -> None:
    """An older state of the file, put back with the clock, does not know how late it was."""
    path = tmp_path / "train.mlops"
    copies.take(file_bank.session, copies.Wanted(path, lease_days=14))
    with opened(path) as copy:
        register(copy, "Am ersten Tag")
    before = path.read_bytes()
    with days_on(13), opened(path) as copy:
        register(copy, "Am vorletzten Tag")
    path.write_bytes(before)
    with opened(path) as copy:
        own = copy.workspace.own_id
        seen = anchor.last_seen(own)
        assert seen is not None
        assert copies.state(copy).counted_from == seen.at.date()
    with days_on(15), opened(path):
        pass
    with opened(path) as copy, pytest.raises(AppError, match=r"copy\.clock_behind"):
        register(copy, "Danach")


def test_a_clock_set_forward_lengthens_no_lease_of_a_server(
    team_bank: Bank, tmp_path: Path
) -> None:
    path = tmp_path / "train.mlops"
    with days_on(400):
        copies.take(team_bank.session, copies.Wanted(path, lease_days=14))
    with opened(path) as copy:
        limit = (datetime.now(UTC) + 14 * DAY).date()
        assert copies.state(copy).lease_until == limit
        with days_on(400):
            copies.pull(copy, team_bank.session)
        assert copies.state(copy).lease_until == limit
        copies.pull(copy, team_bank.session)  # with the clock set right all is as it was
        register(copy, "Unterwegs")


def test_a_lease_that_ends_while_it_is_brought_back_holds_nothing_up(
    bank: Bank, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pushing and pulling are for whoever could not go on writing; afterwards he can."""
    path = tmp_path / "train.mlops"
    monkeypatch.setattr(joining, "earliest_now", lambda team: clock.now())  # the server's too
    copies.take(bank.session, copies.Wanted(path, lease_days=14))
    moment = datetime.now(UTC) + 14 * DAY

    def later(step: str, done: int, total: int | None) -> None:
        nonlocal moment
        moment += 3 * DAY

    with opened(path) as copy, clock.reading(lambda: moment):
        register(copy, "Am letzten Tag")
        assert not copies.state(copy).is_lease_over
        assert len(copies.push(copy, bank.session, later).arrivals) == 1
        with pytest.raises(AppError, match=r"copy\.lease_ended"):
            register(copy, "Danach")
        assert copies.pull(copy, bank.session, later).left == 0
        register(copy, "Wieder im Netz")
