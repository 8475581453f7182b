"""Reads whole streams of a source."""

from mlops_desktop.sources.base import Source
from mlops_desktop.sources.observations import (
    Completion,
    Fact,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Page,
    Stream,
)


def read_facts(source: Source, stream: Stream) -> list[Fact]:
    """Return the stream's facts; fails unless it was read to its end."""
    *pages, last = source.pull(stream)
    assert last == Completion(stream), last
    return [fact for page in pages if isinstance(page, Page) for fact in page.facts()]


def read_models(source: Source) -> dict[str, ObservedModel]:
    """Return the models by name."""
    found = read_facts(source, Stream.MODELS)
    return {fact.name: fact for fact in found if isinstance(fact, ObservedModel)}


def read_versions(source: Source) -> dict[str, ObservedVersion]:
    """Return the versions by native id."""
    found = read_facts(source, Stream.VERSIONS)
    return {fact.native_id: fact for fact in found if isinstance(fact, ObservedVersion)}


def read_runs(source: Source) -> dict[str, ObservedRun]:
    """Return the runs by id."""
    found = read_facts(source, Stream.RUNS)
    return {fact.native_id: fact for fact in found if isinstance(fact, ObservedRun)}


def read_digests(source: Source, stream: Stream) -> list[str]:
    """Return the digests of the stream's pages."""
    return [page.evidence.digest for page in source.pull(stream) if isinstance(page, Page)]
