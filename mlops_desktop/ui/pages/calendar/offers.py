"""What the page Calendar lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("calendar.go", "calendar.action.go", "calendar.needs.line", icon="right", menu="Go"),
    Offer(
        "calendar.export", "calendar.action.export", "calendar.needs.open", icon="export",
        menu="File",
    ),
)  # fmt: skip
