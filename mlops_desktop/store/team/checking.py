"""Which rights in a team's database are wider than it was set up with, asked of its catalogue."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.teams import Group
from mlops_desktop.store.team import functions, running
from mlops_desktop.store.team.names import Roles
from mlops_desktop.store.team.rights import APPENDED, GUARDED
from mlops_desktop.store.transport import is_local


@dataclass(frozen=True, slots=True)
class Finding:
    """A right that is too wide: which kind, and of whom or what."""

    code: str
    what: str


_ASKED = {
    "superuser": "SELECT rolname FROM pg_roles WHERE rolname = session_user AND rolsuper",
    "bypasses": "SELECT rolname FROM pg_roles WHERE rolname = session_user "
    "AND rolbypassrls AND NOT rolsuper",
    "makes_roles": "SELECT rolname FROM pg_roles WHERE rolname = session_user "
    "AND rolcreaterole AND NOT rolsuper",
    "owner_member": "SELECT m.rolname FROM pg_auth_members AS a JOIN pg_roles AS m "
    "ON m.oid = a.member JOIN pg_roles AS o ON o.oid = a.roleid WHERE o.rolname = :owner "
    "AND NOT (a.admin_option AND m.rolcreaterole)",
    "group_login": "SELECT rolname FROM pg_roles WHERE rolname = ANY (:groups) "
    "AND (rolcanlogin OR rolsuper OR rolbypassrls OR rolcreaterole)",
    "wide_login": "SELECT r.rolname FROM pg_roles AS r WHERE NOT rolsuper AND (r.rolcreaterole "
    "OR r.rolbypassrls) AND pg_has_role(r.oid, :reader, 'USAGE') AND r.rolname <> session_user",
    "foreign_owner": "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "AND relkind IN ('r', 'p', 'v') AND pg_get_userbyid(relowner) <> :owner",
    "table_right": "SELECT DISTINCT g.grantee || ': ' || g.privilege_type || ' ' || g.table_name "
    "FROM information_schema.role_table_grants AS g WHERE g.table_schema = 'public' AND "
    "g.grantee <> :owner AND ((g.table_name = ANY (:guarded) AND g.privilege_type <> 'SELECT') "
    "OR (g.table_name = ANY (:appended) AND g.privilege_type NOT IN ('SELECT', 'INSERT')) "
    "OR g.grantee = 'PUBLIC' OR g.privilege_type IN ('TRUNCATE', 'TRIGGER', 'REFERENCES'))",
    "no_row_rules": "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND "
    "((relname IN ('events', 'checkpoints') AND NOT (relrowsecurity AND relforcerowsecurity)) "
    "OR (relname = 'logins' AND NOT relrowsecurity))",
    "row_rule": "SELECT tablename || ': ' || policyname FROM pg_policies WHERE schemaname = "
    "'public' AND policyname NOT IN ('reading', 'appending')",
    "trigger_off": "SELECT 'head' WHERE NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = "
    "'public.head'::regclass AND tgname = 'head_is_signed' AND tgenabled IN ('O', 'A'))",
    "schema_right": "SELECT rolname FROM pg_roles WHERE rolname = ANY (:groups) AND rolname <> "
    ":owner AND has_schema_privilege(oid, 'public', 'CREATE')",
    "public_connects": "SELECT datname FROM pg_database WHERE datname = current_database() AND "
    "(datacl IS NULL OR EXISTS (SELECT FROM aclexplode(datacl) AS a WHERE a.grantee = 0))",
    "unbound_login": "SELECT r.rolname FROM pg_roles AS r WHERE r.rolcanlogin AND NOT r.rolsuper "
    "AND pg_has_role(r.oid, :member, 'USAGE') AND NOT EXISTS (SELECT FROM public.logins AS l "
    "WHERE l.login = r.rolname) AND pg_has_role(session_user, :keeper, 'MEMBER')",
}
_OF_LOGINS = "unbound_login"
_FUNCTIONS = sa.text(
    "SELECT proname, prosrc, prosecdef, pg_get_userbyid(proowner) AS owner, proconfig, "
    "EXISTS (SELECT FROM aclexplode(coalesce(proacl, acldefault('f', proowner))) AS a "
    "WHERE a.grantee = 0) AS is_public "
    "FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'ledger\\_%'"
)
_TLS = sa.text("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")


def find_too_wide(connection: sa.Connection, roles: Roles) -> Iterator[Finding]:
    """Yield every right that is wider than ``team create`` left it, as far as this login sees."""
    known = {
        "owner": roles.owner,
        "groups": list(roles.every),
        "guarded": list(GUARDED),
        "appended": list(APPENDED),
        **{group.value: roles.of(group) for group in Group},
    }
    may_read = running.may_read(connection)
    for code, text in _ASKED.items():
        if code == _OF_LOGINS and not may_read:
            continue
        statement = sa.text(text)
        used = {name: known[name] for name in statement.compile().params}
        for (what,) in connection.execute(statement, used):
            yield Finding(code, str(what))
    yield from _functions(connection, roles)
    if not is_local(connection.engine.url) and not connection.execute(_TLS).scalar():
        yield Finding("no_tls", connection.engine.url.host or "")


def _functions(connection: sa.Connection, roles: Roles) -> Iterator[Finding]:
    expected = functions.bodies(roles)
    found = list(connection.execute(_FUNCTIONS))
    for name in sorted(expected.keys() - {row.proname for row in found}):
        yield Finding("function_altered", name)
    for row in sorted(found, key=lambda row: str(row.proname)):
        made = (row.prosrc, row.prosecdef, row.owner, row.proconfig)
        run_under = [f"{name}={value}" for name, value in functions.settings(row.proname).items()]
        if made != (expected.get(row.proname), True, roles.owner, run_under):
            yield Finding("function_altered", row.proname)
        elif row.is_public:
            yield Finding("function_public", row.proname)
