"""Copies of the workspace that travel, and what they bring back."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import extracts, secrets
from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import KEY, Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.documents.copies import (
    conflict_document,
    pulled_document,
    pushed_document,
    state_document,
    taken_document,
)
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.services.copies import Pushed
    from mlops_desktop.services.session import Session

_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("copies", cls=Group)
def command() -> None:
    """Take the workspace away as a file, work in it offline, bring everything back."""


extracts.add_to(command)


@command.command()
@click.argument("file", type=_FILE)
@click.option("--lease", type=click.IntRange(1), metavar="DAYS", help="Writable so long; 30.")
@click.option("--for", "whom", type=click.Choice(["auditor"]), help="To read only.")
@pass_call
def take(call: Call, file: Path, lease: int | None, whom: str | None) -> Answer:
    """Write the whole workspace into an encrypted file of its own.

    What is recorded there waits in its outbox until `copies push`. The file's key goes where the
    workspace's key goes; with --key-secret-env the file is opened by that passphrase alone.
    """
    from mlops_desktop.services.copies import CopyKind, Wanted
    from mlops_desktop.services.copies import take as take_copy
    from mlops_desktop.services.copies.taking import LEASE_DAYS

    kind = CopyKind.AUDITOR if whom == "auditor" else CopyKind.MEMBER
    passphrase = secrets.read_variable(call.key_secret_env, KEY)
    wanted = Wanted(file, kind, lease or LEASE_DAYS, passphrase)
    with call.session() as session, progress() as report:
        taken = take_copy(session, wanted, report, ask=call.ask_key())
    told = taken_document(taken)
    return Answer(told, pairs([(name.replace("_", " "), told[name]) for name in told]))


@command.command()
@pass_call
def status(call: Call) -> Answer:
    """Show what is not yet shared, what conflicts, and until when the copy may be written."""
    from mlops_desktop.services.copies import conflicts, state

    with call.session() as session:
        found, open_ones = state(session), conflicts(session)
    told = state_document(found, len(open_ones))
    shown = [(name.replace("_", " "), told[name]) for name in told if name != "unshared"]
    rows = [
        (row.type, row.summary, row.at.isoformat(" ", "seconds")[:19]) for row in found.unshared
    ]
    text = pairs([("not yet shared", len(rows)), *shown])
    return Answer(told, text + section("Outbox", table(("EVENT", "ABOUT", "AT (UTC)"), rows)))


@command.command()
@pass_call
def push(call: Call) -> Answer:
    """Send the outbox to the shared workspace; each event is told its fate.

    Exit 1 where something was held back. Sending again does no harm.
    """
    from mlops_desktop.services.copies import push as push_outbox

    with (
        call.session() as session,
        _origin(call, session) as team,
        progress() as report,
        cancellable() as is_cancelled,
    ):
        pushed = push_outbox(session, team, report, is_cancelled)
    return _pushed(pushed)


def _pushed(pushed: "Pushed") -> Answer:
    from mlops_desktop.cli.answer import DONE, NO
    from mlops_desktop.services.copies.words import say_fate

    rows = [(one.event, say_fate(one.fate, one.rule, "en")) for one in pushed.arrivals]
    text = pairs([("sent", len(rows)), ("there already", pushed.known)])
    if rows:
        text += section("Fates", table(("EVENT", "FATE"), rows))
    return Answer(pushed_document(pushed), text, NO if pushed.held else DONE)


@command.command()
@pass_call
def pull(call: Call) -> Answer:
    """Bring the copy up to the shared workspace; what is not yet shared stays in the outbox."""
    from mlops_desktop.services.copies import pull as pull_changes

    with (
        call.session() as session,
        _origin(call, session) as team,
        progress() as report,
        cancellable() as is_cancelled,
    ):
        pulled = pull_changes(session, team, report, is_cancelled)
    told = pulled_document(pulled)
    return Answer(told, pairs([(name.replace("_", " "), told[name]) for name in told]))


@command.command("conflicts")
@click.option("--all", "settled", is_flag=True, help="Those that are settled as well.")
@pass_call
def conflicts_(call: Call, settled: bool) -> Answer:
    """List what was held back, with the event in its way."""
    from mlops_desktop.services.copies import conflicts
    from mlops_desktop.services.copies.words import say_fate

    with call.session() as session:
        found = conflicts(session, settled=settled)
    rows = [
        (
            one.event.id,
            one.event.type,
            one.event.person,
            one.event.summary,
            say_fate(one.fate, one.rule, "en"),
            f"{one.against.person}, {one.against.at.isoformat()[:10]}" if one.against else "",
        )
        for one in found
    ]
    heads = ("EVENT", "KIND", "BY", "ABOUT", "FATE", "AGAINST")
    return Answer([conflict_document(one) for one in found], table(heads, rows))


@contextmanager
def _origin(call: Call, session: "Session") -> Iterator["Session"]:
    from mlops_desktop.services.copies import open_origin

    password = call.database_secret()
    with open_origin(session, ask=call.ask_key(), database_password=password) as team:
        yield team
