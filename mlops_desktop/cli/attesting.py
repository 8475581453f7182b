"""``answer``, ``form``, ``drafts``, ``submit``: what owners do in an attestation campaign."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.campaigns import given_answer
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.documents.attestations import draft_document
from mlops_desktop.cli.text import table
from mlops_desktop.core.attestations import Answer as Said
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.attestations.answering import Wish
    from mlops_desktop.services.attestations.drafts import Draft
    from mlops_desktop.services.session import Session

_FILE = click.Path(path_type=Path, dir_okay=False)


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    for command in (answer, form, drafts, submit):
        group.add_command(command)


@click.command(cls=Command)
@click.argument("id")
@click.argument("models", nargs=-1)
@click.option("--answer", "said", type=OneOf(Said), help="What is said of the models.")
@click.option("--comment", default="", help="Needed for changed and cannot_say.")
@click.option("--mine", is_flag=True, help="All that is mine and not answered yet.")
@click.option("--for", "owner", metavar="NAME", help="With --mine: theirs, by a delegation.")
@click.option("--except", "apart_from", multiple=True, metavar="MODEL", help="With --mine.")
@click.option("--file", type=_FILE, help="CSV, Excel or JSON: model, answer, comment.")
@click.option("--draft", is_flag=True, help="Prepare it only; submit gives it.")
@click.option("--dry-run", is_flag=True, help="Say what would be refused.")
@pass_call
def answer(
    call: Call,
    /,
    id: str,
    models: tuple[str, ...],
    said: Said | None,
    comment: str,
    mine: bool,
    owner: str | None,
    apart_from: tuple[str, ...],
    file: Path | None,
    draft: bool,
    dry_run: bool,
) -> Answer:
    """Answer for models: all of them, or none with the reason of each refusal (exit 2)."""
    from mlops_desktop.services.attestations import answering, drafts, intake
    from mlops_desktop.services.imports import read_file

    with call.session() as session:
        if file is not None:
            given = intake.take_answers(session, id, read_file(file), is_dry=dry_run)
            return given_answer(given)
        if said is None or bool(models) == mine:
            raise AppError("attestation.command_unclear", where="--answer")
        wishes = [answering.Wish(one, said, comment, at) for at, one in enumerate(models, 1)]
        if mine:
            wishes = _mine(session, id, said, comment, apart_from, owner)
        if draft:
            return _drafts(session, id, drafts.keep_drafts(session, id, wishes))
        return given_answer(answering.give_answers(session, id, wishes, is_dry=dry_run))


def _mine(
    session: "Session",
    id: str,
    said: Said,
    comment: str,
    apart_from: Iterable[str],
    owner: str | None,
) -> "list[Wish]":
    from dataclasses import replace

    from mlops_desktop.services.attestations.answering import wish_all

    found = wish_all(session, id, said, apart_from=apart_from, owner=owner)
    return [replace(one, comment=comment, row=at) for at, one in enumerate(found, 1)]


@click.command(cls=Command)
@click.argument("id")
@click.option("--out", type=_FILE, required=True, help="A .csv or .xlsx.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@pass_call
def form(call: Call, id: str, out: Path, lang: str) -> Answer:
    """Write what I must still answer as a sheet; `answer --file` takes it back."""
    from mlops_desktop.services.attestations.forms import write_form

    with call.session() as session:
        written = write_form(session, id, out, lang)
    document: Document = {"path": str(out), "models": written}
    return Answer(document, f"Written: {out} ({written} models)")


@click.command(cls=Command)
@click.argument("id")
@click.option("--drop", is_flag=True, help="Throw them away.")
@pass_call
def drafts(call: Call, id: str, *, drop: bool) -> Answer:
    """List the answers I have prepared; they lie in my profile, not in the workspace."""
    from mlops_desktop.services.attestations.drafts import drop_drafts, read_drafts

    with call.session() as session:
        if drop:
            dropped = drop_drafts(session, id)
            return Answer({"dropped": dropped}, f"Thrown away: {dropped}")
        return _drafts(session, id, read_drafts(session, id))


def _drafts(session: "Session", id: str, kept: "tuple[Draft, ...]") -> Answer:
    from mlops_desktop.services.attestations.showing import show_campaign

    numbers = {one.model: one.id for one in show_campaign(session, id).asked}
    documents = [draft_document(one, numbers) for one in kept]
    rows = [(one["id"], one["answer"], one["comment"]) for one in documents]
    return Answer(documents, table(("MODEL", "ANSWER", "COMMENT"), rows))


@click.command(cls=Command)
@click.argument("id")
@pass_call
def submit(call: Call, id: str) -> Answer:
    """Give all prepared answers at once; refused as a whole, they stay prepared."""
    from mlops_desktop.services.attestations.drafts import submit_drafts

    with call.session() as session:
        return given_answer(submit_drafts(session, id))
