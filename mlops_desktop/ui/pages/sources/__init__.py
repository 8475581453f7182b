"""The page Sources: connections to registries, what their last reading gave, and reading them."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.sources.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.sources.page import SourcesPage

    return SourcesPage(context)


def _count_waiting(context: Context, progress: Progress) -> int:
    """Count the sources that need a person: not read to the end, or held back."""
    from mlops_desktop.services.sources import list_sources
    from mlops_desktop.ui.pages.sources.said import needs_person

    return sum(needs_person(row) for row in list_sources(context.session))


PAGE = PageSpec(
    "sources",
    10,
    "sources",
    "sources.title.page",
    _make,
    badge=_count_waiting,
    badge_watches=frozenset({"source"}),
    at_bottom=True,
    offers=OFFERS,
    terms=("source", "reading", "candidate", "blind_spot"),
)
