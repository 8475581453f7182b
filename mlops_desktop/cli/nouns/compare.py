"""Versions of a model side by side."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.choices import OneOf
from mlops_desktop.cli.commands import Command
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import section, table
from mlops_desktop.core.events.use_cases import Direction

if TYPE_CHECKING:
    from mlops_desktop.services.comparison import Comparison


@click.command("compare", cls=Command)
@click.argument("model")
@click.argument("versions", nargs=-1)
@click.option("--by", "metric", metavar="METRIC", help="By what the best is told.")
@click.option("--better", type=OneOf(Direction), help="Which way the metric is better.")
@as_of_options
@pass_call
def command(
    call: Call,
    /,
    model: str,
    versions: tuple[str, ...],
    metric: str | None,
    better: Direction | None,
    **days: str | None,
) -> Answer:
    """Put versions side by side, those in production and the newest unless named.

    With a criterion the best is named, and what the criterion hides of it.
    """
    from mlops_desktop.services.comparison import Comparing, compare_versions

    wanted = Comparing(versions, metric, better, read_as_of(**days))
    with call.session() as session:
        found = compare_versions(session, model, wanted)
    return Answer(_document(found), _text(found))


def _document(found: "Comparison") -> Document:
    criterion = found.criterion
    return {
        "model": found.model,
        "versions": [
            {"version": one.version, "role": one.role or None, "share": one.share or None}
            for one in found.columns
        ],
        "rows": [
            {
                "part": line.part.value,
                "name": line.name,
                "values": list(line.values),
                "differs": line.differs,
            }
            for line in found.lines
        ],
        "criterion": criterion.metric if criterion else None,
        "better": criterion.direction.value if criterion else None,
        "best": found.columns[found.best].version if found.best is not None else None,
        "hidden": [
            {"kind": one.kind.value, "name": one.name, "best": one.best, "other": one.other}
            for one in found.cautions
        ],
    }


def _text(found: "Comparison") -> str:
    heads = ["PART", "NAME", *(_head(one.version, one.role, one.share) for one in found.columns)]
    rows = [
        (line.part.value, line.name, *(one or "" for one in line.values)) for line in found.lines
    ]
    told = table(tuple(heads), rows)
    if found.best is None or found.criterion is None:
        return told
    best, metric = found.columns[found.best].version, found.criterion.metric
    hidden = [(one.kind.value, one.name, one.best, one.other) for one in found.cautions]
    heads_hidden = ("HIDDEN", "OF", "BEST", "OTHER")
    return f"{told}\nBest by {metric}: {best}\n" + section("Hides", table(heads_hidden, hidden))


def _head(version: str, role: str, share: str) -> str:
    return " ".join(filter(None, (version, role, share)))
