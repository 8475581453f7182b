"""What people mean by what they type as the beginning of a trace."""

from collections.abc import Collection
from typing import TypeAlias

from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.lineage import Node, NodeKind, State
from mlops_desktop.store.queries import models
from mlops_desktop.store.queries.lineage_keys import dataset_place
from mlops_desktop.store.queries.lineage_seeds import (
    find_datasets,
    told_by,
    version_of_runs,
    versions_of,
)
from mlops_desktop.store.queries.pipelines import (
    find_pipelines,
    find_runs,
    run_ids,
)
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

View: TypeAlias = ReadSession | WriteSession
"""What the history is read from: a rule reads it inside the session that writes."""


def find_start(
    view: View,
    named: str,
    version: str | None = None,
    digest: str | None = None,
    as_of: AsOf = NOW,
) -> tuple[State, ...]:
    """Return the states at which a trace from what was typed begins.

    A model begins with all its versions, a pipeline with all its runs. Raises
    ``lineage.not_found``, ``lineage.ambiguous``, ``lineage.digest_unfit``, ``version.not_found``.
    """
    word, _, label = named.strip().partition("@")
    label = version or label
    model = _model(view, word if label else named.strip())
    if model is not None and (label or named.strip().upper().startswith("M-")):
        _refuse_digest(digest)
        return _of_model(view, model, label, as_of)
    if datasets := find_datasets(view.connection, named.strip(), as_of):
        return states_of(view, _only(named, datasets), digest, as_of)
    _refuse_digest(digest)
    if model is not None:
        return _of_model(view, model, label, as_of)
    return _of_runs(view, named.strip(), as_of)


def _refuse_digest(digest: str | None) -> None:
    if digest is not None:
        raise AppError("lineage.digest_unfit", where="digest")


def _model(view: View, word: str) -> str | None:
    try:
        return models.find_model(view.connection, word)
    except AppError as error:
        if error.code == "model.not_found":
            return None
        raise


def _of_model(view: View, model: str, label: str, as_of: AsOf) -> tuple[State, ...]:
    wanted = label[1:] if label[:1] in "vV" and label[1:].isdecimal() else label
    found = versions_of(view.connection, model, wanted or None, as_of)
    if wanted and not found:
        raise AppError("version.not_found", where="version", version=wanted)
    if wanted:
        return tuple(map(State, found))
    return (State(Node(NodeKind.MODEL, model)), *map(State, found))


def _only(named: str, found: tuple[Node, ...]) -> Node:
    if len(found) > 1:
        told = ", ".join(map(dataset_place, found))
        raise AppError("lineage.ambiguous", where="id", name=named, known=told)
    return found[0]


def states_of(view: View, node: Node, digest: str | None, as_of: AsOf = NOW) -> tuple[State, ...]:
    """Return a dataset at the state of a digest, by everybody who told of it; at any without."""
    if digest is None:
        return (State(node),)
    tellers = told_by(view.connection, node, digest, as_of)
    return tuple(State(node, digest, one) for one in tellers) or (State(node, digest),)


def _of_runs(view: View, named: str, as_of: AsOf) -> tuple[State, ...]:
    pipelines = find_pipelines(view.connection, named, as_of)
    if len(pipelines) > 1:
        told = ", ".join(f"{key.source}/{key.name}" for key in pipelines)
        raise AppError("lineage.ambiguous", where="id", name=named, known=told)
    if pipelines:
        found = run_ids(view.connection, pipelines[0], as_of)
    else:
        found = tuple(run.id for run in find_runs(view.connection, named, as_of))
    if not found:
        raise AppError("lineage.not_found", where="id", name=named)
    return states_of_runs(view, found)


def states_of_runs(view: View, runs: Collection[str]) -> tuple[State, ...]:
    """Return runs as states; a version's own run is the version."""
    own = version_of_runs(view.connection, runs)
    nodes = (
        Node(NodeKind.VERSION, own[id]) if id in own else Node(NodeKind.PIPELINE_RUN, id)
        for id in runs
    )
    return tuple(map(State, dict.fromkeys(nodes)))
