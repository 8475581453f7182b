"""The fate of acts about requests for approval and about items, by the rules' own functions."""

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core import clock
from mlops_desktop.core.approvals import GRANTED
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRecused,
    ApprovalRequested,
    ApprovalRevoked,
    ApprovalWithdrawn,
    ConditionMet,
)
from mlops_desktop.core.events.copies import Fate
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRejected
from mlops_desktop.core.events.registry import Envelope, Event
from mlops_desktop.core.fates import EFFECTIVE, Verdict
from mlops_desktop.core.items.kinds import ItemKind, kinds
from mlops_desktop.core.rules import built_in
from mlops_desktop.core.standing import Status
from mlops_desktop.services.items_again import refusal_now
from mlops_desktop.services.requests_again import fault_now
from mlops_desktop.services.rules_again import Judge
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.approvals import DecisionRow, MarkRow, RequestRow
from mlops_desktop.store.queries.item_acts import EDITED, OPENED, ItemAct
from mlops_desktop.store.transfer import id_at
from mlops_desktop.store.unit_of_work import WriteSession

_OPEN = (ApprovalDecided, ApprovalRecused, ApprovalWithdrawn, ResolutionSigned)
_PAPERS = (PaperConfirmed, PaperRejected)
_HOLDING = (ApprovalRevoked, ConditionMet)
ABOUT_REQUESTS: tuple[type[Event], ...] = (ApprovalRequested, *_OPEN, *_PAPERS, *_HOLDING)


def refused(rule: str) -> Verdict:
    """Return the fate of what a rule refuses."""
    return Verdict(Fate.REFUSED, rule)


class Ruling:
    """One event that comes next, in front of the rules."""

    def __init__(self, work: WriteSession, envelope: Envelope, position: int) -> None:
        self._work = work
        self._envelope = envelope
        self._position = position

    def of_request(self) -> Verdict:
        """Return what the rules of approvals say; raises AppError where the request is not here."""
        payload = self._envelope.payload
        if isinstance(payload, ApprovalRequested):
            return self._of_asking(payload)
        if not isinstance(payload, ABOUT_REQUESTS):
            return EFFECTIVE
        row = queries.get_request(self._work.connection, str(getattr(payload, "request", "")))
        if isinstance(payload, ApprovalWithdrawn) and row.requester != self._envelope.actor.person:
            return refused("not_yours")
        closed = self._closed(row, payload)
        if closed is not EFFECTIVE:
            return closed
        if isinstance(payload, ApprovalDecided):
            return self._of_decision(row, payload)
        return self._of_mark(row, payload)

    def _of_asking(self, asked: ApprovalRequested) -> Verdict:
        day = self._envelope.at.date()
        chosen = Judge(self._work).chosen_rule(asked, day, self._position)
        kept = asked.terms or built_in(asked.rule, asked.rule_version)
        if chosen is not None and chosen != kept:
            return refused("wrong_rule")
        misled = fault_now(self._work, asked)
        return refused(misled) if misled is not None else EFFECTIVE

    def _closed(self, row: RequestRow, payload: Event) -> Verdict:
        """Return the fate of what comes too late, or is about another version of the model."""
        digest = getattr(payload, "digest", row.digest)
        is_paper = isinstance(payload, _PAPERS)
        if row.status is Status.VOIDED or (digest != row.digest and not is_paper):
            return Verdict(Fate.OTHER_VERSION, against=self._newest(row.voided_position))
        if isinstance(payload, ApprovalRevoked):
            is_late = row.status not in GRANTED
        elif isinstance(payload, ConditionMet):
            is_late = row.status not in GRANTED or payload.number in row.state.met
        else:
            is_late = row.status is not Status.OPEN
        if not is_late:
            return EFFECTIVE
        last = [one.position for one in row.decisions]
        last += [one.position for one in row.marks]
        return Verdict(Fate.DECIDED_ALREADY, against=self._newest(max(last, default=None)))

    def _newest(self, position: int | None) -> str | None:
        return id_at(self._work.connection, position) if position is not None else None

    def _of_decision(self, row: RequestRow, decided: ApprovalDecided) -> Verdict:
        if row.paper is not None:
            return refused("paper")
        signer = people.get_person(self._work.connection, decided.person)
        if decided.person != self._envelope.actor.person:
            return refused("signature")
        if signer.fingerprint != decided.fingerprint:
            return refused("no_certificate")
        at = clock.to_text(self._envelope.at)
        made = DecisionRow(
            self._position, decided.person, at, decided, None, decided.decision, None
        )
        rule = Judge(self._work).refusal_now(row, decided, made)
        return refused(rule) if rule is not None else EFFECTIVE

    def _of_mark(self, row: RequestRow, payload: Event) -> Verdict:
        at, person = clock.to_text(self._envelope.at), self._envelope.actor.person
        mark = MarkRow(self._position, person, at, payload)
        rule = Judge(self._work).mark_refusal_now(row, mark)
        return refused(rule) if rule is not None else EFFECTIVE

    def of_item(self) -> Verdict:
        """Return what the rules of items say."""
        payload = self._envelope.payload
        for kind in kinds():
            if isinstance(payload, (kind.opened, kind.edited, kind.moved)):
                rule = refusal_now(self._work, self._act(kind, payload))
                return refused(rule) if rule is not None else EFFECTIVE
        return EFFECTIVE

    def _act(self, kind: ItemKind, payload: Event) -> ItemAct:
        step = str(getattr(payload, "step", ""))
        if isinstance(payload, (kind.opened, kind.edited)):
            step = OPENED if isinstance(payload, kind.opened) else EDITED
        actor = self._envelope.actor
        return ItemAct(
            self._position,
            str(getattr(payload, "item", "")),
            kind,
            step,
            actor.person,
            actor.agent,
            self._envelope.effective.date(),
            getattr(payload, "details", kind.details()),
            getattr(payload, "cleared", ()),
            getattr(payload, "models", ()),
        )
