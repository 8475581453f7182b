"""The lists of the yearly plan: its validations, and the sums by validator and month."""

from dataclasses import dataclass

from PySide6.QtCore import QLocale

from mlops_desktop.services.validation_plan import PlannedValidation, PlannedWork
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.short_table import SortKey

SORTS: dict[str, SortKey] = {
    "number": lambda one: one.number,
    "models": lambda one: one.models,
    "begins": lambda one: (one.begins, one.number),
    "due": lambda one: (one.due or one.begins, one.number),
    "days": lambda one: one.days or 0,
    "validator": lambda one: one.validator.casefold(),
}
"""What a column sorts by."""


def plan_columns(context: Context) -> tuple[Column[PlannedValidation], ...]:
    """Return the columns of the validations."""
    return (*_naming(context), *_planning(context))


def _naming(context: Context) -> tuple[Column[PlannedValidation], ...]:
    def cause(one: PlannedValidation) -> str:
        return context.say(f"item.validation.choice.{one.cause.value}") if one.cause else ""

    return (
        Column("number", _head("number"), lambda one: one.number, 9, muted=True),
        Column(
            "models", _head("models"), lambda one: ", ".join(one.models), 24, strong=True,
            flexible=True,
        ),
        Column("cause", _head("cause"), cause, 15, sortable=False),
        Column(
            "stage",
            _head("stage"),
            lambda one: context.say(f"item.validation.stage.{one.stage}"),
            15,
            sortable=False,
        ),
    )  # fmt: skip


def _planning(context: Context) -> tuple[Column[PlannedValidation], ...]:
    day, number = context.language.date, context.language.number
    return (
        Column("begins", _head("begins"), lambda one: day(one.begins), 10),
        Column("due", _head("due"), lambda one: day(one.due), 10),
        Column(
            "days",
            _head("days"),
            lambda one: "" if one.days is None else number(one.days),
            12,
            numeric=True,
        ),
        Column("validator", _head("validator"), lambda one: name(context, one.validator), 15),
    )


def _head(column: str) -> str:
    return f"validation_plan.column.{column}"


def name(context: Context, validator: str) -> str:
    """Return what a validator is called, also where there is none."""
    return validator or context.say("validation_plan.nobody")


@dataclass(frozen=True, slots=True)
class SumRow:
    """A validator's sums as a row; the last one is that of all, with the id ``sum``."""

    id: str
    work: PlannedWork


def sum_rows(works: tuple[PlannedWork, ...]) -> tuple[SumRow, ...]:
    """Return a row for each validator and one for all of them."""
    months = tuple(sum(one.days_by_month[at] for one in works) for at in range(12))
    whole = PlannedWork("", sum(one.validations for one in works), months)
    rows = tuple(SumRow(f"by:{one.validator}", one) for one in works)
    return (*rows, SumRow("sum", whole))


def sum_columns(context: Context) -> tuple[Column[SumRow], ...]:
    """Return the columns of the sums: who, how many, person-days, and these by month."""
    number = context.language.number

    def who(row: SumRow) -> str:
        is_sum = row.id == "sum"
        said = context.say("validation_plan.sum")
        return said if is_sum else name(context, row.work.validator)

    return (
        Column("who", _head("validator"), who, 16, strong=True, flexible=True, sortable=False),
        Column(
            "validations",
            _head("validations"),
            lambda row: number(row.work.validations),
            12,
            numeric=True,
            sortable=False,
        ),
        Column(
            "days", _head("days"), lambda row: number(row.work.days), 13, numeric=True,
            strong=True, sortable=False,
        ),
        *(_month(context, at) for at in range(12)),
    )  # fmt: skip


def _month(context: Context, at: int) -> Column[SumRow]:
    short = QLocale.FormatType.ShortFormat
    title = context.language.locale.standaloneMonthName(at + 1, short)

    def days(row: SumRow) -> str:
        found = row.work.days_by_month[at]
        return context.language.number(found) if found else ""

    return Column(f"m{at + 1}", title, days, 4, numeric=True, sortable=False)
