"""What the page Changes lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("changes.go", "changes.do.go", "changes.needs.line", icon="right", menu="Go"),
    Offer("changes.export", "changes.do.export", "changes.needs.lines", icon="export",
          menu="File"),
)  # fmt: skip
