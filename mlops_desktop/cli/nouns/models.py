"""The inventory."""

import click

from mlops_desktop.cli import model_links
from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import COUNT, OneOf
from mlops_desktop.cli.commands import Command, Group
from mlops_desktop.cli.dates import (
    as_of_options,
    effective_option,
    read_as_of,
    read_day,
    read_effective,
)
from mlops_desktop.cli.documents.models import difference_document, row_document
from mlops_desktop.cli.fields import FieldCommand, read_fields
from mlops_desktop.cli.own_scope import own_scope_option, own_scopes
from mlops_desktop.cli.sheets import model_answer, row_answer, rows_table
from mlops_desktop.cli.sorting import sorted_by
from mlops_desktop.cli.text import table
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lifecycle import Move, Scope

_CANDIDATES = frozenset({Move.ACCEPT, Move.REJECT})


@click.group("models", cls=Group)
def command() -> None:
    """The inventory: current models, retired ones, and their history."""


model_links.add_to(command)


@command.command("list")
@click.option(
    "--filter", "line", metavar="TEXT", help='Words and key:value: pd tier:1 owner:"A. Weiß"'
)
@click.option("--scope", type=OneOf(Scope), default=Scope.CURRENT.value, show_default=True)
@click.option(
    "--sort", metavar="COLUMN", help="number, name, state, tier, owner, updated, field:NAME, …"
)
@click.option("--descending", is_flag=True, help="From the last to the first.")
@click.option("--limit", type=COUNT, help="At most so many.")
@own_scope_option
@as_of_options
@pass_call
def list_(
    call: Call,
    /,
    line: str | None,
    scope: Scope,
    sort: str | None,
    descending: bool,
    limit: int | None,
    is_own: bool,
    **days: str | None,
) -> Answer:
    """List models; without --scope all but retired, rejected and candidates."""
    from mlops_desktop.services import models
    from mlops_desktop.services.filtering import parse_filter
    from mlops_desktop.services.own_scope import narrow_models
    from mlops_desktop.services.rows import ModelFilter

    base = ModelFilter(scope=scope, is_descending=descending, as_of=read_as_of(**days))
    wanted = parse_filter(line or "", sorted_by(base, sort))
    with call.session() as session:
        wanted = narrow_models(wanted, own_scopes(session, is_own=is_own))
        found = models.list_models(session, wanted, limit=limit)
    return Answer([row_document(row) for row in found], rows_table(found))


@command.command()
@click.argument("id")
@as_of_options
@pass_call
def show(call: Call, /, id: str, **days: str | None) -> Answer:
    """Show one model: fields, versions, deployments, approvals."""
    as_of = read_as_of(**days)
    with call.session() as session:
        return model_answer(session, id, as_of)


@command.command(cls=FieldCommand)
@click.option("--anyway", is_flag=True, help="Even if it looks like a model there is.")
@effective_option
@pass_call
def register(
    call: Call,
    /,
    anyway: bool,
    effective: str | None,
    settings: tuple[str, ...],
    own: tuple[str, ...],
    **fields: str | None,
) -> Answer:
    """Take a model into the inventory by hand; --name is needed."""
    from mlops_desktop.services.models import register_model

    texts, moment = read_fields(fields, settings, own), read_effective(effective)
    with call.session() as session:
        done = register_model(session, texts, effective=moment, anyway=anyway)
        return row_answer(session, done.id)


@command.command(cls=FieldCommand)
@click.argument("id")
@click.option("--reason", help="Why; kept with the event.")
@effective_option
@pass_call
def edit(
    call: Call,
    /,
    id: str,
    reason: str | None,
    effective: str | None,
    settings: tuple[str, ...],
    own: tuple[str, ...],
    **fields: str | None,
) -> Answer:
    """Change fields of a model; an empty value empties its field."""
    from mlops_desktop.services.models import edit_model

    texts, moment = read_fields(fields, settings, own), read_effective(effective)
    with call.session() as session:
        done = edit_model(session, id, texts, reason=reason, effective=moment)
        return row_answer(session, done.id)


def _move(
    call: Call,
    id: str,
    move: Move,
    reason: str | None,
    effective: str | None,
    successor: str | None = None,
) -> Answer:
    from mlops_desktop.services.models import move_model

    moment = read_effective(effective)
    with call.session() as session:
        done = move_model(session, id, move, reason=reason, successor=successor, effective=moment)
        return row_answer(session, done.id)


@command.command()
@click.argument("id")
@click.option("--reason", help="Why; needed.")
@click.option("--successor", metavar="ID", help="The model that takes over.")
@effective_option
@pass_call
def retire(
    call: Call, id: str, reason: str | None, successor: str | None, effective: str | None
) -> Answer:
    """Take a model out of use; it stays on record."""
    return _move(call, id, Move.RETIRE, reason, effective, successor)


@command.command()
@click.argument("id")
@click.option("--reason", help="Why; kept with the event.")
@effective_option
@pass_call
def reactivate(call: Call, id: str, reason: str | None, effective: str | None) -> Answer:
    """Take a retired or suspended model back into development."""
    return _move(call, id, Move.REACTIVATE, reason, effective)


@command.command()
@click.argument("id")
@click.argument("move", type=OneOf(Move, without=_CANDIDATES))
@click.option("--reason", help="Why; needed to suspend and to retire.")
@effective_option
@pass_call
def move(call: Call, id: str, move: Move, reason: str | None, effective: str | None) -> Answer:
    """Move a model along its life."""
    return _move(call, id, move, reason, effective)


@command.command(cls=Command)
@click.option("--from", "start", metavar="DATE", required=True, help="As known at its end.")
@click.option("--to", "end", metavar="DATE", help="As known at its end; today unless said.")
@pass_call
def diff(call: Call, start: str, end: str | None) -> Answer:
    """Show what changed in the inventory between two days."""
    from mlops_desktop.core import clock
    from mlops_desktop.services.differences import diff_models

    first, last = read_day(start, "--from"), read_day(end, "--to") or clock.today()
    if first is None or first > last:
        raise AppError("date.backwards", where="--from", first=start, last=last.isoformat())
    with call.session() as session:
        found = diff_models(session, first, last)
    heads = ("ID", "NAME", "FIELD", "BEFORE", "AFTER")
    rows = [(item.id, item.name, "(new)", "", "") for item in found if item.is_new]
    rows += [
        (item.id, item.name, change.field, change.before or "", change.after or "")
        for item in found
        for change in item.fields
    ]
    document: Document = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "models": [difference_document(item) for item in found],
    }
    return Answer(document, table(heads, sorted(rows)))
