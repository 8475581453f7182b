"""The fate of each event of an outbox, by what others recorded since and by the rules."""

from collections.abc import Collection

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.registry import Envelope
from mlops_desktop.core.fates import EFFECTIVE, Verdict, Written, judge, keys_written, made_by
from mlops_desktop.services.copies.outbox import Outbox
from mlops_desktop.services.copies.rules import RULED, find_refusal
from mlops_desktop.store import log
from mlops_desktop.store.queries.copies import read_held
from mlops_desktop.store.unit_of_work import WriteSession


def needs_rules(envelope: Envelope) -> bool:
    """Tell whether the rules judge it by everything recorded before it."""
    return type(envelope.payload) in RULED or envelope.signature is not None


class Judging:
    """What others recorded since the copy was taken, and what of the copy's own is held."""

    def __init__(self, work: WriteSession, outbox: Outbox, own: Collection[str]) -> None:
        self._work = work
        self._outbox = outbox
        self._past: dict[str, Written] = {}
        self._held: dict[str, str] = {}
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
        if verdict is EFFECTIVE and needs_rules(envelope):
            self._work.flush()
            verdict = find_refusal(self._work, envelope)
        if verdict.fate is not Fate.EFFECTIVE:
            self._hold(envelope)
        return verdict

    def _hold(self, envelope: Envelope) -> None:
        made = made_by(envelope.payload)
        if made is not None:
            self._held[made] = envelope.id
