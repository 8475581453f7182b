"""The page Changes: what differs between two days."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.changes.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.changes.page import ChangesPage

    return ChangesPage(context)


PAGE = PageSpec(
    "changes",
    96,  # behind the nine that have a key Ctrl+1 to Ctrl+9
    "history",
    "changes.title",
    _make,
    offers=OFFERS,
    terms=("approval", "finding"),
)
