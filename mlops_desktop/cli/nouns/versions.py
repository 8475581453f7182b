"""Versions of models."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, effective_option, read_as_of, read_effective
from mlops_desktop.cli.documents.models import version_document
from mlops_desktop.cli.sheets import versions_table


@click.group("versions", cls=Group)
def command() -> None:
    """Versions of a model, from a source or recorded by hand."""


@command.command("list")
@click.argument("model")
@as_of_options
@pass_call
def list_(call: Call, /, model: str, **days: str | None) -> Answer:
    """List the versions of a model, newest first."""
    from mlops_desktop.services.models import show_model

    with call.session() as session:
        sheet = show_model(session, model, read_as_of(**days))
    document = [version_document(row, sheet.entries) for row in sheet.versions]
    return Answer(document, versions_table(sheet.versions))


@command.command()
@click.argument("model")
@click.argument("version")
@click.option("--description")
@click.option("--artifact", metavar="ADDRESS|DIGEST", help="Where it lies.")
@click.option("--created-by", metavar="NAME")
@effective_option
@pass_call
def register(
    call: Call,
    model: str,
    version: str,
    description: str | None,
    artifact: str | None,
    created_by: str | None,
    effective: str | None,
) -> Answer:
    """Record a version that no source tells about."""
    from mlops_desktop.services.models import show_model
    from mlops_desktop.services.versions import NewVersion, register_version

    wanted = NewVersion(version, description, artifact, created_by)
    moment = read_effective(effective)
    with call.session() as session:
        done = register_version(session, model, wanted, effective=moment)
        sheet = show_model(session, model)
    (row,) = [one for one in sheet.versions if one.key == done.id]
    return Answer({**version_document(row), "model": sheet.row.id}, versions_table([row]))
