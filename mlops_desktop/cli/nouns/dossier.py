"""Signed dossiers."""

from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mlops_desktop.cli import dossier_levels
from mlops_desktop.cli.about import about_options, read_about
from mlops_desktop.cli.answer import DONE, NO, WRONG_INPUT, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.dossiers import (
    about_of,
    exported_document,
    row_document,
    verified_document,
)
from mlops_desktop.cli.dossier_forms import settings, split, templates
from mlops_desktop.cli.dossier_levels import verified_text
from mlops_desktop.cli.files import write_text
from mlops_desktop.cli.progress import cancellable, progress
from mlops_desktop.cli.text import pairs, table
from mlops_desktop.cli.trust_options import level_option, services_options
from mlops_desktop.core.cells import Code, Day
from mlops_desktop.core.signature_levels import Level

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers import Order
    from mlops_desktop.services.trust_services import TrustServices

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_NEW_FILE = click.Path(path_type=Path, dir_okay=False)
_CODES = {"valid": DONE, "not_a_dossier": WRONG_INPUT}


@click.group("dossier", cls=Group)
def command() -> None:
    """Signed dossiers: issue them, and verify them without a workspace."""


dossier_levels.add_to(command)


command.add_command(templates)
command.add_command(settings)


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List the dossiers that left this workspace, newest first."""
    from mlops_desktop.services.dossiers import list_dossiers

    with call.session() as session:
        found = list_dossiers(session, read_as_of(**days))
    rows = [
        (
            row.key,
            *about_of(row),
            Code(row.language, ("list_columns.code",)),
            row.person,
            Day(row.at),
        )
        for row in found
    ]
    heads = ("ID", "ABOUT", "NAME", "LANGUAGE", "ISSUED BY", "AT")
    return Answer([row_document(row) for row in found], table(heads, rows))


@command.command()
@about_options
@click.option("--out", type=_NEW_FILE, required=True, help="The PDF to write.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@level_option(Level.B)
@services_options
@click.option(
    "--signer",
    "signers",
    metavar="NAME",
    multiple=True,
    help="Who countersigns, in this order; “approvers”: whoever approved.",
)
@click.option("--sections", metavar="A,B", help="Only these sections, and those always there.")
@click.option("--template", metavar="NAME", help="The sections of a saved template.")
@click.option("--draft", is_flag=True, help="With a watermark, unsigned and on no record.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@as_of_options
@pass_call
def export(
    call: Call,
    /,
    out: Path,
    lang: str,
    level: str,
    signers: tuple[str, ...],
    sections: str | None,
    template: str | None,
    draft: bool,
    overwrite: bool,
    services: "TrustServices | None",
    as_known: str | None,
    as_at: str | None,
    as_of: str | None,
    **about: Any,
) -> Answer:
    """Print, seal and record a dossier of one model, of a portfolio, or of a regime.

    A portfolio dossier has figures and tables of the models of --filter and --scope; with --full
    a part for each of them, with --sample and --seed a part for each model drawn. The rule of
    drawing is printed, so that anybody can draw the same sample.

    A regulator's view says for a PROFILE of `profiles list` and a period which paragraphs are met,
    missing, stale or waived for which models, by which evidence, gaps first, and what changed.

    The acting person's key seals it; its passphrase comes from --person-secret-env or a prompt.
    """
    order = replace(
        read_about(out, **about),
        language=lang,
        as_of=read_as_of(as_known, as_at, as_of),
        overwrite=overwrite,
        signers=signers,
        sections=_named(sections),
        template=template,
        level=Level(level),
        services=services,
    )
    return _draft(call, order) if draft else _issue(call, order)


def _named(sections: str | None) -> tuple[str, ...]:
    """Return the sections named; raises a usage error where the option names none."""
    found = split(sections)
    if sections is not None and not found:
        raise click.UsageError("--sections names no section; leave it out for all of them.")
    return found


def _issue(call: Call, order: "Order") -> Answer:
    from mlops_desktop.services.dossiers import export_dossier
    from mlops_desktop.services.people import unlocker

    with call.session() as session, progress() as report, cancellable() as is_cancelled:
        unlock = unlocker(session, call.ask_person())
        done = export_dossier(session, order, unlock, report, is_cancelled)
    document = exported_document(done, order)
    told = [("Dossier", done.id), ("File", order.out), ("SHA-256", done.digest)]
    return Answer(document, pairs(told))


def _draft(call: Call, order: "Order") -> Answer:
    from mlops_desktop.services.dossiers import draft_dossier

    with call.session() as session:
        done = draft_dossier(session, order)
    document: Document = {"path": str(done.path), "content": done.content, "is_draft": True}
    return Answer(document, pairs([("Draft, unsigned", done.path)]))


@command.command()
@click.argument("file", type=_FILE)
@click.option("--meaning", metavar="TEXT", help="What the signature says.")
@level_option(Level.B)
@services_options
@pass_call
def countersign(
    call: Call,
    file: Path,
    meaning: str | None,
    level: str,
    services: "TrustServices | None",
) -> Answer:
    """Sign a dossier of this workspace after its seal, in the place prepared for you.

    It must verify and be the latest on record, and it must be your turn. The passphrase of the
    key comes from --person-secret-env or a prompt.
    """
    from mlops_desktop.services.dossiers import countersign_dossier
    from mlops_desktop.services.people import unlocker

    with call.session() as session:
        unlock = unlocker(session, call.ask_person())
        done = countersign_dossier(session, file, unlock, meaning, Level(level), services)
    document: Document = {
        "id": done.id,
        "level": level,
        "path": str(done.path),
        "sha256": done.digest,
        "place": done.place,
        "waits_for": done.waits_for,
    }
    told = [
        ("Dossier", done.id),
        ("File", file),
        ("SHA-256", done.digest),
        ("Waits for", done.waits_for or "nobody"),
    ]
    return Answer(document, pairs(told))


@command.command()
@click.argument("file", type=_FILE)
@click.option("--trust", type=_FILE, metavar="PEM", help="Roots that you trust.")
@click.option("--tsa-trust", type=_FILE, metavar="PEM", help="Roots of time stamps alone.")
@pass_call
def verify(call: Call, file: Path, trust: Path | None, tsa_trust: Path | None) -> Answer:
    """Verify a dossier; no workspace is needed.

    With --workspace its authority is trusted too, and its own record of the file is asked. Exit
    0: valid; 1: untrusted, indeterminate, changed, damaged; 2: not a dossier.
    """
    from mlops_desktop.services.dossiers import verify_dossier
    from mlops_desktop.services.root_files import read_root_file

    roots = read_root_file(trust) if trust is not None else None
    stamps = read_root_file(tsa_trust) if tsa_trust is not None else None
    with call.session() if call.workspace else nullcontext() as session:
        found = verify_dossier(file, roots, session, stamps)
    code = _CODES.get(found.verdict.outcome.value, NO)
    return Answer(verified_document(found), verified_text(found), code)


@command.command()
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE)
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@click.option("--trust", type=_FILE, metavar="PEM", help="Roots that you trust.")
@pass_call
def diff(call: Call, before: Path, after: Path, lang: str, trust: Path | None) -> Answer:
    """Say what differs between two dossiers of a model, from the two files alone.

    Both are verified first; one that was changed is not compared.
    """
    from mlops_desktop.cli.documents.dossier_difference import compared_document, compared_text
    from mlops_desktop.services.dossiers import diff_dossiers
    from mlops_desktop.services.root_files import read_root_file

    found = diff_dossiers(before, after, read_root_file(trust) if trust is not None else None)
    return Answer(compared_document(found), compared_text(found, lang))


@command.command()
@click.option("--out", type=_NEW_FILE, required=True, help="The file to write.")
@pass_call
def verifier(call: Call, out: Path) -> Answer:
    """Write the verifier for people who do not install this program: one Python file.

    It needs Python 3.11 and the package cryptography, nothing else.
    """
    from mlops_desktop.services.dossiers.standalone import read_verifier

    found = read_verifier()
    write_text(out, found.text)
    return Answer(
        {"path": str(out), "sha256": found.digest},
        pairs([("Written", out), ("SHA-256", found.digest)]),
    )


@command.command()
@click.option("--out", type=_NEW_FILE, help="Write it to this file.")
@pass_call
def authority(call: Call, out: Path | None) -> Answer:
    """Print the certificate that others trust in order to verify our dossiers (PEM)."""
    from mlops_desktop.services.dossiers.verification import export_authority

    with call.session() as session:
        pem = export_authority(session)
    if out is not None:
        write_text(out, pem)
        return Answer({"certificate": pem, "path": str(out)}, f"Written: {out}")
    return Answer({"certificate": pem}, pem.rstrip("\n"))
