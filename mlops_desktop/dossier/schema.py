"""The JSON Schemas of what a dossier carries, derived from the content's own classes.

``python -m mlops_desktop.dossier.schema DIR`` writes them; a test keeps ``schemas/`` equal, so
that a change of the classes is seen as a change of the published format.
"""

import json
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.dossier.content import Facts, Leaf
from mlops_desktop.dossier.evidence import (
    ADDED,
    LEDGER_SCHEMA,
    MODEL_SCHEMA,
    SCHEMA,
    Evidence,
    Plain,
)

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_KINDS: dict[str, type[Evidence] | type[Facts] | type[Leaf]] = {
    SCHEMA: Evidence,
    MODEL_SCHEMA: Facts,
    LEDGER_SCHEMA: Leaf,
}


def derive(name: str) -> dict[str, Plain]:
    """Return the schema called ``name`` as the classes define it now."""
    schema: dict[str, Plain] = msgspec.json.schema(_KINDS[name])
    definitions = schema["$defs"]
    assert isinstance(definitions, dict)
    for definition in definitions.values():
        _close(definition)
    return {"$schema": _DIALECT, "$id": f"urn:mlops-desktop:{name}", **schema}


def _close(definition: Plain) -> None:
    # What is not added later is always written, so it is required; nothing else is allowed.
    if not isinstance(definition, dict) or not isinstance(definition.get("properties"), dict):
        return
    properties = definition["properties"]
    assert isinstance(properties, dict)
    definition["required"] = [name for name in properties if name not in ADDED]
    definition["additionalProperties"] = False
    for member in properties.values():
        assert isinstance(member, dict)
        member.pop("default", None)


def dump(name: str) -> str:
    """Return the text of the schema file."""
    return json.dumps(derive(name), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def read(name: str) -> bytes:
    """Return the bytes of the published schema ``name``."""
    return paths.schema(f"{name}.json").read_bytes()


@cache
def _validator(name: str) -> "Draft202012Validator":
    from jsonschema import Draft202012Validator  # not at the program's start

    return Draft202012Validator(json.loads(read(name)))


def require_valid(data: bytes, name: str) -> None:
    """Raise AppError ``evidence.malformed`` at the first place where ``data`` breaks ``name``."""
    fault = next(_validator(name).iter_errors(json.loads(data)), None)
    if fault is not None:
        raise AppError(
            "evidence.malformed",
            recovery=Recovery.BUG,
            where=fault.json_path,
            detail=fault.message[:200],
        )


if __name__ == "__main__":
    for known in _KINDS:
        Path(sys.argv[1], f"{known}.json").write_text(dump(known), "utf-8")
