"""Acts of the model risk committee: rules that ask for it, meetings called, minuted, signed."""

from collections.abc import Iterator
from datetime import timedelta

import msgspec

from mlops_desktop import paths
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.identity import Role
from mlops_desktop.core.inventory import number_text
from mlops_desktop.core.rules import RELATIONS, Kind, Rule, Scope, Step
from mlops_desktop.core.standing import Status
from mlops_desktop.services import approvals, meetings, rules
from mlops_desktop.services.demo.calendar import Calendar
from mlops_desktop.services.demo.plan import Act, Hours, Perform
from mlops_desktop.services.demo.stage import Stage
from mlops_desktop.services.demo.strict import Strict, read_file
from mlops_desktop.services.documents import File

_SIGNED_AFTER = timedelta(minutes=20)


class StepPart(Strict, frozen=True):
    """A step of a rule: one approval by one of these roles, or the committee's resolution."""

    id: str
    roles: tuple[Role, ...] = ()
    is_committee: bool = False


class RulePart(Strict, frozen=True):
    """A version of a rule: written by one on a day, put in force by another that day."""

    id: str
    on: str
    by: str
    activated_by: str
    why: str
    tiers: tuple[int, ...]
    deadline: int
    step: tuple[StepPart, ...]
    methodologies: tuple[str, ...] = ()


class TopicPart(Strict, frozen=True):
    """An item of an agenda; with a model it decides its open request, with all other votes yes."""

    title: str
    model: int | None = None
    papers: dict[str, str] = msgspec.field(default_factory=dict)
    no: tuple[str, ...] = ()
    abstain: tuple[str, ...] = ()
    partial: dict[str, str] = msgspec.field(default_factory=dict)


class MeetingPart(Strict, frozen=True):
    """A meeting: called on a day for another; with minutes it was held, and both signed them."""

    called: str
    on: str
    topic: tuple[TopicPart, ...]
    minutes: str = ""
    absent: tuple[str, ...] = ()
    circular: bool = False


class Committee(Strict, frozen=True):
    """The body, who belongs to it until when, its rules and its meetings."""

    body: str
    chair: str
    secretary: str
    members: tuple[str, ...]
    quorum: int
    left: dict[str, str]
    rule: tuple[RulePart, ...]
    meeting: tuple[MeetingPart, ...]


def read_committee() -> Committee:
    """Return the sample bank's committee; raises ``demo.file_malformed``."""
    return read_file(paths.resource("demo", "committee.toml"), Committee)


def plan_committee(wanted: Committee, calendar: Calendar) -> Iterator[Act]:
    """Yield every act; minutes are signed on the day, the chair first."""
    for rule in wanted.rule:
        yield Act(calendar.moment(rule.on, Hours.EDIT), _draft(wanted.body, rule))
        yield Act(calendar.moment(rule.on, Hours.MOVE), _activate(rule))
    for meeting in wanted.meeting:
        yield from _plan_meeting(wanted, meeting, calendar)


def _plan_meeting(wanted: Committee, part: MeetingPart, calendar: Calendar) -> Iterator[Act]:
    named: list[str] = []
    yield Act(calendar.moment(part.called, Hours.ITEM), _call(wanted, part, named))
    if not part.minutes:
        return
    at = calendar.moment(part.on, Hours.STEP)
    yield Act(at, _minute(wanted, part, named))
    if any(topic.model for topic in part.topic):
        for number, who in enumerate((wanted.chair, wanted.secretary), 1):
            yield Act(at + number * _SIGNED_AFTER, _sign(who, named))


def _draft(body: str, part: RulePart) -> Perform:
    steps = tuple(
        Step(one.id, 1, one.roles, committee=body if one.is_committee else None)
        for one in part.step
    )
    scope = Scope((Kind.PROMOTE,), part.tiers, methodologies=part.methodologies)
    rule = Rule(part.id, steps, RELATIONS, scope=scope, is_ordered=True, deadline=part.deadline)
    return lambda stage: rules.add_rule(stage.acting(part.by), rule, part.why)


def _activate(part: RulePart) -> Perform:
    return lambda stage: rules.activate_rule(stage.acting(part.activated_by), part.id)


def _open_request(stage: Stage, model: int) -> str:
    rows = approvals.list_requests(stage.session, status=Status.OPEN)
    return next(row.key for row in rows if row.model_id == number_text(model))


def _members(wanted: Committee, part: MeetingPart, calendar: Calendar) -> tuple[str, ...]:
    day = calendar.day(part.on)
    gone = {who for who, last in wanted.left.items() if calendar.day(last) < day}
    return tuple(who for who in wanted.members if who not in gone)


def _call(wanted: Committee, part: MeetingPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        agenda = tuple(_item(stage, topic) for topic in part.topic)
        people = (wanted.chair, wanted.secretary, _members(wanted, part, stage.calendar))
        day = stage.calendar.day(part.on)
        told = (wanted.body, day, *people, wanted.quorum, agenda, part.circular)
        session = stage.acting(wanted.secretary)
        named.append(meetings.call_meeting(session, meetings.NewMeeting(*told)).id)

    return perform


def _item(stage: Stage, topic: TopicPart) -> meetings.NewItem:
    request = _open_request(stage, topic.model) if topic.model else None
    files = (File(name, text.encode("utf-8")) for name, text in topic.papers.items())
    return meetings.NewItem(topic.title, request, tuple(files))


def _minute(wanted: Committee, part: MeetingPart, named: list[str]) -> Perform:
    def perform(stage: Stage) -> None:
        members = _members(wanted, part, stage.calendar)
        present = tuple(who for who in members if who not in part.absent)
        numbered = tuple(enumerate(part.topic, 1))
        votes = tuple(one for at, topic in numbered for one in _votes(at, topic, present))
        partial = tuple(
            (at, who, why) for at, topic in numbered for who, why in topic.partial.items()
        )
        file = File(f"Protokoll-{part.on}.txt", part.minutes.encode("utf-8"))
        minutes = meetings.Minutes(present, votes, part.minutes, partial, file)
        meetings.minute_meeting(stage.acting(wanted.secretary), named[0], minutes)

    return perform


def _votes(
    number: int, topic: TopicPart, present: tuple[str, ...]
) -> Iterator[tuple[int, str, Decision]]:
    """Yield the ballot on a request; what is only noted has none."""
    if topic.model is None:
        return
    said = dict.fromkeys(topic.no, Decision.REJECT) | dict.fromkeys(topic.abstain, Decision.ABSTAIN)
    for who in present:
        if who not in topic.partial:
            yield number, who, said.get(who, Decision.APPROVE)


def _sign(who: str, named: list[str]) -> Perform:
    return lambda stage: meetings.sign_meeting(stage.acting(who), named[0], stage.unlock)
