"""Templates and settings of dossiers, below the noun ``dossier``."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.core.cells import Day, codes

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


def split(text: str | None) -> tuple[str, ...]:
    """Return names divided by commas."""
    return tuple(part.strip() for part in (text or "").split(",") if part.strip())


@click.group("templates", cls=Group)
def templates() -> None:
    """Saved choices of sections."""


@templates.command("list")
@pass_call
def list_(call: Call) -> Answer:
    """List the templates and what each leaves out."""
    with call.session() as session:
        return _templates(session)


@templates.command("sections")
@pass_call
def sections_(call: Call) -> Answer:
    """List the sections of a dossier in the order printed; no workspace is needed."""
    from mlops_desktop.services.dossiers.sections import list_sections

    found = list_sections()
    rows = [(one.name, "always" if one.is_always else "") for one in found]
    document: list[Json] = [{"id": one.name, "is_always": one.is_always} for one in found]
    return Answer(document, table(("SECTION", ""), rows))


@templates.command()
@click.argument("name")
@click.option("--sections", metavar="A,B", required=True, help="The sections to print.")
@pass_call
def save(call: Call, name: str, sections: str) -> Answer:
    """Save a choice of sections; a known name gets its next version."""
    from mlops_desktop.services.dossiers.templates import save_template

    with call.session() as session:
        save_template(session, name, split(sections))
        return _templates(session)


@templates.command()
@click.argument("name")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def remove(call: Call, name: str, reason: str | None) -> Answer:
    """Let no dossier be made by a template any more."""
    from mlops_desktop.services.dossiers.templates import remove_template

    with call.session() as session:
        remove_template(session, name, reason)
        return _templates(session)


def _templates(session: "Session") -> Answer:
    from mlops_desktop.services.dossiers.sections import printed_without
    from mlops_desktop.services.dossiers.templates import list_templates

    found = list_templates(session)
    document: list[Json] = [
        {
            "id": row.name,
            "name": row.name,
            "version": row.version,
            "sections": list(printed_without(row.left_out)),
            "left_out": list(row.left_out),
            "person": row.person,
            "at": row.at,
        }
        for row in found
    ]
    rows = [
        (
            row.name,
            row.version,
            len(row.left_out),
            row.person,
            Day(row.at),
            codes(row.left_out, "dossier.section"),
        )
        for row in found
    ]
    heads = ("NAME", "VERSION", "LEFT OUT", "SAVED BY", "AT", "SECTIONS LEFT OUT")
    return Answer(document, table(heads, rows))


@click.group("settings", cls=Group)
def settings() -> None:
    """What the workspace gives every dossier: classification, retention, logo."""


@settings.command()
@pass_call
def show(call: Call) -> Answer:
    """Show the settings in force."""
    with call.session() as session:
        return _settings(session)


@settings.command("set")
@click.option("--classification", metavar="CLASS", help="confidential, internal, … or your own.")
@click.option("--retention-months", type=int, help="How long a dossier is kept, in months.")
@click.option("--logo", type=_FILE, help="A PNG for the cover.")
@click.option("--drop", "drops", multiple=True, metavar="NAME", help="Take this setting away.")
@pass_call
def set_(
    call: Call,
    classification: str | None,
    retention_months: int | None,
    logo: Path | None,
    drops: tuple[str, ...],
) -> Answer:
    """Change the settings; what is not named stays."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.dossiers.settings import SettingsWish, change_settings

    file = read_file(logo) if logo is not None else None
    dropped = tuple(name.replace("-", "_") for name in drops)
    with call.session() as session:
        change_settings(session, SettingsWish(classification, retention_months, file, dropped))
        return _settings(session)


def _settings(session: "Session") -> Answer:
    from mlops_desktop.services.dossiers.settings import read_settings

    found = read_settings(session)
    told = [
        ("Classification", found.classification),
        ("Retention in months", found.retention_months),
        ("Logo (SHA-256)", found.logo),
    ]
    return Answer(
        {
            "classification": found.classification,
            "retention_months": found.retention_months,
            "logo": found.logo,
        },
        pairs(told),
    )
