"""What the page Monitoring lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

_ROW, _BREACH = "monitoring.needs.row", "monitoring.needs.breach"

OFFERS = (
    Offer("monitoring.threshold", "monitoring.action.threshold", _ROW, icon="edit", writes=True),
    Offer("monitoring.end", "monitoring.action.end", "monitoring.needs.threshold", icon="stop",
          writes=True),
    Offer("monitoring.plan", "monitoring.action.plan", _BREACH, icon="check", writes=True),
    Offer("monitoring.acknowledge", "monitoring.action.acknowledge", _BREACH, icon="info",
          writes=True),
    Offer("monitoring.breach", "monitoring.action.breach", "monitoring.needs.any_breach",
          icon="findings", menu="Go"),
    Offer("monitoring.import", "thresholds.action", "item.needs.person", icon="open", menu="File",
          writes=True),
    Offer("monitoring.model", "monitoring.action.model", _ROW, icon="models", menu="Go"),
    Offer("monitoring.copy", "monitoring.action.copy", "monitoring.needs.measured", icon="copy"),
    Offer("monitoring.picture", "monitoring.action.picture", "monitoring.needs.measured",
          icon="chart"),
)  # fmt: skip
