"""The ledger extract of a dossier: events of the model, the signed head, proofs, blind spots."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events import registry
from mlops_desktop.core.monitoring import MetricState
from mlops_desktop.dossier.content import (
    BlindSpots,
    Checkpoint,
    Entry,
    Head,
    Leaf,
    Ledger,
    LeftOut,
    Missing,
    Reason,
    SourceState,
    Unmeasured,
)
from mlops_desktop.ledger.checkpoint import read_unverified
from mlops_desktop.ledger.note_key import NoteKey
from mlops_desktop.ledger.proofs import inclusion_proof
from mlops_desktop.ledger.tree import Levels
from mlops_desktop.services.dossiers.account import Account
from mlops_desktop.services.monitoring.reading import read_metrics
from mlops_desktop.store import log
from mlops_desktop.store.log import Stored
from mlops_desktop.store.queries.people import list_devices
from mlops_desktop.store.queries.positions import known_size
from mlops_desktop.store.queries.registry import SourceRow, list_sources
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class Extract:
    """What a dossier says of the ledger, and the size of the head it says it against."""

    ledger: Ledger
    leaves: tuple[Leaf, ...]
    size: int


@dataclass(frozen=True, slots=True)
class Footing:
    """The signed head that extracts are proved against, and the tree below it."""

    checkpoint: Checkpoint
    levels: Levels


def find_footing(view: ReadSession, origin: str, as_of: AsOf) -> Footing:
    """Return the signed head of the day; raises ``dossier.no_checkpoint`` where there is none."""
    note = log.read_checkpoint(view.connection, known_size(view.connection, as_of))
    if note is None:
        raise AppError("dossier.no_checkpoint")
    head = read_unverified(note)
    levels = Levels.over(log.read_leaves(view.connection, head.size))
    checkpoint = Checkpoint(
        Head(head.size, head.root.hex()), _signed_at(view, head.size), note, _keys(view, origin)
    )
    return Footing(checkpoint, levels)


def build_extract(
    view: ReadSession, footing: Footing, model: str, names: Mapping[str, str]
) -> Extract:
    """Return every event of the model up to the signed head, each with its proof."""
    found = log.read_subject_stored(view.connection, model, footing.checkpoint.head.size)
    return _extract(view, footing, found, names)


def build_bounds(view: ReadSession, footing: Footing, names: Mapping[str, str]) -> Extract:
    """Return the first and the last event below the signed head, each with its proof."""
    last = footing.checkpoint.head.size - 1
    found = [
        stored
        for position in sorted({0, last})
        for stored in log.read_events(view.connection, position, position + 1)
    ]
    return _extract(view, footing, found, names)


def _extract(
    view: ReadSession, footing: Footing, found: Iterable[Stored], names: Mapping[str, str]
) -> Extract:
    kept = tuple(found)
    account = Account(view)
    entries = tuple(_entry(view, stored, names, account) for stored in kept)
    leaves = tuple(_leaf(stored, footing.levels) for stored in kept)
    size = footing.checkpoint.head.size
    return Extract(Ledger(footing.checkpoint, entries), leaves, size)


def _entry(view: ReadSession, stored: Stored, names: Mapping[str, str], account: Account) -> Entry:
    envelope = log.read_envelope(view.connection, stored.body)
    actor = envelope.actor
    return Entry(
        stored.position,
        envelope.at,
        envelope.effective.date(),
        registry.name_of(type(envelope.payload)),
        names.get(actor.person, actor.person),
        account.tell(envelope.payload),
        stored.leaf.hex(),
    )


def _leaf(stored: Stored, levels: Levels) -> Leaf:
    path = inclusion_proof(levels, stored.position, levels.size)
    return Leaf(stored.position, stored.body.decode("utf-8"), tuple(step.hex() for step in path))


def _signed_at(view: ReadSession, size: int) -> datetime:
    (last,) = log.read_events(view.connection, size - 1, size)
    return log.read_envelope(view.connection, last.body).at


def _keys(view: ReadSession, origin: str) -> tuple[str, ...]:
    return tuple(
        NoteKey(origin, bytes.fromhex(device.public_key)).to_text()
        for device in list_devices(view.connection)
    )


def build_blind_spots(view: ReadSession, extract: Extract, model: str, as_of: AsOf) -> BlindSpots:
    """Return what this dossier could not know or does not print."""
    entries = extract.ledger.entries
    printed = 0 if isinstance(entries, Missing) else len(entries)
    others = extract.size - printed
    left_out = LeftOut("ledger_entries", others, Missing(Reason.NOT_APPLICABLE))
    return BlindSpots(
        sources=build_sources(view),
        unmeasured=tuple(_unmeasured(view, model, as_of)),
        left_out=(left_out,) if others else (),
    )


def build_sources(view: ReadSession) -> tuple[SourceState, ...] | Missing:
    """Return every source and when it was last read in full."""
    rows = [_source(row) for row in list_sources(view.connection) if not row.is_removed]
    return tuple(rows) or Missing(Reason.NONE_YET)


def _unmeasured(view: ReadSession, model: str, as_of: AsOf) -> Iterator[Unmeasured]:
    for row in read_metrics(view, model, as_of):
        if row.state is MetricState.UNMEASURED and row.metric:
            name = f"{row.metric} ({row.segment})" if row.segment else row.metric
            reason = Reason.SOURCE_SILENT if row.at is not None else Reason.NOT_MEASURED
            yield Unmeasured(name, row.since or Missing(Reason.NOT_MEASURED), Missing(reason))


def _source(row: SourceRow) -> SourceState:
    failures = row.result.failures if row.result else ()
    last_good = clock.from_text(row.completed_at) if row.completed_at else None
    return SourceState(
        name=row.name,
        kind=row.kind,
        last_good=last_good or Missing(Reason.SOURCE_NOT_REACHED),
        reached=row.result is not None and not failures,
        problem=failures[0].code if failures else None,
    )
