"""The page of what decides about decisions: rules, committees, supervisors, emergencies, tiers."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.rules.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.rules.page import RulesPage

    return RulesPage(context)


def _count_waiting(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.oversight import count_waiting

    return count_waiting(context.session)


PAGE = PageSpec(
    "rules",
    91,  # behind the nine that have a key Ctrl+1 to Ctrl+9
    "rules",
    "oversight.title.page",
    _make,
    badge=_count_waiting,
    badge_watches=frozenset({"rule", "tier_template", "meeting", "approval", "person", "handover"}),
    offers=OFFERS,
    terms=(
        "approval_rule",
        "committee",
        "delegation",
        "supervisor_permission",
        "emergency",
        "tier_template",
        "four_eyes",
    ),
)
