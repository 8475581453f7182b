"""May this version go to that environment, as an exit code."""

import click

from mlops_desktop.cli.answer import NO, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import table


@click.command("gate", cls=Command)
@click.argument("model")
@click.argument("version")
@click.option("--environment", required=True, help="Where the version is to go.")
@click.option("--entity", metavar="NAME", help="The legal entity it is to serve.")
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    model: str,
    version: str,
    environment: str,
    entity: str | None,
    **days: str | None,
) -> Answer:
    """Tell whether a version may go to an environment: exit 0, or 1 with every reason."""
    from mlops_desktop.services.gate import ask_gate

    with call.session() as session:
        as_of = read_as_of(**days)
        found = ask_gate(session, model, version, environment, as_of, entity=entity)
    document: Document = {
        "allowed": found.is_allowed,
        "model": found.model,
        "version": found.version,
        "environment": found.environment,
        "reasons": [{"rule": one.rule, "detail": one.detail} for one in found.reasons],
    }
    if found.is_allowed:
        said = f"{found.model} version {found.version} may go to {found.environment}."
        return Answer(document, said)
    rows = [(one.rule, one.detail) for one in found.reasons]
    said = f"{found.model} version {found.version} may not go to {found.environment}:\n"
    return Answer(document, said + table(("RULE", "DETAIL"), rows), code=NO)
