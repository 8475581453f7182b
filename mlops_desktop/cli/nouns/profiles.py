"""Regulatory profiles."""

from pathlib import Path

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import (
    as_of_options,
    effective_option,
    read_as_of,
    read_day,
    read_effective,
)
from mlops_desktop.cli.matrices import profile_answer, standings_answer
from mlops_desktop.cli.sheets import row_answer
from mlops_desktop.core.errors import AppError


@click.group("profiles", cls=Group)
def command() -> None:
    """Regulatory profiles: what each regime wants on record, as versioned data."""


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List every profile, in the version that counts, and which the workspace works by."""
    from mlops_desktop.services.profiles.standing import list_profiles

    as_of = read_as_of(**days)
    with call.session() as session:
        return standings_answer(list_profiles(session, as_of), as_of.day)


@command.command()
@click.argument("profile")
@as_of_options
@pass_call
def show(call: Call, /, profile: str, **days: str | None) -> Answer:
    """Show one profile with its rules."""
    as_of = read_as_of(**days)
    with call.session() as session:
        return profile_answer(session, profile, as_of)


FROM = click.option("--from", "since", metavar="DATE", help="From this day on; today unless said.")
REASON = click.option("--reason", help="Why; kept with the event.")


@command.command()
@click.argument("profile")
@FROM
@REASON
@pass_call
def activate(call: Call, profile: str, since: str | None, reason: str | None) -> Answer:
    """Let the workspace work by a profile from a day on; that day may lie ahead."""
    from mlops_desktop.services.profiles.standing import activate_profile

    day = read_day(since, "--from")
    with call.session() as session:
        return profile_answer(session, activate_profile(session, profile, day, reason).id)


@command.command()
@click.argument("profile")
@FROM
@REASON
@pass_call
def deactivate(call: Call, profile: str, since: str | None, reason: str | None) -> Answer:
    """Let the workspace no longer work by a profile."""
    from mlops_desktop.services.profiles.standing import deactivate_profile

    day = read_day(since, "--from")
    with call.session() as session:
        return profile_answer(session, deactivate_profile(session, profile, day, reason).id)


@command.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@pass_call
def add(call: Call, file: Path) -> Answer:
    """Take in a profile of your own, or a new version of one, against schemas/profile-1.json."""
    from mlops_desktop.services.profiles.standing import add_profile

    with call.session() as session:
        return profile_answer(session, add_profile(session, file).id)


@command.command()
@click.argument("model")
@click.argument("regime")
@click.argument("decision", type=click.Choice(["in", "out"]))
@click.option("--reason", default="", help="Why; needed.")
@click.option(
    "--trait", "traits", multiple=True, metavar="NAME=VALUE", help="What the model is under it."
)
@effective_option
@pass_call
def scope(
    call: Call,
    model: str,
    regime: str,
    decision: str,
    reason: str,
    traits: tuple[str, ...],
    effective: str | None,
) -> Answer:
    """Decide whether a regime concerns a model: in or out, with the reason."""
    from mlops_desktop.services.profiles.scoping import ScopeDecision, scope_model

    decided = ScopeDecision(decision == "in", reason, dict(map(_pair, traits)))
    moment = read_effective(effective)
    with call.session() as session:
        done = scope_model(session, model, regime, decided, effective=moment)
        return row_answer(session, done.id)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip():
        raise AppError("profile.unknown_trait", where="--trait", trait=text, known="NAME=VALUE")
    return name.strip(), value.strip()


@command.command()
@click.argument("model")
@click.argument("kind")
@click.option("--reference", default="", help="Where it lies: its number, its place; needed.")
@click.option("--digest", metavar="SHA256", help="The digest of the file.")
@effective_option
@pass_call
def evidence(
    call: Call, model: str, kind: str, reference: str, digest: str | None, effective: str | None
) -> Answer:
    """Say that a document is there for a model, of a kind that rules ask for (dpia, fria, …)."""
    from mlops_desktop.services.profiles.scoping import file_document

    moment = read_effective(effective)
    with call.session() as session:
        done = file_document(session, model, kind, reference, digest=digest, effective=moment)
        return row_answer(session, done.id)
