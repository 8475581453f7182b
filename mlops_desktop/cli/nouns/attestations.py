"""Attestation campaigns: owners confirm what the inventory says of their models."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli import attesting
from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.campaigns import campaign_answer, campaigns_answer, changes_answer
from mlops_desktop.cli.commands import Command, Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import table
from mlops_desktop.core.asof import NOW, parse_day

if TYPE_CHECKING:
    from mlops_desktop.services.attestations.showing import Reminder


@click.group("attestations", cls=Group)
def command() -> None:
    """Campaigns in which owners attest what the inventory says of their models."""


attesting.add_to(command)


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List campaigns, the newest first."""
    from mlops_desktop.services.attestations.showing import list_campaigns

    with call.session() as session:
        return campaigns_answer(list_campaigns(session, read_as_of(**days)))


@command.command()
@click.argument("id")
@as_of_options
@pass_call
def show(call: Call, /, id: str, **days: str | None) -> Answer:
    """Show a campaign: coverage by tier, open models, answers."""
    with call.session() as session:
        return campaign_answer(session, id, read_as_of(**days))


@command.command("open", cls=Command)
@click.option("--title", required=True)
@click.option("--statement", required=True, help="What “correct” confirms.")
@click.option("--due", required=True, metavar="DATE")
@click.option(
    "--target", "targets", multiple=True, metavar="TIER=PERCENT", help="1=100; again for others."
)
@click.option("--filter", "scope", default="", metavar="TEXT", help="As in the list of models.")
@pass_call
def open_(
    call: Call, title: str, statement: str, due: str, targets: tuple[str, ...], scope: str
) -> Answer:
    """Open a campaign: its models, tiers and owners are frozen now. Risk managers only."""
    from mlops_desktop.services.attestations.running import (
        NewCampaign,
        open_campaign,
        parse_target,
    )

    read = tuple(map(parse_target, targets))
    wanted = NewCampaign(title, statement, parse_day(due, "--due"), read, scope)
    with call.session() as session:
        return campaign_answer(session, open_campaign(session, wanted).id, NOW)


@command.command(cls=Command)
@click.argument("id")
@click.option("--due", required=True, metavar="DATE")
@click.option("--reason", default="", help="Why; needed.")
@pass_call
def extend(call: Call, id: str, due: str, reason: str) -> Answer:
    """Give more time to answer."""
    from mlops_desktop.services.attestations.running import extend_campaign

    day: date = parse_day(due, "--due")
    with call.session() as session:
        return campaign_answer(session, extend_campaign(session, id, day, reason).id, NOW)


@command.command(cls=Command)
@click.argument("id")
@click.option("--reason", default="", help="Why; needed.")
@pass_call
def withdraw(call: Call, id: str, reason: str) -> Answer:
    """End a campaign without a result; the answers stay on record."""
    from mlops_desktop.services.attestations.running import withdraw_campaign

    with call.session() as session:
        return campaign_answer(session, withdraw_campaign(session, id, reason).id, NOW)


@command.command(cls=Command)
@click.argument("id")
@click.option("--remark", help="Kept with the closing.")
@pass_call
def close(call: Call, id: str, remark: str | None) -> Answer:
    """End a campaign; refused while a tier is below its target."""
    from mlops_desktop.services.attestations.running import close_campaign

    with call.session() as session:
        return campaign_answer(session, close_campaign(session, id, remark).id, NOW)


@command.command()
@click.argument("id")
@as_of_options
@pass_call
def diff(call: Call, /, id: str, **days: str | None) -> Answer:
    """Show what changed in the inventory between start and end, or until now."""
    from mlops_desktop.services.attestations.comparing import compare_campaign
    from mlops_desktop.services.attestations.showing import show_campaign

    as_of = read_as_of(**days)
    with call.session() as session:
        number = show_campaign(session, id, as_of).row.id
        return changes_answer(number, compare_campaign(session, id, as_of))


@command.command(cls=Command)
@click.argument("id")
@click.option("--person", metavar="NAME", help="What this person must answer; all unless said.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="An .eml or .ics.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", show_default=True)
@pass_call
def remind(call: Call, id: str, person: str | None, out: Path | None, lang: str) -> Answer:
    """List who must still answer what; --out writes it as e-mail with ids and names alone."""
    from mlops_desktop.services.attestations.reminding import save_reminders
    from mlops_desktop.services.attestations.showing import remind as reminders
    from mlops_desktop.services.attestations.showing import show_campaign
    from mlops_desktop.services.people import show_person

    with call.session() as session:
        if out is not None:
            written = len(save_reminders(session, id, out, lang, person).notices)
            document: Document = {"path": str(out), "notices": written}
            return Answer(document, f"Written: {out} ({written} models)")
        named = show_person(session, person).id if person else None
        found = reminders(show_campaign(session, id))
    return _reminders([one for one in found if person is None or one.person == named])


def _reminders(found: "list[Reminder]") -> Answer:
    documents: list[Document] = [
        {
            "id": one.person or "",
            "name": one.name or None,
            "models": [{"id": row.id, "name": row.name, "tier": row.tier} for row in one.models],
        }
        for one in found
    ]
    rows = [
        (one.name or "(risk management)", row.id, row.name, row.tier)
        for one in found
        for row in one.models
    ]
    return Answer(documents, table(("WHO", "MODEL", "NAME", "TIER"), rows))
