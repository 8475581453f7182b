"""The page Ledger: how the history stands, its twelve checks, and every event of it."""

from functools import partial

from PySide6.QtCore import QTimer

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.ledger.offers import OFFERS

_EVERY_KIND = frozenset({"model", "source", "approval", "person", "dossier"})


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.ledger.page import LedgerPage

    return LedgerPage(context)


def _count_broken(context: Context, progress: Progress) -> int:
    """Count 1 where the history was shortened.

    Asked on opening a workspace, before the page was ever shown: so the watch that feeds the
    status bar is set up here, on the window's thread.
    """
    from mlops_desktop.ui.pages.ledger.watch import is_shortened, watch_of

    QTimer.singleShot(0, context, partial(watch_of, context))
    return int(is_shortened(context.session))


PAGE = PageSpec(
    "ledger",
    90,
    "ledger",
    "ledger.title.page",
    _make,
    badge=_count_broken,
    badge_watches=_EVERY_KIND,
    offers=OFFERS,
    terms=("event", "ledger", "head", "checkpoint", "inclusion_proof", "anchor", "digest"),
)
