"""The page Overview: what each role comes for, each figure leading to its rows."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.overview.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.overview.page import OverviewPage

    return OverviewPage(context)


PAGE = PageSpec(
    "overview",
    10,
    "overview",
    "portfolio.title.page",
    _make,
    offers=OFFERS,
    terms=("tier", "approval_state", "blind_spot", "unmeasured", "as_known_as_at"),
)
