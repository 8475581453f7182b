"""What the page Regulation lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("profile.add", "profiles.take.action", "profiles.take.needs", icon="add", writes=True),
)
