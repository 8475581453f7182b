"""What the page Resources lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("resources.go", "resources.do.go", "resources.needs.line", icon="right", menu="Go"),
    Offer("resources.limits", "resources.limits.do", "resources.limits.needs", icon="edit",
          writes=True),
    Offer(
        "resources.export", "resources.do.export", "resources.needs.open", icon="export",
        menu="File",
    ),
)  # fmt: skip
