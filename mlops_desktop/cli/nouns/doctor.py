"""The health of a workspace and its surroundings."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import DONE, NO, Answer, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.text import table

if TYPE_CHECKING:
    from mlops_desktop.services.care.doctor import Look


def _said(one: "Look") -> str:
    """Return what was seen, a refusal in its words."""
    from mlops_desktop.services.wording import explain

    return explain(one.refusal, "en")[0] if one.refusal else one.seen


@click.command("doctor", cls=Command)
@pass_call
def command(call: Call) -> Answer:
    """Look at keyring, place, key, schema, head, last backup, disk, versions, device and clock.

    Nothing is changed. Exit 1 where something failed; a warning alone is exit 0. This does not
    verify the history: ledger verify does.
    """
    from mlops_desktop.services import workspaces
    from mlops_desktop.services.care.doctor import Level, Patient, examine_health

    place = call.place() or workspaces.last_place()
    found = examine_health(Patient(place, call.ask_key(), call.database_secret()))
    is_well = all(one.level is not Level.FAILED for one in found)
    looks: list[Json] = [
        {"name": one.name, "level": one.level.value, "seen": one.seen} for one in found
    ]
    rows = [(one.name.replace("_", " "), one.level.value, _said(one)) for one in found]
    document: dict[str, Json] = {"ok": is_well, "place": place, "looks": looks}
    return Answer(document, table(("LOOKED AT", "", "SEEN"), rows), DONE if is_well else NO)
