"""What writers could do if whoever holds the lock sealed what others wait with: a prototype.

Each makes its event's bytes as the product does, leaves them in a queue and waits its turn; who
comes first reads the queue, hashes, signs one head for all, and the server hashes again what it
wrote before it commits once. So three of the promises stand: canonical bytes, a server that checks,
no head without a signature. The fourth does not: no rule is asked, since what it read would have
changed by the events sealed before it. Nor is a body's person compared with the login.
"""

import hashlib
from dataclasses import dataclass

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core import clock
from mlops_desktop.core.events.people import PersonLocked
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.identity import Actor
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store import envelopes
from tests.benchmarks._crowd import Begin, Step, events_table

_LOCK = 7
_TABLES = (
    *events_table("sealed"),
    # Unlogged: what the server forgets in a crash was never told as recorded.
    "CREATE UNLOGGED TABLE queue (id text PRIMARY KEY, person text NOT NULL, body bytea NOT NULL)",
    "CREATE TABLE top (size bigint NOT NULL, head bytea NOT NULL, note bytea NOT NULL)",
    "INSERT INTO top VALUES (0, '', '')",
)
_ENQUEUE = """CREATE FUNCTION enqueue(id_ text, person_ text, body_ bytea) RETURNS void
LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('synchronous_commit', 'off', true);
    INSERT INTO queue VALUES (id_, person_, body_);
END $$"""
_TURN = f"""CREATE FUNCTION turn(id_ text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE place bigint;
BEGIN
    IF NOT pg_try_advisory_lock({_LOCK}) THEN
        -- All who share it are woken together when whoever seals is done; most are sealed then.
        PERFORM pg_advisory_lock_shared({_LOCK});
        PERFORM pg_advisory_unlock_shared({_LOCK});
        SELECT position INTO place FROM sealed WHERE id = id_;
        IF FOUND THEN RETURN place; END IF;
        PERFORM pg_advisory_lock({_LOCK});
    END IF;
    SELECT position INTO place FROM sealed WHERE id = id_;
    IF FOUND THEN PERFORM pg_advisory_unlock({_LOCK}); END IF;
    RETURN place;
END $$"""
"""Returns where an event stands; null where the caller holds the lock and is to seal."""

_SEAL = """CREATE FUNCTION seal(size_ bigint, ids text[], persons text[], at_ text,
    leaves bytea[], bodies bytea[], head_ bytea, note_ bytea) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE gone bigint;
BEGIN
    INSERT INTO sealed SELECT size_ + o, i, 'person.locked', at_, at_, p, '', l, b
        FROM unnest(ids, persons, leaves, bodies) WITH ORDINALITY AS given(i, p, l, b, o);
    PERFORM FROM sealed WHERE position BETWEEN size_ + 1 AND size_ + cardinality(ids)
        AND leaf <> sha256('\\x00' || body);
    IF FOUND THEN RAISE 'a leaf is not its body''s'; END IF;
    DELETE FROM queue WHERE id = ANY(ids);
    GET DIAGNOSTICS gone = ROW_COUNT;
    UPDATE top SET size = size + gone, head = head_, note = note_
        WHERE size = size_ AND gone = cardinality(ids);
    IF NOT FOUND THEN RAISE 'the head moved'; END IF;
END $$"""
_WAITING = "SELECT id, person, body, size, head FROM queue, top"
_BODY = 300


def found_queue(server: str) -> None:
    """Make the tables and the functions."""
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in (*_TABLES, _ENQUEUE, _TURN, _SEAL):
            connection.execute(statement.encode())


def sealing_together(server: str) -> Begin:
    """Return a writer of one event a step, sealed with those that wait beside it."""

    def begin() -> Step:
        connection = psycopg.connect(server, autocommit=True)
        key, workspace, actor = Ed25519PrivateKey.generate(), new_id(), Actor(new_id(), "")

        def step() -> None:
            now = clock.now()
            made = Envelope(new_id(), now, now, actor, workspace, PersonLocked("x" * _BODY, 3))
            given = made.id, actor.person, envelopes.to_body(made)
            connection.execute("SELECT enqueue(%s, %s, %s)", given)
            place = connection.execute("SELECT turn(%s)", (made.id,)).fetchone()
            if place == (None,):
                _seal(connection, key, now.isoformat())

        return step

    return begin


@dataclass(frozen=True, slots=True)
class _Waiting:
    ids: list[str]
    persons: list[str]
    bodies: list[bytes]
    size: int
    head: bytes


def _read(connection: psycopg.Connection) -> _Waiting:
    rows = connection.execute(_WAITING, binary=True).fetchall()
    ids, persons, bodies, sizes, heads = zip(*rows, strict=True)
    return _Waiting(list(ids), list(persons), list(bodies), sizes[0], heads[0])


def _seal(connection: psycopg.Connection, key: Ed25519PrivateKey, at: str) -> None:
    found = _read(connection)
    leaves = [hashlib.sha256(b"\0" + body).digest() for body in found.bodies]
    head = found.head
    for leaf in leaves:
        head = hashlib.sha256(head + leaf).digest()
    connection.execute(
        "SELECT seal(%s, %s, %s, %s, %s, %s, %s, %s)",
        (found.size, found.ids, found.persons, at, leaves, found.bodies, head, key.sign(head)),
    )
    connection.execute("SELECT pg_advisory_unlock(%s)", (_LOCK,))
