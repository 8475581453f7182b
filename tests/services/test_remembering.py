"""A database put back in time under open windows: who saw what is lost goes on being told."""

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.ledger import anchor
from mlops_desktop.services import ledger, models
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.restores import Asks, Restoring, restore_workspace
from mlops_desktop.services.session import Session
from mlops_desktop.store.listening import EVERY_KIND, Listener
from tests.services.conftest import PASSPHRASE, Bank


def record(session: Session, number: int = 1) -> None:
    with session.workspace.write(session.actor) as work:
        for _ in range(number):
            work.record(PersonLocked(session.actor.person, 3))


def failure(session: Session) -> str | None:
    found = ledger.verify_ledger(session).first_failure
    return found.finding.error.code if found and found.finding else None


def name_of(place: str) -> str:
    return place.split("@/")[1].partition("?")[0]


@pytest.fixture
def put_back(team_bank: Bank, _postgres: str) -> Callable[[], None]:
    """What puts the bank's database back to how it is now, while programs are connected to it."""
    name = name_of(team_bank.place)
    team_bank.session.workspace.engine.dispose()
    with psycopg.connect(_postgres, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}_dump TEMPLATE {name}".encode())

    def replace() -> None:
        with psycopg.connect(_postgres, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            server.execute(f"ALTER DATABASE {name}_dump RENAME TO {name}".encode())

    return replace


@pytest.fixture
def make_empty(team_bank: Bank, _postgres: str) -> Callable[[], None]:
    """What takes the bank's database away under its programs, and makes an empty one."""
    name = name_of(team_bank.place)

    def replace() -> None:
        with psycopg.connect(_postgres, autocommit=True) as server:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
            server.execute(f"CREATE DATABASE {name}".encode())

    return replace


def test_an_older_dump_put_under_open_windows_stays_visible_though_they_write_on(
    team_bank: Bank, put_back: Callable[[], None]
) -> None:
    session = team_bank.session
    record(session, 4)
    seen = anchor.last_seen(session.workspace.id)
    put_back()
    with pytest.raises(AppError, match=r"workspace\.unreachable"):
        ledger.read_state(session)
    with pytest.raises(AppError, match=r"ledger\.history_shortened"):
        ledger.read_state(session)
    record(session, 3)
    record(session, 3)  # past the head seen before, in one step
    assert anchor.last_seen(session.workspace.id) == seen
    with pytest.raises(AppError, match=r"ledger\.history_changed"):
        ledger.read_state(session)
    assert failure(session) == "ledger.history_changed"


def test_so_it_stays_though_others_wrote_past_it_meanwhile(
    team_bank: Bank, put_back: Callable[[], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = team_bank.session
    record(session, 4)
    put_back()
    with pytest.raises(AppError, match=r"workspace\.unreachable"):
        record(session)
    with monkeypatch.context() as elsewhere:  # another desk that had seen nothing of it
        elsewhere.setattr(anchor, "_path", lambda workspace: tmp_path / f"{workspace}.json")
        record(session, 9)
    monkeypatch.setattr("mlops_desktop.services.remembering._TRUSTED_SECONDS", 0)
    record(session)
    assert failure(session) == "ledger.history_changed"


def test_a_window_goes_on_over_a_restore_that_names_the_head_it_saw(
    team_bank: Bank, tmp_path: Path, make_empty: Callable[[], None]
) -> None:
    session, place = team_bank.session, team_bank.place
    backup = make_backup(session, tmp_path / "backup.mrm")
    record(session, 4)
    listener = Listener(session.workspace.engine)
    make_empty()
    with pytest.raises(AppError, match=r"workspace\.form_changed"):
        models.register_model(session, {"name": "Ins Leere"})
    wanted = Restoring(backup.path, place, "Server verloren")
    restore_workspace(wanted, Asks(lambda: PASSPHRASE))
    (heard,) = listener.drain() or listener.drain()  # the first may see but the end of the line
    assert (heard.size, heard.kinds) == (backup.size + 1, (EVERY_KIND,))
    listener.close()
    models.register_model(session, {"name": "Es geht weiter"})
    assert ledger.read_state(session).size == backup.size + 2
    assert failure(session) is None
