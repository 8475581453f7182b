"""What came back from copies, for the sample history."""

from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.core.events.copies import (
    Arrival,
    ConflictSettled,
    Fate,
    OutboxReceived,
    Settlement,
)
from mlops_desktop.core.events.registry import Event

_ARRIVALS = (
    Arrival("e1", Fate.EFFECTIVE),
    Arrival("e2", Fate.STALE_BASE, against="e0"),
    Arrival("e3", Fate.REFUSED, rule="owner"),
)

COPIES: tuple[Event, ...] = (
    OutboxReceived("c1", "feddersen", Seen(2, "ab" * 32), _ARRIVALS),
    ConflictSettled("e2", Settlement.KEPT, None, commit("bleibt so", b"0" * 16)),
)
