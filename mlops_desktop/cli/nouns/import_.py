"""A register kept in a file comes in."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import DONE, WRONG_INPUT, Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import COUNT
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.documents.imports import report_document
from mlops_desktop.cli.intakes import report_text, write_refusals
from mlops_desktop.core.errors import AppError

if TYPE_CHECKING:
    from mlops_desktop.services.imports import Given, Report, Source, Wishes
    from mlops_desktop.services.session import Session

_MAP = "--map"


@click.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--apply", is_flag=True, help="Take the rows over; without it, say what would be.")
@click.option(
    _MAP,
    "settings",
    multiple=True,
    metavar="HEADING=FIELD",
    help="Read a column as a field; an empty field leaves it out. Can be given again.",
)
@click.option("--sheet", help="The sheet of a workbook; the one with most known headings unless.")
@click.option("--heading-row", type=COUNT, help="The row of the headings.")
@click.option(
    "--dates",
    type=click.Choice(["day-first", "month-first"]),
    help="What 03/04/2024 means; refused unless said.",
)
@click.option("--add-entities", is_flag=True, help="Register unknown legal entities by name.")
@click.option("--add-people", is_flag=True, help="Add unknown persons, without a certificate.")
@click.option("--clear-blank", is_flag=True, help="Let a blank cell empty its field.")
@click.option("--without-refused", is_flag=True, help="Take over the rest where rows are refused.")
@click.option(
    "--evidence",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder of the files that rows name; that of FILE unless said.",
)
@click.option(
    "--refusals",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write every refusal to this CSV file.",
)
@pass_call
def command(
    call: Call,
    /,
    file: Path,
    apply: bool,
    settings: tuple[str, ...],
    sheet: str | None,
    heading_row: int | None,
    dates: str | None,
    add_entities: bool,
    add_people: bool,
    clear_blank: bool,
    without_refused: bool,
    evidence: Path | None,
    refusals: Path | None,
) -> Answer:
    """Take over a register kept in a CSV, Excel or JSON file; a dry run unless --apply.

    Every refusal names row, column and reason. All rows are taken over, or none. Exit 2: something
    was refused, in a dry run too.
    """
    from mlops_desktop.services.imports import Wishes, preview_import, read_file

    wishes = Wishes(
        read_settings(settings),
        sheet,
        heading_row,
        dates,
        adds_people=add_people,
        adds_entities=add_entities,
        clears=clear_blank,
        leaves_out_refused=without_refused,
    )
    source = read_file(file, evidence)
    with call.session() as session:
        report = preview_import(session, source, wishes)
        if refusals is not None:
            write_refusals(refusals, report)
        if not apply or not report.is_clean:
            return _answer(report, None, applied=False)
        return _apply(session, source, wishes)


def _apply(session: "Session", source: "Source", wishes: "Wishes") -> Answer:
    """Take over what the file leads to by now: nobody looked at the report before."""
    from mlops_desktop.services.imports import apply_import, list_imports

    done = apply_import(session, source, wishes)
    rows = list_imports(session) if done.id else ()
    number = next((row.id for row in rows if row.key == done.id), None)
    return _answer(done.report, number, applied=True)


def _answer(report: "Report", number: str | None, *, applied: bool) -> Answer:
    said = "Nothing was changed: this was a dry run."
    if applied and not number:
        said = "Nothing to take over: all is as it was."
    elif applied:
        waits = f" {report.papers} papers wait for a second person." if report.papers else ""
        plan = f" {len(report.gaps)} models go into one onboarding plan." if report.gaps else ""
        said = f"Taken over as {number}.{waits}{plan}"
    if not report.is_clean:
        said = "Nothing was changed: rows were refused."
    document = {"id": number, "applied": applied, **report_document(report)}
    code = DONE if report.is_clean else WRONG_INPUT
    return Answer(document, f"{report_text(report)}\n\n{said}", code)


def read_settings(settings: tuple[str, ...]) -> "tuple[Given, ...]":
    """Return what each ``HEADING=FIELD`` says; raises ``import.mapping_malformed``."""
    from mlops_desktop.services.imports import Given

    found = []
    for setting in settings:
        heading, sign, field = setting.rpartition("=")
        if not sign or not heading.strip():
            raise AppError("import.mapping_malformed", where=_MAP, setting=setting)
        found.append(Given(heading.strip(), field.strip().replace("-", "_")))
    return tuple(found)
