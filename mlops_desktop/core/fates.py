"""What becomes of an event that was recorded in a copy, while others went on without it.

Each kind of event says in one table what it overwrites and what it rests on, as keys such as
``model 0190… purpose``. Whatever others wrote under the same key since the copy was taken, its
author has not seen; the table says what that means. A kind that names no key takes nothing from
anybody: comments, feedback, what sources told. What the rules say is asked besides.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter
from typing import TypeAlias

from mlops_desktop.core.details import names_set
from mlops_desktop.core.events.copies import ConflictSettled, Fate
from mlops_desktop.core.events.registry import Event, name_of
from mlops_desktop.core.fate_table import NOT_OFFLINE, OVERWRITES, edits, makes, turns

Key: TypeAlias = str
"""What two events can both want to write, in words: kind, id, field."""


@dataclass(frozen=True, slots=True)
class Written:
    """An event of others, and where it lies."""

    position: int
    event: str


Past: TypeAlias = Mapping[Key, Written]
"""By key, the newest event that others wrote it with."""


@dataclass(frozen=True, slots=True)
class Touch:
    """A key an event writes, and what it is called where others wrote that first."""

    key: Key
    fate: Fate


@dataclass(frozen=True, slots=True)
class Verdict:
    """The fate of one event: ``rule`` refused it, ``against`` is the event in its way."""

    fate: Fate
    rule: str | None = None
    against: str | None = None


EFFECTIVE = Verdict(Fate.EFFECTIVE)


def may_be_offline(kind: str) -> bool:
    """Tell whether an event of that name may be recorded in a copy.

    What changes who may sign, what binds everybody, what takes texts away, and what names a head
    that the team does not have, may not.
    """
    return kind not in NOT_OFFLINE


def judge(payload: Event, base: int, past: Past, held: Mapping[str, str]) -> Verdict:
    """Return what others' events since mean for one of a copy, before any rule is asked.

    Its author had seen the first ``base`` events. ``held`` names, by the id of what they were to
    make, the copy's own events that do not count.
    """
    kind = name_of(type(payload))
    if not may_be_offline(kind):
        return Verdict(Fate.REFUSED, rule="not_offline")
    for id in _rests_on(payload):
        if id in held:
            return Verdict(Fate.RESTS_ON_HELD, against=held[id])
    for touch in touches(payload):
        written = past.get(touch.key)
        if written is not None and written.position >= base:
            return Verdict(touch.fate, against=written.event)
    return EFFECTIVE


def _rests_on(payload: Event) -> Iterable[str]:
    """Yield every id that an event rests on; a settlement is about what was held back.

    What it makes itself it does not rest on, though an earlier try was held back.
    """
    if isinstance(payload, ConflictSettled):
        return (payload.again,) if payload.again else ()
    made = made_by(payload)
    return (text for text in texts_in(payload) if text != made)


def touches(payload: Event) -> tuple[Touch, ...]:
    """Return every key that an event writes or rests on."""
    kind = name_of(type(payload))
    told = [(_fill(one, payload), fate) for one, fate in OVERWRITES.get(kind, ())]
    # Who gives no number takes none.
    found = [Touch(key, fate) for key, fate in told if key[-1] != " " or fate != Fate.NUMBER_TAKEN]
    if kind in edits():
        found += _edited(edits()[kind], payload)
    if getattr(payload, "step", "") in turns().get(kind, ()):
        found.append(Touch(_fill("item {item} stage", payload), Fate.STALE_BASE))
    return tuple(found)


def keys_written(payload: Event) -> Iterator[Key]:
    """Yield the keys by which an event of others stands in the way of one that comes later."""
    for touch in touches(payload):
        if touch.fate is not Fate.OTHER_VERSION:  # only rested on
            yield touch.key


def made_by(payload: Event) -> str | None:
    """Return the id of what an event makes, on which later ones may rest."""
    made = makes().get(name_of(type(payload)))
    found = getattr(payload, made.field, None) if made else None
    return found if isinstance(found, str) and found else None


def is_set_again(payload: Event) -> bool:
    """Tell whether a later event of this kind is a new version of what an earlier one made."""
    made = makes().get(name_of(type(payload)))
    return made is not None and made.is_set_again


def _edited(noun: str, payload: Event) -> Iterator[Touch]:
    """Yield a key for each field that an edit sets or empties."""
    subject = getattr(payload, noun, "")
    names: set[str] = {*getattr(payload, "cleared", [])}
    details = getattr(payload, "details", None)
    if details is not None:
        names.update(names_set(details))
    models: tuple[str, ...] = getattr(payload, "models", ())
    if noun == "item" and models:
        names.add("models")
    for name in sorted(names):
        yield Touch(f"{noun} {subject} {name}".casefold(), Fate.STALE_BASE)


def _fill(template: str, payload: Event) -> Key:
    """Fill a template's fields from an event: ``{model}``, ``{details.name}``."""
    values: list[str] = []
    for literal, field, _, _ in Formatter().parse(template):
        values.append(literal)
        if field is not None:
            values.append(_value(payload, field))
    return "".join(values).casefold()


def _value(payload: object, path: str) -> str:
    value: object = payload
    for name in path.split("."):
        value = getattr(value, name, "")
    return str(getattr(value, "value", value) or "")


def texts_in(payload: object) -> Iterable[str]:
    """Yield every text that stands directly in an event, where ids do."""
    for name in getattr(payload, "__dataclass_fields__", ()):
        value = getattr(payload, name)
        if isinstance(value, str):
            yield value
        elif isinstance(value, tuple):
            yield from (part for part in value if isinstance(part, str))
