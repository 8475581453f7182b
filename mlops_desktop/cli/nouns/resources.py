"""What models consume, and what it costs."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.documents.outlook import (
    outlook_document,
    outlook_text,
    training_document,
    training_text,
)
from mlops_desktop.cli.documents.resources import resources_document
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.events.series import Measure
from mlops_desktop.core.resources.use import By

if TYPE_CHECKING:
    from mlops_desktop.core.resources.bottlenecks import Bottleneck
    from mlops_desktop.core.resources.use import Use
    from mlops_desktop.services.resources.frameworks import FrameworkRow
    from mlops_desktop.services.resources.reading import Resources

_HEADS = ("GROUP", "NAME", "RESOURCE", "UNIT", "REQUESTED", "ALLOCATED", "USED", "CAPACITY",
          "FORECAST", "MEASURED", "SHARE", "IDLE", "TREND")  # fmt: skip


@click.command("resources", cls=Command)
@click.option("--by", type=OneOf(By), default=By.MODEL, show_default=True)
@click.option("--model", metavar="ID", help="Only this model.")
@click.option("--from", "start", metavar="DATE", help="The first day; 30 days unless said.")
@click.option("--to", "end", metavar="DATE", help="The last day; today unless said.")
@click.option("--csv", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write it.")
@click.option("--lang", type=click.Choice(["en", "de"]), default="en", help="Of the CSV file.")
@click.option("--overwrite", is_flag=True, help="Replace a file that is there.")
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    by: By,
    model: str | None,
    start: str | None,
    end: str | None,
    file: Path | None,
    lang: str,
    overwrite: bool,
    **days: str | None,
) -> Answer:
    """Show what is requested, allocated, used and available, what it costs, and bottlenecks.

    Levels are averages over the time that was measured, costs and energy are totals; units and
    currencies are never mixed. What nobody measured is said to be unmeasured. Forecasts are a
    straight line through weekly medians with the range of 90 of 100 weeks; what several models
    cost together is divided by what they request, else in equal parts.
    """
    from mlops_desktop.services.resources.frameworks import read_frameworks
    from mlops_desktop.services.resources.outlook import read_outlook, running_out
    from mlops_desktop.services.resources.reading import Wanted, read_period, read_resources
    from mlops_desktop.services.resources.table import write_csv
    from mlops_desktop.services.resources.training import read_training

    as_of = read_as_of(**days)
    first, last = _day(start, "--from"), _day(end, "--to")
    wanted = Wanted(by, read_period(first, last, as_of), model, as_of)
    with call.session() as session:
        found = read_resources(session, wanted)
        frameworks = () if model else read_frameworks(session, as_of)
        outlook = read_outlook(session, as_of, By.MODEL if model else By.ENVIRONMENT, model)
        training = read_training(session, model, as_of) if model else ()
    if not model:
        found = replace(found, bottlenecks=(*found.bottlenecks, *running_out(outlook)))
    document = {
        **resources_document(found, frameworks),
        "forecasts": [outlook_document(one) for one in outlook],
        "training": [training_document(one) for one in training],
    }
    if file is not None:
        document = {**document, "file": str(file)}
        write_csv(found, file, lang, overwrite=overwrite)
    told = outlook_text(outlook) + training_text(training)
    return Answer(document, _text(found, frameworks) + told)


def _day(text: str | None, option: str) -> date | None:
    return read_day(text, option)


def _text(found: "Resources", frameworks: "tuple[FrameworkRow, ...]") -> str:
    from mlops_desktop.services.resources.frameworks import ended

    told = table(_HEADS, [_row(found, one) for one in found.uses])
    if every := (*found.bottlenecks, *ended(frameworks)):
        rows = [_bottleneck(one) for one in every]
        told += section("Bottlenecks", table(("WHAT", "AT", "RESOURCE", "VALUE", "MODELS"), rows))
    if found.unmeasured:
        rows = [(row.id, row.name) for row in found.unmeasured]
        told += section("In production, nothing measured", table(("ID", "NAME"), rows))
    lines = [
        (one.name, one.version, _until(one), one.state, ", ".join(one.models)) for one in frameworks
    ]
    heads = ("FRAMEWORK", "VERSION", "SUPPORTED UNTIL", "STATE", "MODELS")
    return told + (section("Frameworks", table(heads, lines)) if lines else "")


def _until(one: "FrameworkRow") -> object:
    if one.end is not None:
        return one.end.last_day
    return "no published date" if one.no_date is not None else "not known"


def _row(found: "Resources", one: "Use") -> tuple[object, ...]:
    row, used = found.models.get(one.group), one.sides.get(Measure.USED)
    return (
        one.group or "-",
        row.name if row is not None else "",
        one.resource.value,
        one.unit.name,
        *(_number(one.value(side)) for side in Measure),
        _percent(used.measured) if used is not None else "unmeasured",
        _percent(one.share),
        _percent(one.idle),
        _percent(one.change),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.0f}"


def _percent(value: float | None) -> str:
    return "" if value is None else f"{value * 100:.0f} %"


def _bottleneck(one: "Bottleneck") -> tuple[object, ...]:
    from mlops_desktop.core.resources.bottlenecks import Kind

    shares = (
        Kind.NEAR_CAPACITY,
        Kind.FORECAST_BEYOND,
        Kind.TREND_BEYOND,
        Kind.IDLE_GPU,
        Kind.TOP_CONSUMER,
    )
    if one.kind in shares:
        value = _percent(one.value)
    elif one.kind is Kind.OVER_REQUESTED:
        value = f"{one.value:.1f} : 1"
    else:
        value = f"{one.value:.4g} {one.unit}".strip()
    resource = one.resource.value if one.resource is not None else ""
    return one.kind.value.replace("_", " "), one.group, resource, value, ", ".join(one.models)
