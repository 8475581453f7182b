"""By whom signatures are time-stamped, and what the authority revoked."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.files import write_text
from mlops_desktop.cli.text import pairs
from mlops_desktop.cli.trust_options import services_options

if TYPE_CHECKING:
    from mlops_desktop.services.trust_services import TrustServices

_NEW_FILE = click.Path(path_type=Path, dir_okay=False)


@click.group("trust", cls=Group)
def command() -> None:
    """Time-stamp authority and revocation lists, for signatures above level b."""


@command.command()
@pass_call
def show(call: Call) -> Answer:
    """Show what is arranged."""
    from mlops_desktop.services.trust_services import show_trust_services

    with call.session() as session:
        return _answer(show_trust_services(session))


@command.command("set")
@services_options
@click.option("--none", "is_none", is_flag=True, help="Ask nobody any more.")
@pass_call
def set_(
    call: Call,
    services: "TrustServices | None",
    is_none: bool,
) -> Answer:
    """Arrange who is asked for time stamps; it replaces what was arranged before.

    “dossier verify --workspace …” believes the roots of --tsa-trust for time stamps alone, and
    those of --signer-trust for persons.
    """
    from mlops_desktop.services.trust_services import NONE, arrange_trust_services

    if services is None and not is_none:
        raise click.UsageError("Name --tsa with --tsa-trust, or --none.")
    wanted = services if services is not None and not is_none else NONE
    with call.session() as session:
        arrange_trust_services(session, wanted)
        return _answer(wanted)


def _answer(found: "TrustServices") -> Answer:
    place = str(found.revocation) if found.revocation is not None else None
    document: Document = {
        "tsa": found.url,
        "roots": found.roots,
        "signers": found.signers,
        "revocation": place,
        "may_fetch": found.may_fetch,
        "ca_file": found.ca_file,
        "proxy": found.proxy,
    }
    told = [
        ("Time stamps by", found.url or "nobody"),
        ("Roots named", found.roots.count("BEGIN CERTIFICATE")),
        ("Revocation lists in", place),
        ("May fetch", "yes" if found.may_fetch else "no"),
    ]
    return Answer(document, pairs(told))


@command.command()
@click.option("--days", type=int, default=30, show_default=True, help="How long it counts.")
@click.option("--out", type=_NEW_FILE, help="Write the list to this file as well.")
@pass_call
def revocations(call: Call, days: int, out: Path | None) -> Answer:
    """Publish which certificates the workspace's authority revoked (a CRL, RFC 5280).

    Signatures from level lt on embed it. The authority's passphrase comes from
    --authority-secret-env or a prompt.
    """
    from mlops_desktop.services.trust_services import publish_revocations, show_revocations

    with call.session() as session:
        publish_revocations(session, call.ask_authority(), days)
        text = show_revocations(session) or ""
    if out is not None:
        write_text(out, text)
    document: Document = {"list": text, "path": str(out) if out else None}
    return Answer(document, f"Written: {out}" if out else text.rstrip("\n"))
