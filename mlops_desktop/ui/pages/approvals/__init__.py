"""The page Approvals: what is asked, what was decided, and the decision with one's signature."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.approvals.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.approvals.page import ApprovalsPage

    return ApprovalsPage(context)


def _count_waiting(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.reviews import count_waiting

    return count_waiting(context.session)


PAGE = PageSpec(
    "approvals",
    30,
    "approvals",
    "approvals.title.page",
    _make,
    badge=_count_waiting,
    badge_watches=frozenset({"approval", "model", "person"}),
    offers=OFFERS,
    terms=(
        "approval",
        "approval_rule",
        "four_eyes",
        "segregation",
        "condition",
        "recusal",
        "delegation",
        "voided",
        "committee",
    ),
)
