"""Requests, rules, decisions and persons in words."""

from collections.abc import Iterable

from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.papers import PaperRecorded
from mlops_desktop.core.identity import Person
from mlops_desktop.core.rules import Kind
from mlops_desktop.core.standing import GRANTED
from mlops_desktop.core.standing import Status as RequestStatus
from mlops_desktop.core.wording import with_capital
from mlops_desktop.services.reviews import RequestSheet, entities_of
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.entity_choice import say_only_for
from mlops_desktop.ui.pages.models.said import say_code, say_count
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.chips import Mood, Status

USUAL_STEPS = ("approval", "confirmation", "any", "validation", "compliance", "committee")
_MOODS: dict[RequestStatus, Mood] = {
    RequestStatus.OPEN: "info",
    RequestStatus.APPROVED: "good",
    RequestStatus.CONDITIONAL: "warn",
    RequestStatus.REJECTED: "bad",
    RequestStatus.VOIDED: "bad",
    RequestStatus.WITHDRAWN: "idle",
    RequestStatus.REVOKED: "bad",
    RequestStatus.EXPIRED: "bad",
}
_LONG = (RequestStatus.CONDITIONAL, RequestStatus.VOIDED)
_DECISIONS: dict[Decision, Mood] = {
    Decision.APPROVE: "good",
    Decision.CONDITION: "warn",
    Decision.REJECT: "bad",
    Decision.ABSTAIN: "idle",
}


def status_chip(
    context: Context, status: RequestStatus, *, is_waiting: bool = False, on_paper: bool = False
) -> Status:
    """Return the chip of a request; one that waits for a person, acting or second, says so."""
    if is_waiting:
        return Status("warn", tr("waiting for you"))
    if on_paper and status is RequestStatus.OPEN:
        return Status("info", context.say("models.approval.awaiting_confirmation"))
    said = context.say(f"approvals.status.{status.value}")
    if on_paper and status in GRANTED:
        said = context.say("models.basis.on_paper", approval=said)
        return Status(_MOODS[status], said, (context.say("approvals.brief.on_paper"),))
    briefs = (context.say(f"approvals.brief.{status.value}"),) if status in _LONG else ()
    return Status(_MOODS[status], said, briefs)


def decision_chip(context: Context, decision: Decision) -> Status:
    """Return the chip of a decision."""
    return Status(_DECISIONS[decision], context.say(f"approvals.decision.{decision.value}"))


def say_environment(context: Context, environment: str) -> str:
    """Return what an environment is called."""
    return say_code(context, "environment", environment)


def rule_title(context: Context, id: str) -> str:
    """Return what a rule is called: the program's own in words, another by its id to be read."""
    key = f"approvals.rule.{id}"
    named = id.replace("_", " ")
    is_own = key not in context.language.words
    return with_capital(named) if is_own else context.say(key)


def step_title(context: Context, id: str) -> str:
    """Return what a step of a rule is called: a usual one in words, another by its id."""
    key = f"approvals.step.{id}"
    return context.say(key) if key in context.language.words else id


def step_named(context: Context, title: str) -> str:
    """Return the id of the step that people call ``title``; of one that has no words the same."""
    titles = {step_title(context, id).casefold(): id for id in USUAL_STEPS}
    return titles.get(title.casefold(), title)


def given_text(context: Context, given: int, needed: int) -> str:
    """Return how many approvals are there of those that are needed."""
    return say_count(context, "approvals.given", needed, given=given)


def say_role(context: Context, role: str) -> str:
    """Return what a role is called."""
    return context.say(f"approvals.role.{role}")


def say_person(context: Context, person: Person) -> str:
    """Return a person with the first role."""
    if not person.roles:
        return person.name
    role = say_role(context, person.roles[0].value)
    return tr("{name} ({role})", name=person.name, role=role)


def say_people(context: Context, people: Iterable[Person]) -> str:
    """Return persons with their roles, one after the other."""
    return ", ".join(say_person(context, person) for person in people)


def say_field(context: Context, name: str) -> str:
    """Return what a covered field is called: a field of the record, a metric, a parameter."""
    key = f"approvals.field.{name}"
    if key in context.language.words:
        return context.say(key)
    kind, _, rest = name.partition(".")
    key = f"approvals.field_kind.{kind}"
    return context.say(key, name=rest) if key in context.language.words else name


def say_fault(context: Context, code: str) -> str:
    """Return what is wrong with a signature."""
    key = f"approvals.fault.{code}"
    return context.say(key) if key in context.language.words else code


def asked(context: Context, sheet: RequestSheet) -> str:
    """Return what a request asks, in a sentence that names the legal entities it is limited to."""
    return say_only_for(context, _asked(context, sheet), entities_of(sheet.row, sheet.names))


def _asked(context: Context, sheet: RequestSheet) -> str:
    row = sheet.row
    model, environment = row.model_name, say_environment(context, row.environment)
    if row.paper is not None:
        about = "validation" if row.paper.validation is not None else "model"
        key = "approvals.asked.paper" if row.label else f"papers.asked.{about}"
        return context.say(key, version=row.label, model=model)
    if row.kind is not Kind.PROMOTE:
        return context.say(f"approvals.asked.{row.kind.value}", version=row.label, model=model)
    return tr(
        "May version {version} of {model} go to {environment}?",
        version=row.label,
        model=model,
        environment=environment,
    )


def say_paper_kind(context: Context, told: PaperRecorded) -> str:
    """Return what a paper is about: an approval, or a validation with its kind and result."""
    made = told.validation
    if made is None:
        return context.say("papers.kind.approval")
    words = [context.say(f"item.validation.choice.{made.cause.value}")]
    if made.conclusion is not None:
        words.append(context.say(f"item.validation.choice.{made.conclusion.value}"))
    return context.say("papers.kind.validation", said=", ".join(words))
