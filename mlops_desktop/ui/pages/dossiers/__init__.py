"""The page Dossiers: what left the workspace, the pages of a PDF, and what its signature says."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.dossiers.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.dossiers.page import DossiersPage

    return DossiersPage(context)


def _count_waiting(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.dossiers.countersigning import count_waiting

    return count_waiting(context.session)


PAGE = PageSpec(
    "dossiers",
    80,
    "dossiers",
    "dossiers.title.page",
    _make,
    badge=_count_waiting,
    badge_watches=frozenset({"dossier", "person"}),
    offers=OFFERS,
    terms=(
        "seal",
        "counter_signature",
        "digest",
        "checkpoint",
        "inclusion_proof",
        "blind_spot",
        "as_known_as_at",
    ),
)
