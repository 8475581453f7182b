"""Signed decisions."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.documents.approvals import request_document
from mlops_desktop.cli.own_scope import own_scope_option, own_scopes
from mlops_desktop.cli.papers import COMMANDS
from mlops_desktop.cli.requests import request_answer, requests_table
from mlops_desktop.core.asof import parse_day
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.standing import Status

if TYPE_CHECKING:
    from mlops_desktop.services.decisions import Ballot


ENTITIES = click.option(
    "--entity",
    "entities",
    multiple=True,
    metavar="NAME",
    help="Only for this legal entity; may come again.",
)


@click.group("approvals", cls=Group)
def command() -> None:
    """Signed decisions: may this version go to that environment."""


for _paper in COMMANDS:
    command.add_command(_paper)


@command.command("list")
@click.option("--status", type=OneOf(Status), help="Only requests that stand so.")
@own_scope_option
@as_of_options
@pass_call
def list_(call: Call, /, status: Status | None, is_own: bool, **days: str | None) -> Answer:
    """List requests, newest first."""
    from mlops_desktop.services.approvals import list_requests
    from mlops_desktop.services.people import names_by_id

    with call.session() as session:
        own = own_scopes(session, is_own=is_own)
        found = list_requests(session, status=status, as_of=read_as_of(**days), scopes=own)
        names = names_by_id(session)
    document = [request_document(row, names) for row in found]
    return Answer(document, requests_table(found, names))


@command.command()
@click.argument("id")
@pass_call
def show(call: Call, id: str) -> Answer:
    """Show one request, its decisions and who may still sign."""
    with call.session() as session:
        return request_answer(session, id)


@command.command()
@click.argument("model")
@click.argument("version", required=False, default="")
@click.option("--environment", help="Where it is to go; production for a promotion unless said.")
@click.option("--comment", help="What the signers should know.")
@click.option("--kind", type=OneOf(Kind), default=Kind.PROMOTE.value, show_default=True)
@ENTITIES
@click.option("--about", help="The id of what else is decided: a waiver, an overlay, a report.")
@pass_call
def request(
    call: Call,
    model: str,
    version: str,
    environment: str | None,
    comment: str | None,
    kind: Kind,
    about: str | None,
    entities: tuple[str, ...],
) -> Answer:
    """Ask for a decision: may this version go to that environment, or what --kind says."""
    from mlops_desktop.services.asking import Asked, ask_approval

    place = "production" if environment is None and kind is Kind.PROMOTE else environment or ""
    with call.session() as session:
        asked = Asked(kind, version, place, comment, about, entities=entities)
        done = ask_approval(session, model, asked)
        return request_answer(session, done.id)


@command.command()
@click.argument("id")
@click.option("--decision", type=OneOf(Decision), required=True)
@click.option("--comment", help="Why; needed to reject.")
@click.option("--meaning", help="What the signature means; a plain sentence unless said.")
@click.option(
    "--condition", "conditions", multiple=True, metavar="TEXT", help="Can be given again."
)
@click.option("--due", metavar="DATE", help="By when the conditions must be met.")
@click.option("--valid-until", metavar="DATE", help="The last day on which an approval holds.")
@click.option("--step", help="The step of the rule to decide; the first that fits unless said.")
@click.option("--on-behalf-of", metavar="NAME", help="In whose place, by his delegation.")
@ENTITIES
@pass_call
def decide(
    call: Call,
    /,
    id: str,
    decision: Decision,
    comment: str | None,
    meaning: str | None,
    conditions: tuple[str, ...],
    due: str | None,
    valid_until: str | None,
    step: str | None,
    on_behalf_of: str | None,
    entities: tuple[str, ...],
) -> Answer:
    """Decide a request and sign it with your own key.

    The passphrase comes from --person-secret-env or a prompt. A condition can stand in --comment.
    """
    from mlops_desktop.services.decisions import decide as decide_request
    from mlops_desktop.services.people import unlocker

    until, by = read_day(valid_until, "--valid-until"), read_day(due, "--due")
    terms = conditions or ((comment,) if decision is Decision.CONDITION and comment else ())
    ballot = _ballot(decision, meaning, comment, terms, by, until)
    ballot = replace(ballot, step=step, on_behalf_of=on_behalf_of, entities=entities)
    if entities and meaning is None:
        ballot = replace(ballot, meaning=_only_for(ballot.meaning, entities))
    with call.session() as session:
        done = decide_request(session, id, ballot, unlocker(session, call.ask_person()))
        return request_answer(session, done.id)


def _ballot(
    decision: Decision,
    meaning: str | None,
    comment: str | None,
    terms: tuple[str, ...],
    due: date | None,
    until: date | None,
) -> "Ballot":
    from mlops_desktop.services.decisions import Ballot

    said = meaning if meaning is not None else _meaning(decision.value)
    return Ballot(decision, said, comment, tuple((term, due) for term in terms), until)


def _only_for(sentence: str, entities: tuple[str, ...]) -> str:
    from mlops_desktop.services.wording import read_words

    names = ", ".join(entities)
    return read_words("en").text("entities.only_for", sentence=sentence, names=names)


def _meaning(act: str) -> str:
    from mlops_desktop.services.wording import read_words

    return read_words("en").text(f"signature_meaning.{act}")


@command.command()
@click.argument("id")
@click.option("--reason", default="", help="Why; needed.")
@click.option("--meaning", help="What the signature means; a plain sentence unless said.")
@pass_call
def revoke(call: Call, id: str, reason: str, meaning: str | None) -> Answer:
    """Let a granted approval hold no longer; signed with your own key."""
    from mlops_desktop.services.decisions import revoke_approval
    from mlops_desktop.services.people import unlocker

    said = meaning if meaning is not None else _meaning("revoke")
    with call.session() as session:
        unlock = unlocker(session, call.ask_person())
        done = revoke_approval(session, id, reason, said, unlock)
        return request_answer(session, done.id)


@command.command()
@click.argument("id")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def withdraw(call: Call, id: str, reason: str | None) -> Answer:
    """Take back a request that you made."""
    from mlops_desktop.services.approvals import withdraw_request

    with call.session() as session:
        return request_answer(session, withdraw_request(session, id, reason).id)


@command.command()
@click.argument("id")
@click.option("--reason", default="", help="Why; needed.")
@pass_call
def recuse(call: Call, id: str, reason: str) -> Answer:
    """Recuse yourself: you decide this request no more; signed with your own key."""
    from mlops_desktop.services.people import unlocker
    from mlops_desktop.services.recusals import recuse as declare

    with call.session() as session:
        done = declare(session, id, reason, unlocker(session, call.ask_person()))
        return request_answer(session, done.id)


@command.command()
@click.argument("id")
@click.argument("number", type=int)
@click.option("--file", "path", type=click.Path(path_type=Path), required=True, help="Evidence.")
@click.option("--comment", help="What the evidence shows.")
@pass_call
def condition(call: Call, id: str, number: int, path: Path, comment: str | None) -> Answer:
    """Sign that a condition is met, by a file that shows it; not for owner or developer."""
    from mlops_desktop.services.conditions import Fulfilment, meet_condition
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.people import unlocker

    done = Fulfilment(number, read_file(path), comment)
    with call.session() as session:
        recorded = meet_condition(session, id, done, unlocker(session, call.ask_person()))
        return request_answer(session, recorded.id)


@command.command()
@click.argument("model")
@click.argument("version", required=False, default="")
@click.option("--body", required=True, help="Who decided: the committee or the person.")
@click.option("--decided-on", metavar="DATE", required=True, help="The date on the paper.")
@click.option("--file", "path", type=click.Path(path_type=Path), required=True, help="The scan.")
@click.option("--environment", default="production", show_default=True)
@click.option("--kind", type=OneOf(Kind), default=Kind.PROMOTE.value, show_default=True)
@click.option(
    "--condition", "conditions", multiple=True, metavar="TEXT", help="Can be given again."
)
@click.option("--due", metavar="DATE", help="By when the conditions must be met.")
@click.option("--valid-until", metavar="DATE", help="The last day on which the approval holds.")
@click.option("--comment", help="What a reader should know.")
@ENTITIES
@pass_call
def record_paper(
    call: Call,
    /,
    model: str,
    version: str,
    body: str,
    decided_on: str,
    path: Path,
    environment: str,
    kind: Kind,
    conditions: tuple[str, ...],
    due: str | None,
    valid_until: str | None,
    comment: str | None,
    entities: tuple[str, ...],
) -> Answer:
    """Record an approval given on paper, with the file; it counts once a second person confirms."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.papers import NewPaper
    from mlops_desktop.services.papers import record_paper as record

    by, until = read_day(due, "--due"), read_day(valid_until, "--valid-until")
    paper = NewPaper(
        body,
        parse_day(decided_on, "--decided-on"),
        read_file(path),
        version,
        environment,
        kind,
        tuple((text, by) for text in conditions),
        until,
        comment,
        entities,
    )
    with call.session() as session:
        return request_answer(session, record(session, model, paper).id)


@command.command()
@click.argument("id")
@pass_call
def confirm_paper(call: Call, id: str) -> Answer:
    """Sign that a record says what its paper says; not for who recorded it, owner, developer."""
    from mlops_desktop.services.papers import confirm_paper as confirm
    from mlops_desktop.services.people import unlocker

    with call.session() as session:
        done = confirm(session, id, unlocker(session, call.ask_person()))
        return request_answer(session, done.id)
