"""What a group will use of a resource in the next thirteen weeks, as a small table."""

from dataclasses import dataclass

from mlops_desktop.core.resources.forecast import AHEAD, Ahead
from mlops_desktop.services.resources.outlook import Outlook
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.resources.said import say_share, say_unit, say_value
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.short_table import ShortTable

_WEEKS = (4, 8, AHEAD)


@dataclass(frozen=True, slots=True)
class AheadLine:
    """A week ahead: what is expected then, and what share that is of the capacity, if known."""

    weeks: int
    ahead: Ahead
    unit: str
    share: float | None

    @property
    def id(self) -> str:
        """The week."""
        return str(self.weeks)


def lines_of(outlook: Outlook | None) -> tuple[AheadLine, ...]:
    """Return the weeks that are told of; none where there is too little data for a forecast."""
    if outlook is None or outlook.forecast is None:
        return ()
    found = ((weeks, outlook.forecast.at(weeks)) for weeks in _WEEKS)
    whole = outlook.capacity
    return tuple(
        AheadLine(weeks, ahead, outlook.unit, ahead.value / whole if whole else None)
        for weeks, ahead in found
    )


class AheadTable(ShortTable):
    """Hidden where nothing can be told."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "resources.ahead", "resources.outlook.title", _columns)
        self.stand_alone()
        self.show_outlook(None)

    def show_outlook(self, outlook: Outlook | None) -> None:
        """Show what is expected of a use."""
        lines = lines_of(outlook)
        self.set_rows(lines)
        knows_capacity = any(line.share is not None for line in lines)
        self.setColumnHidden(len(self.model_of_rows.columns) - 1, not knows_capacity)
        self.fit_rows(len(lines), len(_WEEKS))
        self.setVisible(bool(lines))


def _columns(context: Context) -> tuple[Column[AheadLine], ...]:
    say, head = context.say, "resources.outlook.column"

    def value(line: AheadLine, name: str) -> str:
        return say_value(context, getattr(line.ahead, name))

    return (
        Column("weeks", f"{head}.weeks", lambda line: say("resources.outlook.in", n=line.weeks),
               14, strong=True, flexible=True, sortable=False),
        Column("value", f"{head}.value", lambda line: value(line, "value"), 9, numeric=True,
               sortable=False),
        Column("low", f"{head}.low", lambda line: value(line, "low"), 9, numeric=True,
               sortable=False),
        Column("high", f"{head}.high", lambda line: value(line, "high"), 9, numeric=True,
               sortable=False),
        Column("unit", "resources.column.unit", lambda line: say_unit(context, line.unit), 7,
               sortable=False),
        Column("share", f"{head}.share",
               lambda line: say_share(context, line.share) if line.share is not None else "",
               11, numeric=True, sortable=False),
    )  # fmt: skip
