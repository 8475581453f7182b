"""Looks again for the models of what an unchanged stream told: meanwhile a person may have said."""

from collections.abc import Iterable

from mlops_desktop.core import clock
from mlops_desktop.core.inventory import Sighting
from mlops_desktop.core.observed.kinds import kind_named, kinds
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.matching import Matching
from mlops_desktop.sources.observations import Stream
from mlops_desktop.store.queries.observed import ObservedRow, list_unassigned


def record_matches(ledgering: Ledgering, source: str, streams: Iterable[Stream]) -> None:
    """Record the models of things that had none; they were counted as unchanged before."""
    wanted = {stream.value for stream in streams}
    nouns = [kind.noun for kind in kinds() if wanted.intersection(kind.streams)]
    if not nouns:
        return
    matching = Matching(ledgering.work, source)
    rows = list_unassigned(ledgering.work.connection, source, nouns)
    matching.learn(subject for row in rows for subject in row.details.subjects)
    for row in rows:
        models = matching.about(row.details)
        if models and _record(ledgering, row, models):
            ledgering.count("unchanged", -1)


def _record(ledgering: Ledgering, row: ObservedRow, models: tuple[str, ...]) -> bool:
    seen = Sighting(row.seen_digest, clock.from_text(row.seen_at))
    told = (row.id, row.source, row.native_id, models, row.details, seen)
    event = kind_named(row.kind).observed(*told)  # type: ignore[call-arg] # as things.py makes it
    return ledgering.record("changed", row.native_id, event)
