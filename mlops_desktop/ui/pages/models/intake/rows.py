"""The tables of a report: refusals, differences and notices, a row each."""

from dataclasses import dataclass

from mlops_desktop.core.custom_fields import Field
from mlops_desktop.services.imports.report import Difference, Notice, Refusal, Report, RowReport
from mlops_desktop.services.imports.telling import say_notice, say_refusal
from mlops_desktop.services.imports.vocabulary import name_of, word_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.short_table import ShortTable


@dataclass(frozen=True, slots=True)
class RefusalLine:
    """A refusal in the table."""

    id: str
    refusal: Refusal


@dataclass(frozen=True, slots=True)
class DifferenceLine:
    """A field that changes, of which row and model."""

    id: str
    row: RowReport
    difference: Difference
    own: tuple[Field, ...] = ()


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """Something worth knowing."""

    id: str
    notice: Notice
    own: tuple[Field, ...] = ()


def refusal_lines(report: Report) -> tuple[RefusalLine, ...]:
    """Return the refusals by row."""
    ordered = sorted(report.refusals, key=lambda one: one.row)
    return tuple(RefusalLine(str(at), one) for at, one in enumerate(ordered))


def difference_lines(report: Report) -> tuple[DifferenceLine, ...]:
    """Return what changes, model by model."""
    return tuple(
        DifferenceLine(f"{row.row}:{one.field}", row, one, report.own)
        for row in report.rows
        for one in row.differences
    )


def notice_lines(report: Report) -> tuple[NoticeLine, ...]:
    """Return the notices in their order."""
    return tuple(NoticeLine(str(at), one, report.own) for at, one in enumerate(report.notices))


def refusal_table(context: Context) -> ShortTable:
    """Return the table of refusals."""
    keys = {
        "row": lambda line: line.refusal.row,
        "column": lambda line: (line.refusal.column, line.refusal.row),
        "reason": lambda line: (line.refusal.code, line.refusal.row),
    }
    return ShortTable(context, "intake.refusals", "intake.tab.refusals", _refusal_columns, keys)


def _refusal_columns(context: Context) -> tuple[Column[RefusalLine], ...]:
    language = context.language.code
    return (
        Column("row", "intake.head.row", lambda line: str(line.refusal.row), 7, numeric=True),
        Column("letter", "intake.head.letter", lambda line: line.refusal.letter, 5, sortable=False),
        Column("column", "intake.head.column", lambda line: line.refusal.column, 22),
        Column("value", "intake.head.value", lambda line: line.refusal.value, 20, sortable=False),
        Column(
            "reason",
            "intake.head.reason",
            lambda line: say_refusal(line.refusal, language)[0],
            46,
            strong=True,
            flexible=True,
        ),
        Column(
            "remedy",
            "intake.head.remedy",
            lambda line: say_refusal(line.refusal, language, in_window=True)[2],
            60,
            muted=True,
            sortable=False,
        ),
    )


def difference_table(context: Context) -> ShortTable:
    """Return the table of differences."""
    keys = {
        "row": lambda line: line.row.row,
        "name": lambda line: (line.row.name.casefold(), line.row.row),
        "field": lambda line: (line.difference.field, line.row.row),
    }
    name = "intake.differences"
    return ShortTable(context, name, "intake.tab.differences", _difference_columns, keys)


def _difference_columns(context: Context) -> tuple[Column[DifferenceLine], ...]:
    def said(line: DifferenceLine, value: str | None) -> str:
        return word_of(line.difference.field, value, language, line.own) if value else ""

    def named(line: DifferenceLine) -> str:
        return name_of(line.difference.field, language, line.own)

    language = context.language.code
    return (
        Column("row", "intake.head.row", lambda line: str(line.row.row), 7, numeric=True),
        Column("id", "models.field.id", lambda line: line.row.model or "", 9, sortable=False),
        Column("name", "models.field.name", lambda line: line.row.name, 30, strong=True),
        Column("field", "intake.many.field", named, 24),
        Column(
            "before",
            "intake.head.before",
            lambda line: said(line, line.difference.before),
            26,
            muted=True,
            sortable=False,
        ),
        Column(
            "after",
            "intake.head.after",
            lambda line: said(line, line.difference.after),
            26,
            flexible=True,
            sortable=False,
        ),
    )


def notice_table(context: Context) -> ShortTable:
    """Return the table of notices."""
    return ShortTable(context, "intake.notices", "intake.tab.notices", _notice_columns)


def _notice_columns(context: Context) -> tuple[Column[NoticeLine], ...]:
    language = context.language.code
    return (
        Column(
            "row",
            "intake.head.row",
            lambda line: str(line.notice.row or ""),
            7,
            numeric=True,
            sortable=False,
        ),
        Column("column", "intake.head.column", lambda line: line.notice.column, 24, sortable=False),
        Column(
            "what",
            "intake.head.what",
            lambda line: say_notice(line.notice, language, line.own),
            70,
            flexible=True,
            sortable=False,
        ),
    )
