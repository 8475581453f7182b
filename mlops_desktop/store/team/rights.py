"""Who may do what: grants and row rules over a team's tables, the same for a new one and later."""

from mlops_desktop.core.teams import Group
from mlops_desktop.store import tables
from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.team.functions import APPEND, ERASE, HOLD, LEAVE, LOCK, SIGNED, TELL
from mlops_desktop.store.team.names import Roles, quoted

SEARCH = "models_search"
LOGINS = "logins"
_KEPT = ("events", "head", "checkpoints", "disclosures", "meta", "news")
GUARDED = (*_KEPT, "alembic_version", LOGINS)
"""Tables that nobody but the owner's functions write."""
APPENDED = ("evidence", "series_chunks")
"""Tables that members add to, and never change: the events name their digests."""

_LEDGER = ("events", "checkpoints")
_TRIGGER = "head_is_signed"
_AT_COMMIT = "DEFERRABLE INITIALLY DEFERRED"
_RUNS = f"FOR EACH ROW EXECUTE FUNCTION public.{SIGNED}()"


def derived() -> tuple[str, ...]:
    """Return the tables that members write, since verification makes them anew and compares."""
    tables.load()
    return (*(table.name for table in projected.sorted_tables), SEARCH)


def statements(roles: Roles) -> list[str]:
    """Return every right on tables and functions, whatever there was before."""
    member, keeper = (quoted(roles.of(group)) for group in (Group.MEMBER, Group.KEEPER))
    reader = quoted(roles.of(Group.READER))
    every = ", ".join(map(quoted, roles.every))
    return [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {member}, {keeper}, {reader}",
        f"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {reader}",
        f"GRANT INSERT, UPDATE, DELETE ON {_named(derived())} TO {member}",
        f"GRANT INSERT ON {_named(APPENDED)} TO {member}",
        f"GRANT EXECUTE ON FUNCTION public.{LOCK}, public.{HOLD} TO {member}",
        f"GRANT EXECUTE ON FUNCTION public.{APPEND}, public.{TELL} TO {member}",
        f"GRANT EXECUTE ON FUNCTION public.{ERASE}, public.{LEAVE} TO {keeper}",
        *_row_rules(every, roles),
        f"DROP TRIGGER IF EXISTS {_TRIGGER} ON public.head",
        f"CREATE CONSTRAINT TRIGGER {_TRIGGER} AFTER UPDATE ON public.head {_AT_COMMIT} {_RUNS}",
    ]


def _named(names: tuple[str, ...]) -> str:
    return ", ".join(f"public.{quoted(name)}" for name in names)


def _row_rules(every: str, roles: Roles) -> list[str]:
    """Return the rules of rows; they bind the owner too, who so changes nothing by accident.

    No rule allows a change or a removal, so there is none; an event's person is bound to the
    login in the rule as well as in the function.
    """
    owner, keeper = quoted(roles.owner), roles.of(Group.KEEPER)
    made = []
    for table in (*_LEDGER, LOGINS):
        made += [
            f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS reading ON public.{table}",
            f"DROP POLICY IF EXISTS appending ON public.{table}",
        ]
    for table in _LEDGER:
        made += [
            f"ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY",
            f"CREATE POLICY reading ON public.{table} FOR SELECT TO {every} USING (true)",
        ]
    keeps = f"pg_has_role(session_user, '{keeper}', 'MEMBER')"
    inserts = f"FOR INSERT TO {owner} WITH CHECK"
    own = "login = session_user"
    bound = f"EXISTS (SELECT FROM public.{LOGINS} AS l WHERE l.{own} AND l.person = events.person)"
    return [
        *made,
        f"CREATE POLICY appending ON public.events {inserts} ({keeps} OR {bound})",
        f"CREATE POLICY appending ON public.checkpoints {inserts} (true)",
        f"CREATE POLICY reading ON public.{LOGINS} FOR SELECT TO {every} USING ({own} OR {keeps})",
    ]
