"""The page Resources: what models consume, by model, version, environment or owner."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.resources.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.resources.page import ResourcesPage

    return ResourcesPage(context)


PAGE = PageSpec(
    "resources",
    70,
    "resources",
    "resources.title.page",
    _make,
    offers=OFFERS,
    terms=("idle", "unmeasured", "reading"),
)
