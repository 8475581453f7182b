"""The ledger over 100,000 events, against one SHA-256 over the same bytes.

The events lie in an encrypted file; reading and deciphering them is part of verifying, and is also
shown alone. Ratios are of processor time.
"""

import hashlib
from collections.abc import Callable, Iterator

from mlops_desktop.core.events.sources import SourceRemoved
from mlops_desktop.ledger import verify as checks
from mlops_desktop.ledger.tree import Frontier, leaf_hashes
from mlops_desktop.ledger.verification import StoredCheckpoint
from mlops_desktop.services.session import Session
from mlops_desktop.store import log
from mlops_desktop.store.unit_of_work import ReadSession
from tests.benchmarks.measuring import Line, Spent, interleave, milliseconds
from tests.benchmarks.workspaces import found_bank, own_folder

_EVENTS = 100_000
_SINCE = 1_000
_ROUNDS = 5


def measure() -> list[Line]:
    """Verify and hash in turns, and compare."""
    with own_folder() as folder:
        session = found_bank(folder / "bank.mrm")
        _fill(session)
        with session.workspace.read() as view:
            works = _works(view)
            spent = interleave(works, _ROUNDS)
        session.workspace.close()
    return list(_lines(spent))


def _fill(session: Session) -> None:
    with session.workspace.write(session.actor) as work:
        for number in range(_EVENTS):
            work.record(SourceRemoved(f"registry {number:09d} of the bank"))


def _works(view: ReadSession) -> dict[str, Callable[[], object]]:
    bodies = [event.body for event in log.read_events(view.connection)]
    whole = b"".join(bodies)
    size = len(bodies)
    notes = [StoredCheckpoint(*kept) for kept in log.read_checkpoints(view.connection)]

    def verify(known: int) -> None:
        found = checks.verify(log.read_parts(view.connection), notes, forms_from=known)
        assert found.ok, found.first_failure

    return {
        "floor": lambda: hashlib.sha256(whole).digest(),
        "verify": lambda: verify(0),
        "again": lambda: verify(size - _SINCE),
        "read": lambda: sum(len(part.bodies) for part in log.read_parts(view.connection)),
        "append": lambda: Frontier().extend(leaf_hashes(bodies)),
    }


def _lines(spent: dict[str, Spent]) -> Iterator[Line]:
    floor = spent["floor"].processor

    def line(what: str, name: str, limit: float | None = None, goal: float | None = None) -> Line:
        one = spent[name].processor
        return Line(what, milliseconds(one), one / floor, limit, goal)

    yield Line(f"floor: one SHA-256 over the bodies of {_EVENTS:,} events", milliseconds(floor))
    yield line("leaves and head of all of them, in memory", "append")
    yield line("reading them out of the encrypted file", "read")
    yield line("verify everything, with reading", "verify", 15.4, 8.0)
    yield line(f"verify when all but {_SINCE:,} were verified before", "again")
