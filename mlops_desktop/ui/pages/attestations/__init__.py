"""The page of attestation campaigns: coverage by tier, what is open, my answers, what changed."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.attestations.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.attestations.page import AttestationsPage

    return AttestationsPage(context)


def _count_mine(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.attestations.showing import count_waiting

    return count_waiting(context.session)


PAGE = PageSpec(
    "attestations",
    92,  # behind the nine that have a key Ctrl+1 to Ctrl+9
    "check",
    "attestations.title.page",
    _make,
    badge=_count_mine,
    badge_watches=frozenset({"campaign", "model", "person"}),
    offers=OFFERS,
    terms=("attestation_campaign", "model_owner"),
)
