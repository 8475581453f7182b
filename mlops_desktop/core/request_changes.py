"""What each event makes of the request for approval it is about."""

from dataclasses import replace
from functools import singledispatch
from typing import TypeAlias

from mlops_desktop.core.approvals import Paper, Request
from mlops_desktop.core.events.approvals import (
    ApprovalDecided,
    ApprovalRecused,
    ApprovalRequested,
    ApprovalRevoked,
    ApprovalWithdrawn,
    Condition,
    ConditionMet,
)
from mlops_desktop.core.events.meetings import ResolutionSigned
from mlops_desktop.core.events.papers import PaperConfirmed, PaperRecorded, PaperRejected
from mlops_desktop.core.inventory import ModelDetails
from mlops_desktop.core.quorum import Cast, Resolution, Term
from mlops_desktop.core.rules import FROM_PAPER
from mlops_desktop.core.voiding import differing_fields


def terms_of(conditions: tuple[Condition, ...]) -> tuple[Term, ...]:
    """Return conditions as the rules see them."""
    return tuple(Term(item.due) for item in conditions)


def cast_of(decided: ApprovalDecided) -> Cast:
    """Return a decision as the rules see it."""
    return Cast(
        decided.person,
        decided.decision,
        decided.fingerprint,
        decided.valid_until,
        decided.step,
        decided.on_behalf_of,
        terms_of(decided.conditions),
        decided.entities,
    )


def asked(payload: ApprovalRequested, requester: str, details: ModelDetails) -> Request:
    """Return a new request; a change dated back before it voids it from the beginning."""
    return Request(
        payload.request,
        payload.version,
        payload.environment,
        payload.rule,
        requester,
        changed=differing_fields(payload.covered, details),
        kind=payload.kind,
        rule_version=payload.rule_version,
        terms=payload.terms,
        entities=payload.entities,
    )


def told(payload: PaperRecorded, recorder: str) -> Request:
    """Return what stands on paper as a request that waits for its confirmation."""
    return Request(
        payload.request,
        payload.version,
        payload.environment,
        FROM_PAPER.id,
        recorder,
        kind=payload.kind,
        paper=Paper(valid_until=payload.valid_until, terms=terms_of(payload.conditions)),
        entities=payload.entities,
    )


Changing: TypeAlias = (
    ApprovalDecided
    | ApprovalWithdrawn
    | ApprovalRevoked
    | ApprovalRecused
    | ConditionMet
    | PaperConfirmed
    | PaperRejected
    | ResolutionSigned
)
"""The events that change a request made before."""


@singledispatch
def change(payload: object, request: Request, position: int) -> Request:
    """Return the request after an event at ``position``."""
    return request


@change.register
def _(payload: ApprovalDecided, request: Request, _: int) -> Request:
    return replace(request, casts=(*request.casts, cast_of(payload)))


@change.register
def _(payload: ApprovalWithdrawn, request: Request, _: int) -> Request:
    return replace(request, is_withdrawn=True)


@change.register
def _(payload: ApprovalRevoked, request: Request, _: int) -> Request:
    return replace(request, is_revoked=True)


@change.register
def _(payload: ApprovalRecused, request: Request, _: int) -> Request:
    return replace(request, recused=(*request.recused, payload.person))


@change.register
def _(payload: ConditionMet, request: Request, _: int) -> Request:
    return replace(request, met=(*request.met, payload.number))


@change.register
def _(payload: PaperConfirmed, request: Request, position: int) -> Request:
    if request.paper is None:
        return request
    paper = replace(request.paper, confirmer=payload.person, position=position)
    return replace(request, paper=paper)


@change.register
def _(payload: PaperRejected, request: Request, _: int) -> Request:
    if request.paper is None:
        return request
    return replace(request, paper=replace(request.paper, rejecter=payload.person))


@change.register
def _(payload: ResolutionSigned, request: Request, _: int) -> Request:
    signed = Resolution(
        payload.step,
        payload.meeting,
        payload.outcome,
        payload.person,
        payload.capacity,
        payload.fingerprint,
    )
    return replace(request, resolutions=(*request.resolutions, signed))
