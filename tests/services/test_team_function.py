"""What the function of a team's server refuses to whoever calls it past the program."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeAlias

import psycopg
import pytest

from mlops_desktop.core import clock
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.ledger.tree import Frontier, leaf_hash
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services import ledger
from mlops_desktop.services.session import Session
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.forms import current_form
from tests.support.team import KEEPER, MEMBER, Team

_CALL = (
    "SELECT ledger_append(%s, %b::bytea[], %b::text[], %b::bytea[], '{}', %b::text[], '{}', '{}', "
    "%b, %s, '')"
)


@dataclass(frozen=True)
class Call:
    """What is given to the function: two events of its caller, unsigned or not."""

    size: int
    bodies: list[bytes]
    leaves: list[bytes]
    persons: list[str]
    frontier: Frontier
    note: str | None = None

    def run(self, connection: psycopg.Connection) -> None:
        """Lock the head and append."""
        subjects, frontier = [""] * len(self.bodies), self.frontier.to_bytes()
        arrays = self.bodies, subjects, self.leaves, self.persons
        with connection.transaction():
            connection.execute("SELECT ledger_lock('')")
            connection.execute(_CALL, (self.size, *arrays, frontier, self.note))


def _call(team: Team, session: Session) -> Call:
    now, person = clock.now(), PersonLocked("x", 3)
    event = Envelope(new_id(), now, now, session.actor, session.workspace.id, person)
    bodies = [envelopes.to_body(replace(event, id=new_id())) for _ in range(2)]
    leaves = [leaf_hash(body) for body in bodies]
    with session.workspace.read() as view:
        head = log.read_head(view.connection)
    after = head.extend(leaves)
    return Call(head.size, bodies, leaves, [session.actor.person], after)


Change: TypeAlias = Callable[[Call, Team], Call]


def _with_bodies(call: Call, old: bytes, new: bytes) -> Call:
    """Change the bodies, and all that is computed of them."""
    bodies = [body.replace(old, new) for body in call.bodies]
    assert bodies != call.bodies
    return replace(call, bodies=bodies, leaves=[leaf_hash(body) for body in bodies])


def _other_bytes(call: Call, team: Team) -> Call:
    return replace(call, bodies=[call.bodies[0], call.bodies[1].replace(b"3", b"4", 1)])


def _other_leaf(call: Call, team: Team) -> Call:
    return replace(call, leaves=[call.leaves[0], bytes(32)])


def _other_tree(call: Call, team: Team) -> Call:
    return replace(call, frontier=Frontier().extend(call.leaves))


def _other_place(call: Call, team: Team) -> Call:
    return replace(call, size=call.size - 1)


def _other_workspace(call: Call, team: Team) -> Call:
    return _with_bodies(call, b'"workspace":"0', b'"workspace":"1')


def _other_person(call: Call, team: Team) -> Call:
    there, here = team.people[KEEPER].encode(), team.people[MEMBER].encode()
    return _with_bodies(call, here, there)


def _named_person(call: Call, team: Team) -> Call:
    return replace(call, persons=[*call.persons, team.people[KEEPER]])


def _no_type(call: Call, team: Team) -> Call:
    return _with_bodies(call, b'"type":', b'"kind":')


def _too_large(call: Call, team: Team) -> Call:
    return _with_bodies(call, b'"person":"x"', b'"person":"' + b"x" * 262_144 + b'"')


def _other_head(call: Call, team: Team) -> Call:
    return replace(call, note=f"elsewhere\n{call.size + 2}\n\n")


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (_other_bytes, "MD003"),
        (_other_leaf, "MD003"),
        (_other_tree, "MD003"),
        (_other_place, "MD001"),
        (_other_workspace, "MD003"),
        (_other_person, "MD003"),
        (_named_person, "MD002"),
        (_no_type, "MD003"),
        (_too_large, "MD003"),
        (_other_head, "MD003"),
        (lambda call, team: call, "MD005"),
    ],
)
def test_what_a_member_calls_it_with_must_be_whole_his_own_and_signed(
    team: Team, change: Change, state: str
) -> None:
    with team.session(MEMBER) as session, team.connect(MEMBER) as connection:
        call = _call(team, session)
        with pytest.raises(psycopg.Error) as refused:
            change(call, team).run(connection)
        assert refused.value.sqlstate == state
        with session.workspace.read() as view:
            assert log.read_head(view.connection).size == call.size
        assert ledger.verify_ledger(session).is_ok


def test_who_holds_the_lock_and_asks_nothing_is_let_go_by_the_server(team: Team) -> None:
    asked = b"SHOW idle_in_transaction_session_timeout"
    with team.session(MEMBER) as session, session.workspace.read() as view:
        found = log.read_head(view.connection).to_bytes()
    for call, given in (("lock('')", ()), ("hold(%s, %s)", (found, current_form()))):
        with team.connect(MEMBER) as connection:
            with connection.transaction():
                connection.execute(f"SELECT ledger_{call}".encode(), given)
                assert connection.execute(asked).fetchone() == ("5min",)
            assert connection.execute(asked).fetchone() == ("0",)


def test_the_lock_is_refused_where_others_wrote_meanwhile(team: Team) -> None:
    hold = "SELECT ledger_hold(%s, %s)"
    with team.session(MEMBER) as session, team.connect(MEMBER) as connection:
        with session.workspace.read() as view:
            found = log.read_head(view.connection).to_bytes()
        connection.execute(hold, (found, current_form()))
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(hold, (found, "another"))
        assert refused.value.sqlstate == "MD007"
        with session.workspace.write(session.actor) as work:
            work.record(PersonLocked("x", 3))
        with pytest.raises(psycopg.Error) as refused:
            connection.execute(hold, (found, current_form()))
        assert refused.value.sqlstate == "MD001"
