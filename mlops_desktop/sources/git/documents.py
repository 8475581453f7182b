"""The files of a repository that tell of models: where they lie, and what stands in them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mlops_desktop.outside.repositories.mirror import Mirror
from mlops_desktop.sources.files.contents import Content, form_of, read_content
from mlops_desktop.sources.files.refused import FileRefused
from mlops_desktop.sources.files.values import fields, items, number, text
from mlops_desktop.sources.observations import DatasetInput, Metric, Pair, Refusal

_NAMES = ("dvc.yaml", "dvc.lock", "artifacts.yaml", "params.yaml", "metrics.json")
_MOST_METRICS, _MOST_PARAMETERS, _MOST_LEVELS = 200, 100, 4
_HASHES = ("md5", "etag", "checksum", "sha256")


@dataclass(slots=True)
class Documents:
    """What stands in the files of one folder at one commit, by name; what was refused apart."""

    commit: str
    folder: str
    contents: dict[str, Content] = field(default_factory=dict)
    refused: list[Refusal] = field(default_factory=list)

    def path(self, name: str) -> str:
        """Return the path of a file of this folder."""
        return f"{self.folder}/{name}" if self.folder else name

    def value(self, name: str) -> Any:
        """Return what stands in a file, None where it is not there."""
        content = self.contents.get(name)
        return content.value if content is not None else None

    def artifact(self, name: str) -> Any:
        """Return what is written of an artifact: ``dvc.yaml`` goes before ``artifacts.yaml``."""
        return fields(self.value("dvc.yaml"), "artifacts", name) or fields(
            self.value("artifacts.yaml"), name
        )

    def declared(self) -> Iterator[str]:
        """Yield the artifacts that are models by what is written of them."""
        told = {
            **fields(self.value("artifacts.yaml")),
            **fields(self.value("dvc.yaml"), "artifacts"),
        }
        yield from (name for name, one in told.items() if text(one, "type") == "model")

    def digest(self, path: str) -> str | None:
        """Return DVC's digest of an artifact's file, from ``dvc.lock`` or its own ``.dvc``."""
        own = self.value(f"{path}.dvc")
        outs = [*items(own, "outs")]
        for stage in fields(self.value("dvc.lock"), "stages").values():
            outs += [one for one in items(stage, "outs") if text(one, "path") == path]
        return next((told for one in outs for name in _HASHES if (told := text(one, name))), None)

    def metrics(self) -> tuple[Metric, ...]:
        """Return the numbers of the metrics files, by name."""
        names = sorted(name for name in self.contents if name.endswith(".json"))
        told = (pair for name in names for pair in _numbers(self.value(name)))
        found = {name: Metric(name, value) for name, value in told}
        return tuple(found.values())[:_MOST_METRICS]

    def parameters(self) -> tuple[Pair, ...]:
        """Return the parameters of ``params.yaml``, by name."""
        return tuple(_texts(self.value("params.yaml")))[:_MOST_PARAMETERS]

    def datasets(self) -> tuple[DatasetInput, ...]:
        """Return what the stages of ``dvc.lock`` read, with its digest."""
        found: dict[str, DatasetInput] = {}
        for stage in fields(self.value("dvc.lock"), "stages").values():
            for one in items(stage, "deps"):
                path = text(one, "path")
                digest = next((told for name in _HASHES if (told := text(one, name))), None)
                if path and digest:
                    found[path] = DatasetInput(self.path(path), digest, "dvc", self.path(path))
        return tuple(found.values())


def read_documents(
    mirror: Mirror, places: Iterable[tuple[str, str, str | None]]
) -> dict[tuple[str, str], Documents]:
    """Return the documents of folders at commits; a place may name an artifact to look for.

    Two questions to the mirror for all together; raises GitFault.
    """
    asked = sorted(set(places), key=str)
    found = {(commit, folder): Documents(commit, folder) for commit, folder, _ in asked}
    _read(mirror, found, lambda _: _NAMES)
    wanted: dict[tuple[str, str], set[str]] = {}
    for commit, folder, artifact in asked:
        documents = found[commit, folder]
        names = wanted.setdefault((commit, folder), set())
        names |= set(_listed_metrics(documents))
        path = text(documents.artifact(artifact or ""), "path")
        names |= {f"{path}.dvc"} if path else set()
    _read(mirror, found, lambda key: sorted(wanted[key] - set(_NAMES)))
    return found


def _read(mirror: Mirror, found: dict[tuple[str, str], Documents], names: Any) -> None:
    places = {
        (commit, documents.path(name)): (documents, name)
        for (commit, folder), documents in found.items()
        for name in names((commit, folder))
    }
    for place, raw in mirror.files(places).items():
        documents, name = places[place]
        try:
            form = form_of(place[1], raw[:512])
            if form is not None:
                documents.contents[name] = read_content(form, raw)
        except FileRefused as error:
            where = f"{place[0][:12]}:{place[1]}"
            documents.refused.append(Refusal(where, error.code, error.detail))


def _listed_metrics(documents: Documents) -> Iterator[str]:
    listed = [*items(documents.value("dvc.yaml"), "metrics")]
    for stage in fields(documents.value("dvc.yaml"), "stages").values():
        listed += items(stage, "metrics")
    for one in listed:
        names = [one] if isinstance(one, str) else list(fields(one))
        yield from (name for name in names if name.endswith(".json") and ".." not in name)


def _numbers(document: Any, above: str = "", level: int = 0) -> Iterator[tuple[str, str]]:
    for name, value in fields(document).items():
        path = f"{above}.{name}" if above else name
        if (told := number(value)) is not None:
            yield path, told
        elif isinstance(value, dict) and level < _MOST_LEVELS:
            yield from _numbers(value, path, level + 1)


def _texts(document: Any, above: str = "", level: int = 0) -> Iterator[Pair]:
    for name, value in fields(document).items():
        path = f"{above}.{name}" if above else name
        if isinstance(value, dict) and level < _MOST_LEVELS:
            yield from _texts(value, path, level + 1)
        elif (told := text(value)) is not None:
            yield Pair(path, told)
