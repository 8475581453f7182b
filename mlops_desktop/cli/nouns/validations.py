"""Validations: planned or triggered, judged area by area, the report approved separately."""

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.documents.area_lights import with_lights
from mlops_desktop.cli.documents.items import item_answer
from mlops_desktop.cli.items import item_group
from mlops_desktop.cli.text import table
from mlops_desktop.core.items.kinds import kind_named

command = item_group("validation", "Validations: areas with their lights, report, triggers.")


@click.command("show", cls=Command)
@click.argument("id")
@as_of_options
@pass_call
def _show(call: Call, /, id: str, **days: str | None) -> Answer:
    """Show one with the lights by area and all that was done about it."""
    from mlops_desktop.services.area_lights import show_lights
    from mlops_desktop.services.items import show_item

    as_of = read_as_of(**days)
    with call.session() as session:
        sheet = show_item(session, id, as_of, kind_named("validation"))
        return with_lights(item_answer(sheet), sheet, show_lights(session, sheet, as_of))


@click.command("plan", cls=Command)
@click.argument("year", type=click.IntRange(2000, 2200))
@as_of_options
@pass_call
def _plan(call: Call, /, year: int, **days: str | None) -> Answer:
    """Show the plan of a year: person-days by validator and month."""
    from mlops_desktop.services.validation_plan import plan_year

    as_of = read_as_of(**days)
    with call.session() as session:
        found = plan_year(session, year, as_of)
    heads = ("VALIDATOR", "VALIDATIONS", "DAYS", *(str(month) for month in range(1, 13)))
    rows = [
        (one.validator, one.validations, one.days, *(day or "" for day in one.days_by_month))
        for one in found
    ]
    document: list[Document] = [
        {
            "id": one.validator,
            "validations": one.validations,
            "person_days": one.days,
            "by_month": list(one.days_by_month),
        }
        for one in found
    ]
    return Answer(document, table(heads, rows))


@click.command("due", cls=Command)
@click.option("--within", type=click.IntRange(0, 3650), default=90, show_default=True)
@as_of_options
@pass_call
def _due(call: Call, /, within: int, **days: str | None) -> Answer:
    """List current models due for validation within so many days, the most overdue first."""
    from mlops_desktop.services.validations import list_due

    as_of = read_as_of(**days)
    with call.session() as session:
        found = list_due(session, within, as_of)
    rows = [(one.id, one.name, one.tier, one.due, one.days_left) for one in found]
    document: list[Document] = [
        {
            "id": one.id,
            "name": one.name,
            "tier": one.tier,
            "due": one.due.isoformat(),
            "days_left": one.days_left,
        }
        for one in found
    ]
    return Answer(document, table(("ID", "NAME", "TIER", "DUE", "DAYS LEFT"), rows))


command.add_command(_show)
command.add_command(_plan)
command.add_command(_due)
