"""The history and its proof."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import DONE, NO, Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import COUNT, POSITION
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.documents.ledger import (
    detail_of,
    log_document,
    note_document,
    position_of,
    verdict_document,
)
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.cli.files import write_text
from mlops_desktop.cli.progress import progress
from mlops_desktop.cli.text import pairs, section, table

if TYPE_CHECKING:
    from mlops_desktop.services.ledger import LedgerVerdict, RestoreNote

out_option = click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write it to this file."
)


@click.group("ledger", cls=Group)
def command() -> None:
    """The history, and the proof that nobody changed it."""


@command.command()
@pass_call
def verify(call: Call) -> Answer:
    """Check the whole workspace; exit 1 names the first bad event."""
    from mlops_desktop.services.ledger import verify_ledger

    with call.session() as session, progress() as report:
        verdict = verify_ledger(session, report)
    return Answer(verdict_document(verdict), _text(verdict), DONE if verdict.is_ok else NO)


def _text(verdict: "LedgerVerdict") -> str:
    told = [
        ("Ledger", "sound" if verdict.is_ok else "NOT SOUND"),
        ("Events", verdict.size),
        ("Root", verdict.root),
        ("Anchored", moment(verdict.anchored_at) or "never"),
        ("Events since", verdict.since_anchor),
        ("Withheld", f"{verdict.withheld} (an extract)" if verdict.withheld else None),
    ]
    first = verdict.first_failure
    if first is not None:
        position = position_of(first)
        place = "no single event" if position is None else f"event {position}"
        told.append(("First failure", f"{place}, check {first.name}\n{detail_of(first)}"))
    told += [("Restored", _restored(note)) for note in verdict.restores]
    rows = [(one.number, one.name, "ok" if one.is_ok else "FAILED") for one in verdict.checks]
    return pairs(told) + section("Checks", table(("NO", "CHECK", "RESULT"), rows))


def _restored(note: "RestoreNote") -> str:
    """Say who put which backup back, and which events are lost by it."""
    lost = f"; lost: events {note.position} to {note.lost_to - 1}" if note.lost_to else ""
    return f"{moment(note.at)} by {note.person}, from a backup of {note.position} events{lost}"


@command.command()
@out_option
@pass_call
def checkpoint(call: Call, out: Path | None) -> Answer:
    """Print the newest signed head, a C2SP checkpoint that other programs can read."""
    from mlops_desktop.services.ledger import newest_checkpoint

    with call.session() as session:
        note = newest_checkpoint(session)
    document = note_document(note)
    if out is not None:
        write_text(out, note)
        return Answer({**document, "path": str(out)}, f"Written: {out}")
    return Answer(document, note.rstrip("\n"))


@command.command()
@click.argument("event")
@out_option
@pass_call
def proof(call: Call, event: str, out: Path | None) -> Answer:
    """Print the proof that an event is in the history: a C2SP .tlog-proof.

    EVENT is the position or the id of an event, as ledger log shows them.
    """
    from mlops_desktop.services.ledger import prove_event

    with call.session() as session:
        proved = prove_event(session, event)
    if out is not None:
        write_text(out, proved)
        return Answer({"event": event, "proof": proved, "path": str(out)}, f"Written: {out}")
    return Answer({"event": event, "proof": proved}, proved.rstrip("\n"))


@command.command()
@click.option("--model", metavar="ID", help="Only events about this model.")
@click.option("--limit", type=COUNT, help="At most so many, the newest.")
@click.option("--before", type=POSITION, metavar="POSITION", help="Older than this.")
@pass_call
def log(call: Call, model: str | None, limit: int | None, before: int | None) -> Answer:
    """List events, newest first."""
    from mlops_desktop.services.ledger import read_log

    with call.session() as session:
        found = read_log(session, model=model, limit=limit, before=before)
    from mlops_desktop.services.fate_words import say_fate

    rows = [
        (
            row.position,
            row.at.isoformat(" ", "seconds")[:19],
            row.type,
            row.person,
            f"{row.summary} ({say_fate(row.fate, row.rule, 'en')})" if row.fate else row.summary,
        )
        for row in found
    ]
    heads = ("POSITION", "AT (UTC)", "EVENT", "BY", "ABOUT")
    return Answer([log_document(row) for row in found], table(heads, rows))
