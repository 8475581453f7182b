"""The page Regulation: how the whole inventory stands under a profile, by rule and result."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.regulation.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.regulation.page import RegulationPage

    return RegulationPage(context)


PAGE = PageSpec(
    "regulation",
    93,
    "verify",
    "profiles.word.page",
    _make,
    offers=OFFERS,
    terms=("profile", "level", "waiver", "evidence"),
)
