"""The matrix of the page Regulation: a row a rule, a column a result."""

from collections.abc import Callable

from mlops_desktop.core.profiles.outcomes import Result
from mlops_desktop.core.wording import with_capital
from mlops_desktop.services.profiles.said import say_code
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.tabs.regulation import MOODS
from mlops_desktop.ui.pages.regulation.reading import RuleLine
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Status

ORDER = (
    Result.MISSING,
    Result.STALE,
    Result.UNVERIFIABLE,
    Result.WAIVED,
    Result.MET,
    Result.NOT_APPLICABLE,
)
"""Results as they are read: what must be mended first."""
_KEY = ORDER[:3]
"""What must be mended stays where a list has no room for the rest."""
_WIDTHS = {Result.UNVERIFIABLE: 13, Result.WAIVED: 11, Result.NOT_APPLICABLE: 14}
_WIDTH = 9


def rule_columns(context: Context) -> tuple[Column[RuleLine], ...]:
    """Return the columns."""
    words, code = context.language.words, context.language.code
    return (
        Column("rule", "profiles.cell.rule", lambda line: line.id, 12, muted=True, sortable=False),
        Column(
            "title",
            "profiles.cell.title",
            lambda line: line.rule.title.say(code),
            width=32,
            strong=True,
            flexible=True,
            sortable=False,
            key=True,
        ),
        Column(
            "level",
            "profiles.cell.level",
            lambda line: say_code(words, line.rule.level.value),
            width=14,
            sortable=False,
        ),
        *(_count(context, result) for result in ORDER),
    )


def _count(context: Context, result: Result) -> Column[RuleLine]:
    def text(line: RuleLine) -> str:
        return context.language.number(line.counts[result]) if line.counts[result] else ""

    def status(line: RuleLine) -> Status | None:
        return Status(MOODS[result], text(line)) if line.counts[result] else None

    is_waived = result is Result.WAIVED  # the word for it is too long to stand above a figure
    words = context.language.words
    code = say_code(words, result.value)
    title = "profiles.word.waived" if is_waived else with_capital(code)
    return Column(
        result.value, title, text, _WIDTHS.get(result, _WIDTH), status=_only_gaps(result, status),
        sortable=False, key=result in _KEY,
    )  # fmt: skip


def _only_gaps(
    result: Result, status: Callable[[RuleLine], Status | None]
) -> Callable[[RuleLine], Status | None] | None:
    return None if result in (Result.MET, Result.NOT_APPLICABLE) else status
