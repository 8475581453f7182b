"""What the page Overview lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("overview.role", "overview.do.role", "overview.needs", icon="person", menu="View"),
    Offer("overview.mine", "overview.do.mine", "overview.needs_role", icon="overview", menu="Go"),
    Offer("overview.all", "overview.do.all", "overview.needs", icon="overview", menu="Go"),
)
