"""What the page Pipelines lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

_PERSON = "pipelines.needs.person"

OFFERS = (
    Offer("pipeline.expect", "pipelines.action.expect", _PERSON, icon="clock", writes=True),
    Offer("pipeline.describe", "pipelines.action.describe", _PERSON, icon="edit", writes=True),
    Offer("pipeline.incident", "pipelines.action.incident", _PERSON, icon="warning", writes=True),
    Offer("pipeline.end_step", "pipelines.action.end_step", _PERSON, icon="stop", writes=True),
    Offer("pipeline.resume_step", "pipelines.action.resume_step", "pipelines.needs.ended",
          icon="undo", writes=True),
    Offer("dataset.same", "pipelines.action.same", "pipelines.needs.acting", icon="dataset",
          writes=True),
    Offer("dataset.apart", "pipelines.action.apart", "pipelines.needs.said", icon="undo",
          writes=True),
    Offer("pipeline.open", "pipelines.action.open", "pipelines.needs.link", icon="open", menu="Go"),
)  # fmt: skip
