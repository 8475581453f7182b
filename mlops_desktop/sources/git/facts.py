"""A repository's tags and files as models, versions, runs, datasets and pipeline runs."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

from mlops_desktop.core.events.pipeline_runs import PipelineRunDetails
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.outside.repositories.mirror import Commit, Tag
from mlops_desktop.sources.base import Connection
from mlops_desktop.sources.files.format import FileFact, Origin
from mlops_desktop.sources.files.refused import FileRefused
from mlops_desktop.sources.files.telling import told_of
from mlops_desktop.sources.files.values import fields, items, moment, text
from mlops_desktop.sources.git.documents import Documents
from mlops_desktop.sources.git.registry import Artifact, Version
from mlops_desktop.sources.observations import (
    ObservedModel,
    ObservedRun,
    ObservedThing,
    ObservedVersion,
    Pair,
    Stream,
)

T = TypeVar("T")
_SAID_BY_GTO = ("Registering artifact", "Deregistering artifact")


@dataclass(frozen=True, slots=True)
class Repository:
    """What was read of a repository, all at one state of its refs."""

    connection: Connection
    artifacts: tuple[Artifact, ...]
    documents: dict[tuple[str, str], Documents]
    commits: dict[str, Commit]
    head: str | None

    def models(self) -> Iterator[ObservedModel]:
        """Yield artifacts that have tags, and models that are declared without any."""
        for one in self.artifacts:
            yield self._model(one)
        known = {(one.folder, one.name) for one in self.artifacts}
        for (commit, folder), documents in sorted(self.documents.items()):
            for name in sorted(documents.declared()) if commit == self.head else ():
                if (folder, name) not in known:
                    yield self._model(Artifact(folder, name))

    def _model(self, artifact: Artifact) -> ObservedModel:
        written = self._written(artifact)
        tags = [Pair("label", told) for one in items(written, "labels") if (told := text(one))]
        tags += [
            Pair(name, told)
            for name in fields(written, "meta")
            if (told := text(written["meta"], name))
        ]
        tags += [Pair(name, told) for name in ("type", "path") if (told := text(written, name))]
        if artifact.deprecated is not None:
            tags.append(Pair("deprecated", _said(artifact.deprecated)))
        times = [at for one in artifact.versions.values() if (at := moment(one.tag.at))]
        return ObservedModel(
            native_id=artifact.id,
            name=artifact.id,
            description=text(written, "desc"),
            tags=tuple(tags),
            aliases=tuple(Pair(one.stage, one.version) for one in artifact.stages.values()),
            created_at=min(times, default=None),
        )

    def _written(self, artifact: Artifact) -> dict[str, object]:
        """Return what is written of an artifact at the head, else at its newest version."""
        commits = [self.head or ""]
        commits += [one.tag.commit for one in reversed(artifact.versions.values())]
        for commit in commits:
            documents = self.documents.get((commit, artifact.folder))
            if documents is not None and (told := fields(documents.artifact(artifact.name))):
                return told
        return {}

    def versions(self) -> Iterator[ObservedVersion]:
        """Yield every version, those taken back too: they are the retired ones."""
        for artifact in self.artifacts:
            for version in artifact.versions.values():
                yield self._version(artifact, version)

    def _version(self, artifact: Artifact, version: Version) -> ObservedVersion:
        tag, back = version.tag, version.taken_back
        documents = self.documents.get((tag.commit, artifact.folder))
        path = text(documents.artifact(artifact.name), "path") if documents else None
        digest = documents.digest(path) if documents and path else None
        told = [Pair("tag", tag.object)]
        told += [Pair("deregistered", _said(back))] if back is not None else []
        told += [
            Pair(f"stage.{one.stage}", _said(one.tag))
            for one in artifact.stages.values()
            if one.version == version.name
        ]
        subject = "" if tag.subject.startswith(_SAID_BY_GTO) else tag.subject
        return ObservedVersion(
            native_id=f"{artifact.id}@{version.name}",
            model_native_id=artifact.id,
            version=version.name,
            status="deregistered" if back is not None else "registered",
            artifact=f"{path}@{digest}" if path and digest else path,
            run_id=tag.commit,
            description=subject or None,
            tags=tuple(told),
            created_by=tag.by,
            created_at=moment(tag.at),
        )

    def runs(self) -> Iterator[ObservedRun]:
        """Yield the commits of versions with the parameters, metrics and data written there."""
        for id in sorted(
            {one.tag.commit for own in self.artifacts for one in own.versions.values()}
        ):
            commit = self.commits.get(id)
            own = [one for (at, _), one in sorted(self.documents.items()) if at == id]
            yield ObservedRun(
                native_id=id,
                name=commit.subject or None if commit else None,
                user=commit.author if commit else None,
                ended_at=moment(commit.at) if commit else None,
                code_source=self.connection.url,
                commit=id,
                parameters=_once(pair for one in own for pair in one.parameters()),
                metrics=_once(pair for one in own for pair in one.metrics()),
                datasets=_once(pair for one in own for pair in one.datasets()),
            )

    def things(self, stream: Stream) -> Iterator[ObservedThing]:
        """Yield datasets or runs of ``dvc.lock``, each as the first commit that has it tells it."""
        seen: set[tuple[type, str]] = set()
        times = {id: commit.at for id, commit in self.commits.items()}
        for (commit, _), documents in sorted(
            self.documents.items(), key=lambda one: (times.get(one[0][0], ""), one[0])
        ):
            for fact in self._told(documents):
                key = (type(fact.details), fact.native_id)
                is_run = isinstance(fact.details, PipelineRunDetails)
                if key in seen or is_run is not (stream is Stream.LINEAGE):
                    continue
                seen.add(key)
                if isinstance(fact, ObservedThing):
                    yield self._placed(fact, commit)

    def _placed(self, fact: ObservedThing, commit: str) -> ObservedThing:
        """Return a run with its commit, and the versions that were registered on it."""
        if not isinstance(fact.details, PipelineRunDetails):
            return fact
        versions = {
            own.name: one.name
            for own in self.artifacts
            for one in own.versions.values()
            if one.tag.commit == commit
        }
        subjects = tuple(
            Subject(one.model, one.version or versions.get(one.model))
            for one in fact.details.subjects
        )
        return replace(fact, details=replace(fact.details, commit=commit, subjects=subjects))

    def _told(self, documents: Documents) -> tuple[FileFact, ...]:
        found: list[FileFact] = []
        for name in ("dvc.lock", "dvc.yaml"):
            content = documents.contents.get(name)
            if content is None:
                continue
            place = documents.path(name)
            origin = Origin(place, self.connection, beside=documents.contents.get)
            try:
                told = told_of(content, origin, documents.commit)
            except FileRefused:
                continue  # its reading already said so
            found += told.facts if told is not None else ()
        return tuple(found)


def _said(tag: Tag) -> str:
    return ", ".join(part for part in (tag.at, tag.by) if part) or tag.object[:12]


def _once(parts: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(parts))


def commits_of(artifacts: Iterable[Artifact]) -> Iterator[tuple[str, str, str]]:
    """Yield commit, folder and name of every version."""
    for own in artifacts:
        for one in own.versions.values():
            yield one.tag.commit, own.folder, own.name
