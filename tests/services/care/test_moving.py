"""From a file to a server and back: the same workspace, byte for byte, in another place."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import ledger, workspaces
from mlops_desktop.services.care.moving import Moving, move_workspace
from mlops_desktop.services.session import Session
from mlops_desktop.store import evidence, series
from mlops_desktop.store.chunks import Points
from mlops_desktop.store.evidence import RawAnswer
from mlops_desktop.store.tables.ledger import durable
from tests.services.conftest import Bank
from tests.services.steps import ask, cast, register

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


def test_a_move_that_cannot_be_leaves_both_places_alone(
    file_bank: Bank, team_bank: Bank, tmp_path: Path
) -> None:
    taken = tmp_path / "taken.mrm"
    taken.write_bytes(b"x")
    before = rows(file_bank.session)
    for code, place in {
        "place.not_replaced": str(taken),
        "workspace.no_folder": str(tmp_path / "none" / "x.mrm"),
        "place.database_taken": team_bank.place,
    }.items():
        with pytest.raises(AppError) as refused:
            move_workspace(file_bank.session, Moving(place))
        assert refused.value.code == code
    assert rows(file_bank.session) == before
    assert not list(tmp_path.glob(".*"))
    register(file_bank, name="LGD Retail")
