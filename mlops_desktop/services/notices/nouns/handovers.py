"""Handovers on offer, for who is to answer them."""

from collections.abc import Iterator

from mlops_desktop.core.handovers import HandoverState
from mlops_desktop.services.notices.nouns import Asked, Notice
from mlops_desktop.store.queries.handovers import list_handovers

KIND = "handover"
_SAID = 13
"""So much of its id tells an offer from others; ``people accept`` takes the beginning."""


def find(asked: Asked) -> Iterator[Notice]:
    """Yield every offer that nobody has answered, whatever its date: it waits now."""
    for row in list_handovers(asked.view.connection):
        if row.state is HandoverState.OFFERED:
            yield Notice(KIND, row.offer.handover[:_SAID], None, (row.offer.receiver,))
