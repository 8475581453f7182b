"""What the page Pipelines lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

_PERSON = "pipelines.needs.person"

OFFERS = (
    Offer("pipeline.expect", "pipelines.action.expect", _PERSON, icon="clock", writes=True),
    Offer("pipeline.describe", "pipelines.action.describe", _PERSON, icon="edit", writes=True),
    Offer("pipeline.incident", "pipelines.action.incident", _PERSON, icon="warning", writes=True),
    Offer("pipeline.open", "pipelines.action.open", "pipelines.needs.link", icon="open", menu="Go"),
)
