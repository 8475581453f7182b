"""The fate of each event of an outbox, by what others recorded since and by the rules."""

from collections.abc import Collection
from functools import cache

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.registry import Envelope, Event, name_of
from mlops_desktop.core.fates import (
    EFFECTIVE,
    Verdict,
    Written,
    is_set_again,
    judge,
    keys_written,
    made_by,
    texts_in,
)
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.ledger.decisions import SIGNED_BY_HOLDERS
from mlops_desktop.services.copies.outbox import Outbox
from mlops_desktop.services.copies.rules import find_personal_refusal, find_refusal, ruled
from mlops_desktop.services.copies.rulings import refused
from mlops_desktop.store import log
from mlops_desktop.store.arriving import has_version, is_kept, subjects_missing
from mlops_desktop.store.queries.copies import read_held
from mlops_desktop.store.unit_of_work import WriteSession


def needs_rules(envelope: Envelope) -> bool:
    """Tell whether the rules judge it by everything recorded before it."""
    kind = type(envelope.payload)
    is_signed = envelope.signature is not None or name_of(kind) in SIGNED_BY_HOLDERS
    return is_signed or kind in ruled()


_ID = 36
_ANYTHING = "handover"
"""Stands for what an accepted handover lets its receiver edit: it does not name the items."""


def named_by(envelope: Envelope) -> frozenset[str]:
    """Return the ids that an event names, besides its person's."""
    kind = name_of(type(envelope.payload))
    named = frozenset(texts_in(envelope.payload)) - {envelope.actor.person}
    ids = frozenset(text for text in named if len(text) == _ID)
    rests = kind.startswith(_ANYTHING) or isinstance(envelope.payload, _edits())
    return ids | {_ANYTHING} if rests else ids


@cache
def _edits() -> tuple[type[Event], ...]:
    return tuple(kind.edited for kind in kinds())


class Judging:
    """What others recorded since the copy was taken, and what of the copy's own is held."""

    def __init__(self, work: WriteSession, outbox: Outbox, own: Collection[str]) -> None:
        self._work = work
        self._outbox = outbox
        self._past: dict[str, Written] = {}
        self._held: dict[str, str] = {}
        self._made: set[str] = set()
        for envelope in read_held(work.connection, outbox.copy):
            self._hold(envelope)
        for position, envelope in log.read_effective(work.connection, outbox.first_base):
            if envelope.id not in own:
                told = Written(position, envelope.id)
                self._past.update(dict.fromkeys(keys_written(envelope.payload), told))

    def judge(self, envelope: Envelope) -> Verdict:
        """Return the fate of the next event."""
        base = self._outbox.base_of(envelope.id)
        verdict = judge(envelope.payload, base, self._past, self._held)
        if verdict is EFFECTIVE:
            verdict = find_personal_refusal(self._work, envelope)
        if verdict is EFFECTIVE and self._is_about_nothing(envelope.payload):
            verdict = refused("missing")
        if verdict is EFFECTIVE and self._is_born(envelope):
            verdict = refused("born_twice")
        if verdict is EFFECTIVE and needs_rules(envelope):
            verdict = find_refusal(self._work, envelope)
        if verdict.fate is not Fate.EFFECTIVE:
            self._hold(envelope)
        else:
            made = made_by(envelope.payload) or envelope.id
            self._made.add(made)
            self._held.pop(made, None)  # an earlier try of it may be among those
        return verdict

    def _is_about_nothing(self, payload: Event) -> bool:
        """Tell whether it is about what is not here: a restore lost it, or it never was."""
        missing = subjects_missing(self._work.rows, payload)
        return not missing <= self._made | {made_by(payload)}

    def _is_born(self, envelope: Envelope) -> bool:
        """Tell whether what an event makes is there: nobody makes a thing of others anew."""
        made = made_by(envelope.payload)
        if made is None or is_set_again(envelope.payload):
            return False
        return made in self._made or is_kept(self._work.rows, envelope.payload, made)

    def _hold(self, envelope: Envelope) -> None:
        self._held[envelope.id] = envelope.id  # a settlement names the event that did it again
        made = made_by(envelope.payload)
        if made is not None and not self._is_there(envelope.payload, made):
            self._held[made] = envelope.id

    def _is_there(self, payload: Event, made: str) -> bool:
        """Tell whether a thing is there by another event, of which this is a later version."""
        if made in self._made:
            return True
        return is_set_again(payload) and has_version(self._work.connection, payload, made)
