"""Everything an empty database needs to hold a team's workspace, as statements in order.

The same statements are run by ``team create`` and printed for a database administrator.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.teams import Group
from mlops_desktop.ledger.tree import Frontier
from mlops_desktop.store import migrations, search, tables
from mlops_desktop.store.forms import current_form
from mlops_desktop.store.tables.ledger import durable
from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.team import functions, rights
from mlops_desktop.store.team.names import Roles, literal, quoted

_LOGINS = (
    "CREATE TABLE public.logins (login name PRIMARY KEY, person TEXT NOT NULL, "
    "bound_at timestamptz NOT NULL DEFAULT now())"
)
NEWS = "CREATE TABLE IF NOT EXISTS public.news (size bigint NOT NULL, told text NOT NULL)"
"""What was committed and not yet told to those who listen: kept no longer than that."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What a workspace says of itself: its id, name, origin; and the database it lies in."""

    id: str
    name: str
    origin: str
    database: str


def making(roles: Roles, facts: Facts) -> Iterator[str]:
    """Yield the statements that make roles, tables, functions and rights; one transaction."""
    yield from _roles(roles, facts.database)
    yield from as_owner(roles, tuple(_tables(roles, facts)))


def as_owner(roles: Roles, statements: tuple[str, ...]) -> Iterator[str]:
    """Yield statements run as the owner, whom nobody is any longer afterwards."""
    owner = quoted(roles.owner)
    yield f"GRANT {owner} TO CURRENT_USER"
    yield f"SET LOCAL ROLE {owner}"
    yield from statements
    yield "RESET ROLE"
    yield f"REVOKE {owner} FROM CURRENT_USER"


def _roles(roles: Roles, database: str) -> Iterator[str]:
    for role in roles.every:
        yield f"CREATE ROLE {quoted(role)} NOLOGIN"
    reader, member, keeper = (
        quoted(roles.of(group)) for group in (Group.READER, Group.MEMBER, Group.KEEPER)
    )
    yield f"GRANT {reader} TO {member}"
    yield f"GRANT {member} TO {keeper}"
    name = quoted(database)
    yield f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"
    yield f"GRANT CONNECT ON DATABASE {name} TO {reader}"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {reader}"
    yield f"GRANT USAGE, CREATE ON SCHEMA public TO {quoted(roles.owner)}"


def _tables(roles: Roles, facts: Facts) -> Iterator[str]:
    tables.load()
    yield from definitions(durable)
    yield "CREATE TABLE public.alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"
    yield _insert("alembic_version", literal(migrations.REVISIONS[-1]))
    yield from definitions(projected)
    yield from search.POSTGRES
    yield from (_LOGINS, NEWS)
    told = {"id": facts.id, "name": facts.name, "origin": facts.origin, "team": roles.prefix}
    for name, value in {**told, "projection": current_form()}.items():
        yield _insert("meta", f"{literal(name)}, {literal(value)}")
    yield _insert("head", f"1, 0, '\\x{Frontier().to_bytes().hex()}'")
    yield from functions.statements(roles)
    yield from rights.statements(roles)


def _insert(table: str, values: str) -> str:
    return f"INSERT INTO public.{table} VALUES ({values})"  # noqa: S608 - quoted


def definitions(metadata: sa.MetaData) -> list[str]:
    """Return what makes the tables and indexes of a part of the schema on PostgreSQL."""
    made: list[str] = []

    def take(statement: sa.schema.ExecutableDDLElement, *_: object, **__: object) -> None:
        made.append(str(statement.compile(dialect=engine.dialect)).strip())

    engine = sa.create_mock_engine("postgresql+psycopg://", take)
    metadata.create_all(engine, checkfirst=False)
    return made
