"""Says values of cards in the language in force, and goes where they lead."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from mlops_desktop.core.wording import with_capital
from mlops_desktop.services.overview.cards import (
    Amount,
    Cell,
    EventAbout,
    EventName,
    Marked,
    Said,
    Way,
)
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.summaries import say_summary
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.pages.resources.said import say_unit
from mlops_desktop.ui.widgets.chips import Status


def tell(context: Context, value: Cell) -> str:
    """Return a value as the reader's language writes it; nothing for None."""
    language = context.language
    if isinstance(value, Marked):
        return tell(context, value.value)
    if isinstance(value, Said):
        told = {name: tell(context, part) for name, part in value.parameters}
        words = context.say(value.key, **told)
        return with_capital(words) if value.is_title else words
    if isinstance(value, EventName):
        return say_event(context, value.row.type)
    if isinstance(value, EventAbout):
        return say_summary(context, value.row)
    if isinstance(value, datetime):
        return language.time(value)
    if isinstance(value, date):
        return language.date(value)
    if isinstance(value, Amount):
        return (
            f"{language.number(value.value, value.digits)} {say_unit(context, value.unit)}".rstrip()
        )
    if isinstance(value, Decimal):
        return language.decimal(str(value))
    return language.number(value) if isinstance(value, int) else value or ""


def status_of(context: Context, cell: Cell) -> Status | None:
    """Return the chip of a marked value."""
    if isinstance(cell, Marked) and cell.mood:
        return Status(cell.mood, tell(context, cell))
    return None


def follow(context: Context, way: Way) -> None:
    """Go where ``way`` leads."""
    if way.day is not None:
        context.show_as_of(way.day)
    if way.action:
        context.do_on(way.page, way.action)
    elif way.record:
        context.show_page(way.page, way.record)
    elif way.filter:
        context.show_list(way.page, way.filter)
    else:
        context.show_page(way.page)


def following(context: Context, way: Way | None) -> Callable[[], None]:
    """Return what goes there; of None, what does nothing."""
    return lambda: follow(context, way) if way is not None else None
