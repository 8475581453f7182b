"""Papers that wait for a second person: listed, confirmed or rejected many at once."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import click

from mlops_desktop.cli.answer import DONE, NO, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.documents.values import plain
from mlops_desktop.cli.text import table

if TYPE_CHECKING:
    from mlops_desktop.services.confirmations import Handled, PaperLine
    from mlops_desktop.services.session import Session

_Command = Callable[..., Any]


def _which(command: _Command) -> _Command:
    options = (
        click.option("--import", "intake", default="", metavar="ID", help="Only of this import."),
        click.option("--body", default="", help="Only of deciding bodies with this in their name."),
        click.option("--year", type=int, help="Only papers of this year."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _handling(command: _Command) -> _Command:
    without = click.option(
        "--without-refused", is_flag=True, help="Leave out what you may not sign yourself."
    )
    preview = click.option("--preview", is_flag=True, help="Show what would be signed; sign none.")
    return click.argument("ids", nargs=-1)(_which(without(preview(command))))


@click.command("papers", cls=Command)
@_which
@pass_call
def papers(call: Call, /, intake: str, body: str, year: int | None) -> Answer:
    """List what was recorded from paper and waits for a second person, oldest record first."""
    with call.session() as session:
        return _answer(_found(session, (), (intake, body, year)))


@click.command("confirm-papers", cls=Command)
@_handling
@click.option("--comment", help="What a reader should know of the comparison.")
@pass_call
def confirm_papers(
    call: Call,
    /,
    ids: tuple[str, ...],
    intake: str,
    body: str,
    year: int | None,
    without_refused: bool,
    preview: bool,
    comment: str | None,
) -> Answer:
    """Sign that records say what their papers say: those of IDS, or all that the filters leave.

    All are signed in one transaction, or none; each has the digest of its evidence. Exit 1: the
    rules keep some of them from you.
    """
    from mlops_desktop.services import confirmations
    from mlops_desktop.services.people import unlocker

    with call.session() as session:
        lines = _found(session, ids, (intake, body, year))
        if preview:
            return _answer(lines)
        done = confirmations.confirm_papers(
            session,
            [line.row.key for line in lines],
            unlocker(session, call.ask_person()),
            comment=comment,
            leaves_out_refused=without_refused,
        )
    return _handled(done, "confirmed")


@click.command("reject-papers", cls=Command)
@_handling
@click.option("--reason", required=True, help="What does not agree; one reason for all.")
@pass_call
def reject_papers(
    call: Call,
    /,
    ids: tuple[str, ...],
    intake: str,
    body: str,
    year: int | None,
    without_refused: bool,
    preview: bool,
    reason: str,
) -> Answer:
    """Sign that papers do not say what was recorded: those of IDS, or all the filters leave."""
    from mlops_desktop.services import confirmations
    from mlops_desktop.services.people import unlocker

    with call.session() as session:
        lines = _found(session, ids, (intake, body, year))
        if preview:
            return _answer(lines)
        done = confirmations.reject_papers(
            session,
            [line.row.key for line in lines],
            reason,
            unlocker(session, call.ask_person()),
            leaves_out_refused=without_refused,
        )
    return _handled(done, "rejected")


COMMANDS = (papers, confirm_papers, reject_papers)


def _found(
    session: "Session", ids: tuple[str, ...], said: tuple[str, str, int | None]
) -> "tuple[PaperLine, ...]":
    from mlops_desktop.services.confirmations import PaperFilter, list_papers, preview_papers

    return preview_papers(session, ids) if ids else list_papers(session, PaperFilter(*said))


def _answer(lines: "tuple[PaperLine, ...]") -> Answer:
    refused = sum(line.refusal is not None for line in lines)
    said = f"{len(lines)} papers; {refused} of them not for you to sign."
    return Answer([_document(line) for line in lines], f"{_table(lines)}\n\n{said}")


def _handled(done: "Handled", verb: str) -> Answer:
    document = {
        verb: [_document(line) for line in done.done],
        "refused": [_document(line) for line in done.refused],
    }
    said = f"{len(done.done)} papers {verb}; {len(done.refused)} left out."
    told = f"{_table(done.refused)}\n\n" if done.refused else ""
    return Answer(document, told + said, NO if done.refused else DONE)


def _table(lines: "Iterable[PaperLine]") -> str:
    heads = ("ID", "MODEL", "NAME", "KIND", "DATE", "BODY", "EVIDENCE", "BY", "IMPORT", "NOT YOU")
    rows = [
        (
            line.row.id,
            line.row.model_id,
            line.row.model_name,
            line.row.kind.value,
            line.paper.decided_on,
            line.body,
            f"{line.paper.document.file[:12]} {line.paper.document.name.text or ''}",
            line.recorder,
            line.intake or None,
            line.refusal.code.rpartition(".refused_")[2] if line.refusal else None,
        )
        for line in lines
    ]
    return table(heads, rows)


def _document(line: "PaperLine") -> Document:
    from mlops_desktop.services.wording import explain

    told, paper = line.paper.validation, line.paper
    return {
        "id": line.row.id,
        "model": line.row.model_id,
        "name": line.row.model_name,
        "version": line.row.label or None,
        "kind": line.row.kind.value,
        "decided_on": paper.decided_on.isoformat(),
        "body": paper.body.text,
        "reference": paper.reference.text if paper.reference else None,
        "valid_until": plain(paper.valid_until),
        "validation": plain(told.cause) if told else None,
        "conclusion": plain(told.conclusion) if told else None,
        "file": paper.document.name.text,
        "evidence": paper.document.file,
        "recorded_by": line.recorder,
        "import": line.intake or None,
        "refused": line.refusal.code if line.refusal else None,
        "reason": explain(line.refusal)[0] if line.refusal else None,
    }
