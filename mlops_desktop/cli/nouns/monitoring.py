"""What is measured about models, and the thresholds it is held against."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import COUNT, OneOf
from mlops_desktop.cli.commands import Command, Group
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.documents.monitoring import (
    metrics_answer,
    monitoring_answer,
    threshold_document,
)
from mlops_desktop.cli.documents.sheets import taken_answer
from mlops_desktop.cli.own_scope import own_scope_option, own_scopes
from mlops_desktop.cli.text import table
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.cells import Figure, Said
from mlops_desktop.core.events.thresholds import Bounds, Side

if TYPE_CHECKING:
    from mlops_desktop.services.session import Session

_ENDED = Said("ended", "list_columns.said.ended")


@click.group("monitoring", cls=Group)
def command() -> None:
    """What is measured about models, how it stands, and what is not measured."""


@command.command("list", cls=Command)
@click.option("--filter", "line", metavar="TEXT", help="Words and key:value, as in the window.")
@click.option("--model", metavar="ID", help="Of one model; of all current ones unless said.")
@own_scope_option
@as_of_options
@pass_call
def list_(
    call: Call, /, line: str | None, model: str | None, is_own: bool, **days: str | None
) -> Answer:
    """List every metric of every model, the worst first; what is not measured is listed too."""
    from mlops_desktop.services.monitoring.filtering import choose_metrics
    from mlops_desktop.services.monitoring.reading import list_metrics
    from mlops_desktop.services.own_scope import read_within

    as_of = read_as_of(**days)
    with call.session() as session:
        within = read_within(session, own_scopes(session, is_own=is_own), as_of)
        rows = choose_metrics(list_metrics(session, model, as_of), line or "", within)
    return metrics_answer(rows)


@command.command(cls=Command)
@click.argument("id")
@click.option("--metric", help="One metric, as its source calls it.")
@click.option("--from", "start", metavar="DATE", help="Points of this day and later.")
@click.option("--to", "end", metavar="DATE", help="Points of this day and earlier.")
@click.option(
    "--points", type=COUNT, default=2_000, show_default=True,
    help="At most so many a series; no peak is left out.",
)  # fmt: skip
@as_of_options
@pass_call
def show(
    call: Call,
    /,
    id: str,
    metric: str | None,
    start: str | None,
    end: str | None,
    points: int,
    **days: str | None,
) -> Answer:
    """Show the series of a model, with the thresholds they were held against."""
    from mlops_desktop.services.monitoring.detail import Span, show_monitoring

    span = Span(read_day(start, "--from"), read_day(end, "--to"))
    as_of = read_as_of(**days)
    with call.session() as session:
        found = show_monitoring(session, id, metric=metric, span=span, as_of=as_of, most=points)
    return monitoring_answer(found)


@command.group(cls=Group)
def threshold() -> None:
    """Thresholds: what holds, since when, who set it and why; those before stay known."""


@threshold.command("list", cls=Command)
@click.option("--model", metavar="ID", help="Of one model.")
@as_of_options
@pass_call
def list_thresholds(call: Call, /, model: str | None, **days: str | None) -> Answer:
    """List every version of every threshold in the order recorded."""
    as_of = read_as_of(**days)
    with call.session() as session:
        return _answer(session, model, as_of)


@threshold.command("set", cls=Command)
@click.argument("model")
@click.argument("metric")
@click.option("--direction", type=OneOf(Side), required=True, help="The bad side.")
@click.option("--warning", metavar="NUMBER", help="Of a band: the lower one.")
@click.option("--intervention", metavar="NUMBER", help="Of a band: the lower one.")
@click.option("--warning-high", metavar="NUMBER", help="The upper one of a band.")
@click.option("--intervention-high", metavar="NUMBER", help="The upper one of a band.")
@click.option("--unit", help="The unit of the thresholds.")
@click.option("--every", type=COUNT, metavar="DAYS", help="Measured so often.")
@click.option("--segment", default="", metavar="NAME=VALUE", help="All segments unless said.")
@click.option("--valid-from", metavar="DATE", help="Today unless said.")
@click.option("--reason", help="Why; needed where a threshold is changed.")
@pass_call
def set_(
    call: Call,
    /,
    model: str,
    metric: str,
    direction: Side,
    every: int | None,
    segment: str,
    valid_from: str | None,
    reason: str | None,
    **limits: str | None,
) -> Answer:
    """Set a threshold, or a new version of the one there is for the metric and segment."""
    from mlops_desktop.services.monitoring.thresholds import NewThreshold, set_threshold

    bounds = Bounds(direction, interval_days=every, **limits)
    since = read_day(valid_from, "--valid-from")
    wanted = NewThreshold(metric, bounds, segment, since, reason)
    with call.session() as session:
        done = set_threshold(session, model, wanted)
        return _answer(session, model, id=done.id)


@threshold.command("import", cls=Command)
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--apply", "is_applied", is_flag=True, help="Record them; a dry run otherwise.")
@click.option("--model", metavar="ID", help="Of rows that name none.")
@click.option("--reason", help="Of rows that say none; needed where a threshold is changed.")
@pass_call
def import_(
    call: Call, /, file: Path, model: str | None, reason: str | None, *, is_applied: bool
) -> Answer:
    """Set thresholds from CSV, Excel or JSON, all or none; exit 2 where a row is refused.

    Columns: model, metric, direction, warning, intervention, their upper ones, unit, every (days),
    segment, valid from, reason. Breaches are not imported: bring the measurements of that time (a
    watched folder), and the program finds them by the thresholds that then held.
    """
    from mlops_desktop.services.imports import read_file
    from mlops_desktop.services.monitoring.importing import import_thresholds

    given = {name: text for name, text in (("model", model), ("reason", reason)) if text}
    with call.session() as session:
        done = import_thresholds(session, read_file(file), given, is_dry=not is_applied)
    return taken_answer(
        "thresholds", done.rows, done.refusals, is_recorded=done.is_recorded, refused_code=2
    )


@threshold.command("end", cls=Command)
@click.argument("id")
@click.option("--on", "day", metavar="DATE", help="From this day on; today unless said.")
@click.option("--reason", help="Why; needed.")
@pass_call
def end_(call: Call, /, id: str, day: str | None, reason: str | None) -> Answer:
    """Say that a threshold holds no longer."""
    from mlops_desktop.services.monitoring.thresholds import end_threshold

    with call.session() as session:
        done = end_threshold(session, id, reason, read_day(day, "--on"))
        return _answer(session, None, id=done.id)


def _answer(
    session: "Session", model: str | None, as_of: AsOf = NOW, id: str | None = None
) -> Answer:
    from mlops_desktop.services.models import number_names
    from mlops_desktop.services.monitoring.limits import limits_text
    from mlops_desktop.services.monitoring.thresholds import list_thresholds as read
    from mlops_desktop.services.people import list_people

    found = [one for one in read(session, model, as_of) if id in (None, one.threshold)]
    numbers = number_names(session, {one.model for one in found})
    names = {one.id: one.name for one in list_people(session)}
    documents = [
        threshold_document(one, numbers.get(one.model, one.model), names.get(one.person))
        for one in found
    ]
    heads = ("ID", "MODEL", "METRIC", "SEGMENT", "THRESHOLD", "VALID FROM", "BY", "WHY")
    rows = [
        (
            one.threshold[:8], numbers.get(one.model, one.model), one.metric, one.segment,
            Figure(limits_text(one.bounds)) if one.bounds is not None else _ENDED,
            one.since.date(), names.get(one.person, one.person), one.reason,
        )
        for one in found
    ]  # fmt: skip
    text = table(heads, rows)
    return Answer(documents[-1] if id is not None and documents else documents, text)
