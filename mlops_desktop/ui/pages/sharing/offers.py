"""What the page Sharing lets a person do, in words."""

from mlops_desktop.ui.actions import Offer


def _writing(id: str, title: str, needs: str, icon: str) -> Offer:
    return Offer(id, title, needs, icon=icon, writes=True)


OFFERS = (
    _writing("sharing.push", "sharing.do.push", "sharing.needs.unshared", "export"),
    _writing("sharing.pull", "sharing.do.pull", "sharing.needs.copy", "sync"),
    Offer("sharing.stop", "sharing.do.stop", "sharing.needs.running", icon="stop"),
    Offer("sharing.take", "sharing.do.take", "sharing.needs.shared", icon="archive"),
    _writing("sharing.extract", "sharing.do.extract", "sharing.needs.shared", "filter"),
    _writing("sharing.keep", "sharing.do.keep", "sharing.needs.conflict", "check"),
    _writing("sharing.again", "sharing.do.again", "sharing.needs.conflict", "undo"),
    Offer("sharing.outbox", "sharing.do.outbox", "sharing.needs.unshared", icon="export"),
    _writing("sharing.answer", "sharing.do.answer", "sharing.needs.copy", "open"),
    _writing("sharing.receive", "sharing.do.receive", "sharing.needs.shared", "open"),
    Offer("sharing.event", "sharing.do.event", "sharing.needs.line", icon="ledger", menu="Go"),
)
