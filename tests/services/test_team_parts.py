"""Many events of one session: sent in parts as they are made, written whole or not at all."""

import json
from dataclasses import replace

import pytest
import sqlalchemy as sa

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.models import ModelRegistered
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import ledger
from mlops_desktop.services.session import Session
from mlops_desktop.store import log, sql
from mlops_desktop.store.line import Line, Parameter, blobs, numbers, texts
from mlops_desktop.store.pens import TeamPen
from mlops_desktop.store.tables.ledger import events
from mlops_desktop.store.tables.projected import devices
from mlops_desktop.store.unit_of_work import WriteSession
from tests.support.team import KEEPER, MEMBER, Team

_PART = TeamPen().batch
_MANY = 3 * _PART + 5


def _size(session: Session) -> int:
    with session.workspace.read() as view:
        return log.read_head(view.connection).size


def _record(work: WriteSession, number: int) -> None:
    for place in range(number):
        work.record(PersonLocked("x", place))


def test_many_events_are_written_in_order_under_one_signed_head(team: Team) -> None:
    with team.session(MEMBER) as session:
        before = _size(session)
        with session.workspace.write(session.actor) as work:
            for place in range(_MANY):
                work.record(ModelRegistered(new_id(), ModelDetails(name=f"Modell {place}")))
        verdict = ledger.verify_ledger(session, whole=True)
        assert (verdict.is_ok, verdict.size) == (True, before + _MANY)
        with session.workspace.read() as view:
            sizes = [size for size, _ in log.read_checkpoints(view.connection) if size > before]
        assert sizes == [before + _MANY]


def test_what_is_asked_between_sees_what_was_sent(team: Team) -> None:
    with team.session(MEMBER) as session, session.workspace.write(session.actor) as work:
        _record(work, _PART + 1)  # the last waits for another to follow, or goes with the seal
        query = sa.select(sa.func.count()).where(events.c.position >= work.before.size)
        assert work.connection.execute(query).scalar() == _PART
        _record(work, 2 * _PART)
        ((count,),) = sql.fetch(work.connection, "SELECT count(*) FROM events")
        assert count == work.before.size + 3 * _PART


@pytest.mark.parametrize("number", [1, _PART, _PART + 1, 2 * _PART])
def test_the_last_events_go_with_the_seal(
    team: Team, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[int] = []
    send = Line.send

    def note(line: Line, text: str, parameters: tuple[Parameter, ...]) -> None:
        if "ledger_append" in text:
            sent.append(len(parameters))
        send(line, text, parameters)

    with team.session(MEMBER) as session:  # the first on a machine writes its device too
        monkeypatch.setattr(Line, "send", note)
        with session.workspace.write(session.actor) as work:
            _record(work, number)
    assert len(sent) == -(-number // _PART)


def test_who_gives_up_after_some_were_sent_leaves_nothing(team: Team) -> None:
    with team.session(MEMBER) as session:
        before = _size(session)

        def give_up() -> None:
            with session.workspace.write(session.actor) as work:
                _record(work, _MANY)
                raise KeyError

        with pytest.raises(KeyError):
            give_up()
        assert _size(session) == before
        with session.workspace.write(session.actor) as work:
            _record(work, 1)
        assert _size(session) == before + 1


def test_a_row_that_fails_at_the_end_is_told_and_nothing_is_recorded(team: Team) -> None:
    with team.session(MEMBER) as session:
        before = _size(session)

        def fail() -> None:
            with session.workspace.write(session.actor) as work:
                _record(work, 3)
                for _ in range(2):
                    work.rows.add(
                        devices, {"id": "a", "person": "b", "public_key": "", "position": 1}
                    )

        with pytest.raises(AppError) as refused:
            fail()
        assert refused.value.code == "workspace.not_recorded"
        assert _size(session) == before


def test_a_row_that_fails_is_told_without_looking_it_up(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mlops_desktop.store.unit_of_work.check_recorded", None)
    test_a_row_that_fails_at_the_end_is_told_and_nothing_is_recorded(team)


@pytest.mark.parametrize("number", [1, _PART, _MANY])
def test_what_is_refused_of_a_part_is_said_at_the_latest_at_the_end(
    team: Team, number: int
) -> None:
    with team.session(MEMBER) as session:
        before, other = _size(session), replace(session.actor, person=team.people[KEEPER])
        with pytest.raises(AppError) as refused, session.workspace.write(other) as work:
            _record(work, number)
        assert refused.value.code == "team.not_your_person"
        assert _size(session) == before
        assert ledger.verify_ledger(session).is_ok


def test_a_line_that_ends_while_parts_are_on_their_way_is_looked_up(team: Team) -> None:
    with team.session(MEMBER) as session, team.connect() as connection:
        before = _size(session)

        def lose() -> None:
            with session.workspace.write(session.actor) as work:
                _record(work, _PART)
                ((backend,),) = sql.fetch(work.connection, "SELECT pg_backend_pid()")
                _record(work, _PART + 1)
                connection.execute("SELECT pg_terminate_backend(%s, 5000)", (backend,))

        with pytest.raises(AppError) as refused:
            lose()
        assert refused.value.code == "workspace.not_recorded"
        assert _size(session) == before
        with session.workspace.write(session.actor) as work:
            _record(work, 1)
        assert _size(session) == before + 1


def test_arrays_arrive_as_they_are(team: Team) -> None:
    words, parts, places = ["", "Größe", 'a"b,{c}\\d', "𝔐"], [b"", b"\0\xff", b"{}"], [0, -1, 2**53]
    with team.session(MEMBER) as session, session.workspace.engine.connect() as connection:
        given = texts(words), blobs(parts), numbers(places), texts([]), blobs([]), numbers([])
        asked = (
            "SELECT array_to_json($1::text[])::text, array_to_json($3::bigint[])::text, "
            "encode(($2::bytea[])[2], 'hex'), cardinality($2), "
            "cardinality($4::text[]) + cardinality($5::bytea[]) + cardinality($6::bigint[])"
        )
        ((row,),) = sql.ask_together(connection, (asked, given))
        kept = [bytes(cell or b"") for cell in row]
        assert [json.loads(cell) for cell in kept[:2]] == [words, places]
        assert kept[2:] == [b"00ff", b"\0\0\0\3", b"\0\0\0\0"]
