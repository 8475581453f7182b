"""``dossier extend``, and the words for what a verification found."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.documents.dossiers import eidas_of
from mlops_desktop.cli.documents.values import moment
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.cli.trust_options import level_option, services_options
from mlops_desktop.core.asof import parse_day
from mlops_desktop.core.signature_levels import Level

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers.verification import Verified
    from mlops_desktop.services.trust_services import TrustServices

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_NEW_FILE = click.Path(path_type=Path, dir_okay=False)
_RESULTS = {True: "ok", False: "FAILED", None: "not run"}


def add_to(group: click.Group) -> None:
    """Add the commands to a group."""
    group.add_command(extend)
    group.add_command(attach_scan)


@click.command(cls=Command)
@click.argument("file", type=_FILE)
@level_option(Level.LTA, lowest=Level.T)
@services_options
@click.option("--out", type=_NEW_FILE, help="Without a workspace: the PDF to write.")
@click.option("--trust", type=_FILE, metavar="PEM", help="Without a workspace: signers' roots.")
@pass_call
def extend(
    call: Call,
    file: Path,
    level: str,
    services: "TrustServices | None",
    out: Path | None,
    trust: Path | None,
) -> Answer:
    """Time-stamp a dossier once more, so that it outlives its certificates.

    What was signed stays untouched. The file is replaced and recorded; with --out another file
    is written instead, without any workspace. Level lt is reached as lta: what signatures are
    checked by is never left uncovered.
    """
    from mlops_desktop.services.dossiers import extend_dossier, extend_file
    from mlops_desktop.services.root_files import read_root_file
    from mlops_desktop.services.trust_services import NONE

    if out is not None:
        roots = read_root_file(trust) if trust is not None else None
        done = extend_file(file, out, Level(level), services or NONE, roots)
    else:
        with call.session() as session:
            done = extend_dossier(session, file, Level(level), services)
    document: Document = {
        "id": done.id,
        "path": str(done.path),
        "sha256": done.digest,
        "level": done.level.baseline,
    }
    told = [
        ("Dossier", done.id),
        ("File", done.path),
        ("SHA-256", done.digest),
        ("Level reached", done.level.baseline),
    ]
    return Answer(document, pairs(told))


@click.command("attach-scan", cls=Command)
@click.argument("dossier")
@click.argument("scan", type=_FILE)
@click.option("--signed-by", "person", metavar="NAME", required=True, help="Who signed by hand.")
@click.option("--on", "day", metavar="DATE", required=True, help="The day it was signed.")
@pass_call
def attach_scan(call: Call, dossier: str, scan: Path, person: str, day: str) -> Answer:
    """Keep the scan of a page signed by hand (PDF, PNG, JPEG) beside DOSSIER, as evidence.

    DOSSIER is its id, the beginning of it, or the SHA-256 of its file. The scan is listed with
    the signatures as signed on paper; it is no electronic signature.
    """
    from mlops_desktop.services.dossiers.scans import ScannedPage
    from mlops_desktop.services.dossiers.scans import attach_scan as attach

    page = ScannedPage(dossier, scan, person, parse_day(day, "--on"))
    with call.session() as session:
        done = attach(session, page)
    document: Document = {"id": done.id, "is_electronic_signature": False}
    return Answer(document, pairs([("Scan", done.id), ("Signed on paper by", person)]))


def verified_text(found: "Verified") -> str:
    """Return verdict, checks and signatures as text."""
    from mlops_desktop.services.wording import read_words

    verdict, words = found.verdict, read_words("en")
    told = [
        ("Verdict", verdict.outcome.value.replace("_", " ")),
        ("Dossier", verdict.document_id),
        ("SHA-256", verdict.sha256),
        ("Recorded as", found.recorded_as or ("not here" if found.is_recorded is False else None)),
    ]
    rows = [(one.number, one.name, _RESULTS[one.ok], one.detail(words)) for one in verdict.checks]
    signers = [
        (one.name, one.role, one.level, moment(one.at), moment(one.proven_at) or "–")
        for one in verdict.signatures
    ]
    heads = ("SIGNED BY", "ROLE", "LEVEL", "AT", "PROVED SINCE")
    signatures = table(heads, signers) if signers else ""
    told += [(f"eIDAS, {one.name}", eidas_of(one)) for one in verdict.signatures]
    scanned = [(one.person, "on paper, scanned", one.signed_on, one.name) for one in found.scans]
    if scanned:
        paper = ("SIGNED ON PAPER BY", "KIND", "ON", "FILE")
        signatures += "\n" + table(paper, scanned) + "\nA scan is no electronic signature."
    checked = table(("NO", "CHECK", "RESULT", "DETAIL"), rows)
    return pairs(told) + section("Checks", checked) + section("Signatures", signatures)
