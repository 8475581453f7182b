"""From where on something is named as a bottleneck."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import pairs
from mlops_desktop.core.resources.limits import NAMES, write_limit

if TYPE_CHECKING:
    from mlops_desktop.services.resources.limits import LimitsSheet


@click.group("resource-limits", cls=Group)
def command() -> None:
    """From where on the workspace names something as a bottleneck."""


@command.command()
@as_of_options
@pass_call
def show(call: Call, /, **days: str | None) -> Answer:
    """Show the limits in force, and who set them."""
    from mlops_desktop.services.resources.limits import show_limits

    with call.session() as session:
        return _answer(show_limits(session, read_as_of(**days)))


@command.command("set")
@click.option("--full", metavar="SHARE", help="Of a capacity in use, such as 85 %.")
@click.option("--idle", metavar="SHARE", help="Of a GPU that idles.")
@click.option("--over", metavar="TIMES", help="How many times what is used may be requested.")
@click.option("--top", metavar="SHARE", help="Of a whole that one model uses.")
@click.option("--reason", help="Why; kept with the event.")
@pass_call
def set_(call: Call, /, reason: str | None, **texts: str | None) -> Answer:
    """Set some of them; an empty text is the usual one again."""
    from mlops_desktop.services.resources.limits import set_limits, show_limits

    given = {name: text for name, text in texts.items() if text is not None}
    with call.session() as session:
        set_limits(session, given, reason=reason)
        return _answer(show_limits(session))


def _answer(sheet: "LimitsSheet") -> Answer:
    told = {name: write_limit(name, getattr(sheet.limits, name)) for name in NAMES}
    document = {
        **{name: str(getattr(sheet.limits, name)) for name in NAMES},
        "set_by": sheet.person,
        "since": sheet.since,
        "reason": sheet.reason,
    }
    rows = [
        ("Short from", told["full"]),
        ("GPU idle from", told["idle"]),
        ("Requested", f"{told['over']} times what is used"),
        ("Large consumer from", told["top"]),
        ("Set by", sheet.person or "nobody: the usual ones"),
        ("Since", (sheet.since or "")[:16].replace("T", " ")),
        ("Why", sheet.reason or ""),
    ]
    return Answer(document, pairs(rows))
