"""Between an envelope and the canonical bytes that become its leaf."""

import re
from collections.abc import Mapping
from dataclasses import fields
from functools import cache, lru_cache
from typing import NamedTuple, cast

from mlops_desktop.core import clock
from mlops_desktop.core.events import codec, registry
from mlops_desktop.core.events.registry import Envelope, Event, Signature
from mlops_desktop.core.identity import Actor
from mlops_desktop.core.model_state import Happening
from mlops_desktop.ledger import body as ledger_body
from mlops_desktop.ledger.body import Tree

FORMAT = 1
HELD = "event.held"
"""The type by which an event lies in the table that came back from a copy and is held back."""


class Columns(NamedTuple):
    """What the events table keeps beside the body, in its order, all derived from the body."""

    id: str
    type: str
    at: str
    effective: str
    person: str
    subject: str


def type_of(envelope: Envelope) -> str:
    """Return the name of an event's kind."""
    return registry.name_of(type(envelope.payload))


def subject_of(payload: Event) -> str:
    """Return the id of the item, observed thing or model an event is about, or "" for none."""
    for name in _naming(type(payload)):
        about = getattr(payload, name)
        # An item of an agenda is a number, and what is said of it is about the model.
        if about and isinstance(about, str):
            return about
    return ""


@cache
def _naming(kind: type[Event]) -> tuple[str, ...]:
    """Return the fields of a kind of event that may say what it is about, the first that does."""
    named = {field.name for field in fields(kind)}
    return tuple(name for name in ("item", "thing", "model") if name in named)


def to_body(envelope: Envelope) -> bytes:
    """Return the canonical bytes of an envelope; raises AppError ``body.…`` past the limits."""
    return _put_together(envelope) or ledger_body.encode(to_tree(envelope))


def _put_together(envelope: Envelope) -> bytes | None:
    """Return the bytes of a plain event from what differs in it: those of a bulk are much alike.

    None where it is not plain, or too large.
    """
    payload = envelope.payload
    data = ledger_body.encode_part(codec.to_tree(payload), 1)
    if data is None or envelope.signature is not None or not _ID.fullmatch(envelope.id):
        return None
    name = registry.name_of(type(payload))
    before, after = _around(envelope.actor, name, envelope.workspace)
    at = clock.to_text_once(envelope.at)
    effective = at if envelope.effective is envelope.at else clock.to_text(envelope.effective)
    told = f',"effective":"{effective}","id":"{envelope.id}'
    body = b"".join((before, at.encode(), b'","data":', data, told.encode(), after))
    return body if len(body) <= ledger_body.MAX_BYTES else None


_ID = re.compile(r"[0-9a-f-]+", re.ASCII)


@lru_cache(maxsize=64)
def _around(actor: Actor, name: str, workspace: str) -> tuple[bytes, bytes]:
    """Return what stands before the time and behind the id in one actor's events of a kind."""
    first: dict[str, Tree] = {"actor": codec.to_tree(actor), "at": ""}
    last: dict[str, Tree] = {"type": name, "v": FORMAT, "workspace": workspace}
    before, after = ledger_body.encode(first), ledger_body.encode(last)
    return before.removesuffix(b'"}'), b'",' + after.removeprefix(b"{")


def to_tree(envelope: Envelope) -> dict[str, Tree]:
    """Return the tree of an envelope, as signatures and leaves are made from it."""
    tree: dict[str, Tree] = {
        "v": FORMAT,
        "id": envelope.id,
        "type": registry.name_of(type(envelope.payload)),
        "at": clock.to_text(envelope.at),
        "effective": clock.to_text(envelope.effective),
        "actor": codec.to_tree(envelope.actor),
        "workspace": envelope.workspace,
        "data": codec.to_tree(envelope.payload),
    }
    if envelope.signature is not None:
        tree["signature"] = codec.to_tree(envelope.signature)
    return tree


def from_body(body: bytes, opened: Mapping[str, str]) -> Envelope:
    """Read an envelope back, its commitments opened as far as ``opened`` can.

    Raises KeyError for an event type this program does not know.
    """
    tree = cast(dict[str, codec.Node], ledger_body.decode(body))
    kind = registry.kind_of(tree["type"])
    signature = tree.get("signature")
    return Envelope(
        id=tree["id"],
        at=clock.from_text(tree["at"]),
        effective=clock.from_text(tree["effective"]),
        actor=codec.from_tree(Actor, tree["actor"], {}),
        workspace=tree["workspace"],
        payload=codec.from_tree(kind, tree["data"], opened),
        signature=signature and codec.from_tree(Signature, signature, {}),
    )


def columns_of(envelope: Envelope, *, is_held: bool = False) -> Columns:
    """Return the derived columns of an envelope.

    One that is held back has neither type nor subject there: no reading of a kind, or of what is
    about something, can take it for what happened.
    """
    return Columns(
        envelope.id,
        HELD if is_held else registry.name_of(type(envelope.payload)),
        clock.to_text(envelope.at),
        clock.to_text(envelope.effective),
        envelope.actor.person,
        "" if is_held else subject_of(envelope.payload),
    )


def happening_of(position: int, envelope: Envelope) -> Happening:
    """Return the envelope as the folds see it."""
    return Happening(position, envelope.at, envelope.effective, envelope.actor, envelope.payload)


_MARK = re.compile(rb'\{"\.\.\.":"([A-Za-z0-9_-]{43})"\}')


def digests_of(body: bytes) -> tuple[str, ...]:
    """Return the digests of the commitments that a canonical body holds."""
    return tuple(found.decode("ascii") for found in _MARK.findall(body))
