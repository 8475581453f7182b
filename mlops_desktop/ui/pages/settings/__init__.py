"""The page Settings: this desk's looks, people and keys, dossiers, signatures, the workspace."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.settings.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.settings.page import SettingsPage

    return SettingsPage(context)


PAGE = PageSpec(
    "settings",
    20,
    "settings",
    "settings.title.page",
    _make,
    at_bottom=True,
    offers=OFFERS,
    terms=("seal", "counter_signature", "digest", "anchor"),
)
