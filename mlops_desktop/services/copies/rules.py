"""What the rules say of an event that comes from a copy, by everything recorded before it.

They are the rules' own functions, by which a verification asks again: what they let pass here
they let pass there.
"""

from collections.abc import Iterator
from functools import cache

from mlops_desktop.core.date_rules import EARLIEST
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.registry import Envelope, Event, name_of
from mlops_desktop.core.fates import EFFECTIVE, Verdict
from mlops_desktop.core.items.kinds import kinds
from mlops_desktop.core.ledger_format import SIGNED_FROM_THE_START
from mlops_desktop.ledger import signature
from mlops_desktop.ledger.decisions import MUST_BE_SIGNED, SIGNED_BY_HOLDERS
from mlops_desktop.outside.certificates import check_may_sign, read_certificate
from mlops_desktop.services.copies.rulings import ABOUT_REQUESTS, Ruling, refused
from mlops_desktop.store import envelopes, transfer
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.ledger_format import ledger_format
from mlops_desktop.store.unit_of_work import WriteSession


@cache
def ruled() -> frozenset[type[Event]]:
    """Return the kinds of events that rules judge by what was recorded before."""
    items = (event for kind in kinds() for event in (kind.opened, kind.edited, kind.moved))
    return frozenset((*ABOUT_REQUESTS, *items))


def find_refusal(work: WriteSession, envelope: Envelope) -> Verdict:
    """Return the fate that the rules give an event which comes next."""
    for verdict in _verdicts(work, envelope):
        if verdict is not EFFECTIVE:
            return verdict
    return EFFECTIVE


def _verdicts(work: WriteSession, envelope: Envelope) -> Iterator[Verdict]:
    yield _of_signature(work, envelope)
    ruling = Ruling(work, envelope, work.flush())
    try:
        yield ruling.of_request()
        yield ruling.of_item()
    except AppError:  # what it is about is not here, or no longer
        yield refused("missing")


def find_personal_refusal(work: WriteSession, envelope: Envelope) -> Verdict:
    """Return the fate of whatever a person did who was revoked before it came, or dated wrongly."""
    try:
        person = people.get_person(work.connection, envelope.actor.person)
    except AppError:
        return refused("missing")
    if person.is_revoked:
        return refused("revoked")
    if envelope.effective > envelope.at or envelope.effective.date() < EARLIEST:
        return refused("date.implausible")
    return EFFECTIVE


def _of_signature(work: WriteSession, envelope: Envelope) -> Verdict:
    """Return whether the signature is the person's, over this very event and a head known here."""
    kind = name_of(type(envelope.payload))
    person = people.get_person(work.connection, envelope.actor.person)
    if envelope.signature is None:
        promised = ledger_format(work.connection) >= SIGNED_FROM_THE_START
        must = kind in MUST_BE_SIGNED or (
            kind in SIGNED_BY_HOLDERS and promised and person.certificate is not None
        )
        return refused("signature") if must else EFFECTIVE
    if person.certificate is None:
        return refused("no_certificate")
    try:
        tree = envelopes.to_tree(envelope)
        signature.verify(signature.payload_of(tree), envelope.signature, person.certificate)
        check_may_sign(read_certificate(person.certificate), envelope.at)
    except AppError:
        return refused("signature")
    return EFFECTIVE if _saw_this_history(work, envelope) else Verdict(Fate.REFUSED, "seen")


def _saw_this_history(work: WriteSession, envelope: Envelope) -> bool:
    seen = getattr(envelope.payload, "seen", None)
    if seen is None or not 0 <= seen.size <= work.before.size:
        return False
    return transfer.known_root(work.connection, seen.size).hex() == str(seen.root)
