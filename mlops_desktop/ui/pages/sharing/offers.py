"""What the page Sharing lets a person do, in words."""

from mlops_desktop.ui.actions import Offer

OFFERS = (
    Offer("sharing.push", "sharing.do.push", "sharing.needs.unshared", icon="export"),
    Offer("sharing.pull", "sharing.do.pull", "sharing.needs.copy", icon="sync"),
    Offer("sharing.stop", "sharing.do.stop", "sharing.needs.running", icon="stop"),
    Offer("sharing.take", "sharing.do.take", "sharing.needs.shared", icon="archive"),
    Offer("sharing.extract", "sharing.do.extract", "sharing.needs.shared", icon="filter"),
    Offer("sharing.keep", "sharing.do.keep", "sharing.needs.conflict", icon="check"),
    Offer("sharing.again", "sharing.do.again", "sharing.needs.conflict", icon="undo"),
    Offer("sharing.outbox", "sharing.do.outbox", "sharing.needs.unshared", icon="export"),
    Offer("sharing.answer", "sharing.do.answer", "sharing.needs.copy", icon="open"),
    Offer("sharing.receive", "sharing.do.receive", "sharing.needs.shared", icon="open"),
    Offer("sharing.event", "sharing.do.event", "sharing.needs.line", icon="ledger", menu="Go"),
)
