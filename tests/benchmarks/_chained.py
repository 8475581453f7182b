"""The least that writers of one chain can do: one function locks the head, hashes and inserts.

No body is made or read, nothing is checked, no rule reads and no head is signed; the client is the
driver alone. The lock ends before the disk has answered, and whoever commits waits for it together
with others. So it bounds what a ledger in one order reaches at this server, event by event.
"""

import secrets

import psycopg

from mlops_desktop.outside.randomness import new_id
from tests.benchmarks._crowd import Begin, Step, events_table

_TABLE = (
    *events_table("chained"),
    "CREATE TABLE chain (id int PRIMARY KEY, size bigint NOT NULL, head bytea NOT NULL)",
    "INSERT INTO chain VALUES (1, 0, '')",
    """CREATE FUNCTION chain_on(id_ text, at_ text, person_ text, leaf_ bytea, body_ bytea)
    RETURNS bigint LANGUAGE plpgsql AS $$
    DECLARE place bigint;
    BEGIN
        PERFORM set_config('synchronous_commit', 'off', true);
        UPDATE chain SET size = size + 1, head = sha256(head || leaf_) WHERE id = 1
            RETURNING size INTO place;
        INSERT INTO chained VALUES
            (place, id_, 'person.locked', at_, at_, person_, '', leaf_, body_);
        RETURN place;
    END $$""",
)
_CALL = "SELECT chain_on(%s, %s, %s, %s, %s)"
_FLUSH = "SELECT pg_logical_emit_message(true, 'chained', '')"


def found_chain(server: str) -> None:
    """Make the tables and the function."""
    with psycopg.connect(server, autocommit=True) as connection:
        for statement in _TABLE:
            connection.execute(statement.encode())


def chaining(server: str, size: int) -> Begin:
    """Return a writer of one event of ``size`` bytes a transaction."""

    def begin() -> Step:
        connection = psycopg.connect(server, autocommit=True)
        body, leaf = secrets.token_bytes(size), secrets.token_bytes(32)
        at = "2026-11-28T12:00:00.000000Z"

        def step() -> None:
            connection.execute(_CALL, (new_id(), at, "x" * 36, leaf, body))
            connection.execute(_FLUSH)

        return step

    return begin
