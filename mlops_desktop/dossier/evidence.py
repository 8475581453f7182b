"""The facts of a dossier as canonical JSON, and back: evidence.json and ledger-extract.jsonl.

Canonical means RFC 8785: all keys are ASCII and all numbers integers, so sorted, compact UTF-8 is
enough. The same content gives the same bytes, whenever and wherever it is written.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias, TypeVar

import msgspec

from mlops_desktop.core import clock
from mlops_desktop.core.errors import AppError
from mlops_desktop.dossier.content import Document, DossierContent, Facts, Leaf

SCHEMA = "dossier-evidence-1"
MODEL_SCHEMA = "dossier-model-facts-1"
LEDGER_SCHEMA = "dossier-ledger-extract-1"

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | int | bool | None"

Record = TypeVar("Record", "Evidence", Facts, Leaf)

ADDED = frozenset(
    {"bars", "chapters", "charts", "entities", "entity", "flowchart", "intervals", "limits"}
    | {"signers", "is_draft", "measured_in", "model_parts", "selection", "served"}
)
"""What was added to a format after the first dossiers: left out where empty, and not required.

So an earlier dossier reads back as the very bytes it holds, and its seal still proves its facts.
"""

_ENCODER = msgspec.json.Encoder(order="sorted")


@dataclass(frozen=True, slots=True)
class Evidence:
    """What stands in evidence.json."""

    schema: str
    document: Document
    facts: Facts


def encode(content: DossierContent) -> bytes:
    """Return evidence.json: the document's own data and every fact printed."""
    return _canonical(Evidence(SCHEMA, content.document, content.facts))


def decode(data: bytes) -> Evidence:
    """Read what :func:`encode` wrote.

    Raises AppError ``evidence.newer`` for another schema than this program knows and
    ``evidence.malformed`` for bytes that are not canonical or do not match the schema.
    """
    try:
        name = msgspec.json.decode(data, type=_Named).schema
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise AppError("evidence.malformed", detail=_brief(fault)) from None
    if name != SCHEMA:
        raise AppError("evidence.newer", schema=name[:100])
    return _read(data, Evidence)


def facts_digest(facts: Facts) -> str:
    """Return the SHA-256 of the facts alone: equal for equal facts in any language and copy."""
    return hashlib.sha256(_canonical(facts)).hexdigest()


def encode_facts(facts: Facts) -> bytes:
    """Return the facts of one model as a line of models.jsonl, without its end."""
    return _canonical(facts)


def decode_facts(line: bytes) -> Facts:
    """Read what :func:`encode_facts` wrote; raises AppError ``evidence.malformed``."""
    return _read(line, Facts)


def read_facts(line: bytes) -> Facts:
    """Read a line that :func:`decode_facts` took before, without asking for its form again.

    Raises AppError ``evidence.malformed``.
    """
    try:
        return msgspec.json.decode(line, type=Facts)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise AppError("evidence.malformed", detail=_brief(fault)) from None


def encode_leaf(leaf: Leaf) -> bytes:
    """Return one line of ledger-extract.jsonl, without its end."""
    return _canonical(leaf)


def encode_leaves(leaves: tuple[Leaf, ...]) -> bytes:
    """Return ledger-extract.jsonl: one canonical line an event, in the order given."""
    return b"".join(_canonical(leaf) + b"\n" for leaf in leaves)


def decode_leaves(data: bytes) -> tuple[Leaf, ...]:
    """Read what :func:`encode_leaves` wrote; raises AppError ``evidence.malformed``."""
    return tuple(_read(line, Leaf) for line in data.splitlines())


@dataclass(frozen=True, slots=True)
class _Named:
    schema: str


def _read(data: bytes, kind: type[Record]) -> Record:
    try:
        record = msgspec.json.decode(data, type=kind)
        again = _canonical(record)
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise AppError("evidence.malformed", detail=_brief(fault)) from None
    # Whatever is foreign to the schema is lost on the way, so equal bytes prove the match.
    if again != data:
        raise AppError("evidence.malformed", detail="not canonical")
    return record


def _canonical(record: Evidence | Facts | Leaf) -> bytes:
    return _ENCODER.encode(_plain(msgspec.to_builtins(record, builtin_types=(datetime, date))))


def _plain(value: object) -> Plain:
    if isinstance(value, str):
        # A lone surrogate has no UTF-8 form; its escape stays readable.
        return value if value.isascii() else value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {
            name: _plain(member) for name, member in value.items() if member or name not in ADDED
        }
    if isinstance(value, list | tuple):
        return [_plain(member) for member in value]
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, datetime):
        return clock.to_text(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def _brief(fault: Exception) -> str:
    return str(fault)[:200]
