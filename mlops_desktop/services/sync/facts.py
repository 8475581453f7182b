"""The facts of one reading, converted, each with the sighting of the page it stood on."""

from dataclasses import dataclass, field, replace

from mlops_desktop.core.inventory import Entry, Pair, Sighting, VersionDetails
from mlops_desktop.services.sync import conversion
from mlops_desktop.services.sync.cleaning import fit_text
from mlops_desktop.services.sync.conversion import SeenRun
from mlops_desktop.services.sync.reading import StreamReading, facts_of
from mlops_desktop.sources.observations import (
    Failure,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Page,
    Stream,
)


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry as just read."""

    entry: Entry
    seen: Sighting


@dataclass(frozen=True, slots=True)
class SeenVersion:
    """A version as just read; ``run_id`` may name a run that was not read."""

    native_id: str
    model_native_id: str
    fact: ObservedVersion
    seen: Sighting


@dataclass(slots=True)
class Facts:
    """Everything one reading gave, by native id, and what it failed to give."""

    entries: dict[str, SeenEntry] = field(default_factory=dict)
    versions: dict[str, SeenVersion] = field(default_factory=dict)
    runs: dict[str, SeenRun] = field(default_factory=dict)
    signatures: dict[str, str] = field(default_factory=dict)
    frameworks: dict[str, tuple[Pair, ...]] = field(default_factory=dict)
    complete: set[Stream] = field(default_factory=set)
    failures: list[Failure] = field(default_factory=list)

    def details_of(self, item: SeenVersion, former: VersionDetails | None) -> VersionDetails:
        """Return a version's details; a run not read this time keeps what was known of it."""
        seen_run = self.runs.get(item.fact.run_id or "")
        told = seen_run.signature if seen_run else None
        signature = told or self.signatures.get(item.native_id)
        if signature is None and former is not None:
            signature = former.signature
        known = former.run if former and former.run_id == item.fact.run_id else None
        run = seen_run.run if seen_run is not None else known
        made = conversion.version_of(item.fact, run, signature)
        return replace(made, frameworks=self._frameworks(item, seen_run, former))

    def _frameworks(
        self, item: SeenVersion, run: SeenRun | None, former: VersionDetails | None
    ) -> tuple[Pair, ...]:
        told = (run.frameworks if run else ()) or self.frameworks.get(item.native_id, ())
        return told or (former.frameworks if former is not None else ())


def collect(source: str, readings: list[StreamReading]) -> Facts:
    """Convert the facts of all streams."""
    facts = Facts()
    for reading in readings:
        found, failure = facts_of(reading)
        for page, fact in found:
            sighting = _sighting(page)
            match fact:
                case ObservedModel():
                    entry = conversion.entry_of(source, fact)
                    facts.entries[entry.native_id] = SeenEntry(entry, sighting)
                case ObservedVersion():
                    version = _version(fact, sighting)
                    facts.versions[version.native_id] = version
                case ObservedRun():
                    run = conversion.run_of(fact)
                    facts.runs[fact.native_id] = SeenRun(
                        run, fact.signature, conversion.pairs_of(fact.frameworks)
                    )
        if failure is None:
            facts.complete.add(reading.stream)
        else:
            facts.failures.append(failure)
    return facts


def _version(fact: ObservedVersion, seen: Sighting) -> SeenVersion:
    """Return a version under names made as its model's are, or it would look like an orphan."""
    return SeenVersion(fit_text(fact.native_id), fit_text(fact.model_native_id), fact, seen)


def _sighting(page: Page) -> Sighting:
    return Sighting(page.evidence.digest, page.evidence.fetched_at)
