"""A model's signature (its inputs and outputs), as far as MLflow tells it.

Older clients leave it in a tag of the run, which costs nothing. Newer ones (2.22 and 3.x were
seen) leave it only in the model's MLmodel file, one request a version: that is read on demand,
never in a pull.
"""

import json
from typing import Any

import msgspec

from mlops_desktop.core.inventory import Pair as CorePair
from mlops_desktop.core.resources.frameworks import frameworks_in
from mlops_desktop.outside.http_faults import Fault, HttpFault, Reason
from mlops_desktop.sources.observations import Pair

HISTORY_TAG = "mlflow.log-model.history"
_FILE_BYTES = 64 * 1024


class _Described(msgspec.Struct, frozen=True):
    inputs: str | None = None
    outputs: str | None = None
    params: str | None = None


class _Logged(msgspec.Struct, frozen=True):
    signature: _Described | None = None
    flavors: dict[str, dict[str, Any]] = {}


def signature_of_history(text: str) -> str | None:
    """Return the signature in a run's history tag; none if the run logged several different ones.

    A tag that is not what MLflow writes counts as none: anyone may set tags.
    """
    try:
        logged = msgspec.json.decode(text, type=list[_Logged])
    except (msgspec.MsgspecError, RecursionError):
        return None
    found = {_compact(model.signature) for model in logged}
    return found.pop() if len(found) == 1 else None


def signature_of_mlmodel(raw: bytes) -> str | None:
    """Return the signature in an MLmodel file (YAML), or none if the model has none.

    Raises HttpFault ``protocol`` for anything else than a plain YAML mapping of at most 64 KiB.
    """
    if len(raw) > _FILE_BYTES:
        raise HttpFault(Fault.TOO_LARGE, Reason.PAGE_TOO_LARGE, "MLmodel")
    try:
        return _compact(msgspec.convert(_load_yaml(raw), _Logged).signature)
    except (ValueError, RecursionError) as error:
        raise HttpFault(Fault.PROTOCOL, Reason.UNEXPECTED_SHAPE, "MLmodel") from error


def frameworks_of_history(text: str) -> tuple[Pair, ...]:
    """Return what the model of a run's history tag is built with; the last one logged counts."""
    try:
        logged = msgspec.json.decode(text, type=list[_Logged])
    except (msgspec.MsgspecError, RecursionError):
        return ()
    return _frameworks(logged[-1]) if logged else ()


def frameworks_of_mlmodel(raw: bytes) -> tuple[Pair, ...]:
    """Return what the model of an MLmodel file is built with; nothing for anything else."""
    try:
        return _frameworks(msgspec.convert(_load_yaml(raw[:_FILE_BYTES]), _Logged))
    except (ValueError, RecursionError):
        return ()


def _frameworks(logged: _Logged) -> tuple[Pair, ...]:
    """Each flavour names versions as ``sklearn_version``; python_function names Python's own."""
    told = (one for fields in logged.flavors.values() for one in fields.items())
    pairs = (CorePair(name, value) for name, value in told if isinstance(value, str))
    return tuple(Pair(one.name, one.value) for one in frameworks_in(pairs))


def _compact(described: _Described | None) -> str | None:
    """One JSON text with sorted keys, whatever spacing the client used."""
    if described is None:
        return None
    parts = {name: getattr(described, name) for name in ("inputs", "outputs", "params")}
    told = {name: _parsed(text) for name, text in parts.items() if text}
    return json.dumps(told, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _load_yaml(raw: bytes) -> Any:
    import yaml

    class PlainLoader(yaml.SafeLoader):
        """Refuses aliases: 300 bytes of them unfold to gigabytes."""

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            if self.check_event(yaml.AliasEvent):
                raise ValueError("alias in MLmodel")
            return super().compose_node(parent, index)

    try:
        return yaml.load(raw, PlainLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise ValueError("not YAML") from error
