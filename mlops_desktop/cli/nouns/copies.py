"""Copies of the workspace that travel, and what they bring back."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import extracts, secrets
from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
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
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.copies import Pushed
    from mlops_desktop.services.session import Session

_FILE = click.Path(path_type=Path, dir_okay=False)


def _pairs(told: Mapping[str, object]) -> str:
    """Return a document as a person reads it."""
    said = {True: "yes", False: "no"}
    shown = {name: said[one] if isinstance(one, bool) else one for name, one in told.items()}
    return pairs([(name.replace("_", " "), one) for name, one in shown.items()])


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
    workspace's key goes; with --file-secret-env, else --key-secret-env, the file is opened by
    that passphrase alone.
    """
    from mlops_desktop.services.copies import CopyKind, Wanted
    from mlops_desktop.services.copies import take as take_copy
    from mlops_desktop.services.copies.taking import LEASE_DAYS

    kind = CopyKind.AUDITOR if whom == "auditor" else CopyKind.MEMBER
    wanted = Wanted(file, kind, lease or LEASE_DAYS, call.file_secret())
    with call.session() as session, progress() as report:
        taken = take_copy(session, wanted, report, ask=call.ask_key())
    told = taken_document(taken)
    return Answer(told, _pairs(told))


@command.command()
@pass_call
def status(call: Call) -> Answer:
    """Show what is not yet shared, what conflicts, and until when the copy may be written."""
    from mlops_desktop.services.copies import conflicts, state

    with call.session() as session:
        found, open_ones = state(session), conflicts(session)
    told = state_document(found, len(open_ones))
    shown = {name: told[name] for name in told if name != "unshared"}
    rows = [
        (row.type, row.summary, row.at.isoformat(" ", "seconds")[:19]) for row in found.unshared
    ]
    text = _pairs({"not_yet_shared": len(rows), **shown})
    return Answer(told, text + section("Outbox", table(("EVENT", "ABOUT", "AT (UTC)"), rows)))


_from_file = click.option("--file", type=_FILE, help="By this file instead of the network.")
_at = click.option("--at", metavar="PATH|URL", help="Where the shared workspace lies now.")
_ORIGIN = "--origin-secret-env"
_origin_secret = click.option(
    _ORIGIN, metavar="VARIABLE", help="The variable that holds the passphrase of its key."
)


@command.command()
@_from_file
@_at
@_origin_secret
@pass_call
def push(call: Call, file: Path | None, at: str | None, origin_secret_env: str | None) -> Answer:
    """Send the outbox to the shared workspace; each event is told its fate.

    Exit 1 where something was held back. Sending again does no harm. With --file the outbox is
    written there, for `copies receive` at the shared workspace.
    """
    from mlops_desktop.services.copies import push as push_outbox

    if file is not None:
        return _write_outbox(call, file)
    with (
        call.session() as session,
        _origin(call, session, at, origin_secret_env) as team,
        progress() as report,
        cancellable() as is_cancelled,
    ):
        pushed = push_outbox(session, team, report, is_cancelled)
    return _pushed(pushed)


@command.command()
@click.argument("file", type=_FILE)
@pass_call
def outbox(call: Call, file: Path) -> Answer:
    """Write what is not yet shared into an encrypted file, whatever became of the team's side.

    The passphrase is --file-secret-env's, else --key-secret-env's, or asked for. The copy is left
    as it is.
    """
    return _write_outbox(call, file)


def _write_outbox(call: Call, file: Path) -> Answer:
    from mlops_desktop.services.copies import write_outbox

    secret = call.ask_file(file, twice=True)()
    with call.session() as session:
        number = write_outbox(session, file, secret)
    told: Document = {"path": str(file), "events": number}
    return Answer(told, pairs([*told.items()]))


@command.command()
@click.argument("file", type=_FILE)
@pass_call
def receive(call: Call, file: Path) -> Answer:
    """Take an outbox in that came as a file; said in the shared workspace.

    Exit 1 where something was held back. Receiving it again does no harm.
    """
    from mlops_desktop.services.copies import read_outbox_file
    from mlops_desktop.services.copies import receive as receive_outbox

    secret = call.ask_file(file)()
    with call.session() as session, progress() as report, cancellable() as is_cancelled:
        pushed = receive_outbox(
            session, read_outbox_file(session, file, secret), report, is_cancelled
        )
    return _pushed(pushed)


