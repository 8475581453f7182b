"""Compares what a stream told of things and series with what is known, and records it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mlops_desktop.core.inventory import Pair, Sighting
from mlops_desktop.core.observed.details import ObservedDetails
from mlops_desktop.core.observed.kinds import ObservedKind, kind_of, kinds
from mlops_desktop.outside.randomness import new_id
from mlops_desktop.services.sync.cleaning import clean
from mlops_desktop.services.sync.guard import is_suspicious
from mlops_desktop.services.sync.ledgering import Ledgering
from mlops_desktop.services.sync.matching import Matching
from mlops_desktop.services.sync.points import record_points
from mlops_desktop.services.sync.reading import StreamReading, facts_of
from mlops_desktop.sources.observations import Failure, ObservedPoints, ObservedThing
from mlops_desktop.store import records
from mlops_desktop.store.queries.observed import KnownThing, known_things


@dataclass(frozen=True, slots=True)
class SeenThing:
    """A thing as just read, cleaned, with the points told of it."""

    kind: ObservedKind
    native_id: str
    details: ObservedDetails
    seen: Sighting
    points: ObservedPoints | None = None


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """What one stream gave beside a registry's nouns; whether absence says anything."""

    stream: str
    things: tuple[SeenThing, ...]
    failure: Failure | None
    is_whole: bool


def collect_things(reading: StreamReading) -> StreamFacts:
    """Parse and clean what a stream told; what parsed before a broken page stays."""
    found, failure = facts_of(reading)
    things = tuple(
        _seen(fact, Sighting(page.evidence.digest, page.evidence.fetched_at))
        for page, fact in found
        if isinstance(fact, ObservedThing | ObservedPoints)
    )
    done = reading.completion
    is_whole = failure is None and done is not None and not done.is_partial and done.is_offered
    return StreamFacts(reading.stream.value, things, failure, is_whole)


def _seen(fact: ObservedThing | ObservedPoints, seen: Sighting) -> SeenThing:
    details = clean(fact.details)
    details = replace(details, labels=_sorted(details))
    points = fact if isinstance(fact, ObservedPoints) else None
    return SeenThing(kind_of(details), clean(fact.native_id), details, seen, points)


def _sorted(details: ObservedDetails) -> tuple[Pair, ...]:
    return tuple(sorted(details.labels, key=lambda pair: (pair.name, pair.value)))


def record_things(
    ledgering: Ledgering, source: str, facts: StreamFacts, *, accept_shrink: bool
) -> None:
    """Record what is new, told otherwise, back, or missing; and the points that came."""
    meant = [kind for kind in kinds() if facts.stream in kind.streams]
    known = known_things(ledgering.work.connection, source, (kind.noun for kind in meant))
    matching = Matching(ledgering.work, source)
    ids, things = {}, _last_told(facts.things)
    matching.learn(subject for thing in things for subject in thing.details.subjects)
    for thing in things:
        place = (thing.kind.noun, thing.native_id)
        models = matching.about(thing.details)
        ids[place] = _record_one(ledgering, source, thing, models, known.get(place))
    record_points(ledgering, source, _with_points(facts.things, ids))
    if facts.is_whole:
        _record_missing(ledgering, source, meant, known, ids, accept_shrink=accept_shrink)


def _last_told(things: Iterable[SeenThing]) -> list[SeenThing]:
    """Return each thing once, as it was told last."""
    return list({(one.kind.noun, one.native_id): one for one in things}.values())


def _record_one(
    ledgering: Ledgering,
    source: str,
    told: SeenThing,
    models: tuple[str, ...],
    former: KnownThing | None,
) -> str | None:
    """Record a thing if it differs; return its id, None for one the ledger refused."""
    text = records.to_text(told.details)
    if former and not former.is_missing and (former.record, former.models) == (text, models):
        ledgering.count("unchanged")
        return former.id
    id = former.id if former else new_id()
    event = told.kind.observed(id, source, told.native_id, models, told.details, told.seen)  # type: ignore[call-arg] # the fields of Observed, in its order
    fate = "changed" if former else "new"
    return id if ledgering.record(fate, told.native_id, event) else None


def _with_points(
    things: Iterable[SeenThing], ids: dict[tuple[str, str], str | None]
) -> list[tuple[str, ObservedPoints]]:
    found = []
    for one in things:
        id = ids.get((one.kind.noun, one.native_id))
        if one.points is not None and id is not None:
            found.append((id, one.points))
    return found


def _record_missing(
    ledgering: Ledgering,
    source: str,
    meant: list[ObservedKind],
    known: dict[tuple[str, str], KnownThing],
    told: dict[tuple[str, str], str | None],
    *,
    accept_shrink: bool,
) -> None:
    for kind in meant:
        if kind.missed is None:
            continue
        present = {place: one for place, one in known.items() if place[0] == kind.noun}
        present = {place: one for place, one in present.items() if not one.is_missing}
        gone = [one for place, one in present.items() if place not in told]
        if not accept_shrink and kind.is_standing and is_suspicious(len(gone), len(present)):
            ledgering.count("held_back", len(gone))
            continue
        for one in gone:
            event = kind.missed(one.id, source, one.native_id)  # type: ignore[call-arg] # the fields of every such event
            ledgering.record("missing", one.native_id, event)
