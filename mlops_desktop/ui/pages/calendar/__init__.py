"""The page Calendar: everything with a due date, day by day."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.calendar.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.calendar.page import CalendarPage

    return CalendarPage(context)


def _count_mine(context: Context, progress: Progress) -> int:
    from mlops_desktop.ui.pages.calendar.reading import count_overdue

    return count_overdue(context.session)


PAGE = PageSpec(
    "calendar",
    95,  # behind the nine that have a key Ctrl+1 to Ctrl+9
    "calendar",
    "calendar.title.page",
    _make,
    badge=_count_mine,
    badge_watches=frozenset({"item", "approval", "model", "campaign", "person"}),
    offers=OFFERS,
    terms=("validation", "condition", "finding", "approval"),
)