@command.command()
@click.argument("file", type=_FILE)
@click.option("--base", type=click.IntRange(0), required=True, help="As `copies status` says.")
@pass_call
def update(call: Call, file: Path, base: int) -> Answer:
    """Write what a copy lacks into an encrypted file, for `copies pull --file` there."""
    from mlops_desktop.services.copies import write_update

    secret = call.ask_file(file, twice=True)()
    with call.session() as session:
        made = write_update(session, base, file, secret)
    told: Document = {"path": str(file), "base": made.base, "events": made.size - made.base}
    return Answer(told, pairs([*told.items()]))


def _pushed(pushed: "Pushed") -> Answer:
    from mlops_desktop.cli.answer import DONE, NO
    from mlops_desktop.services.copies.words import say_fate

    rows = [(one.event, say_fate(one.fate, one.rule, "en")) for one in pushed.arrivals]
    text = pairs([("sent", len(rows)), ("there already", pushed.known)])
    if rows:
        text += section("Fates", table(("EVENT", "FATE"), rows))
    return Answer(pushed_document(pushed), text, NO if pushed.held else DONE)


@command.command()
@_from_file
@_at
@_origin_secret
@click.option("--after-restore", is_flag=True, help="Go back with a workspace that was restored.")
@pass_call
def pull(
    call: Call,
    file: Path | None,
    at: str | None,
    origin_secret_env: str | None,
    *,
    after_restore: bool,
) -> Answer:
    """Bring the copy up to the shared workspace; what is not yet shared stays in the outbox.

    Where that was restored from a backup older than the copy, --after-restore keeps the copy's file
    aside as it was, and puts what is your own of the events lost into the outbox again. With --file
    the same by an update that begins at the restore.
    """
    from mlops_desktop.services.copies import pull as pull_changes
    from mlops_desktop.services.copies import read_update_file, take_update

    with call.session() as session, progress() as report, cancellable() as is_cancelled:
        if file is not None:
            brought = read_update_file(session, file, call.ask_file(file)())
            pulled = take_update(
                session, brought, report, is_cancelled, after_restore=after_restore
            )
        else:
            with _origin(call, session, at, origin_secret_env) as team:
                pulled = pull_changes(
                    session, team, report, is_cancelled, after_restore=after_restore
                )
    told = pulled_document(pulled)
    return Answer(told, _pairs(told))


@command.command()
@click.argument("event")
@click.option("--keep", is_flag=True, help="What the team has stays.")
@click.option("--redo", is_flag=True, help="Do it again on what is there now.")
@click.option("--comment", help="Why.")
@pass_call
def settle(call: Call, event: str, comment: str | None, *, keep: bool, redo: bool) -> Answer:
    """Settle something that was held back, by its id; approvals are signed anew instead."""
    from mlops_desktop.core.events.copies import Settlement
    from mlops_desktop.services.copies import settle as settle_conflict

    if keep == redo:
        code = "copy.settlements_differ" if keep else "copy.settlement_missing"
        raise AppError(code, where="--keep")
    how = Settlement.DONE_AGAIN if redo else Settlement.KEPT
    with call.session() as session:
        made = settle_conflict(session, event, how, comment)
    told: Document = {"event": event, "settlement": how.value, "settled_by": made.id}
    return Answer(told, _pairs({**told, "settlement": how.value.replace("_", " ")}))


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
def _origin(
    call: Call, session: "Session", at: str | None, variable: str | None
) -> Iterator["Session"]:
    from mlops_desktop.services.copies import open_origin

    password = call.database_secret()
    question = "Passphrase of the shared workspace"
    asks = secrets.asker(variable, _ORIGIN, question) if variable else call.ask_key(question)
    with open_origin(session, at=at, ask=asks, database_password=password) as team:
        yield team
