"""Cases of feedback as rows: how often which reason, and each case by itself."""

from dataclasses import dataclass

from mlops_desktop.services.feedback import Case, Count
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.said import say_title, stage_status
from mlops_desktop.ui.table import Column


@dataclass(frozen=True, slots=True)
class CountLine:
    """A reason in a segment with its numbers, as a row of the table."""

    count: Count

    @property
    def id(self) -> str:
        """What tells a line from the others of a model."""
        return f"{self.count.cause}\n{self.count.segment}"

    def holds(self, case: Case) -> bool:
        """Whether a case is one of those counted."""
        return (case.cause, case.segment) == (self.count.cause, self.count.segment)


def count_columns(context: Context) -> tuple[Column[CountLine], ...]:
    """Return the columns of the counts."""
    number, unnamed = context.language.number, context.say("feedback.unnamed")

    def cause(line: CountLine) -> str:
        return line.count.cause or unnamed

    def segment(line: CountLine) -> str:
        return line.count.segment

    def cases(line: CountLine) -> str:
        return number(line.count.cases)

    def still(line: CountLine) -> str:
        return number(line.count.open)

    return (
        Column("cause", "item.feedback.field.cause", cause, 26, strong=True, flexible=True),
        Column("segment", "item.feedback.field.segment", segment, 14),
        Column("cases", "feedback.cases", cases, 8, numeric=True),
        Column("open", "feedback.open", still, 8, numeric=True),
    )


COUNT_KEYS = {
    "cause": lambda line: line.count.cause.casefold(),
    "segment": lambda line: line.count.segment.casefold(),
    "cases": lambda line: line.count.cases,
    "open": lambda line: line.count.open,
}


def case_columns(context: Context) -> tuple[Column[Case], ...]:
    """Return the columns of the cases."""

    def title(case: Case) -> str:
        return say_title(context, case.row)

    return (
        Column("number", "item.field.number", lambda case: case.row.number, 9, muted=True),
        Column("title", "item.field.title", title, 24, strong=True, flexible=True),
        Column("cause", "item.feedback.field.cause", lambda case: case.cause, 18),
        Column("segment", "item.feedback.field.segment", lambda case: case.segment, 12),
        Column(
            "stage",
            "item.field.state",
            lambda case: case.row.stage,
            18,
            status=lambda case: stage_status(context, case.row),
        ),
        Column(
            "opened",
            "item.field.opened",
            lambda case: context.language.date(case.row.opened),
            12,
            muted=True,
        ),
    )


CASE_KEYS = {
    "number": lambda case: case.row.number,
    "title": lambda case: case.row.title.casefold(),
    "cause": lambda case: case.cause.casefold(),
    "segment": lambda case: case.segment.casefold(),
    "stage": lambda case: case.row.stage,
    "opened": lambda case: case.row.opened,
}
