"""The inventory as a file."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.sorting import sorted_by
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.lifecycle import Scope


@click.command("export", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--filter", "line", metavar="TEXT", default="", help="As in models list.")
@click.option("--scope", type=OneOf(Scope), default=Scope.CURRENT.value, show_default=True)
@click.option("--columns", metavar="A,B,…", help="Which columns, in this order; all unless said.")
@click.option("--sort", metavar="COLUMN", help="As in models list.")
@click.option("--descending", is_flag=True, help="From the last to the first.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    file: Path,
    line: str,
    scope: Scope,
    columns: str | None,
    sort: str | None,
    descending: bool,
    lang: str,
    overwrite: bool,
    **days: str | None,
) -> Answer:
    """Write models to a CSV, Excel or JSON file, by its ending; what import reads back.

    In German a CSV file has semicolons and days such as 31.12.2026.
    """
    from mlops_desktop.services.exports import ALL_COLUMNS, Wish, export_models
    from mlops_desktop.services.filtering import parse_filter
    from mlops_desktop.services.rows import ModelFilter

    base = ModelFilter(scope=scope, is_descending=descending, as_of=read_as_of(**days))
    chosen = tuple(part.strip().replace("-", "_") for part in (columns or "").split(",") if part)
    wish = Wish(parse_filter(line, sorted_by(base, sort)), chosen or ALL_COLUMNS, lang, line)
    with call.session() as session:
        done = export_models(session, wish, file, overwrite=overwrite)
    document: Document = {"path": str(file), "rows": done.rows, "sha256": done.digest}
    return Answer(document, pairs([("File", file), ("Rows", done.rows), ("SHA-256", done.digest)]))
