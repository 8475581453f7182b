"""Asks the approval rules again about everything on record, as it stood when it was made."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

import mlops_desktop.store.queries.approvals as queries
from mlops_desktop.core import clock
from mlops_desktop.core.approvals import Request
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRecused,
    ApprovalRequested,
    ConditionMet,
)
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRejected
from mlops_desktop.core.identity import Person
from mlops_desktop.core.quorum import Resolution
from mlops_desktop.core.request_changes import cast_of
from mlops_desktop.core.rules import Rule, choose
from mlops_desktop.core.segregation import Case, Relations, confirmation_refusal, refusal_of
from mlops_desktop.core.standing import Status
from mlops_desktop.services.authority_again import find_unauthorised
from mlops_desktop.services.cases import View
from mlops_desktop.services.items_again import find_unfit_acts
from mlops_desktop.services.requests_again import find_misled_requests
from mlops_desktop.services.resolutions import resolution_fault
from mlops_desktop.store.queries.approvals import DecisionRow, MarkRow, RequestRow
from mlops_desktop.store.queries.decisions import PeopleThen, relations_before, state_before
from mlops_desktop.store.queries.meetings import MeetingRow, list_meetings
from mlops_desktop.store.queries.rules import active_at, list_delegations, list_rules
from mlops_desktop.store.unit_of_work import ReadSession


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """Something on record that a rule refuses."""

    position: int
    rule: str


def find_broken_rules(view: ReadSession) -> Iterator[BrokenRule]:
    """Yield everything that the rules would have refused; who enrolled whom is not judged."""
    more = (*find_unauthorised(view), *find_unfit_acts(view), *find_misled_requests(view))
    found = [*Judge(view).judge(), *(BrokenRule(*one) for one in more)]
    yield from sorted(found, key=lambda broken: broken.position)


class Judge:
    """Knows the rules, the delegations and the persons of every time."""

    def __init__(self, view: View) -> None:
        self._connection = view.connection
        self._rules = list_rules(view.connection)
        self._delegations = list_delegations(view.connection)
        self._people = PeopleThen(view.connection)

    @cached_property
    def _requests(self) -> tuple[RequestRow, ...]:
        return queries.list_requests(self._connection)

    @cached_property
    def _meetings(self) -> dict[str, MeetingRow]:
        return {one.called.meeting: one for one in list_meetings(self._connection)}

    def judge(self) -> Iterator[BrokenRule]:
        """Yield what each request, decision, condition and confirmation breaks."""
        for row in self._requests:
            if row.paper is None and not self._is_right_rule(row):
                yield BrokenRule(row.position, "wrong_rule")
            yield from self._judge_decisions(row)
            for mark in row.marks:
                refusal = self._judge_mark(row, mark)
                if refusal is not None:
                    yield BrokenRule(mark.position, refusal)

    @cached_property
    def _since(self) -> int | None:
        """Return since when requests name the version of their rule: older ones could not."""
        asked = [row.position for row in self._requests if row.state.rule_version is not None]
        return min([*asked, *(row.position for row in self._rules)], default=None)

    def _is_right_rule(self, row: RequestRow) -> bool:
        kept = row.state.rule_version
        if kept is None:
            return self._since is None or row.position < self._since
        state = state_before(self._connection, row.model, row.position)
        if state is None:
            return True
        then = (known.rule for known in active_at(self._rules, row.position))
        day = clock.from_text(row.requested_at).date()
        subject = state.subject(row.kind, row.environment, day)
        return choose(then, subject) == row.state.rule_kept

    def chosen_rule(self, asked: ApprovalRequested, day: date, position: int) -> Rule | None:
        """Return the rule that a request is under which is recorded at ``position``."""
        state = state_before(self._connection, asked.model, position)
        if state is None:
            return None
        then = (known.rule for known in active_at(self._rules, position))
        return choose(then, state.subject(asked.kind, asked.environment, day))

    def refusal_now(
        self, row: RequestRow, decided: ApprovalDecided, one: DecisionRow
    ) -> str | None:
        """Return the rule that refuses a decision which is about to be recorded."""
        return self._refusal(row, one, decided, row.state)

    def mark_refusal_now(self, row: RequestRow, mark: MarkRow) -> str | None:
        """Return the rule that refuses a confirmation which is about to be recorded."""
        return self._judge_mark(row, mark)

    def _judge_decisions(self, row: RequestRow) -> Iterator[BrokenRule]:
        bare = replace(row.state, casts=())
        for one in row.decisions:
            if one.decided is None:
                continue
            refusal = self._refusal(row, one, one.decided, bare)
            if refusal is not None:
                yield BrokenRule(one.position, refusal)
            cast = cast_of(one.decided)
            bare = replace(bare, casts=(*bare.casts, cast))

    def _refusal(
        self, row: RequestRow, one: DecisionRow, decided: ApprovalDecided, before: Request
    ) -> str | None:
        signer = self._signer(decided, one.position)
        behalf = decided.on_behalf_of
        principal = self._people.at(behalf, one.position) if behalf else None
        if behalf and principal is None:
            return "delegation_missing"
        roles = (principal or signer).roles
        if roles and decided.role not in roles:
            return "role"
        case = self._case(row, one, before)
        return refusal_of(case, signer, principal=principal, step=decided.step)

    def _signer(self, decided: ApprovalDecided, position: int) -> Person:
        # That the certificate was enrolled and good is what the signature's own check says.
        known = self._people.at(decided.person, position)
        roles = known.roles if known is not None else ()
        return Person(decided.person, "", roles, "enrolled", decided.fingerprint)

    def _case(self, row: RequestRow, one: DecisionRow, before: Request) -> Case:
        known = [item for item in self._delegations if item.position < one.position]
        return Case(
            before.rule_kept,
            relations_before(self._connection, row, one.position),
            before.casts,
            Status.OPEN,
            clock.from_text(one.at).date(),
            tuple(mark.person for mark in _recusals(row) if mark.position < one.position),
            _resolved(row, one.position),
            tuple(
                replace(item.delegation, is_revoked=_is_past(item.revoked_position, one.position))
                for item in known
            ),
            row.model,
            row.kind,
        )

    def _judge_mark(self, row: RequestRow, mark: MarkRow) -> str | None:
        relations = relations_before(self._connection, row, mark.position)
        if isinstance(mark.payload, ResolutionSigned):
            return self._judge_resolution(row, mark, mark.payload, relations)
        if not isinstance(mark.payload, ConditionMet | PaperConfirmed | PaperRejected):
            return None
        person = Person(mark.person, "", (), "enrolled")
        return confirmation_refusal(relations, person)

    def _judge_resolution(
        self, row: RequestRow, mark: MarkRow, signed: ResolutionSigned, relations: Relations
    ) -> str | None:
        """Return what is wrong with a signature under a committee's resolution."""
        rule = row.state.rule_kept
        barred = relations.barring(rule, mark.person)
        recused = {one.person for one in _recusals(row) if one.position < mark.position}
        if barred or mark.person in recused:
            return barred or "recused"
        return resolution_fault(self._meetings.get(signed.meeting), signed, rule, relations)


def _recusals(row: RequestRow) -> tuple[MarkRow, ...]:
    return tuple(mark for mark in row.marks if isinstance(mark.payload, ApprovalRecused))


def _resolved(row: RequestRow, position: int) -> tuple[Resolution, ...]:
    signed = [mark for mark in row.marks if isinstance(mark.payload, ResolutionSigned)]
    number = sum(mark.position < position for mark in signed)
    return row.state.resolutions[:number]


def _is_past(position: int | None, now: int) -> bool:
    return position is not None and position < now
