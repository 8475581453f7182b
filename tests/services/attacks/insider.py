"""What an insider can do with the database open before him, and with the keys he holds."""

from collections.abc import Callable, Mapping
from copy import deepcopy
from typing import Any

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core.events import codec
from mlops_desktop.core.events.registry import Event, name_of
from mlops_desktop.ledger import body as bodies
from mlops_desktop.ledger import checkpoint, signature
from mlops_desktop.ledger.checkpoint import Checkpoint
from mlops_desktop.ledger.tree import Frontier, leaf_hash
from mlops_desktop.outside import person_keys
from mlops_desktop.outside.credentials import Credential
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.store import envelopes, log, search
from mlops_desktop.store.replay import replay
from mlops_desktop.store.tables.ledger import checkpoints, events
from mlops_desktop.store.tables.projected import projected
from mlops_desktop.store.workspace import Workspace
from tests.support.bank import PASSPHRASE, Bank

Tree = dict[str, Any]
"""The tree of an event's body."""


class Insider:
    """Holds the log as it would be put back: every event's bytes in their order."""

    def __init__(self, connection: sa.Connection, workspace: Workspace, bank: Bank) -> None:
        self.connection = connection
        self.workspace = workspace
        self.bank = bank
        self.log = [bytes(one.body) for one in log.read_events(connection)]
        self.notes = dict(log.read_checkpoints(connection))

    def tree(self, position: int) -> Tree:
        """Return an event to be altered."""
        found = bodies.decode(self.log[position])
        assert isinstance(found, dict)
        return deepcopy(found)

    def put(self, position: int, tree: Tree) -> None:
        """Put an altered event in the place of the true one."""
        self.log[position] = bodies.encode(tree)

    def edit(self, position: int, change: Callable[[Tree], None]) -> None:
        """Change an event where it lies."""
        tree = self.tree(position)
        change(tree)
        assert bodies.encode(tree) != self.log[position]
        self.put(position, tree)

    def forge(self, payload: Event, like: int, *, by: str | None = None) -> Tree:
        """Return the tree of a new event, all else as in the one at ``like``."""
        tree = self.tree(like)
        tree.pop("signature", None)
        person = by or tree["actor"]["person"]
        tree |= {"id": new_id(), "type": name_of(type(payload)), "data": codec.to_tree(payload)}
        tree["actor"] = {**tree["actor"], "person": person}
        for commitment in codec.commitments(payload):
            if commitment.disclosure is not None:
                opened = {commitment.digest: commitment.disclosure}
                log.keep_disclosures(self.connection, opened)
        return tree

    def append(self, tree: Mapping[str, Any]) -> int:
        """Put an event at the end; returns its position."""
        self.log.append(bodies.encode(dict(tree)))
        return len(self.log) - 1

    def signed(self, tree: Tree, credential: Credential) -> Tree:
        """Sign an event with a person's key."""
        tree = {name: part for name, part in tree.items() if name != "signature"}
        made = signature.sign(signature.payload_of(tree), credential)
        return {**tree, "signature": codec.to_tree(made)}

    def credential(self, name: str) -> Credential:
        """Return a person's own key: he takes part."""
        bank = self.bank
        return person_keys.unlock(self.workspace.id, bank.ids[name], PASSPHRASE)

    def name_of(self, person: str) -> str:
        """Return the name of the person with this id."""
        return next(name for name, id in self.bank.ids.items() if id == person)

    def seen(self, size: int | None = None) -> Tree:
        """Return the head over the first events, as a signature names it."""
        size = len(self.log) if size is None else size
        frontier = Frontier().extend(map(leaf_hash, self.log[:size]))
        return {"size": size, "root": frontier.root().hex()}

    def write(self, *, with_log_key: bool) -> None:
        """Put everything back so that it fits: columns, leaves, head, rows, and heads if he can."""
        frontier = Frontier().extend(map(leaf_hash, self.log))
        self.connection.execute(sa.delete(events))
        log.append(self.connection, [self._row(place) for place in range(len(self.log))])
        log.write_head(self.connection, frontier)
        self._write_notes(with_log_key=with_log_key)
        self.rebuild()

    def sign_head(self, device: Ed25519PrivateKey) -> None:
        """Sign the head over everything with a device key of one's own."""
        frontier = Frontier().extend(map(leaf_hash, self.log))
        origin = self.workspace.origin
        head = Checkpoint(origin, frontier.size, frontier.root())
        log.keep_checkpoint(self.connection, head.size, checkpoint.sign(head, origin, device))

    def rebuild(self) -> None:
        """Make the rows that pages show fit the events again."""
        for table in reversed(projected.sorted_tables):
            self.connection.execute(sa.delete(table))
        search.drop(self.connection)
        search.create(self.connection)
        for _ in replay(self.connection, self.connection):
            pass
        search.fill(self.connection)

    def _row(self, position: int) -> tuple[Any, ...]:
        body = self.log[position]
        columns = envelopes.columns_of(envelopes.from_body(body, {}))
        return (position, *columns, leaf_hash(body), body)

    def _write_notes(self, *, with_log_key: bool) -> None:
        sizes = [size for size in self.notes if size <= len(self.log)]
        if not with_log_key:
            gone = sa.delete(checkpoints).where(checkpoints.c.size > len(self.log))
            self.connection.execute(gone)
            return
        self.connection.execute(sa.delete(checkpoints))
        assert self.workspace.sign_head is not None
        for size in sorted({*sizes, len(self.log)}):
            head = Frontier().extend(map(leaf_hash, self.log[:size]))
            log.keep_checkpoint(self.connection, size, self.workspace.sign_head(head))
