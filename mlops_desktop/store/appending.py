"""Events of one write session on their way into the log, written some thousands at a time."""

from collections.abc import Iterator

import sqlalchemy as sa

from mlops_desktop.core.events import codec
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.model_state import Happening
from mlops_desktop.ledger.tree import Frontier, leaf_hash
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.pens import Entry, Part, Pen, Seal


class Appending:
    """Gives each event its position and leaf; what is asked of the log includes what waits."""

    def __init__(self, connection: sa.Connection, frontier: Frontier, pen: Pen) -> None:
        self._connection, self._pen = connection, pen
        self._written = self._ahead = frontier
        self._entries: list[Entry] = []
        self.leaves: list[bytes] = []
        """The leaves of every event of the session, written or not."""
        self._opened: dict[str, str] = {}

    @property
    def written(self) -> int:
        """The log's size without what waits."""
        return self._written.size

    @property
    def waiting(self) -> int:
        """The number of events not yet written."""
        return len(self._entries)

    def add(self, envelope: Envelope) -> int:
        """Take an event and return its position; refuses what the body's limits refuse."""
        return self.adopt(envelope, envelopes.to_body(envelope))

    def adopt(self, envelope: Envelope, body: bytes, *, is_held: bool = False) -> int:
        """Take an event whose bytes are given, and return its position."""
        position = self._written.size + len(self._entries)
        leaf = leaf_hash(body)
        self._entries.append(Entry(position, envelope, is_held, leaf, body))
        self.leaves.append(leaf)
        if codec.may_commit(type(envelope.payload)):
            self._keep_opened(envelope)
        return position

    def _keep_opened(self, envelope: Envelope) -> None:
        for commitment in codec.commitments(envelope.payload):
            if commitment.disclosure is not None:
                self._opened[commitment.digest] = commitment.disclosure

    def ahead(self) -> Frontier:
        """Return the frontier over every event, what waits included."""
        if self._ahead.size != self._written.size + len(self._entries):
            self._ahead = self._written.extend(self.leaves[len(self.leaves) - len(self._entries) :])
        return self._ahead

    def flush(self, seal: Seal | None = None) -> Frontier:
        """Write what waits and return the frontier over everything written; a ``seal`` ends it."""
        if not (self._entries or self._opened or seal):
            return self._written
        part = Part(self._written, self.ahead(), self._entries, self._opened)
        self._pen.write(self._connection, part, seal)
        self._written, self._entries, self._opened = part.after, [], {}
        return self._written

    def history(self, subject: str) -> Iterator[Happening]:
        """Yield every happening about a subject, those of this session too."""
        self.flush()
        for position, envelope in log.read_subject(self._connection, subject):
            yield envelopes.happening_of(position, envelope)

    def open(self, digests: set[str]) -> dict[str, str]:
        """Return the disclosures kept for these digests, those that wait too."""
        waiting = {digest: self._opened[digest] for digest in digests & self._opened.keys()}
        kept = log.open_commitments(self._connection, digests - waiting.keys())
        kept.update(waiting)
        return kept
