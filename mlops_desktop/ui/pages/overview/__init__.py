"""The page Overview: the figures of the whole inventory, each leading to its rows."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec


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
    terms=("tier", "approval_state", "blind_spot", "unmeasured", "as_known_as_at"),
)
