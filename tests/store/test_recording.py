"""From recorded events to rows, and nothing at all where the session fails."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.events.models import ModelEdited, ModelRegistered
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.lifecycle import State
from mlops_desktop.ledger import verify as checks
from mlops_desktop.ledger.decisions import MUST_BE_SIGNED
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.ledger.verification import StoredCheckpoint
from mlops_desktop.store import log, rebuild
from mlops_desktop.store.queries.models import ModelFilter, get_model, list_models
from mlops_desktop.store.tables.ledger import durable, events
from mlops_desktop.store.tables.projected import models, people, projected, versions
from mlops_desktop.store.unit_of_work import ReadSession
from tests.store.desks import ACTOR, Desk
from tests.store.sample import DETAILS, HISTORY


def everything(view: ReadSession) -> dict[str, list[Any]]:
    """Return all rows of all tables."""
    tables = [*durable.sorted_tables, *projected.sorted_tables]
    return {
        table.name: [tuple(row) for row in view.connection.execute(sa.select(table))]
        for table in tables
    }


def verify(view: ReadSession) -> bool:
    notes = [StoredCheckpoint(size, note) for size, note in log.read_checkpoints(view.connection)]
    return checks.verify(log.read_parts(view.connection), notes).ok


def test_the_sample_holds_every_event_type() -> None:
    created = {"workspace.created"}
    assert {registry.name_of(type(event)) for event in HISTORY} | created == {*registry.names()}


def test_a_history_is_proven_and_its_rows_are_what_it_leads_to(desk: Desk) -> None:
    for event in HISTORY:
        desk.record(event)
    with desk.workspace.read() as view:
        assert view.head().size == len(HISTORY) + 2
        assert list(rebuild.compare(view.connection)) == []
        assert all(everything(view)[table.name] for table in projected.sorted_tables)


def test_one_session_leads_to_the_same_rows_as_many(desk: Desk) -> None:
    desk.record(*HISTORY)
    with desk.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
        rows = view.connection.execute(sa.select(models.c.number).order_by("number")).scalars()
        assert list(rows) == [1, 2, 3, 4]


def test_small_batches_lead_to_the_same_rows(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mlops_desktop.store.unit_of_work._BATCH", 3)
    desk.record(*HISTORY)
    with desk.workspace.read() as view:
        assert list(rebuild.compare(view.connection)) == []
        assert view.head().size == len(HISTORY) + 2


def test_rows_hold_what_was_recorded(desk: Desk) -> None:
    desk.record(*HISTORY)
    with desk.workspace.read() as view:
        found = get_model(view.connection, "m1")
        assert found.state.details.purpose == DETAILS.purpose
        assert (found.row.owner, found.row.state) == ("Corinna Wolters", State.RETIRED)
        assert [row.name for row in list_models(view.connection, ModelFilter())] == ["pd-retail"]
        version = view.connection.execute(sa.select(versions).where(versions.c.id == "v1")).one()
        assert "s3://models/2" in version.record
        person = view.connection.execute(sa.select(people).where(people.c.id == "sander")).one()
        assert person.revoked_position is not None


def test_a_session_that_fails_leaves_nothing(desk: Desk) -> None:
    desk.record(*HISTORY)
    with desk.workspace.read() as view:
        before = everything(view)

    def fail() -> None:
        with desk.workspace.write(ACTOR) as work:
            work.record(ModelEdited("m1", ModelDetails(tier=4)))
            work.rows.flush()
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    with desk.workspace.read() as view:
        assert everything(view) == before


def test_a_session_without_events_writes_no_head(desk: Desk) -> None:
    with desk.workspace.read() as view:
        before = everything(view)
    with desk.workspace.write(ACTOR) as work:
        assert work.before.size == 2
    with desk.workspace.read() as view:
        assert everything(view) == before


def test_what_a_session_touched_is_told_after_the_commit(desk: Desk) -> None:
    with desk.workspace.write(ACTOR) as work:
        work.record(ModelRegistered("m", ModelDetails(name="LGD")))
        assert not work.changes
    assert work.changes.touched == {("model", "m")}


def test_the_head_is_signed_for_every_transaction_and_told_once_durable(desk: Desk) -> None:
    told: list[tuple[int, str]] = []
    heard = replace(desk.workspace, on_commit=lambda head, note: told.append((head.size, note)))
    with heard.write(ACTOR) as work:
        work.record(PersonLocked("brandt", 5))
        work.record(PersonLocked("brandt", 5))
        assert told == []
    with desk.workspace.read() as view:
        assert told == [(4, log.read_checkpoint(view.connection, 4) or "")]
        assert [size for size, _ in log.read_checkpoints(view.connection)] == [2, 4]


def test_nothing_holds_from_a_later_date_than_it_was_recorded(desk: Desk) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    with pytest.raises(AppError) as refused:
        desk.record(ModelRegistered("m", ModelDetails(name="LGD")), effective=tomorrow)
    assert refused.value.code == "event.effective_in_future"


def test_what_the_limits_refuse_is_not_recorded(desk: Desk) -> None:
    with pytest.raises(AppError) as refused:
        desk.record(ModelRegistered("m", ModelDetails(name="x" * 300_000)))
    assert refused.value.code == "body.too_large"
    with desk.workspace.read() as view:
        assert view.head().size == 2


def test_what_does_not_read_back_the_same_is_rolled_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    append = log.append

    def flip(connection: sa.Connection, rows: list[Any]) -> None:
        append(connection, [(*row[:-1], row[-1].replace(b"LGD", b"LGE")) for row in rows])

    with desk.workspace.read() as view:
        before = everything(view)
    monkeypatch.setattr(log, "append", flip)
    with pytest.raises(AppError) as refused:
        desk.record(ModelRegistered("m", ModelDetails(name="LGD")))
    assert refused.value.code == "ledger.write_check_failed"
    with desk.workspace.read() as view:
        assert everything(view) == before


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_an_event_lost_on_the_way_is_noticed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, lost: int
) -> None:
    append = log.append

    def drop(connection: sa.Connection, rows: list[Any]) -> None:
        append(connection, [row for place, row in enumerate(rows) if place != lost])

    monkeypatch.setattr(log, "append", drop)
    with pytest.raises(AppError, match="write_check_failed"):
        desk.record(*[PersonLocked("brandt", count) for count in range(3)])


def test_a_head_written_wrongly_is_noticed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "write_head", lambda connection, frontier: None)
    with pytest.raises(AppError, match="write_check_failed"):
        desk.record(PersonLocked("brandt", 5))


def test_without_a_device_key_nothing_is_written(desk: Desk) -> None:
    reader = replace(desk.workspace, sign_head=None)
    with pytest.raises(AppError) as refused:
        reader.write(ACTOR)
    assert refused.value.code == "workspace.no_device"


def test_the_whole_of_it_verifies(desk: Desk) -> None:
    unsigned = [event for event in HISTORY if registry.name_of(type(event)) not in MUST_BE_SIGNED]
    desk.record(*unsigned)
    with desk.workspace.read() as view:
        assert verify(view)
        leaves = log.read_leaves(view.connection, view.head().size)
        assert Frontier().extend(leaves) == view.head()
        stored = view.connection.execute(sa.select(sa.func.count()).select_from(events)).scalar()
        assert stored == view.head().size
