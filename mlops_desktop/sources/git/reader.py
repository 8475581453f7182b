"""The repository as a source: probe and pull; tags and files are brought once for all streams."""

import hashlib
from collections.abc import Iterator
from typing import Any

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.work import IsCancelled
from mlops_desktop.outside.repositories.mirror import Mirror
from mlops_desktop.outside.repositories.program import Access, GitFault, GitLimits
from mlops_desktop.sources.base import Connection, Credentials
from mlops_desktop.sources.git.documents import read_documents
from mlops_desktop.sources.git.facts import Repository, commits_of
from mlops_desktop.sources.git.registry import read_registry
from mlops_desktop.sources.observations import (
    Completion,
    Evidence,
    Failure,
    FailureCode,
    Observation,
    Page,
    Pair,
    Probe,
    Stream,
)

_AT_ONCE = 500
_NEVER_ANSWERED = {FailureCode.UNREACHABLE, FailureCode.TIMEOUT, FailureCode.TLS}


class Git:
    """A reader of one repository; used by one thread, for one sync or one test.

    There is no cursor: what the mirror has is not fetched again, and reading it is quick.
    """

    streams: tuple[Stream, ...] = (
        Stream.MODELS,
        Stream.VERSIONS,
        Stream.RUNS,
        Stream.DATASETS,
        Stream.LINEAGE,
    )

    def __init__(
        self,
        connection: Connection,
        credentials: Credentials,
        is_cancelled: IsCancelled = lambda: False,
        limits: GitLimits | None = None,
    ) -> None:
        secret = credentials.password or credentials.token
        access = Access(credentials.username, secret, connection.ca_file, connection.proxy)
        self._connection = connection
        self._mirror = Mirror(connection.url, access, limits, is_cancelled)
        self._read: tuple[Repository, str] | None = None

    def probe(self) -> Probe:
        """Tell git's version, and how many tags, models and versions there are."""
        try:
            version = self._mirror.version()
            refs = self._mirror.refs()
            repository, _ = self._repository()
        except GitFault as fault:
            failure = failure_of(Stream.MODELS, fault)
            return Probe(failure.code not in _NEVER_ANSWERED, failures=(failure,))
        counts = {
            "tags": sum(name.startswith("refs/tags/") for name in refs),
            "models": sum(1 for _ in repository.models()),
            "versions": sum(1 for _ in repository.versions()),
        }
        visible = tuple(Pair(name, str(number)) for name, number in counts.items())
        return Probe(is_reachable=True, version=version, visible=visible)

    def pull(self, stream: Stream, cursor: str | None = None) -> Iterator[Observation]:
        """Yield the stream's facts in pages, then one completion or one failure.

        Files that cannot be read are refusals of the first stream's completion.
        """
        if stream not in self.streams:
            yield Failure(stream, FailureCode.UNSUPPORTED, "git")
            return
        try:
            repository, state = self._repository()
            facts = list(_facts(repository, stream))
        except GitFault as fault:
            yield failure_of(stream, fault)
            return
        for start in range(0, len(facts), _AT_ONCE):
            yield _page(stream, tuple(facts[start : start + _AT_ONCE]), state)
        told = [one for own in repository.documents.values() for one in own.refused]
        refused = tuple(dict.fromkeys(told)) if stream is self.streams[0] else ()
        yield Completion(stream, is_partial=bool(told), refused=refused)

    def close(self) -> None:
        """Hold nothing open."""

    def _repository(self) -> tuple[Repository, str]:
        """Return what the repository holds, with the digest of its refs; raises GitFault."""
        if self._read is None:
            refs = self._mirror.refs()
            self._mirror.bring(refs)
            lines = "\n".join(f"{id} {name}" for name, id in sorted(refs.items()))
            digest = hashlib.sha256(lines.encode("utf-8", "surrogateescape")).hexdigest()
            self._read = (self._gather(), digest)
        return self._read

    def _gather(self) -> Repository:
        head = self._mirror.head()
        artifacts = read_registry(self._mirror.tags())
        places: list[tuple[str, str, str | None]] = list(commits_of(artifacts))
        told = self._connection.setting("folders").split(",")
        folders = {"", *(one.strip().strip("/") for one in told), *(a.folder for a in artifacts)}
        if head is not None:
            places += [(head, folder, None) for folder in folders]
            places += [(head, one.folder, one.name) for one in artifacts]
        documents = read_documents(self._mirror, places)
        commits = self._mirror.commits(commit for commit, _, _ in places)
        return Repository(self._connection, artifacts, documents, commits, head)


def _facts(repository: Repository, stream: Stream) -> Iterator[Any]:
    if stream is Stream.MODELS:
        return repository.models()
    if stream is Stream.VERSIONS:
        return repository.versions()
    if stream is Stream.RUNS:
        return repository.runs()
    return repository.things(stream)


def _page(stream: Stream, facts: tuple[Any, ...], state: str) -> Page:
    raw = msgspec.json.encode(facts)
    digest = hashlib.sha256(raw).hexdigest()
    evidence = Evidence(f"git refs sha256:{state}", clock.now(), digest)
    return Page(stream, evidence, raw, lambda _: facts)


def failure_of(stream: Stream, fault: GitFault) -> Failure:
    """Return why git did not answer as the failure of a stream."""
    code = FailureCode(fault.fault.value)
    return Failure(stream, code, fault.detail, fault.is_retryable, reason=fault.reason)


def open_source(connection: Connection, credentials: Credentials, is_cancelled: IsCancelled) -> Git:
    """Open the reader of a repository; nothing is fetched yet. Raises AppError as Mirror does."""
    return Git(connection, credentials, is_cancelled)
