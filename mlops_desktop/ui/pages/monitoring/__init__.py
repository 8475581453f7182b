"""The page Monitoring: models and their metrics, how each stands and since when."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.monitoring.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.monitoring.page import MonitoringPage

    return MonitoringPage(context)


def _count_mine(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.monitoring.listing import count_mine

    return count_mine(context.session)


PAGE = PageSpec(
    "monitoring",
    40,
    "monitoring",
    "monitoring.title.page",
    _make,
    badge=_count_mine,
    badge_watches=frozenset({"breach", "person"}),
    offers=OFFERS,
    terms=("threshold", "breach", "unmeasured", "reading"),
)
