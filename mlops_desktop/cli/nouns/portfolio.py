"""Figures of the whole inventory, as of any date."""

from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document, Json
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Command, Group
from mlops_desktop.cli.dates import as_of_options, read_as_of, read_day
from mlops_desktop.cli.own_scope import own_scope_option, own_scopes
from mlops_desktop.cli.text import section, table

if TYPE_CHECKING:
    from mlops_desktop.services.portfolio import Part, Portfolio


@click.group("portfolio", cls=Group)
def command() -> None:
    """Figures of the whole inventory, each with its definition and the filter of its rows."""


@command.command()
@own_scope_option
@as_of_options
@pass_call
def show(call: Call, /, is_own: bool, **days: str | None) -> Answer:
    """Show every figure as of a date."""
    from mlops_desktop.services.portfolio import read_portfolio

    as_of = read_as_of(**days)
    with call.session() as session:
        found = read_portfolio(session, as_of, own_scopes(session, is_own=is_own))
    return Answer(_document(found), _text(found))


@command.command(cls=Command)
@click.option("--from", "start", metavar="DATE", required=True, help="As known at its end.")
@click.option("--to", "end", metavar="DATE", help="As known at its end; now unless said.")
@pass_call
def diff(call: Call, start: str, end: str | None) -> Answer:
    """Show every figure on two dates."""
    from mlops_desktop.core.asof import NOW, on
    from mlops_desktop.services.portfolio import compare_portfolios

    first, last = read_day(start, "--from"), read_day(end, "--to")
    with call.session() as session:
        found = compare_portfolios(session, on(first) if first else NOW, on(last) if last else NOW)
    rows = [(one.name, one.before, one.after, one.after - one.before) for one in found]
    document: list[Document] = [
        {"id": one.name, "before": one.before, "after": one.after} for one in found
    ]
    return Answer(document, table(("FIGURE", "BEFORE", "AFTER", "CHANGE"), rows))


def _document(found: "Portfolio") -> Document:
    return {
        "on": found.on.isoformat(),
        "models": found.models,
        "figures": [
            {
                "id": one.name,
                "value": one.value,
                "definition": _definition(one.name),
                "list": one.place.value,
                "filter": one.filter,
            }
            for one in found.figures
        ],
        "by_tier": _parts(found.by_tier),
        "by_state": _parts(found.by_state),
        "by_owner": _parts(found.by_owner),
        "by_region": _parts(found.by_region),
    }


def _parts(parts: "tuple[Part, ...]") -> Json:
    return [{"id": part.key, "count": part.count} for part in parts]


def _definition(name: str) -> str:
    from mlops_desktop.services.wording import read_words

    return read_words("en").text(f"portfolio.definition.{name}")


def _text(found: "Portfolio") -> str:
    rows = [(one.name, one.value, _definition(one.name)) for one in found.figures]
    told = table(("FIGURE", "VALUE", "DEFINITION"), rows)
    for title, parts in (
        ("By tier", found.by_tier),
        ("By state", found.by_state),
        ("By owner", found.by_owner),
        ("By region", found.by_region),
    ):
        told += section(title, table(("", "MODELS"), [(p.key or "-", p.count) for p in parts]))
    return told
