"""How models stand under a regulatory profile."""

import click

from mlops_desktop.cli.answer import DONE, NO, Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.profiles import check_document
from mlops_desktop.cli.matrices import matrix_text
from mlops_desktop.core.lifecycle import Scope
from mlops_desktop.core.profiles.outcomes import Result


@click.command("check", cls=Command)
@click.argument("profile")
@click.option("--model", metavar="ID", help="Only this model.")
@click.option("--filter", "line", metavar="TEXT", help="Only models of this filter.")
@click.option("--scope", type=OneOf(Scope), default=Scope.CURRENT.value, show_default=True)
@click.option(
    "--result", "results", type=OneOf(Result), multiple=True, help="Only these; may come again."
)
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    profile: str,
    model: str | None,
    line: str | None,
    scope: Scope,
    results: tuple[Result, ...],
    **days: str | None,
) -> Answer:
    """Show how models stand under a regulatory profile.

    Exit 1 where a rule that is binding (must or expected) and in force is missing or stale. In
    force means: by the dates of profile and rule, and not before the day from which the workspace
    works by it. --result narrows what is shown, never what decides.
    """
    from mlops_desktop.services.filtering import parse_filter
    from mlops_desktop.services.profiles.checking import check_model, check_models
    from mlops_desktop.services.rows import ModelFilter

    as_of = read_as_of(**days)
    with call.session() as session:
        if model is not None:
            matrix = check_model(session, profile, model, as_of)
        else:
            wanted = parse_filter(line or "", ModelFilter(scope=scope, as_of=as_of))
            matrix = check_models(session, profile, wanted)
    cells = [one for one in matrix.rows() if not results or one.outcome.result in results]
    code = NO if matrix.deciding() else DONE
    return Answer(check_document(matrix, cells), matrix_text(matrix, cells), code)
