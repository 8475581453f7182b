"""May this version go to that environment, as an exit code, and as a permit that is signed."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import NO, Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import table
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.permits import MOST_DAYS, USUAL_DAYS

if TYPE_CHECKING:
    from mlops_desktop.services import gate
    from mlops_desktop.services.permits.issuing import PermitWish


@click.command("gate", cls=Command)
@click.argument("model")
@click.argument("version")
@click.option("--environment", required=True, help="Where the version is to go.")
@click.option("--entity", metavar="NAME", help="The legal entity it is to serve.")
@click.option("--artifact", metavar="FILE|SHA256", help="What is to go there.")
@click.option("--permit", metavar="FILE", type=click.Path(path_type=Path), help="To be written.")
@click.option(
    "--permit-days",
    metavar="N",
    type=int,
    default=USUAL_DAYS,
    show_default=True,
    help=f"How long the permit holds at most, up to {MOST_DAYS}.",
)
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    model: str,
    version: str,
    environment: str,
    entity: str | None,
    artifact: str | None,
    permit: Path | None,
    permit_days: int,
    **days: str | None,
) -> Answer:
    """Tell whether a version may go to an environment: exit 0, or 1 with every reason.

    --permit writes a statement signed with your key, for exactly one artefact, that a pipeline
    checks without the workspace (`permits checker`). None is written where the answer is no.
    """
    from mlops_desktop.services.permits.files import digest_of
    from mlops_desktop.services.permits.issuing import PermitWish

    digest = digest_of(artifact) if artifact else None
    wish = PermitWish(model, version, environment, digest, entity, permit_days)
    as_of = read_as_of(**days)
    return _issue(call, wish, permit, as_of) if permit else _ask(call, wish, as_of)


def _ask(call: Call, wish: "PermitWish", as_of: AsOf) -> Answer:
    from mlops_desktop.services.gate import Place, ask_gate_at

    place = Place(wish.environment, wish.entity, wish.digest)
    with call.session() as session:
        return _answer(ask_gate_at(session, wish.model, wish.version, place, as_of))


def _issue(call: Call, wish: "PermitWish", path: Path, as_of: AsOf) -> Answer:
    from mlops_desktop.services.people import unlocker
    from mlops_desktop.services.permits.files import check_target, write_permit
    from mlops_desktop.services.permits.issuing import issue_permit

    if not as_of.is_now:
        raise AppError("permit.past", where="--permit")
    check_target(path)
    with call.session() as session:
        issued = issue_permit(session, wish, unlocker(session, call.ask_person()))
    if issued.permit is None:
        return _answer(issued.answer)
    write_permit(path, issued.signed)
    more = f"\nPermit until {issued.permit.expires:%Y-%m-%d %H:%M} UTC: {path}"
    return _answer(issued.answer, more)


def _answer(found: "gate.Answer", more: str = "") -> Answer:
    document: Document = {
        "allowed": found.is_allowed,
        "model": found.model,
        "version": found.version,
        "environment": found.environment,
        "reasons": [{"rule": one.rule, "detail": one.detail} for one in found.reasons],
    }
    if found.is_allowed:
        said = f"{found.model} version {found.version} may go to {found.environment}.{more}"
        return Answer(document, said)
    rows = [(one.rule, one.detail) for one in found.reasons]
    said = f"{found.model} version {found.version} may not go to {found.environment}:\n"
    return Answer(document, said + table(("RULE", "DETAIL"), rows), code=NO)
