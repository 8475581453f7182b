"""Acts on approvals: requested, decided and signed, attempted in vain, revoked."""

from collections.abc import Iterator

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.inventory import number_text
from mlops_desktop.services import approvals, decisions
from mlops_desktop.services.conditions import Fulfilment, meet_condition
from mlops_desktop.services.decisions import Ballot
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.data import (
    AttemptPart,
    DecisionPart,
    MetPart,
    RequestPart,
    RevocationPart,
)
from mlops_desktop.services.demo.plan import Act, Hours, Perform, about
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.documents import File

_MEANINGS = {
    Decision.APPROVE: "Ich gebe die Version für die genannte Umgebung frei.",
    Decision.CONDITION: "Ich gebe die Version mit den genannten Auflagen frei.",
    Decision.REJECT: "Ich lehne die Freigabe der Version ab.",
    Decision.ABSTAIN: "Ich enthalte mich.",
}
_REVOKED = "Ich widerrufe die Freigabe mit sofortiger Wirkung."


def plan_approvals(parts: tuple[RequestPart, ...], calendar: Calendar) -> Iterator[Act]:
    """Yield requests, decisions, attempts and revocations."""
    for number, part in enumerate(parts):
        at = about(calendar.moment(part.asked, Hours.REQUEST), number, part.model)
        yield Act(at, _request(number, part))
        for decision in part.decision:
            at = about(calendar.moment(decision.on, Hours.DECIDE), number, decision.by)
            yield Act(at, _decide(number, decision))
        yield from _meet(number, part, calendar)
        for attempt in part.attempt:
            at = about(calendar.moment(attempt.on, Hours.DECIDE), number, attempt.by)
            yield Act(at, _attempt(number, attempt))
        if part.revocation:
            at = about(calendar.moment(part.revocation.on, Hours.REVOKE), number)
            yield Act(at, _revoke(number, part.revocation))


def _request(number: int, part: RequestPart) -> Perform:
    def perform(stage: Stage) -> None:
        model, comment = number_text(part.model), stage.calendar.fill(part.comment)
        session = stage.acting(part.by)
        asked = model, part.version, part.environment, comment
        made = approvals.request_approval(session, *asked, entities=part.entities)
        stage.requests[number] = made.id

    return perform


def _decide(number: int, part: DecisionPart) -> Perform:
    def perform(stage: Stage) -> None:
        calendar = stage.calendar
        ballot = Ballot(
            part.say,
            part.meaning or _MEANINGS[part.say],
            calendar.fill(part.comment) if part.comment else None,
            tuple(
                (calendar.fill(item.text), calendar.day(item.due) if item.due else None)
                for item in part.condition
            ),
            calendar.day(part.until) if part.until else None,
            on_behalf_of=part.behalf,
        )
        decisions.decide(stage.acting(part.by), stage.requests[number], ballot, stage.unlock)

    return perform


def _meet(number: int, part: RequestPart, calendar: Calendar) -> Iterator[Act]:
    """Yield the confirmations of conditions, numbered as they were set."""
    told = [condition for decision in part.decision for condition in decision.condition]
    for place, condition in enumerate(told, 1):
        if condition.met is not None:
            at = about(calendar.moment(condition.met.on, Hours.DECIDE), number, condition.met.by)
            yield Act(at, _confirm(number, place, condition.met))


def _confirm(number: int, place: int, part: MetPart) -> Perform:
    def perform(stage: Stage) -> None:
        text = stage.calendar.fill(part.evidence)
        file = File(f"auflage-{place}.txt", text.encode("utf-8"))
        done = Fulfilment(place, file, text)
        meet_condition(stage.acting(part.by), stage.requests[number], done, stage.unlock)

    return perform


def _attempt(number: int, part: AttemptPart) -> Perform:
    def perform(stage: Stage) -> None:
        meaning = _MEANINGS[Decision.APPROVE]
        ballot = Ballot(Decision.APPROVE, meaning, on_behalf_of=part.behalf)
        session = stage.acting(part.by)
        try:
            decisions.decide(session, stage.requests[number], ballot, stage.unlock)
        except AppError as error:
            if error.code != f"approval.refused_{part.refused}":
                raise

    return perform


def _revoke(number: int, part: RevocationPart) -> Perform:
    return lambda stage: decisions.revoke_approval(
        stage.acting(part.by), stage.requests[number], part.reason, _REVOKED, stage.unlock
    )
