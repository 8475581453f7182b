"""The page of items: findings, validations, exceptions and all else that is opened and closed."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.governance.offers import OFFERS, PLAN_OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.governance.page import GovernancePage

    return GovernancePage(context)


def _count_mine(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.items import count_overdue_of

    return count_overdue_of(context.session)


PAGE = PageSpec(
    "governance",
    35,
    "findings",
    "item.title.page",
    _make,
    badge=_count_mine,
    badge_watches=frozenset({"item", "person"}),
    offers=(*OFFERS, *PLAN_OFFERS),
    terms=(
        "finding",
        "validation",
        "exception",
        "overlay",
        "waiver",
        "condition",
        "proposal",
        "incident",
        "experiment",
        "request_list",
        "evidence",
    ),
)
