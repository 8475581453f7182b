"""Tiering templates: versions with where they stand, questions, matrix or bands, intervals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.authority import Act
from mlops_desktop.core.tier_templates import Axis, Question, Template, TemplateStatus
from mlops_desktop.services.people import list_people
from mlops_desktop.services.session import Session
from mlops_desktop.services.tier_templates import TemplateRow, list_templates
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.tier_said import say_grade, say_points, say_tier
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_by
from mlops_desktop.ui.pages.rules.second_person import list_able, say_awaited
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[TemplateStatus, Mood] = {
    TemplateStatus.SHIPPED: "info",
    TemplateStatus.DRAFT: "warn",
    TemplateStatus.ACTIVE: "good",
    TemplateStatus.ARCHIVED: "idle",
}


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A version of a template, everybody's name, who may put a draft in force, what else holds."""

    row: TemplateRow
    names: Mapping[str, str]
    able: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Template and version."""
        return self.row.key


def fetch(session: Session, as_of: AsOf) -> tuple[TemplateLine, ...]:
    """Return every version of the workspace, then those shipped that it has not taken over."""
    everybody = list_people(session)
    names = {person.id: person.name for person in everybody}

    def able(row: TemplateRow) -> tuple[str, ...]:
        is_draft = row.status is TemplateStatus.DRAFT
        return list_able(Act.ACTIVATE_TEMPLATE, row.person, everybody) if is_draft else ()

    rows = list_templates(session, as_of)
    held = [row.key for row in rows if row.status is TemplateStatus.ACTIVE]
    return tuple(
        TemplateLine(row, names, able(row), tuple(key for key in held if key != row.key))
        for row in rows
    )


def _name(context: Context, line: TemplateLine) -> str:
    return line.row.template.name.in_language(context.language.code)


def _status(context: Context, line: TemplateLine) -> Status:
    status = line.row.status
    return Status(_MOODS[status], say(context, f"status.{status.value}"))


def _columns(context: Context) -> tuple[Column[TemplateLine], ...]:
    return (
        Column(
            "name",
            "oversight.field.template",
            lambda line: _name(context, line),
            18,
            strong=True,
            flexible=True,
        ),
        Column("id", "oversight.field.id", lambda line: line.id, 12, muted=True),
        Column(
            "status",
            "oversight.field.status",
            lambda line: _status(context, line).word,
            16,
            status=lambda line: _status(context, line),
        ),
        Column(
            "questions",
            "oversight.field.questions",
            lambda line: str(len(line.row.template.questions)),
            9,
            numeric=True,
            shown=False,
        ),
    )


def _head(context: Context, line: TemplateLine) -> Head:
    chips = [_status(context, line)]
    if line.row.is_alone:
        chips.append(Status("warn", say(context, "alone")))
    return Head(_name(context, line), line.id, tuple(chips))


def _standing(context: Context, line: TemplateLine, _: object) -> tuple[Group, ...]:
    template = line.row.template
    lead = template.description.in_language(context.language.code)
    groups = [Group("", tuple(_origin(context, line)), lead)]
    rule = _matrix if template.matrix else _bands
    title = say(context, f"template_rule.{template.rule.value}")
    groups.append(Group(title, tuple(rule(context, template))))
    intervals = tuple(
        Fact(say_tier(context, one.tier), say(context, "months", n=one.months))
        for one in template.intervals
    )
    groups.append(Group(say(context, "group.intervals"), intervals))
    return tuple(groups)


def _origin(context: Context, line: TemplateLine) -> Iterator[Fact]:
    row = line.row
    if row.status is TemplateStatus.SHIPPED:
        yield fact(context, "drafted", say(context, "shipped"), "faint")
        return
    yield fact(context, "drafted", say_by(context, line.names, row.person, row.at))
    if row.activated_by is not None and row.activated_at is not None:
        by = say_by(context, line.names, row.activated_by, row.activated_at)
        yield fact(context, "activated", by)
        if row.is_alone:
            yield fact(context, "note", say(context, "alone_meaning"), "warn")
    elif row.status is TemplateStatus.DRAFT:
        yield say_awaited(context, line.able, row.person, line.names)


def _matrix(context: Context, template: Template) -> Iterator[Fact]:
    for cell in template.matrix:
        large = say_grade(context, "materiality", cell.materiality)
        hard = say_grade(context, "complexity", cell.complexity)
        name = say(context, "cell", materiality=large, complexity=hard)
        yield Fact(name, say_tier(context, cell.tier))


def _bands(context: Context, template: Template) -> Iterator[Fact]:
    for band in template.bands:
        yield Fact(say_tier(context, band.tier), say(context, "from_points", n=band.points))


def _questions(context: Context, line: TemplateLine, _: object) -> tuple[Group, ...]:
    template = line.row.template
    groups = []
    for axis in Axis:
        scale = template.scale(axis)
        lead = say(context, "scale", medium=scale.medium, high=scale.high)
        groups.append(Group(context.say(f"tiering.group.{axis}"), lead=lead))
        groups += [_question(context, one) for one in template.of_axis(axis)]
    return tuple(groups)


def _question(context: Context, question: Question) -> Group:
    code = context.language.code
    facts = tuple(
        Fact(choice.text.in_language(code), say_points(context, question.points(choice)))
        for choice in question.choices
    )
    lead = question.help.in_language(code) if question.help is not None else ""
    return Group(question.text.in_language(code), facts, lead)


PART: Part[TemplateLine] = Part(
    "templates",
    ListSpec(
        "oversight_templates",
        "oversight.section.templates",
        _columns,
        EmptyText("oversight.empty.templates", "template.read", "rules"),
        actions=("template.take_up", "template.activate", "template.archive"),
    ),
    fetch,
    lambda context, line: f"{line.id} {_name(context, line)} {_status(context, line).word}",
    _head,
    (("oversight.tab.template", _standing), ("oversight.tab.questions", _questions)),
    ("template.activate", "template.take_up", "template.archive"),
    "template.activate",
    keys={
        "name": lambda line: line.row.template.name.en,
        "id": lambda line: line.id,
        "status": lambda line: line.row.status.value,
        "questions": lambda line: len(line.row.template.questions),
    },
)
