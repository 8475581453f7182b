"""Requests of audits and supervisors, with answers and documents."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.items import item_answer
from mlops_desktop.cli.documents.sheets import taken_answer
from mlops_desktop.cli.items import item_group
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.events.requests import Asker

if TYPE_CHECKING:
    pass

command = item_group("request", "Requests of audits and supervisors, with answers and documents.")


@command.command("lists", cls=Command)
@pass_call
def lists(call: Call) -> Answer:
    """List the request lists: who asks, and how far each is."""
    from mlops_desktop.services.request_lists.content import list_lists

    with call.session() as session:
        found = list_lists(session)
    documents: list[Document] = [
        {"list": one.name, "asker": one.asker, **dict(one.by_stage), "overdue": one.overdue}
        for one in found
    ]
    heads = ("LIST", "ASKER", "OPEN", "ANSWERED", "HANDED OVER", "WITHDRAWN", "OVERDUE")
    rows = [list(document.values()) for document in documents]
    return Answer(documents, table(heads, rows))


@command.command("attach", cls=Command)
@click.argument("id")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_call
def attach(call: Call, id: str, file: Path) -> Answer:
    """Keep a file in the workspace and name it among a request's documents."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.items import show_item
    from mlops_desktop.services.request_lists.attaching import attach_file

    with call.session() as session:
        attach_file(session, id, read_file(file))
        return item_answer(show_item(session, id))


@command.command("export", cls=Command)
@click.argument("list_name", metavar="LIST")
@click.option("--out", type=click.Path(path_type=Path), required=True, help="Folder or .zip.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@as_of_options
@pass_call
def export(call: Call, /, list_name: str, out: Path, lang: str, **days: str | None) -> Answer:
    """Write a list as index (CSV, Excel) with its files and their digests."""
    from mlops_desktop.services.request_lists.export import export_list

    with call.session() as session:
        given = export_list(session, list_name, out, lang, read_as_of(**days))
    document: Document = {
        "path": str(given.path),
        "requests": given.requests,
        "files": given.files,
        "missing": list(given.missing),
    }
    told = f"Written: {given.path} ({given.requests} requests, {given.files} files)"
    missing = [(text,) for text in given.missing]
    return Answer(
        document, told + (section("Missing", table(("DOCUMENT",), missing)) if missing else "")
    )


@command.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--list", "list_name", required=True, help="The list they belong to.")
@click.option("--asker", type=OneOf(Asker), required=True, help="Who asks.")
@click.option("--owner", help="Who answers, where a row names nobody.")
@click.option("--due", metavar="DATE", help="By when, where a row names no day.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would happen; record nothing.")
@pass_call
def import_(
    call: Call,
    file: Path,
    list_name: str,
    asker: Asker,
    owner: str | None,
    due: str | None,
    is_dry: bool,
) -> Answer:
    """Take in questions from CSV or Excel: number and question; owner and due if there are."""
    from mlops_desktop.services.imports import read_file
    from mlops_desktop.services.request_lists.intake import take_in

    named = {"list_name": list_name, "asker": asker.value, "owner": owner or "", "due": due or ""}
    given = {name: text for name, text in named.items() if text}
    with call.session() as session:
        done = take_in(session, read_file(file), given, is_dry=is_dry)
    return taken_answer("questions", done.questions, done.refusals, is_recorded=done.is_recorded)
