"""The outbox: what was recorded in a copy and the shared workspace does not have yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mlops_desktop.core.events.approvals import Seen
from mlops_desktop.services.session import Session
from mlops_desktop.store import transfer
from mlops_desktop.store.copies import must_read, read_unshared
from mlops_desktop.store.transfer import Parcel


@dataclass(frozen=True, slots=True)
class Outbox:
    """A person's own events from a copy, whose shared head is ``base``, with what they name."""

    workspace: str
    copy: str
    person: str
    base: Seen
    parcel: Parcel
    bases: Mapping[str, int] = field(default_factory=dict)
    """How much its author had seen, of events recorded before the copy last pulled."""

    def base_of(self, event: str) -> int:
        """Return how many of the shared events the author of one had seen."""
        return self.bases.get(event, self.base.size)

    @property
    def first_base(self) -> int:
        """The least that any of its events was recorded behind."""
        return min((self.base.size, *self.bases.values()))


def read_outbox(session: Session) -> Outbox:
    """Return everything recorded in the copy since the head it shares; raises ``copy.none``."""
    with session.workspace.read() as view:
        copy = must_read(view.connection)
        bodies = [one.body for one in read_unshared(view.connection, copy.shared.size)]
        parcel = transfer.pack(view.connection, bodies)
    return Outbox(session.workspace.id, copy.id, copy.person, copy.base, parcel, copy.bases)
