"""What supervisors have to say: permission, notification, obligations."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.documents.values import plain
from mlops_desktop.cli.text import table
from mlops_desktop.core.asof import NOW, AsOf, parse_day
from mlops_desktop.core.cells import Kinds
from mlops_desktop.core.permissions import Category, Outcome

if TYPE_CHECKING:
    from mlops_desktop.services.rows import PermissionRow
    from mlops_desktop.services.session import Session

_FILE = click.Path(path_type=Path)
_HEADS = ("ID", "MODEL", "VERSION", "ENVIRONMENT", "CATEGORY", "AUTHORITY", "STANDING", "APPLIED")

_KINDS = Kinds(
    {
        "ENVIRONMENT": ("models.code.environment",),
        "CATEGORY": ("oversight.category",),
        "STANDING": ("oversight.permission",),
    },
    frozenset({"APPLIED"}),
)


@click.group("permissions", cls=Group)
def command() -> None:
    """What a version needs from a supervisor; the gate refuses it until then."""


@command.command("list")
@click.option("--model", help="Only of this model.")
@as_of_options
@pass_call
def list_(call: Call, /, model: str | None, **days: str | None) -> Answer:
    """List permissions and notifications."""
    with call.session() as session:
        return _answer(session, model, as_of=read_as_of(**days))


@command.command()
@click.argument("model")
@click.argument("version")
@click.option("--category", type=OneOf(Category), required=True)
@click.option("--authority", required=True, help="The supervisor, such as ECB.")
@click.option("--environment", default="production", show_default=True)
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def need(
    call: Call,
    model: str,
    version: str,
    category: Category,
    authority: str,
    environment: str,
    reason: str | None,
) -> Answer:
    """Record that a version needs a permission or a notification."""
    from mlops_desktop.services.permissions import NewPermission, need_permission

    wanted = NewPermission(version, environment, category, authority, reason)
    with call.session() as session:
        return _answer(session, id=need_permission(session, model, wanted).id)


@command.command()
@click.argument("id")
@click.option("--on", "day", metavar="DATE", required=True, help="When it went out.")
@click.option("--reference", help="The supervisor's or the bank's reference.")
@click.option("--file", "path", type=_FILE, help="The application.")
@pass_call
def apply(call: Call, id: str, day: str, reference: str | None, path: Path | None) -> Answer:
    """Record that the application, or the notification, went out."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.permissions import apply_for_permission

    file = read_file(path) if path else None
    with call.session() as session:
        done = apply_for_permission(session, id, parse_day(day, "--on"), reference, file)
        return _answer(session, id=done.id)


@command.command()
@click.argument("id")
@click.option("--outcome", type=OneOf(Outcome), required=True)
@click.option("--on", "day", metavar="DATE", required=True, help="The date of the answer.")
@click.option("--obligation", "texts", multiple=True, help="Can be given again.")
@click.option("--due", metavar="DATE", help="By when the obligations must be met.")
@click.option("--file", "path", type=_FILE, help="The answer.")
@pass_call
def answer(
    call: Call,
    id: str,
    outcome: Outcome,
    day: str,
    texts: tuple[str, ...],
    due: str | None,
    path: Path | None,
) -> Answer:
    """Record what the supervisor answered, with its obligations."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.permissions import Reply, answer_permission

    by = read_day(due, "--due")
    terms = tuple((text, by) for text in texts)
    reply = Reply(outcome, parse_day(day, "--on"), terms, read_file(path) if path else None)
    with call.session() as session:
        return _answer(session, id=answer_permission(session, id, reply).id)


@command.command()
@click.argument("id")
@click.argument("number", type=int)
@click.option("--file", "path", type=_FILE, required=True, help="Evidence.")
@click.option("--comment", help="What the evidence shows.")
@pass_call
def obligation(call: Call, id: str, number: int, path: Path, comment: str | None) -> Answer:
    """Record that an obligation is met, by a file that shows it."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.permissions import meet_obligation

    with call.session() as session:
        done = meet_obligation(session, id, number, read_file(path), comment)
        return _answer(session, id=done.id)


def _answer(
    session: "Session", model: str | None = None, id: str | None = None, as_of: AsOf = NOW
) -> Answer:
    from mlops_desktop.services.permissions import list_permissions

    found = list_permissions(session, model, as_of)
    documents = [_document(session, row) for row in found if id in (None, row.permission.id)]
    rows = [
        [_KINDS.cell(*told) for told in zip(_HEADS, one.values(), strict=False)]
        for one in documents
    ]
    return Answer(documents[0] if id and documents else documents, table(_HEADS, rows))


def _document(session: "Session", row: "PermissionRow") -> Document:
    from mlops_desktop.services.models import show_model

    one = row.permission
    sheet = show_model(session, row.model)
    labels = {version.key: version.details.version for version in sheet.versions}
    obligations = zip(one.obligations, row.obligations, strict=True)
    return {
        "id": one.id,
        "model": sheet.row.id,
        "version": labels.get(one.version, one.version),
        "environment": one.environment,
        "category": one.category.value,
        "authority": one.authority,
        "standing": one.state.value,
        "applied_on": plain(one.applied_on),
        "answered_on": plain(one.answered_on),
        "blocks": one.is_blocking,
        "reference": row.reference,
        "reason": row.reason,
        "obligations": [
            {
                "number": item.number,
                "text": told.text.text,
                "due": plain(item.due),
                "is_met": item.is_met,
            }
            for item, told in obligations
        ],
    }
