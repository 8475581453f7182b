"""What the page of items lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("item.open", "item.action.open", "item.needs.person", "Ctrl+Alt+N", "add", writes=True),
    Offer("item.step", "item.action.step", "item.needs.step", "Ctrl+E", "right", writes=True),
    Offer("item.edit", "item.action.edit", "item.needs.open", icon="edit", writes=True),
    Offer("item.model", "item.action.model", "item.needs.model", icon="models", menu="Go"),
    Offer("item.draft", "reports.draft_action", "reports.draft_needs", icon="export", menu="File",
          writes=True),
    Offer("item.due", "notices.save", "notices.needs", icon="export", menu="File"),
    Offer("experiment.copy", "experiment.action.copy", "experiment.needs_result", icon="copy"),
    Offer("experiment.picture", "experiment.action.picture", "experiment.needs_result",
          icon="chart"),
)  # fmt: skip
PLAN_OFFERS = (
    Offer("item.ages", "charts.ageing.action", "charts.ageing.needs", icon="clock", menu="View"),
    Offer("plan.show", "validation_plan.action.show", "validation_plan.needs.open",
          icon="calendar", menu="View"),
    Offer("plan.list", "validation_plan.action.list", "validation_plan.needs.shown",
          icon="findings", menu="View"),
    Offer("plan.days", "validation_plan.action.days", "validation_plan.needs.row", icon="edit",
          writes=True),
    Offer("plan.export", "validation_plan.action.export", "validation_plan.needs.plan",
          icon="export", menu="File"),
)  # fmt: skip
"""What the yearly plan of validations lets a person do."""
