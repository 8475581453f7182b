"""Approval rules: every version in a sentence, where it stands, who wrote and who activated it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.rules import FOUR_EYES, Rule, RuleStatus, Step
from mlops_desktop.services.people import list_people
from mlops_desktop.services.rows import RuleRow
from mlops_desktop.services.rule_words import say_rule
from mlops_desktop.services.rules import list_rules
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.said import rule_title, say_environment, step_title
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_by
from mlops_desktop.ui.pages.rules.second_person import list_able, say_awaited
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[str, Mood] = {"draft": "warn", "active": "good", "archived": "idle"}
_ORDER = (RuleStatus.DRAFT, RuleStatus.ACTIVE, RuleStatus.ARCHIVED)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A version of a rule; ``row`` is None for the one that is built in."""

    rule: Rule
    row: RuleRow | None
    names: Mapping[str, str]
    others: tuple[RuleRow, ...] = ()
    able: tuple[str, ...] = ()
    """Who may put a draft in force."""

    @property
    def id(self) -> str:
        """Rule and version."""
        return f"{self.rule.id}@{self.rule.version}"

    @property
    def holds(self) -> bool:
        """Whether any version of the rule is in force."""
        return any(row.is_active for row in self.others)


def fetch(session: Session, as_of: AsOf) -> tuple[RuleLine, ...]:
    """Return drafts, then what is active, then the past, and last what is built in."""
    everybody = list_people(session)
    names = {person.id: person.name for person in everybody}
    rows = list_rules(session, as_of)

    def line(row: RuleRow) -> RuleLine:
        others = tuple(one for one in rows if one.rule.id == row.rule.id)
        is_draft = row.status is RuleStatus.DRAFT
        able = list_able(Act.ACTIVATE_RULE, row.person, everybody) if is_draft else ()
        return RuleLine(row.rule, row, names, others, able)

    made = [line(row) for row in rows]
    ordered = sorted(
        made, key=lambda line: (_ORDER.index(line.row.status) if line.row else 9, line.rule.id)
    )
    return (*ordered, RuleLine(FOUR_EYES, None, names))


def sentence(context: Context, line: RuleLine) -> str:
    """Return the rule in one sentence."""
    return say_rule(context.language.words, line.rule, line.names)


def name_of(context: Context, line: RuleLine) -> str:
    """Return what a rule is called."""
    return rule_title(context, line.rule.id)


def status_of(context: Context, line: RuleLine) -> Status:
    """Return the chip of where a version stands."""
    if line.row is None:
        return Status("info", say(context, "status.built_in"))
    status = line.row.status.value
    return Status(_MOODS[status], say(context, f"status.{status}"))


def _columns(context: Context) -> tuple[Column[RuleLine], ...]:
    return (
        Column("id", "oversight.field.rule", lambda line: name_of(context, line), 18, strong=True),
        Column("version", "oversight.field.version", lambda line: str(line.rule.version), 8),
        Column(
            "status",
            "oversight.field.status",
            lambda line: status_of(context, line).word,
            14,
            status=lambda line: status_of(context, line),
        ),
        Column(
            "sentence",
            "oversight.field.sentence",
            lambda line: sentence(context, line),
            14,
            flexible=True,
            named=True,
            sortable=False,
        ),
    )


def _head(context: Context, line: RuleLine) -> Head:
    chips = [status_of(context, line)]
    if line.row is not None and line.row.is_alone:
        chips.append(Status("warn", say(context, "alone")))
    under = f"{line.rule.id} · {say(context, 'version_in', n=line.rule.version)}"
    return Head(name_of(context, line), under, tuple(chips))


def _groups(context: Context, line: RuleLine, _: object) -> tuple[Group, ...]:
    groups = [Group("", lead=sentence(context, line))]
    groups.append(Group(say(context, "group.scope"), tuple(_scope(context, line.rule))))
    steps = tuple(_step(context, line, step) for step in line.rule.steps)
    groups.append(Group(say(context, "group.steps"), (*steps, *_terms(context, line.rule))))
    if line.row is not None:
        groups.append(Group(say(context, "group.origin"), tuple(_origin(context, line, line.row))))
    return tuple(groups)


def _scope(context: Context, rule: Rule) -> Iterator[Fact]:
    scope, every = rule.scope, say(context, "every")
    kinds = ", ".join(context.say(f"rules.kind.{kind.value}") for kind in scope.kinds)
    yield fact(context, "kinds", kinds or every)
    yield fact(context, "tiers", ", ".join(map(str, scope.tiers)) or every)
    places = ", ".join(say_environment(context, one) for one in scope.environments)
    yield fact(context, "environments", places or every)
    if scope.regions:
        yield fact(context, "regions", ", ".join(scope.regions))
    if scope.methodologies:
        yield fact(context, "methodologies", ", ".join(scope.methodologies))


def _step(context: Context, line: RuleLine, step: Step) -> Fact:
    name = step_title(context, step.id)
    if step.committee is not None:
        return Fact(name, say(context, "step_committee", body=step.committee))
    roles = ", ".join(context.say(f"rules.role.{role.value}") for role in step.roles)
    members = ", ".join(line.names.get(one, one) for one in step.members)
    who = " – ".join(part for part in (roles, members) if part) or say(context, "anybody")
    return Fact(name, say(context, "step_of", n=step.needed, who=who))


def _terms(context: Context, rule: Rule) -> Iterator[Fact]:
    order = "in_order" if rule.is_ordered else "side_by_side"
    if len(rule.steps) > 1:
        yield fact(context, "order", say(context, order))
    barred = ", ".join(context.say(f"rules.relation.{name}") for name in rule.barred)
    yield fact(context, "barred", barred)
    if rule.deadline is not None:
        days = "one" if rule.deadline == 1 else "other"
        yield fact(context, "deadline", say(context, f"workdays.{days}", n=rule.deadline))
    if rule.escalate_to is not None:
        yield fact(context, "escalate", context.say(f"rules.role.{rule.escalate_to.value}"))


def _origin(context: Context, line: RuleLine, row: RuleRow) -> Iterator[Fact]:
    yield fact(context, "drafted", say_by(context, line.names, row.person, row.at))
    if row.reason:
        yield fact(context, "reason", row.reason)
    if row.activated_by is not None and row.activated_at is not None:
        by = say_by(context, line.names, row.activated_by, row.activated_at)
        yield fact(context, "activated", by)
        if row.is_alone:
            yield fact(context, "note", say(context, "alone_meaning"), "warn")
    elif row.status is RuleStatus.DRAFT:
        yield say_awaited(context, line.able, row.person, line.names)
    for other in line.others:
        if other.rule.version != row.rule.version:
            name = say(context, "version_n", n=other.rule.version)
            yield Fact(name, say(context, f"status.{other.status.value}"))


PART: Part[RuleLine] = Part(
    "rules",
    ListSpec(
        "oversight_rules",
        "oversight.section.rules",
        _columns,
        EmptyText("oversight.empty.rules", "rule.draft", "rules"),
        actions=("rule.activate", "rule.revise", "rule.archive", "", "rule.try"),
    ),
    fetch,
    lambda context, line: " ".join(
        (line.id, name_of(context, line), sentence(context, line), status_of(context, line).word)
    ),
    _head,
    (("oversight.tab.rule", _groups),),
    ("rule.activate", "rule.revise", "rule.archive"),
    "rule.activate",
    keys={
        "id": lambda line: line.rule.id,
        "version": lambda line: line.rule.version,
        "status": lambda line: line.row.status.value if line.row else "",
    },
)
