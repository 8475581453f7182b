"""What the page Reconciliation lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("reconcile.go", "reconcile.do.go", "reconcile.needs.line", icon="right", menu="Go"),
    Offer("reconcile.model", "reconcile.do.model", "reconcile.needs.model", icon="models",
          menu="Go"),
    Offer("reconcile.accept", "reconcile.do.accept", "reconcile.needs.acceptable", icon="check",
          writes=True),
)  # fmt: skip
