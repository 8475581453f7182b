"""The page Sharing: copies that travel, what others brought in, and what is to be settled."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.sharing.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.sharing.page import SharingPage

    return SharingPage(context)


def _count(context: Context, _: Progress) -> int:
    from mlops_desktop.services.copies.sharing import count_waiting

    return count_waiting(context.session)


PAGE = PageSpec(
    "sharing",
    95,
    "person",
    "sharing.title.page",
    _make,
    badge=_count,
    badge_watches=frozenset({"conflict"}),
    at_bottom=True,
    offers=OFFERS,
    terms=("ledger", "checkpoint", "outbox", "fate", "lease", "extract"),
)
