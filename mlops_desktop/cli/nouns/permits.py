"""Permits that `gate --permit` wrote, and what a pipeline checks them with."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Kinds

if TYPE_CHECKING:
    from mlops_desktop.services.permits.showing import PermitShown

_PATH = click.Path(path_type=Path)
_HEADS = ("ID", "MODEL", "VERSION", "ENVIRONMENT", "ENTITY", "EXPIRES", "BY", "AT")
_KINDS = Kinds({"ENVIRONMENT": ("models.code.environment",)}, frozenset({"EXPIRES", "AT"}))


@click.group("permits", cls=Group)
def command() -> None:
    """Signed permits for delivery pipelines; `gate --permit FILE` writes one."""


@command.command("list")
@click.option("--model", help="Only of this model.")
@as_of_options
@pass_call
def list_(call: Call, /, model: str | None, **days: str | None) -> Answer:
    """List permits, the newest first."""
    from mlops_desktop.services.permits.showing import list_permits

    with call.session() as session:
        found = list_permits(session, model, read_as_of(**days))
    documents = [_document(one) for one in found]
    rows = [[_KINDS.cell(head, one[head.lower()]) for head in _HEADS] for one in documents]
    return Answer(documents, table(_HEADS, rows))


@command.command()
@click.argument("id")
@click.option("--out", metavar="FILE", type=_PATH, help="Write the permit again.")
@pass_call
def show(call: Call, id: str, out: Path | None) -> Answer:
    """Show a permit by its id, or the beginning of it."""
    from mlops_desktop.services.permits.files import check_target, write_permit
    from mlops_desktop.services.permits.showing import show_permit

    if out:
        check_target(out)
    with call.session() as session:
        found, signed = show_permit(session, id)
    if out:
        write_permit(out, signed)
    document = _document(found)
    return Answer(document, pairs([(key, str(value or "")) for key, value in document.items()]))


@command.command()
@click.argument("folder", type=_PATH)
@pass_call
def checker(call: Call, folder: Path) -> Answer:
    """Write what a pipeline needs to check permits: the checker, the trust, three snippets.

    Write it again when somebody who may issue permits comes or goes.
    """
    from mlops_desktop.services.permits.files import write_checker

    with call.session() as session:
        written = write_checker(session, folder)
    return Answer([str(path) for path in written], "\n".join(str(path) for path in written))


def _document(one: "PermitShown") -> Document:
    return {
        "id": one.id,
        "model": one.model,
        "version": one.version,
        "environment": one.environment,
        "entity": one.entity,
        "expires": one.expires,
        "by": one.by,
        "at": one.at,
        "artifact": one.digest,
        "document": one.document,
    }
