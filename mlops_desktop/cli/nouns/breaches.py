"""Breaches of thresholds: listed with value and threshold; acknowledged, planned for, linked."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.values import or_none, plain
from mlops_desktop.cli.items import item_group
from mlops_desktop.cli.text import table
from mlops_desktop.core.cells import Cell, Code, Figure
from mlops_desktop.core.events.breaches import BreachLevel
from mlops_desktop.core.scopes import ItemScope

if TYPE_CHECKING:
    from mlops_desktop.services.monitoring.listing import BreachRow

command = item_group("breach", "Breaches of thresholds, and what is done about them.")
command.invoke_without_command = True
command.no_args_is_help = False

_HEADS = (
    "ID", "MODEL", "METRIC", "SEGMENT", "LEVEL", "VALUE", "THRESHOLD", "SINCE", "STATE", "PLAN",
)  # fmt: skip


@click.command("list", cls=Command)
@click.option("--filter", "line", metavar="TEXT", help="Words and key:value, as in the window.")
@click.option("--scope", type=OneOf(ItemScope), default=ItemScope.OPEN, show_default=True)
@click.option("--level", type=OneOf(BreachLevel), help="Only those of this level.")
@as_of_options
@pass_call
def list_(
    call: Call,
    /,
    line: str | None,
    scope: ItemScope,
    level: BreachLevel | None,
    **days: str | None,
) -> Answer:
    """List breaches, the worst first; without --scope the open ones."""
    from mlops_desktop.services.monitoring.listing import list_breaches

    as_of = read_as_of(**days)
    with call.session() as session:
        rows = list_breaches(session, line or "", scope=scope, level=level, as_of=as_of)
    return Answer([_document(row) for row in rows], table(_HEADS, map(_cells, rows)))


command.add_command(list_)


@click.pass_context
def _list_them(context: click.Context) -> Answer | None:
    """List the open ones where no command is named."""
    if context.invoked_subcommand is not None:
        return None
    answer: Answer = context.invoke(list_, line=None, scope=ItemScope.OPEN, level=None)
    return answer


command.callback = _list_them


def _document(row: "BreachRow") -> Document:
    return {
        "id": row.number,
        "key": row.id,
        "model": row.model,
        "model_name": row.model_name,
        "metric": row.details.metric,
        "segment": row.details.segment,
        "level": row.details.level.value if row.details.level else None,
        "value": row.details.value,
        "unit": row.details.unit,
        "threshold": row.limit,
        "direction": row.details.side.value if row.details.side else None,
        "warning": row.details.warning,
        "intervention": row.details.intervention,
        "warning_high": row.details.warning_high,
        "intervention_high": row.details.intervention_high,
        "threshold_from": plain(row.details.threshold_from),
        "measured_on": plain(row.details.measured_on),
        "since": plain(row.since),
        "cleared": plain(row.cleared),
        "state": row.stage,
        "plan": or_none(row.plan),
        "due": plain(row.details.due),
        "linked": list(row.details.linked),
        "owner": or_none(row.owner),
        "source": row.details.source,
        "series": row.details.series,
        "batch": row.details.batch,
        "digest": row.details.digest,
    }


def _cells(row: "BreachRow") -> tuple[Cell, ...]:
    details = row.details
    level = details.level.value if details.level else ""
    return (
        row.number, row.model, details.metric, details.segment,
        Code(level, ("item.breach.choice",)), Figure(str(details.value or "")),
        Figure(row.limit or ""), row.since, Code(row.stage, ("item.breach.stage",)), row.plan,
    )  # fmt: skip
