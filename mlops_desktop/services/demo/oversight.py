"""Acts around decisions: rules, recusals, the supervisor, an emergency."""

from collections.abc import Iterator

import mlops_desktop.services.permissions as cases
from mlops_desktop import paths
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.permissions import Category, Outcome
from mlops_desktop.core.rules import RELATIONS, Kind, Rule, Scope, Step
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, emergencies, recusals, rules
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.documents import File


class RulePart(Strict, frozen=True):
    """A rule: written by one on a day, put in force by another on another day, if at all."""

    id: str
    on: str
    by: str
    why: str
    kinds: tuple[Kind, ...]
    deadline: int
    validation: int = 0
    compliance: int = 0
    committee: str = ""
    tiers: tuple[int, ...] = ()
    activated_on: str | None = None
    activated_by: str = ""


class RecusalPart(Strict, frozen=True):
    """Somebody declared himself partial about the open request of a model."""

    model: int
    by: str
    on: str
    why: str


class ObligationPart(Strict, frozen=True):
    """An obligation: due when, met on which day, if it is."""

    text: str
    due: str
    met: str | None = None


class CasePart(Strict, frozen=True):
    """A version's case with the supervisor."""

    model: int
    version: str
    by: str
    on: str
    kind: Category
    why: str
    applied: str
    told: str
    reference: str
    answered: str | None = None
    obligation: tuple[ObligationPart, ...] = ()


class EmergencyPart(Strict, frozen=True):
    """A version that went ahead before its approval."""

    model: int
    version: str
    by: str
    on: str
    since: str
    why: str


class Oversight(Strict, frozen=True):
    """Everything of the file."""

    authority: str
    rule: tuple[RulePart, ...]
    recusal: tuple[RecusalPart, ...]
    case: tuple[CasePart, ...]
    emergency: tuple[EmergencyPart, ...]


def read_oversight() -> Oversight:
    """Return what the sample bank has around its decisions; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "oversight.toml"), Oversight)


def plan_oversight(wanted: Oversight, calendar: Calendar) -> Iterator[Act]:
    """Yield every act; causes come before effects by their hours."""
    for rule in wanted.rule:
        yield Act(calendar.moment(rule.on, Hours.EDIT), _draft(rule))
        if rule.activated_on is not None:
            yield Act(calendar.moment(rule.activated_on, Hours.MOVE), _activate(rule))
    for recusal in wanted.recusal:
        yield Act(calendar.moment(recusal.on, Hours.ITEM), _recuse(recusal))
    for case in wanted.case:
        yield from _plan_case(wanted.authority, case, calendar)
    for one in wanted.emergency:
        yield Act(calendar.moment(one.on, Hours.EDIT), _declare(one))


def _draft(part: RulePart) -> Perform:
    roles = (("validation", part.validation, Role.VALIDATOR),
             ("compliance", part.compliance, Role.COMPLIANCE))  # fmt: skip
    steps = [Step(name, needed, (role,)) for name, needed, role in roles if needed]
    if part.committee:
        steps.append(Step("committee", 1, committee=part.committee))
    rule = Rule(
        part.id,
        tuple(steps),
        RELATIONS,
        scope=Scope(part.kinds, part.tiers),
        is_ordered=True,
        deadline=part.deadline,
    )
    return lambda stage: rules.add_rule(stage.acting(part.by), rule, part.why)


def _activate(part: RulePart) -> Perform:
    return lambda stage: rules.activate_rule(stage.acting(part.activated_by), part.id)


def _open_request(stage: Stage, model: int) -> str:
    rows = approvals.list_requests(stage.session, status=Status.OPEN)
    return next(row.key for row in rows if row.model_id == number_text(model))


def _recuse(part: RecusalPart) -> Perform:
    def perform(stage: Stage) -> None:
        request = _open_request(stage, part.model)
        recusals.recuse(stage.acting(part.by), request, part.why, stage.unlock)

    return perform


def _plan_case(authority: str, part: CasePart, calendar: Calendar) -> Iterator[Act]:
    named: list[str] = []
    yield Act(calendar.moment(part.on, Hours.STEP), _need(authority, part, named))
    yield Act(calendar.moment(part.told, Hours.STEP), _apply(part, named))
    if part.answered is not None:
        yield Act(calendar.moment(part.told, Hours.REVOKE), _answer(part, part.answered, named))
    for number, one in enumerate(part.obligation, 1):
        if one.met is not None:
            yield Act(calendar.moment(one.met, Hours.STEP), _meet(part, number, named))


def _need(authority: str, part: CasePart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        wanted = cases.NewPermission(part.version, "production", part.kind, authority, part.why)
        session, model = stage.acting(part.by), number_text(part.model)
        named.append(cases.need_permission(session, model, wanted).id)

    return perform


def _apply(part: CasePart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        day = stage.calendar.day(part.applied)
        cases.apply_for_permission(stage.acting(part.by), named[0], day, part.reference)

    return perform


def _answer(part: CasePart, answered: str, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        day = stage.calendar.day
        terms = tuple((one.text, day(one.due)) for one in part.obligation)
        letter = File("Bescheid.txt", f"Bescheid {part.reference}".encode())
        reply = cases.Reply(Outcome.GRANTED, day(answered), terms, letter)
        cases.answer_permission(stage.acting(part.by), named[0], reply)

    return perform


def _meet(part: CasePart, number: int, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        shown = File("Nachweis.txt", f"{part.reference}, Nebenbestimmung {number}".encode())
        cases.meet_obligation(stage.acting(part.by), named[0], number, shown)

    return perform


def _declare(part: EmergencyPart) -> Perform:
    def perform(stage: Stage) -> None:
        since = stage.calendar.day(part.since)
        wanted = emergencies.NewEmergency(part.version, "production", part.why, since)
        emergencies.record_emergency(stage.acting(part.by), number_text(part.model), wanted)

    return perform
