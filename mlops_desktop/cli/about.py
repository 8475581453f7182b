"""The options that say what a dossier is about: one model, a portfolio, a regime and a period."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from mlops_desktop.cli.choices import OneOf
from mlops_desktop.core.lifecycle import Scope as ModelScope
from mlops_desktop.core.sampling import Draw

if TYPE_CHECKING:
    from mlops_desktop.services.dossiers import Order

F_ = TypeVar("F_", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--model", metavar="ID", help="The model it is about."),
    click.option("--portfolio", is_flag=True, help="About all models of a filter instead."),
    click.option("--regulator", metavar="PROFILE", help="How models stand under a regime instead."),
    click.option("--period", metavar="FROM..TO", help="Of --regulator: its days, both included."),
    click.option(
        "--filter", "line", metavar="TEXT", help="Of several: only these, as `models list` has it."
    ),
    click.option(
        "--scope", type=OneOf(ModelScope), default=ModelScope.CURRENT.value, show_default=True
    ),
    click.option(
        "--sample",
        type=int,
        metavar="N",
        help="Of a portfolio: N models drawn by --seed get a part.",
    ),
    click.option(
        "--seed", metavar="TEXT", default="", help="What the auditor draws the sample by."
    ),
    click.option(
        "--full", is_flag=True, help="Of a portfolio: every model gets a part of its own."
    ),
)


def about_options(function: F_) -> F_:
    """Give a command the options; their values go to :func:`read_about`."""
    for option in reversed(_OPTIONS):
        function = option(function)
    return function


def read_about(
    out: Path,
    *,
    model: str | None,
    portfolio: bool,
    regulator: str | None,
    period: str | None,
    line: str | None,
    scope: ModelScope,
    sample: int | None,
    seed: str,
    full: bool,
) -> "Order":
    """Return an order of what was named.

    Raises a usage error for nothing or two things, and for an option that says nothing about it.
    """
    from mlops_desktop.services.dossiers import Order, Population, Scope, read_period

    named = _scope_of(model, regulator, portfolio=portfolio)
    given = {
        "--period": period, "--filter": line, "--sample": sample, "--seed": seed, "--full": full
    }  # fmt: skip
    _check_options(named, {name for name, value in given.items() if value not in (None, "", False)})
    drawing = Draw(sample, seed) if sample is not None else None
    return Order(
        model or "",
        out,
        scope=Scope(named),
        population=Population(line or "", scope, drawing, full),
        profile=regulator or "",
        period=read_period(period) if period is not None else None,
    )


_SAID_OF = {
    "model": frozenset[str](),
    "portfolio": frozenset({"--filter", "--sample", "--seed", "--full"}),
    "regulator": frozenset({"--filter", "--period"}),
}


def _check_options(named: str, given: set[str]) -> None:
    """Refuse what would be passed over without a word: somebody meant something by it."""
    strange = sorted(given - _SAID_OF[named])
    if strange:
        raise click.UsageError(f"{strange[0]} says nothing about a dossier of --{named}.")
    if "--seed" in given and "--sample" not in given:
        raise click.UsageError("--seed draws a sample: say how many with --sample N.")


def _scope_of(model: str | None, regulator: str | None, *, portfolio: bool) -> str:
    """Return the one scope that was named; raises a usage error for none or two."""
    asked = {"model": bool(model), "regulator": bool(regulator), "portfolio": portfolio}
    named = [scope for scope, is_asked in asked.items() if is_asked]
    if len(named) != 1:
        raise click.UsageError("Name one: --model ID, --portfolio or --regulator PROFILE.")
    return named[0]
