"""A copy made an extract for somebody, signed by the device that made it."""

from dataclasses import dataclass
from datetime import date

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mlops_desktop.core import clock
from mlops_desktop.core.extracts import Extract, Matter, held_back_from
from mlops_desktop.core.identity import Actor, Role
from mlops_desktop.ledger.extract import digest_over, sign_extract
from mlops_desktop.store.extracting import Left, take_out
from mlops_desktop.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Cut:
    """What an extract is to hold: some models (ids; none means all), since when, for which role.

    ``matters`` are held back instead of what the role's are.
    """

    role: Role
    models: frozenset[str] = frozenset()
    since: date | None = None
    matters: frozenset[Matter] | None = None

    @property
    def held_back(self) -> frozenset[Matter]:
        """What is held back of the events that are given."""
        return held_back_from(self.role) if self.matters is None else self.matters


def make_extract(copy: Workspace, cut: Cut, maker: Actor, device: Ed25519PrivateKey) -> None:
    """Take out of a whole copy what does not belong to the extract, and sign what was left out."""

    def sign(left: Left) -> str:
        return sign_extract(_describe(copy, cut, maker, left), copy.origin, device)

    take_out(copy, cut.models, cut.since, cut.held_back, sign)


def _describe(copy: Workspace, cut: Cut, maker: Actor, left: Left) -> Extract:
    return Extract(
        copy.id,
        left.head.size,
        left.head.root().hex(),
        clock.to_text(clock.now()),
        maker.person,
        maker.device,
        cut.role,
        tuple(sorted(cut.models)),
        tuple(sorted(cut.held_back)),
        digest_over(left.withheld),
        len(left.withheld),
        digest_over(left.held_back),
        len(left.held_back),
        cut.since,
    )
