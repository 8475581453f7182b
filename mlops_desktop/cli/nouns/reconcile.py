"""What sources tell otherwise than the inventory says."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import DONE, NO, Answer, Document, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import section, table

if TYPE_CHECKING:
    from mlops_desktop.services.reconciliation.listing import BlindSpot, ReconciliationRow


@click.group("reconcile", cls=Group, invoke_without_command=True)
@click.option("--filter", "line", metavar="TEXT", help="Words and key:value, as in the window.")
@as_of_options
@click.pass_context
def command(context: click.Context, /, line: str | None, **days: str | None) -> Answer | None:
    """List running but not approved, and its kin; exit 1 if there is any.

    Each is an exception, settled by accepting what the source says (`reconcile accept`), by
    correcting it there, or by a reason (`exceptions tolerate`); it closes by itself once the
    reading agrees. --filter narrows what is listed and what decides.
    """
    if context.invoked_subcommand is not None:
        return None
    from mlops_desktop.services.reconciliation.filtering import parse_rows_filter
    from mlops_desktop.services.reconciliation.listing import reconcile

    as_of, keep = read_as_of(**days), parse_rows_filter(line or "")
    with context.ensure_object(Call).session() as session:
        found = reconcile(session, as_of)
    rows = [row for row in found.rows if keep(row)]
    document: Document = {
        "ok": not rows,
        "rows": [_document(row) for row in rows],
        "blind_spots": [_spot(one) for one in found.blind_spots],
    }
    spots = [(one.source, one.read_at, one.whole_at) for one in found.blind_spots]
    heads = ("SOURCE", "LAST READING", "LAST WHOLE READING")
    blind = section("Not read whole, so more may be missing", table(heads, spots)) if spots else ""
    return Answer(document, _table(rows) + blind, NO if rows else DONE)


@command.command()
@click.argument("exception")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def accept(call: Call, exception: str, reason: str | None) -> Answer:
    """Take over what the source says about EXCEPTION; prints what is left to reconcile."""
    from mlops_desktop.services.reconciliation.listing import reconcile
    from mlops_desktop.services.reconciliation.settling import accept_source

    with call.session() as session:
        accept_source(session, exception, reason)
        rows = reconcile(session).rows
    return Answer([_document(row) for row in rows], _table(rows))


def _table(rows: "tuple[ReconciliationRow, ...] | list[ReconciliationRow]") -> str:
    cells = [
        (
            row.exception.number if row.exception is not None else "",
            row.rule.value.replace("_", " "),
            row.model.id if row.model is not None else "",
            row.model.name if row.model is not None else "",
            row.told,
            row.held,
            row.source,
            row.seen_at,
            row.exception.stage if row.exception else "onboarding" if row.is_onboarding else "",
        )
        for row in rows
    ]
    heads = ("ID", "WHAT", "MODEL", "NAME", "SOURCE SAYS", "WE SAY", "SOURCE", "SEEN", "STATE")
    return table(heads, cells)


def _document(row: "ReconciliationRow") -> Document:
    item = row.exception
    return {
        "id": row.id,
        "kind": row.rule.value,
        "model": row.model.id if row.model is not None else None,
        "name": row.model.name if row.model is not None else row.subject,
        "owner": (row.model.owner or None) if row.model is not None else None,
        "subject": row.subject,
        "entity": row.entity,
        "told": row.told,
        "held": row.held,
        "source": row.source,
        "evidence": row.digest or None,
        "seen_at": row.seen_at or None,
        "exception": _exception(row) if item is not None else None,
        "onboarding": row.is_onboarding,
        "ways": [way.value for way in row.ways],
    }


def _exception(row: "ReconciliationRow") -> Json:
    item = row.exception
    if item is None:
        return None
    return {
        "id": item.number,
        "state": item.stage,
        "opened": item.opened.isoformat(),
        "due": item.due.isoformat() if item.due else None,
        "tolerated_until": item.expires.isoformat() if item.expires else None,
    }


def _spot(one: "BlindSpot") -> Document:
    return {
        "source": one.source,
        "read_at": one.read_at,
        "complete_at": one.whole_at,
        "failures": list(one.failures),
    }
