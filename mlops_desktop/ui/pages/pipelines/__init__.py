"""The page Pipelines: what is late, fails or did not pass, and where the data goes."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.pipelines.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.pipelines.page import PipelinesPage

    return PipelinesPage(context)


def _count_bad(context: Context, progress: Progress) -> int:
    from mlops_desktop.services.pipeline_filtering import filter_pipelines
    from mlops_desktop.services.pipelines import list_pipelines

    found = filter_pipelines(list_pipelines(context.session), "")
    return sum(one.needs_looking for one in found)


PAGE = PageSpec(
    "pipelines",
    60,
    "pipelines",
    "pipelines.title.page",
    _make,
    badge=_count_bad,
    badge_watches=frozenset({"pipeline", "pipeline_run", "check", "source"}),
    offers=OFFERS,
    terms=("run", "dataset", "freshness", "completeness", "incident", "lineage"),
)
