"""What the rules say of an event that comes from a copy, by everything recorded before it."""

from mlops_desktop.core.events.registry import Envelope, Event
from mlops_desktop.core.fates import EFFECTIVE, Verdict
from mlops_desktop.store.unit_of_work import WriteSession

RULED: frozenset[type[Event]] = frozenset()


def find_refusal(work: WriteSession, envelope: Envelope) -> Verdict:
    """Return the fate that the rules give an event."""
    return EFFECTIVE
