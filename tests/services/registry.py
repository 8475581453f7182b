"""A registry in memory that speaks the contract of sources, for what a server cannot be made do."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime

from mlops_desktop.sources.base import SourceFailure
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Fact,
    Failure,
    FailureCode,
    Observation,
    ObservedModel,
    ObservedRun,
    ObservedVersion,
    Page,
    Pair,
    Probe,
    SignatureReading,
    Stream,
)

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


@dataclass
class Registry:
    """Models, versions and runs as one page each; a stream named in ``failing`` breaks."""

    models: dict[str, ObservedModel] = field(default_factory=dict)
    versions: dict[str, ObservedVersion] = field(default_factory=dict)
    runs: dict[str, ObservedRun] = field(default_factory=dict)
    failing: dict[Stream, FailureCode] = field(default_factory=dict)
    streams: tuple[Stream, ...] = (Stream.MODELS, Stream.VERSIONS, Stream.RUNS)

    def add(self, name: str, versions: int = 1, **aliases: str) -> None:
        """List a model with so many versions."""
        given = tuple(Pair(alias, version) for alias, version in aliases.items())
        created = datetime(2026, 1, len(self.models) % 27 + 1, tzinfo=UTC)
        self.models[name] = ObservedModel(name, name, aliases=given, created_at=created)
        for number in range(1, versions + 1):
            native = f"{name}/{number}"
            self.versions[native] = ObservedVersion(native, name, str(number), run_id=f"r-{native}")

    def drop(self, name: str) -> None:
        """Delete a model with its versions."""
        del self.models[name]
        for native in [key for key, one in self.versions.items() if one.model_native_id == name]:
            del self.versions[native]

    def probe(self) -> Probe:
        """Answer that it is there."""
        return Probe(is_reachable=True)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's one page, then its completion or failure."""
        facts: tuple[Fact, ...] = tuple(getattr(self, stream.value).values())
        raw = json.dumps([asdict(fact) for fact in facts], default=str).encode()
        digest = hashlib.sha256(raw).hexdigest()
        yield Page(stream, Evidence(f"GET /{stream}", AT, digest), raw, lambda _: facts)
        code = self.failing.get(stream)
        yield Failure(stream, code, "broken") if code else Completion(stream)

    def close(self) -> None:
        """Do nothing."""


@dataclass
class SigningRegistry(Registry):
    """A registry that tells a version's inputs and outputs only when asked for that version."""

    signatures: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def read_signature(self, version: ObservedVersion) -> SignatureReading:
        """Answer for one version; one without a file is refused, as MLflow does."""
        self.asked.append(version.native_id)
        found = self.signatures.get(version.native_id)
        if found is None:
            raise SourceFailure(Failure(Stream.VERSIONS, FailureCode.REJECTED, "no MLmodel"))
        digest = hashlib.sha256(found.encode()).hexdigest()
        return SignatureReading(Evidence("GET /MLmodel", AT, digest), found.encode(), found)
