"""The options that say as of which dates, and from when something holds."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, TypeVar

import click

from mlops_desktop.core.asof import AsOf, on, parse_day
from mlops_desktop.core.errors import AppError

F_ = TypeVar("F_", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--as-of", metavar="DATE", help="As known on this day about this day."),
    click.option("--as-at", metavar="DATE", help="What held at the end of this day, as known now."),
    click.option("--as-known", metavar="DATE", help="What the register showed on this day."),
)


def as_of_options(function: F_) -> F_:
    """Give a command ``--as-known``, ``--as-at`` and ``--as-of``, ISO dates in UTC."""
    for option in _OPTIONS:
        function = option(function)
    return function


def read_as_of(as_known: str | None, as_at: str | None, as_of: str | None) -> AsOf:
    """Return the dates asked for; raises ``date.not_a_date`` and ``date.asked_twice``."""
    if as_of is not None and (as_known is not None or as_at is not None):
        raise AppError("date.asked_twice", where="--as-of")
    if as_of is not None:
        return on(parse_day(as_of, "--as-of"))
    return AsOf(read_day(as_known, "--as-known"), read_day(as_at, "--as-at"))


def read_day(text: str | None, option: str) -> date | None:
    """Return an ISO date given to an option, None where it was left out."""
    return parse_day(text, option) if text is not None else None


def read_effective(text: str | None) -> datetime | None:
    """Return the moment from which something holds; None means now."""
    from mlops_desktop.services.session import effective_from

    return effective_from(read_day(text, "--effective"))


effective_option = click.option(
    "--effective", metavar="DATE", help="From which day it holds; today unless said."
)
