"""Small real histories: enrolled people, signed heads after each transaction, signed decisions."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core import clock
from mlops_desktop.core.erasable import commit
from mlops_desktop.core.events import codec
from mlops_desktop.core.events.approvals import ApprovalDecided, Decision, Seen
from mlops_desktop.core.events.people import (
    DeviceEnrolled,
    PersonEnrolled,
    WorkspaceCreated,
)
from mlops_desktop.core.events.registry import Event, name_of
from mlops_desktop.core.identity import Actor, Role
from mlops_desktop.ledger import signature
from mlops_desktop.ledger.body import Tree, encode
from mlops_desktop.ledger.checkpoint import Checkpoint, sign
from mlops_desktop.ledger.tree import Frontier, leaf_hash
from mlops_desktop.ledger.verification import StoredCheckpoint, StoredPart, Verification
from mlops_desktop.ledger.verify import verify
from mlops_desktop.outside.certificates import fingerprint, to_pem
from mlops_desktop.outside.credentials import Credential
from tests.ledger.conftest import AT

ORIGIN = "elbmark.example/mrm/w1"
DEVICE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
NAME = commit("Name", bytes(16))


@dataclass(frozen=True, slots=True)
class Row:
    position: int
    leaf: bytes
    body: bytes


@dataclass(slots=True)
class History:
    """What a workspace would hold; every test damages its own copy."""

    rows: list[Row] = field(default_factory=list)
    heads: list[StoredCheckpoint] = field(default_factory=list)
    frontier: Frontier = field(default_factory=Frontier)

    def add(
        self, payload: Event, actor: str = "p1", signer: Credential | None = None
    ) -> dict[str, Tree]:
        tree = self.tree_of(payload, actor)
        if signer:
            signed = signature.sign(signature.payload_of(tree), signer)
            tree["signature"] = codec.to_tree(signed)
        self.add_body(encode(tree))
        return tree

    def tree_of(self, payload: Event, actor: str, at: datetime | None = None) -> dict[str, Tree]:
        moment = clock.to_text(at or AT + timedelta(minutes=len(self.rows)))
        return {
            "v": 1,
            "id": f"e{len(self.rows)}",
            "type": name_of(type(payload)),
            "at": moment,
            "effective": moment,
            "actor": codec.to_tree(Actor(actor, "d1")),
            "workspace": "w1",
            "data": codec.to_tree(payload),
        }

    def add_body(self, body: bytes) -> None:
        leaf = leaf_hash(body)
        self.rows.append(Row(len(self.rows), leaf, body))
        self.frontier = self.frontier.append(leaf)

    def close(self, device: Ed25519PrivateKey = DEVICE) -> None:
        """End a transaction: sign the head."""
        head = Checkpoint(ORIGIN, self.frontier.size, self.frontier.root())
        self.heads.append(StoredCheckpoint(head.size, sign(head, ORIGIN, device)))

    def decide(self, signer: Credential, person: str, seen: Seen | None = None) -> dict[str, Tree]:
        return self.add(self.decision(signer, person, seen), person, signer)

    def decision(
        self, signer: Credential, person: str, seen: Seen | None = None
    ) -> ApprovalDecided:
        return ApprovalDecided(
            request="r1", model="m1", person=person, name=NAME, role=Role.VALIDATOR,
            decision=Decision.APPROVE, meaning="approved_for_use", digest="ab" * 32,
            seen=seen or self.seen(), fingerprint=fingerprint(signer.certificate),
        )  # fmt: skip

    def seen(self) -> Seen:
        return Seen(self.frontier.size, self.frontier.root().hex())

    def rewrite(self, position: int, body: bytes) -> None:
        """Change a body and its leaf, as somebody who can write the database may."""
        self.rows[position] = Row(position, leaf_hash(body), body)

    def resign(self, device: Ed25519PrivateKey = DEVICE) -> None:
        """Sign every head anew over the rows as they are, as somebody with the key may."""
        rows, sizes = self.rows, [head.size for head in self.heads]
        self.rows, self.heads, self.frontier = [], [], Frontier()
        for row in rows:
            self.add_body(row.body)
            if len(self.rows) in sizes:
                self.close(device)

    def verify(self, forms_from: int = 0) -> Verification:
        return verify(parts_of(self.rows), self.heads, forms_from=forms_from)


def parts_of(rows: list[Row], size: int = 4) -> Iterator[StoredPart]:
    """The rows as a database gives them: some at a time, by column."""
    for start in range(0, len(rows), size):
        part = rows[start : start + size]
        positions, leaves = [row.position for row in part], [row.leaf for row in part]
        yield StoredPart(positions, leaves, [row.body for row in part])


def found(verification: Verification) -> tuple[int, int, str] | None:
    """The first failure as position, check and code."""
    failure = verification.first_failure
    return (failure.position, failure.check, failure.error.code) if failure else None


def begin(authority: Credential, *signers: tuple[str, Credential]) -> History:
    """A new workspace with its first device and these persons enrolled: one transaction."""
    history = History()
    history.add(WorkspaceCreated("Elbmark", ORIGIN, to_pem(authority.certificate)))
    for person, signer in signers:
        pem, print_ = to_pem(signer.certificate), fingerprint(signer.certificate)
        history.add(PersonEnrolled(person, NAME, (Role.VALIDATOR,), pem, print_))
    public = DEVICE.public_key().public_bytes_raw().hex()
    history.add(DeviceEnrolled("d1", "p1", public))
    history.close()
    return history


def noise(history: History, count: int) -> None:
    """Entries that only stand for others."""
    for _ in range(count):
        history.add(PersonEnrolled("p9", NAME))
