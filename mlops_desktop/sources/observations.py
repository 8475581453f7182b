"""What a source tells: frozen facts in pages with their evidence, failures, completions."""

from array import array
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from mlops_desktop.core.events.series import SeriesDetails
from mlops_desktop.core.observed.details import ObservedDetails


class Stream(StrEnum):
    """One kind of thing a source can list; streams fail alone."""

    MODELS = "models"
    VERSIONS = "versions"
    RUNS = "runs"
    DATASETS = "datasets"
    LINEAGE = "lineage"
    METRICS = "metrics"
    ALERTS = "alerts"
    CHECKS = "checks"
    DEPLOYMENTS = "deployments"
    RESOURCE_USE = "resource_use"
    DECISIONS = "decisions"


class FailureCode(StrEnum):
    """Why a stream stopped."""

    AUTH = "auth"
    FORBIDDEN = "forbidden"
    UNSUPPORTED = "unsupported"
    RATE_LIMITED = "rate_limited"
    TIMEOUT = "timeout"
    TLS = "tls"
    UNREACHABLE = "unreachable"
    SERVER = "server"
    PROTOCOL = "protocol"
    REJECTED = "rejected"
    TOO_LARGE = "too_large"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Pair:
    """A name and a value as the source gives them (a tag, a parameter, an alias)."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric as the source gives it; ``value`` is the shortest decimal text, never re-judged."""

    name: str
    value: str
    step: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DatasetInput:
    """A dataset a run read: identity is name and digest."""

    name: str
    digest: str
    source_type: str | None = None
    source: str | None = None
    schema: str | None = None
    rows: int | None = None
    context: str | None = None


@dataclass(frozen=True, slots=True)
class ObservedModel:
    """An entry of a registry: a registered model."""

    native_id: str
    name: str
    description: str | None = None
    tags: tuple[Pair, ...] = ()
    aliases: tuple[Pair, ...] = ()
    created_at: datetime | None = None
    updated_at: datetime | None = None
    is_prompt: bool = False


@dataclass(frozen=True, slots=True)
class ObservedVersion:
    """A version of a registry entry; ``native_id`` is unique in the source."""

    native_id: str
    model_native_id: str
    version: str
    stage: str | None = None
    status: str | None = None
    artifact: str | None = None
    run_id: str | None = None
    description: str | None = None
    tags: tuple[Pair, ...] = ()
    created_by: str | None = None
    created_at: datetime | None = None
    updated_at: datetime | None = None
    signature: str | None = None
    frameworks: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedRun:
    """The run a version came from."""

    native_id: str
    name: str | None = None
    user: str | None = None
    status: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    is_deleted: bool = False
    code_source: str | None = None
    commit: str | None = None
    parameters: tuple[Pair, ...] = ()
    metrics: tuple[Metric, ...] = ()
    datasets: tuple[DatasetInput, ...] = ()
    tags: tuple[Pair, ...] = ()
    signature: str | None = None
    experiment_id: str | None = None
    frameworks: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class ObservedThing:
    """Anything beside registry, version and run: an alert, a result, a dataset, a serving.

    ``details`` is a kind of core/observed; texts in it need no cleaning by the source.
    """

    native_id: str
    details: ObservedDetails


@dataclass(frozen=True, slots=True)
class ObservedPoints:
    """A series and points of it: milliseconds since 1970 UTC that rise, and their values.

    A value that the source calls no number is NaN; it is kept as a gap, never as zero.
    """

    native_id: str
    details: SeriesDetails
    times: "array[int]" = field(repr=False)
    values: "array[float]" = field(repr=False)


Fact = ObservedModel | ObservedVersion | ObservedRun | ObservedThing | ObservedPoints


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a page came from: enough to ask again and to compare."""

    request: str
    fetched_at: datetime
    digest: str
    source_version: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One answer of the source, kept raw once by its digest; parsed only when it is new."""

    stream: Stream
    evidence: Evidence
    raw: bytes = field(repr=False)
    parse: Callable[[bytes], tuple[Fact, ...]] = field(repr=False)

    def facts(self) -> tuple[Fact, ...]:
        """Parse the raw answer into facts; raises SourceFailure with code ``protocol``."""
        return self.parse(self.raw)


@dataclass(frozen=True, slots=True)
class Failure:
    """A stream stopped; what was read before stays.

    ``code`` and ``reason`` have sentences (``failures.<code>``, ``failures.reasons.<reason>``);
    ``detail`` is short and technical, in the source's own words, and holds no secret.
    ``retry_after`` is in seconds.
    """

    stream: Stream
    code: FailureCode
    detail: str
    is_retryable: bool = False
    retry_after: int | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """One part of a stream (a file) that was not read, while all others were.

    ``place`` is where it lies, with its line where that is known; ``code`` has its sentences under
    ``errors.<code>``; ``detail`` is short and technical and holds nothing of the data.
    """

    place: str
    code: str
    detail: str = ""

    def __str__(self) -> str:
        """Return it as refused facts are told: what, then the code."""
        told = f"{self.place} ({self.detail})" if self.detail else self.place
        return f"{told}: {self.code}"


@dataclass(frozen=True, slots=True)
class Completion:
    """The stream was read to its end: the only thing that allows "missing since".

    ``cursor`` is where the next pull goes on, opaque to all but the source; a source without one
    lists everything each time. ``is_partial`` says that what came is what was new since the last
    cursor, or that a part was refused, so that absence says nothing. ``refused`` are the parts
    (files) that were not read; each is told by one stream alone. ``is_offered`` is false where
    this version of the source has no such listing, which is no failure; then absence says nothing.
    """

    stream: Stream
    cursor: str | None = None
    is_partial: bool = False
    refused: tuple[Refusal, ...] = ()
    is_offered: bool = True


Observation = Page | Failure | Completion


@dataclass(frozen=True, slots=True)
class SignatureReading:
    """The inputs and outputs of one version, read on demand, with the answer they came from."""

    evidence: Evidence
    raw: bytes = field(repr=False)
    signature: str | None = None
    frameworks: tuple[Pair, ...] = ()


@dataclass(frozen=True, slots=True)
class Probe:
    """What a connection test found: reachable, which version, who we are, what we can see.

    ``warnings`` are codes of ``sources.warnings``: all was answered, but a person should know.
    ``missing`` are streams that this kind of source reads and this version of it does not offer.
    """

    is_reachable: bool
    version: str | None = None
    identity: str | None = None
    visible: tuple[Pair, ...] = ()
    failures: tuple[Failure, ...] = ()
    warnings: tuple[str, ...] = ()
    missing: tuple[Stream, ...] = ()
