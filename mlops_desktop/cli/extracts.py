"""``copies extract``: a file for somebody who is to see a part, and to annotate it."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import read_day
from mlops_desktop.cli.documents.copies import extract_document, taken_document
from mlops_desktop.cli.progress import progress
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.extracts import Matter
from mlops_desktop.core.identity import Role


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    group.add_command(extract)


@click.command(cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--reader", metavar="NAME", required=True, help="Whom it is for.")
@click.option("--role", type=OneOf(Role), help="In which role; the reader's first unless said.")
@click.option("--model", "models", multiple=True, help="Of this model; can be given again.")
@click.option("--filter", "line", metavar="TEXT", help="Of all models that fit, as in models list.")
@click.option("--since", metavar="DATE", help="Without items that were closed before.")
@click.option("--until", metavar="DATE", help="Without what was recorded after.")
@click.option(
    "--hold-back",
    "matters",
    multiple=True,
    type=OneOf(Matter, without=frozenset({Matter.OTHERS})),
    help="Instead of what is held back from the role; can be given again.",
)
@click.option("--whole", is_flag=True, help="Hold nothing back, whatever the role.")
@click.option("--lease", type=click.IntRange(1), default=30, metavar="DAYS", show_default=True)
@pass_call
def extract(
    call: Call,
    /,
    file: Path,
    reader: str,
    role: Role | None,
    models: tuple[str, ...],
    line: str | None,
    since: str | None,
    until: str | None,
    matters: tuple[Matter, ...],
    whole: bool,
    lease: int,
) -> Answer:
    """Write an encrypted extract that its reader opens with a passphrase alone.

    He reads and verifies it anywhere, and records findings and requests in it that come back with
    `copies outbox`. What is left out is left out of the bytes, and signed for: ledger verify says
    so. The passphrase is --file-secret-env's, else --key-secret-env's, or asked for.
    """
    from mlops_desktop.services.copies.extracting import Period, Reader, read_extract, take_extract
    from mlops_desktop.services.workspaces import open_workspace

    period = Period(read_day(since, "--since"), read_day(until, "--until"))
    secret = call.ask_file(file, twice=True)()
    held = frozenset(matters) if matters or whole else None
    wanted = Reader(file, reader, secret, role, models, line or "", period, held, lease)
    with call.session() as session, progress() as report:
        taken = take_extract(session, wanted, report, ask=call.ask_key(), prove=call.ask_person())
    made = open_workspace(str(file), ask=lambda: secret, is_noted=False)
    try:
        told = {**taken_document(taken), **extract_document(read_extract(made))}
    finally:
        made.workspace.close()
    shown = [(name.replace("_", " "), _plain(told[name])) for name in told]
    return Answer(told, pairs(shown))


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value
