"""DVC: stages of dvc.lock as runs, their data with digests; dvc.yaml says what artifacts are.

``dvc.yaml`` and a single ``.dvc`` file have no times: nothing here has, and none is made up.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from mlops_desktop.core.events.datasets import DatasetDetails
from mlops_desktop.core.events.pipeline_runs import DatasetUse, PipelineRunDetails
from mlops_desktop.core.inventory import Pair
from mlops_desktop.core.observed.details import Subject
from mlops_desktop.sources.files.contents import Form
from mlops_desktop.sources.files.format import FileFact, Format, Origin
from mlops_desktop.sources.files.values import at, fields, items, text
from mlops_desktop.sources.observations import ObservedThing, Stream

_NAMESPACE = "dvc"
_HASHES = ("md5", "etag", "checksum", "sha256")
_MOST = 2_000


def _recognises(document: Any, origin: Origin) -> bool:
    if origin.name == "dvc.lock":
        return bool(text(document, "schema")) and isinstance(at(document, "stages"), dict)
    if origin.name == "dvc.yaml":
        known = ("artifacts", "stages", "metrics", "params", "plots", "datasets", "vars")
        return bool(set(known) & fields(document).keys())
    return origin.name.endswith(".dvc") and bool(items(document, "outs"))


def _facts(document: Any, origin: Origin) -> tuple[FileFact, ...]:
    if origin.name == "dvc.lock":
        return tuple(_locked(document, _beside(origin, "dvc.yaml"), origin))
    if origin.name == "dvc.yaml":
        return tuple(_described(document, origin))
    outs = [one for one in items(document, "outs")[:_MOST] if text(one, "path")]
    made = [_dataset(one, _below(origin, one), origin) for one in outs]
    return tuple(ObservedThing(_key(one), one) for one in made)


def _beside(origin: Origin, name: str) -> Any:
    content = origin.beside(name)
    return content.value if content is not None and content.form is Form.YAML else None


def _below(origin: Origin, one: Any) -> str:
    """Return a path from the folder's root: two projects may both have data/train.csv."""
    above = origin.place.rpartition("/")[0]
    path = text(one, "path") or text(one) or "?"
    return f"{above}/{path}" if above and "://" not in path else path


def _key(one: DatasetDetails) -> str:
    return f"{_NAMESPACE}/{one.name}@{one.digest or ''}"


def _digest(one: Any) -> str | None:
    return next((told for name in _HASHES if (told := text(one, name))), None)


def _locked(document: Any, described: Any, origin: Origin) -> Iterator[FileFact]:
    artifacts = {
        told: name
        for name, one in fields(described, "artifacts").items()
        if text(one, "type") == "model" and (told := text(one, "path"))
    }
    for stage, one in list(fields(document, "stages").items())[:_MOST]:
        inputs = [part for part in items(one, "deps") if text(part, "path")]
        outputs = [part for part in items(one, "outs") if text(part, "path")]
        models = [artifacts[path] for part in outputs if (path := text(part, "path")) in artifacts]
        run = PipelineRunDetails(
            name=stage,
            subjects=tuple(map(Subject, models)) or origin.subjects(None),
            path=origin.place,
            labels=(*origin.labels("dvc"), *_parameters(one)),
            pipeline=origin.place.rpartition("/")[0] or None,
            step=stage,
            description=text(described, "stages", stage, "desc"),
            code=text(one, "cmd"),
            inputs=tuple(_use(part, origin) for part in inputs),
            outputs=tuple(_use(part, origin) for part in outputs),
        )
        # a stage run again on other data is another run; without times its digests tell it apart
        states = ".".join((_digest(part) or "")[:8] for part in (*inputs, *outputs))
        yield ObservedThing(f"{origin.place}#{stage}@{states}"[:300], run)
        for part in inputs:
            made = _dataset(part, _below(origin, part), origin)
            yield ObservedThing(_key(made), made)


def _parameters(stage: Any) -> list[Pair]:
    found = []
    for told in fields(stage, "params").values():
        found += [
            Pair(f"param.{name}", value) for name in fields(told) if (value := text(told, name))
        ]
    return found[:100]


def _use(one: Any, origin: Origin) -> DatasetUse:
    return DatasetUse(_below(origin, one), _NAMESPACE, _digest(one))


def _dataset(one: Any, name: str, origin: Origin) -> DatasetDetails:
    size = text(one, "size")
    return DatasetDetails(
        name=name,
        path=origin.place,
        labels=(*origin.labels("dvc"), *([Pair("bytes", size)] if size else [])),
        namespace=_NAMESPACE,
        digest=_digest(one),
        description=text(one, "desc"),
    )


def _described(document: Any, origin: Origin) -> Iterator[FileFact]:
    """Yield artifacts that are data: models of dvc.yaml are what the stages of dvc.lock wrote."""
    locked = fields(_beside(origin, "dvc.lock"), "stages")
    states = {
        path: _digest(part)
        for one in locked.values()
        for part in (*items(one, "deps"), *items(one, "outs"))
        if (path := text(part, "path"))
    }
    for name, one in list(fields(document, "artifacts").items())[:_MOST]:
        path = text(one, "path")
        if path is None or text(one, "type") == "model":
            continue
        made = _dataset(one, _below(origin, one), origin)
        labels = (*made.labels, Pair("artifact", name))
        owner = text(one, "meta", "owner")
        made = replace(made, digest=states.get(path), owner=owner, labels=labels)
        yield ObservedThing(_key(made), made)


FORMAT = Format("dvc", (Form.YAML,), (Stream.LINEAGE, Stream.DATASETS), _recognises, _facts)
