"""The page Reconciliation: what sources tell otherwise than the inventory says."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.reconciliation.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.reconciliation.page import ReconciliationPage

    return ReconciliationPage(context)


PAGE = PageSpec(
    "reconciliation",
    94,  # behind the nine that have a key Ctrl+1 to Ctrl+9
    "sync",
    "reconcile.title.page",
    _make,
    offers=OFFERS,
    terms=("candidate", "digest", "blind_spot", "deployment"),
)
