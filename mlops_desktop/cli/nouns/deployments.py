"""Which version serves where."""

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, effective_option, read_as_of, read_effective
from mlops_desktop.cli.documents.models import deployment_documents
from mlops_desktop.cli.sheets import deployments_table
from mlops_desktop.core.asof import NOW, AsOf

_role_option = click.option(
    "--role",
    type=click.Choice(["champion", "challenger"]),
    default="champion",
    show_default=True,
)


_entity_option = click.option("--entity", metavar="NAME", help="The legal entity it serves.")


@click.group("deployments", cls=Group)
def command() -> None:
    """Which version serves where, from when to when."""


@command.command("list")
@click.argument("model")
@as_of_options
@pass_call
def list_(call: Call, /, model: str, **days: str | None) -> Answer:
    """List the deployments of a model by their beginning."""
    return _answer(call, model, read_as_of(**days))


def _answer(call: Call, model: str, as_of: AsOf = NOW) -> Answer:
    from mlops_desktop.services.models import show_model

    with call.session() as session:
        sheet = show_model(session, model, as_of)
    return Answer(deployment_documents(sheet), deployments_table(sheet))


@command.command("open")
@click.argument("model")
@click.argument("version")
@click.option("--environment", default="production", show_default=True)
@_role_option
@_entity_option
@click.option("--basis", metavar="TEXT", help="How it is known.")
@effective_option
@pass_call
def open_(
    call: Call,
    model: str,
    version: str,
    environment: str,
    role: str,
    entity: str | None,
    basis: str | None,
    effective: str | None,
) -> Answer:
    """Record that a version began to serve; prints the model's deployments."""
    from mlops_desktop.services.deployments import Place, open_deployment

    moment, place = read_effective(effective), Place(version, environment, role, entity)
    with call.session() as session:
        open_deployment(session, model, place, basis=basis, effective=moment)
    return _answer(call, model)


@command.command()
@click.argument("model")
@click.argument("version")
@click.option("--environment", default="production", show_default=True)
@_role_option
@_entity_option
@effective_option
@pass_call
def close(
    call: Call,
    model: str,
    version: str,
    environment: str,
    role: str,
    entity: str | None,
    effective: str | None,
) -> Answer:
    """Record that a version stopped serving; prints the model's deployments."""
    from mlops_desktop.services.deployments import Place, close_deployment

    moment, place = read_effective(effective), Place(version, environment, role, entity)
    with call.session() as session:
        close_deployment(session, model, place, effective=moment)
    return _answer(call, model)
