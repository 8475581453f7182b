"""A team's workspace on PostgreSQL."""

from pathlib import PurePath
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import secrets
from mlops_desktop.cli.answer import DONE, NO, Answer, Json
from mlops_desktop.cli.call import PERSON, Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.logins import LOGIN, group_of, login_document, login_secret, shown_login
from mlops_desktop.cli.recovery import tell_recovery_key
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.teams import Group as Rights

if TYPE_CHECKING:
    from mlops_desktop.services.teams import NewTeam
    from mlops_desktop.services.workspaces import NewWorkspace


@click.group("team", cls=Group)
def command() -> None:
    """A team's workspace on PostgreSQL: what its database administrator does.

    The address is that of a login that may make roles; its password comes from
    --database-secret-env or a prompt.
    """


@command.command()
@click.argument("place", metavar="[URL]", required=False)
@click.option("--name", help="The name of the workspace; the database's name unless said.")
@click.option("--person", metavar="NAME", help="The founder; the same as --as.")
@click.option("--prefix", help="What the roles' names begin with; made of the name unless said.")
@click.option("--login", help="The founder's login; made of the person's name unless said.")
@click.option(
    "--print-sql", is_flag=True, help="Print what an administrator runs with psql; do nothing."
)
@login_secret
@pass_call
def create(
    call: Call,
    place: str | None,
    name: str | None,
    person: str | None,
    prefix: str | None,
    login: str | None,
    print_sql: bool,
    login_secret_env: str | None,
) -> Answer:
    """Make roles, rights and tables in an empty database, and found the workspace.

    The founder gets a login of his own, of a keeper. Its password comes from
    --login-secret-env, or is made and shown once; the passphrase of the founder's key comes from
    --person-secret-env or a prompt. With --print-sql an administrator makes the roles; the
    founder then runs this command with his own login.
    """
    from mlops_desktop.services import teams

    call.workspace = place or call.workspace
    founder = person or call.acting
    if not founder:
        raise AppError("person.name_missing", where="--person")
    told = _place(call)
    named = name or PurePath(told.partition("?")[0]).stem
    wanted = _wanted(call, told, named, founder, asks=not print_sql)
    team = teams.NewTeam(
        wanted=wanted,
        prefix=prefix or teams.prefix_for(wanted.name),
        login=login or teams.login_for(founder),
        login_password=secrets.read_variable(login_secret_env, LOGIN),
    )
    if print_sql:
        text = teams.print_making(team)
        return Answer({"sql": text}, text.rstrip("\n"))
    return _created(call, team)


def _wanted(call: Call, told: str, name: str, founder: str, *, asks: bool) -> "NewWorkspace":
    from mlops_desktop.services.workspaces import NewWorkspace

    passphrase = call.ask_person("Passphrase for your new key", twice=True)() if asks else ""
    return NewWorkspace(
        place=told,
        name=name,
        person=founder,
        passphrase=passphrase,
        key_passphrase=secrets.read_variable(call.key_secret_env, "--key-secret-env"),
        database_password=call.database_secret() if asks else None,
    )


def _created(call: Call, team: "NewTeam") -> Answer:
    from mlops_desktop.services.teams import create_team

    made = create_team(team)
    workspace, founder = made.session.workspace, made.founder
    try:
        tell_recovery_key(call, made.session)
    finally:
        workspace.close()
    told: dict[str, Json] = {"id": workspace.id, "name": workspace.name, "place": workspace.place}
    told |= {"origin": workspace.origin, "person": team.wanted.person}
    document = {**told, "prefix": team.prefix, "login": login_document(founder)}
    rows = [("Workspace", workspace.name), ("Place", workspace.place), ("Person", founder.name)]
    text = pairs([*rows, ("Roles", f"{team.prefix}_…"), *shown_login(founder)])
    return Answer(document, f"{text}\nNext: mlops-desktop people enrol NAME {PERSON} VARIABLE")


def _place(call: Call) -> str:
    place = call.place()
    if place is None:
        raise AppError("workspace.place_missing", where="--workspace")
    return place


@command.command()
@pass_call
def upgrade(call: Call) -> Answer:
    """Bring tables, functions and rights to this version of the program, for the whole team.

    Nobody records meanwhile; who has an older version must then take this one.
    """
    from mlops_desktop.services.teams import upgrade_team

    renewed = upgrade_team(_place(call), call.database_secret())
    told = "Tables made anew." if renewed else "The tables were those of this version."
    text = f"{told} Functions and rights are as this version sets them."
    return Answer({"renewed": renewed}, text)


@command.command()
@pass_call
def check(call: Call) -> Answer:
    """Say which rights are wider than the team was set up with; exit 1 where any is.

    A keeper's login sees most; an administrator's own rights are told as such.
    """
    from mlops_desktop.services.teams import check_team
    from mlops_desktop.services.wording import read_words

    words = read_words("en")
    found = check_team(_place(call), call.database_secret())
    rows = [(one.what, words.text(f"team.check.{one.code}")) for one in found]
    document = [{"code": one.code, "what": one.what} for one in found]
    text = table(("WHAT", "TOO WIDE"), rows) if rows else "No right is too wide."
    return Answer(document, text, NO if rows else DONE)


@command.group(cls=Group)
def login() -> None:
    """The logins of people: each is bound to one person."""


@login.command()
@click.argument("person", metavar="NAME")
@click.option("--login", "name", help="The login; made of the person's name unless said.")
@click.option("--group", type=OneOf(Rights), default=Rights.MEMBER.value, show_default=True)
@click.option(
    "--existing", is_flag=True, help="The server has the role: it proves itself in its own way."
)
@login_secret
@pass_call
def add(
    call: Call,
    person: str,
    name: str | None,
    group: Rights,
    existing: bool,
    login_secret_env: str | None,
) -> Answer:
    """Make a login for a person who is enrolled, and bind it to him.

    Its password comes from --login-secret-env, or is made and shown once. The server is given
    its SCRAM verifier alone.
    """
    from mlops_desktop.services.teams import NewLogin, add_login

    given = secrets.read_variable(login_secret_env, LOGIN)
    new = NewLogin(person, name, group, given, existing)
    made = add_login(_place(call), call.database_secret(), new)
    return Answer(login_document(made), pairs([("Person", made.name), *shown_login(made)]))


@login.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List the logins, their people and what they may do."""
    from mlops_desktop.services.teams import list_logins

    found = list_logins(_place(call), call.database_secret())
    rows = [(one.login.login, one.name, group_of(one) or "nothing") for one in found]
    return Answer([login_document(one) for one in found], table(("LOGIN", "PERSON", "GROUP"), rows))


@login.command()
@click.argument("name", metavar="LOGIN")
@click.option("--keep-role", is_flag=True, help="Leave the role to the server, without rights.")
@pass_call
def drop(call: Call, name: str, keep_role: bool) -> Answer:
    """Remove a login; what its person recorded stays.

    What the person signs counts until people revoke says otherwise.
    """
    from mlops_desktop.services.teams import drop_login

    gone = drop_login(_place(call), call.database_secret(), name, keeps_role=keep_role)
    return Answer(login_document(gone), f"Removed: {gone.login.login} ({gone.name})")
