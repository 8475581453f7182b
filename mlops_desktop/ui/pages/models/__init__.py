"""The page Models: the inventory, one model whole, and what can be done with it."""

from mlops_desktop.ui.context import Context
from mlops_desktop.ui.page import Page, PageSpec
from mlops_desktop.ui.pages.models.intake.offers import INTAKE_OFFERS
from mlops_desktop.ui.pages.models.offers import OFFERS


def _make(context: Context) -> Page:
    # Services are imported when the page is first shown: the first paint needs none of them.
    from mlops_desktop.ui.pages.models.page import ModelsPage

    return ModelsPage(context)


PAGE = PageSpec(
    "models",
    20,
    "models",
    "models.title.page",
    _make,
    offers=(*OFFERS, *INTAKE_OFFERS),
    terms=(
        "candidate",
        "tier",
        "materiality",
        "approval_state",
        "version",
        "deployment",
        "champion_challenger",
        "use_case",
        "gate",
        "limitation",
        "lineage",
        "as_known_as_at",
    ),
)
