"""Where a name stands besides the texts that are erased: other texts, events, kept answers."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.events import codec
from mlops_desktop.store import envelopes, log
from mlops_desktop.store.evidence import unpack
from mlops_desktop.store.tables.ledger import disclosures, evidence

PLAIN, ANSWER = "plain", "answer"
"""Stands for what no rule reaches: a word of an event's own bytes; a file or answer kept."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A place that says a name: the event with the field of its text, or what no rule reaches.

    ``position`` is None for a kept answer, which ``digest`` names.
    """

    position: int | None
    type: str
    field: str
    digest: str = ""


def find_mentions(connection: sa.Connection, name: str, going: frozenset[str]) -> Iterator[Mention]:
    """Yield every place that says a name in whatever case, but for the digests that go."""
    sought = name.casefold()
    said = frozenset(_saying(connection, sought)) - going
    for part in log.read_parts(connection):
        for position, body in zip(part.positions, part.bodies, strict=True):
            yield from _in_event(position, body, said, sought)
    yield from _in_answers(connection, sought)


def _saying(connection: sa.Connection, sought: str) -> Iterator[str]:
    for row in connection.execute(sa.select(disclosures)):
        text = Erasable(row.digest, row.disclosure).text or ""
        if sought in text.casefold():
            yield row.digest


def _in_event(position: int, body: bytes, said: frozenset[str], sought: str) -> Iterator[Mention]:
    named = said.intersection(envelopes.digests_of(body)) if said else frozenset()
    is_plain = sought in body.decode("utf-8").casefold()
    if not named and not is_plain:
        return
    envelope = envelopes.from_body(body, {})
    kind = envelopes.columns_of(envelope).type
    for field, one in codec.named_commitments(envelope.payload):
        if one.digest in named:
            yield Mention(position, kind, field, one.digest)
    if is_plain:
        yield Mention(position, kind, PLAIN)


def _in_answers(connection: sa.Connection, sought: str) -> Iterator[Mention]:
    for row in connection.execute(sa.select(evidence)):
        # What was altered names nobody here; verification says that it was.
        content = (unpack(row.compressed, row.size) or b"").decode("utf-8", "replace")
        if sought in content.casefold() or sought in row.request.casefold():
            yield Mention(None, row.request.partition(":")[0], ANSWER, row.digest)
