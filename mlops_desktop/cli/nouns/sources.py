"""Connections to registries, monitoring systems, files and databases."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import secrets
from mlops_desktop.cli.answer import DONE, FAILED, Answer
from mlops_desktop.cli.call import SOURCE, Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.documents.sources import kind_document, probe_document, source_document
from mlops_desktop.cli.failures import say_failure, say_remedies, say_warning
from mlops_desktop.cli.printing import print_message
from mlops_desktop.cli.syncing import sync_all
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Code, Day
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.core.inventory import Pair
    from mlops_desktop.services.rows import SourceRow
    from mlops_desktop.services.session import Session
    from mlops_desktop.services.source_edits import SourceEdit
    from mlops_desktop.services.sources import NewSource


_SETTINGS = click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="NAME=VALUE",
    help="A setting of this kind of source; `sources kinds` lists them.",
)


@click.group("sources", cls=Group)
def command() -> None:
    """What is read: registries, monitoring, files; nothing is ever written to them."""


@command.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List the sources in use and their last readings."""
    from mlops_desktop.services.sources import list_sources

    with call.session() as session:
        return _answer(list_sources(session))


def _answer(found: "tuple[SourceRow, ...]") -> Answer:
    rows = [
        (
            one.name,
            Code(one.kind, ("sources.kind",)),
            one.url,
            Day(one.synced_at or ""),
            Day(one.completed_at or ""),
        )
        for one in found
    ]
    heads = ("NAME", "KIND", "ADDRESS", "READ", "READ COMPLETELY")
    return Answer([source_document(one) for one in found], table(heads, rows))


@command.command()
@click.argument("kind")
@click.argument("name")
@click.option("--url", required=True, help="The address: a URL, or a path for kinds of files.")
@click.option("--username", help="The technical user of a basic login; without it, a token.")
@click.option("--ca-file", type=click.Path(), help="Your own certificate authority, as PEM.")
@click.option("--proxy", metavar="URL", help="The system's proxy unless said.")
@_SETTINGS
@click.option("--ask-secret", is_flag=True, help="Ask for the password or token.")
@pass_call
def add(
    call: Call,
    /,
    kind: str,
    name: str,
    url: str,
    username: str | None,
    ca_file: str | None,
    proxy: str | None,
    settings: tuple[str, ...],
    ask_secret: bool,
) -> Answer:
    """Add a connection.

    The password or token of --source-secret-env is kept in the keyring; where there is none,
    name the variable again whenever the source is read.
    """
    from mlops_desktop.services.source_settings import parse_settings
    from mlops_desktop.services.sources import NewSource, list_sources

    given = parse_settings(_one_a_line(settings))
    ask = secrets.asker(call.source_secret_env, SOURCE, f"Password or token of {name}")
    secret = ask() if ask_secret or call.source_secret_env else None
    wanted = NewSource(kind, name, url, username, secret, ca_file, proxy, given)
    with call.session() as session:
        is_kept = _add(session, wanted)
        (row,) = [one for one in list_sources(session) if one.name == name.strip()]
    document = {**source_document(row), "secret_kept": is_kept}
    return Answer(document, _answer((row,)).text)


def _one_a_line(settings: tuple[str, ...]) -> str:
    """Return settings one a line; a query may come from a script that breaks it into lines."""
    return "\n".join(" ".join(one.split()) for one in settings)


def _add(session: "Session", wanted: "NewSource") -> bool:
    """Add a source; tell whether its secret is kept, which only a keyring does."""
    from mlops_desktop.services.sources import add_source

    try:
        add_source(session, wanted)
    except AppError as error:
        if not error.code.startswith("keyring."):
            raise
        add_source(session, replace(wanted, secret=None))
        print_message(f"The secret was not kept: no keyring here. Name {SOURCE} at every sync.")
        return False
    return wanted.secret is not None


