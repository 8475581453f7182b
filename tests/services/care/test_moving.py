"""From a file to a server and back: the same workspace, byte for byte, in another place."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import psycopg
import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import ledger, teams, workspaces
from mlops_desktop.services.care.housing import Housing
from mlops_desktop.services.care.moving import Moving, move_workspace
from mlops_desktop.services.session import Session
from mlops_desktop.services.teams import NewLogin
from mlops_desktop.store import evidence, series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.tables.ledger import durable
from tests.services.conftest import Bank
from tests.services.steps import ask, cast, register
from tests.support.team import MEMBER, Team, drop_roles

_OWN = ("moved_to", "projection")


def rows(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """Return every durable row, but for what a place says of itself."""
    with session.workspace.read() as view:
        found = {
            table.name: [
                tuple(row)
                for row in view.connection.execute(
                    sa.select(table).order_by(*table.primary_key.columns)
                )
            ]
            for table in durable.sorted_tables
        }
    found["meta"] = [row for row in found["meta"] if row[0] not in _OWN]
    return found


def fill(bank: Bank) -> None:
    """Give the bank a decision, a raw answer and points, which travel beside the events."""
    request = ask(bank)
    cast(bank, request, "Jonas Brandt")
    content = b'{"answer": 42}'
    answer = RawAnswer(sha256(content).hexdigest(), "GET /x", datetime.now(UTC), content)
    points = Points(np.array([1, 2], np.int64), np.array([0.5, 0.25]))
    with bank.session.workspace.write(bank.session.actor) as work:
        evidence.keep(work.connection, [answer])
        series.keep_batch(work.connection, "b1", {"s1": points})
        work.connection.commit()


def test_a_workspace_moves_to_a_server_and_back_as_it_is(
    file_bank: Bank, postgres_url: str, tmp_path: Path
) -> None:
    fill(file_bank)
    before = rows(file_bank.session)
    assert all(before[name] for name in ("events", "disclosures", "evidence", "series_chunks"))
    moved = move_workspace(file_bank.session, Moving(postgres_url))
    assert (moved.place, moved.size) == (postgres_url, len(before["events"]))

    there = workspaces.open_workspace(postgres_url)
    assert rows(there) == before
    register(replace(file_bank, session=there), name="LGD Retail")
    assert ledger.verify_ledger(there).is_ok
    on_server = rows(there)

    back = str(tmp_path / "back.mrm")
    move_workspace(there, Moving(back))
    there.workspace.close()
    home = workspaces.open_workspace(back)
    assert rows(home) == on_server
    assert ledger.verify_ledger(home).is_ok
    home.workspace.close()

    for place, target in ((file_bank.place, postgres_url), (postgres_url, back)):
        old = workspaces.open_workspace(place)
        assert old.workspace.moved_to == target
        with old.workspace.read() as view:
            assert view.head().size
        with pytest.raises(AppError, match=r"workspace\.moved"):
            register(replace(file_bank, session=old), name="Zu spät")
        old.workspace.close()


def test_a_program_that_was_open_writes_nothing_to_the_place_that_was_left(
    bank: Bank, tmp_path: Path
) -> None:
    beside = workspaces.open_workspace(bank.place)  # another program of the same person
    other = replace(bank, session=replace(beside, actor=bank.session.actor))
    target = str(tmp_path / "there.mrm")
    move_workspace(bank.session, Moving(target))
    before = rows(beside)
    with pytest.raises(AppError) as late:
        register(other, name="Zu spät")
    assert (late.value.code, late.value.parameters["place"]) == ("workspace.moved", target)
    assert rows(beside) == before
    beside.workspace.close()


def test_a_move_that_cannot_be_leaves_both_places_alone(
    file_bank: Bank, team_bank: Bank, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.mrm"
    taken.write_bytes(b"x")
    before = rows(file_bank.session)
    for code, place in {
        "move.file_there": str(taken),
        "workspace.no_folder": str(tmp_path / "none" / "x.mrm"),
        "place.database_taken": team_bank.place,
    }.items():
        with pytest.raises(AppError) as refused:
            move_workspace(file_bank.session, Moving(place))
        assert refused.value.code == code
    assert rows(file_bank.session) == before
    assert not list(tmp_path.glob(".*"))
    register(file_bank, name="LGD Retail")


def test_a_workspace_moves_into_a_team_with_roles_and_back_as_it_is(
    file_bank: Bank, postgres_url: str, tmp_path: Path
) -> None:
    fill(file_bank)
    before = rows(file_bank.session)
    wanted = Moving(postgres_url, housing=Housing("umzug", "umzug_feddersen"))
    moved = move_workspace(file_bank.session, wanted)
    assert moved.login is not None
    assert moved.place.startswith("postgresql://umzug_feddersen@")
    source = workspaces.open_workspace(file_bank.place)
    assert source.workspace.moved_to == moved.place.replace("umzug_feddersen@", "")
    source.workspace.close()

    keeper = workspaces.open_workspace(moved.place)
    assert _without_team(rows(keeper)) == before
    register(replace(file_bank, session=keeper), name="LGD Retail")
    assert ledger.verify_ledger(keeper, whole=True).is_ok
    assert teams.check_team(moved.place, None) == ()
    staff = teams.add_login(postgres_url, None, NewLogin("Jonas Brandt", "umzug_brandt"))
    member_place = postgres_url.replace("postgres@", f"{staff.login.login}@")
    member = workspaces.open_workspace(member_place)
    other = replace(file_bank, session=replace(member, actor=keeper.actor))
    with pytest.raises(AppError, match=r"team\.not_your_person"):
        register(other, name="In fremdem Namen")

    back = str(tmp_path / "back.mrm")
    on_server = rows(keeper)
    with pytest.raises(AppError, match=r"move\.keeper_needed"):
        move_workspace(member, Moving(back))
    assert not Path(back).exists()
    move_workspace(keeper, Moving(back))
    with pytest.raises(AppError) as late:  # opened before the move
        register(replace(file_bank, session=keeper), name="Zu spät")
    assert (late.value.code, late.value.parameters["place"]) == ("workspace.moved", back)
    home = workspaces.open_workspace(back)
    assert rows(home) == _without_team(on_server)
    assert ledger.verify_ledger(home, whole=True).is_ok
    old = workspaces.open_workspace(moved.place)
    assert old.workspace.moved_to == back
    for session in (keeper, member, home, old):
        session.workspace.close()
    drop_roles(postgres_url, "umzug")


def _without_team(
    found: dict[str, list[tuple[object, ...]]],
) -> dict[str, list[tuple[object, ...]]]:
    return {**found, "meta": [row for row in found["meta"] if row[0] != "team"]}


def test_a_move_into_roles_that_cannot_be_is_refused_before_anything_is_written(
    file_bank: Bank, team: Team, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = rows(file_bank.session)
    member = team.place(MEMBER)
    for code, wanted in {
        "workspace.exists": Moving(team.admin, housing=Housing("neu")),
        "place.database_taken": Moving(team.admin),
        "team.role_exists": Moving(postgres_url, housing=Housing(team.prefix)),
        "team.name_refused": Moving(postgres_url, housing=Housing("Nicht so")),
        "place.no_server": Moving("neu.mrm", housing=Housing("neu")),
    }.items():
        with pytest.raises(AppError) as refused:
            move_workspace(file_bank.session, wanted)
        assert refused.value.code == code
    with pytest.raises(AppError, match=r"place\.database_taken"):
        move_workspace(file_bank.session, Moving(member))

    def fail(*_: object) -> None:
        raise AppError("move.heads_differ", size=1)

    monkeypatch.setattr("mlops_desktop.services.care.moving.examine", fail)
    with pytest.raises(AppError, match=r"move\.heads_differ"):
        move_workspace(file_bank.session, Moving(postgres_url, housing=Housing("neu")))
    with psycopg.connect(postgres_url) as connection:
        count = b"SELECT count(*) FROM pg_roles WHERE rolname LIKE 'neu%'"
        assert connection.execute(count).fetchone() == (0,)
        assert connection.execute(
            b"SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        ).fetchone() == (0,)
    assert rows(file_bank.session) == before
    register(file_bank, name="LGD Retail")
