"""Emergency changes: recorded at once, ratified by an approval within set working days."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.text import table
from mlops_desktop.core.cells import Cell, Kinds
from mlops_desktop.core.emergencies import DAYS

if TYPE_CHECKING:
    from mlops_desktop.services.emergencies import EmergencyStand
    from mlops_desktop.services.session import Session

_HEADS = ("ID", "MODEL", "VERSION", "ENVIRONMENT", "SINCE", "DUE", "STANDING", "REQUEST", "REASON")

_KINDS = Kinds(
    {"ENVIRONMENT": ("models.code.environment",), "STANDING": ("oversight.emergency",)},
    frozenset({"SINCE", "DUE"}),
)


@click.group("emergencies", cls=Group)
def command() -> None:
    """Changes that did not wait for their approval."""


@command.command("list")
@click.option("--model", help="Only of this model.")
@as_of_options
@pass_call
def list_(call: Call, /, model: str | None, **days: str | None) -> Answer:
    """List emergency changes and where they stand."""
    from mlops_desktop.services.emergencies import list_emergencies

    with call.session() as session:
        found = list_emergencies(session, model, read_as_of(**days))
        documents = [_document(session, one) for one in found]
    return Answer(documents, table(_HEADS, map(_cells, documents)))


@command.command()
@click.argument("model")
@click.argument("version")
@click.option("--environment", default="production", show_default=True)
@click.option("--reason", default="", help="Why it could not wait; needed.")
@click.option("--since", metavar="DATE", help="Since when; now unless said.")
@click.option("--days", type=int, default=DAYS, show_default=True, help="Working days to approve.")
@pass_call
def record(
    call: Call,
    model: str,
    version: str,
    environment: str,
    reason: str,
    since: str | None,
    days: int,
) -> Answer:
    """Record an emergency change at once; it stays open until an approval ratifies it."""
    from mlops_desktop.services.emergencies import (
        NewEmergency,
        list_emergencies,
        record_emergency,
    )

    wanted = NewEmergency(version, environment, reason, read_day(since, "--since"), days)
    with call.session() as session:
        done = record_emergency(session, model, wanted)
        (made,) = (
            one for one in list_emergencies(session, model) if one.row.emergency.id == done.id
        )
        document = _document(session, made)
    return Answer(document, table(_HEADS, [_cells(document)]))


def _cells(document: Document) -> list[Cell]:
    return [_KINDS.cell(*one) for one in zip(_HEADS, document.values(), strict=False)]


def _document(session: "Session", stand: "EmergencyStand") -> Document:
    from mlops_desktop.services.models import show_model

    one, row = stand.row.emergency, stand.row
    sheet = show_model(session, one.model)
    labels = {version.key: version.details.version for version in sheet.versions}
    return {
        "id": one.id,
        "model": sheet.row.id,
        "version": labels.get(one.version, one.version),
        "environment": one.environment,
        "since": one.since.isoformat(),
        "due": one.due.isoformat(),
        "standing": stand.state.value,
        "request": stand.request,
        "reason": row.reason,
        "recorded_by": sheet.names.get(row.person, row.person),
        "recorded_at": row.at,
    }