@command.command()
@click.argument("name")
@click.option("--url", help="Another address, http or https.")
@click.option("--username", help="Another technical user.")
@click.option("--ca-file", help="Another certificate authority, as PEM.")
@click.option("--proxy", metavar="URL")
@_SETTINGS
@click.option("--ask-secret", is_flag=True, help="Ask for another password or token.")
@click.option("--forget-secret", is_flag=True, help="Keep no password or token any more.")
@pass_call
def edit(
    call: Call,
    /,
    name: str,
    ask_secret: bool,
    forget_secret: bool,
    settings: tuple[str, ...],
    **options: str | None,
) -> Answer:
    """Reach a source in another way, or with another secret; an empty value empties its option.

    The password or token of --source-secret-env takes the place of the one in the keyring. It is
    forgotten where another server or user is named without giving it again.
    """
    from mlops_desktop.services.source_edits import edit_source
    from mlops_desktop.services.sources import get_source

    ask = secrets.asker(call.source_secret_env, SOURCE, f"Password or token of {name}")
    secret = ask() if ask_secret or call.source_secret_env else None
    with call.session() as session:
        row = get_source(session, name)
        wanted = _edit(row, options, "" if forget_secret else secret)
        edit_source(session, name, replace(wanted, settings=_merged(row, settings)))
        row = get_source(session, name)
    return Answer(source_document(row), _answer((row,)).text)


def _edit(row: "SourceRow", options: dict[str, str | None], secret: str | None) -> "SourceEdit":
    """Return the connection on record with what was given in its place."""
    from mlops_desktop.services.source_edits import SourceEdit

    given = {key: text or None for key, text in options.items() if text is not None}
    now = {key: given.get(key, getattr(row, key)) for key in ("username", "ca_file", "proxy")}
    return SourceEdit(given.get("url", row.url) or "", **now, secret=secret)


def _merged(row: "SourceRow", settings: tuple[str, ...]) -> "tuple[Pair, ...]":
    """Return the settings on record with those given in their place; an empty one goes."""
    from mlops_desktop.services.source_settings import parse_settings

    given = parse_settings(_one_a_line(settings))
    named = {one.name for one in given}
    return (*(one for one in row.settings if one.name not in named), *given)


@command.command()
def kinds() -> Answer:
    """List the kinds of sources: what they need, and what they were tried against."""
    from mlops_desktop.services.source_settings import describe_kind
    from mlops_desktop.services.sources import list_kinds

    found = [(kind, describe_kind(kind)) for kind in list_kinds()]
    rows = [
        (kind, one.address.value, one.tested.value, ", ".join(part.name for part in one.settings))
        for kind, one in found
    ]
    documents = [kind_document(kind, one) for kind, one in found]
    return Answer(documents, table(("KIND", "ADDRESS", "TRIED AGAINST", "SETTINGS"), rows))


@command.command()
@click.argument("name")
@pass_call
def test(call: Call, name: str) -> Answer:
    """Ask a source who we are to it and what we can see."""
    from mlops_desktop.services.sources import probe_source

    with call.session() as session:
        probe = probe_source(session, name, call.source_secret())
    document = probe_document(name, probe)
    shown = [
        ("Source", name),
        ("Reachable", "yes" if probe.is_reachable else "no"),
        ("Version", probe.version),
        ("Known as", probe.identity),
        *((pair.name.capitalize().replace("_", " "), pair.value) for pair in probe.visible),
        *(("Not offered", stream.value) for stream in probe.missing),
        *(
            (f"Failed: {one.stream.value}", f"{say_failure(one.code)} ({one.detail})")
            for one in probe.failures
        ),
        *(("To do", remedy) for remedy in say_remedies(one.code for one in probe.failures)),
        *(("Warning", say_warning(one)) for one in probe.warnings),
    ]
    return Answer(document, pairs(shown), DONE if document["ok"] else FAILED)


@command.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--accept-shrink", is_flag=True, help="Believe a listing that lost much at once.")
@pass_call
def sync(call: Call, names: tuple[str, ...], accept_shrink: bool) -> Answer:
    """Read sources, all of them unless named, and record what differs.

    Prints how many facts were read, new, changed, unchanged, missing, held back, refused.
    """
    with call.session() as session:
        return sync_all(session, names, call.source_secret(), accept_shrink=accept_shrink)


@command.command()
@click.argument("name")
@pass_call
def remove(call: Call, name: str) -> Answer:
    """Stop using a source and forget its secret; what it told stays."""
    from mlops_desktop.services.sources import remove_source

    with call.session() as session:
        remove_source(session, name)
    return Answer({"id": name, "name": name, "removed": True}, f"Removed: {name}")
