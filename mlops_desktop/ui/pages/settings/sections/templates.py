"""Templates of dossiers: which sections are left out, by whose choice."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.services.dossiers.sections import list_sections, printed_without
from mlops_desktop.services.dossiers.templates import TemplateRow, list_templates
from mlops_desktop.services.people import names_by_id
from mlops_desktop.services.session import Session
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.settings.dossier_forms import ask_removal, ask_template
from mlops_desktop.ui.pages.settings.lists import ListSection
from mlops_desktop.ui.pages.settings.parts import SectionSpec
from mlops_desktop.ui.pages.settings.said import fact, say
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.sections import Fact, Group

_ACTIONS = ("settings.template_change", "settings.template_remove")


@dataclass(frozen=True, slots=True)
class TemplateLine:
    """A template and who saved it last."""

    row: TemplateRow
    person: str

    @property
    def id(self) -> str:
        """The template's name."""
        return self.row.name


def _saved(context: Context, line: TemplateLine) -> str:
    return context.language.time(clock.from_text(line.row.at))


def _number(key: str, context: Context, line: TemplateLine) -> str:
    printed, whole = len(printed_without(line.row.left_out)), len(list_sections())
    number = context.language.number
    return say(context, key, n=number(printed), whole=number(whole))


def _columns(context: Context) -> tuple[Column[TemplateLine], ...]:
    return (
        Column("name", "settings.field.name", lambda one: one.id, 24, strong=True, flexible=True),
        Column(
            "sections", "settings.field.sections", partial(_number, "templates.of", context), 12
        ),
        Column("version", "settings.field.version", lambda one: str(one.row.version), 9),
        Column("at", "settings.field.saved", partial(_saved, context), 16),
        Column("person", "settings.field.person", lambda one: one.person, 20),
    )


def _head(context: Context, line: TemplateLine) -> Head:
    return Head(line.id, _number("templates.sections_of", context, line))


def _sections(context: Context, line: TemplateLine, _: object) -> tuple[Group, ...]:
    facts = tuple(_facts(context, line))
    return (Group("", facts, say(context, "templates.lead")),)


def _facts(context: Context, line: TemplateLine) -> Iterator[Fact]:
    printed = printed_without(line.row.left_out)
    yield fact(context, "printed", _named(context, printed))
    yield fact(context, "left_out", _named(context, line.row.left_out), "nothing")
    yield fact(context, "saved", _saved(context, line))
    yield fact(context, "person", line.person)


def _named(context: Context, sections: tuple[str, ...]) -> str:
    return "\n".join(context.say(f"dossier.section.{one}") for one in sections)


def _fetch(session: Session, as_of: AsOf) -> tuple[TemplateLine, ...]:
    names = names_by_id(session)
    rows = list_templates(session)
    return tuple(TemplateLine(row, names.get(row.person, row.person)) for row in rows)


PART: Part[TemplateLine] = Part(
    "dossier_templates",
    ListSpec(
        "settings_templates",
        "settings.section.templates",
        _columns,
        EmptyText("settings.empty.templates", "settings.template_save", "dossiers"),
        actions=_ACTIONS,
    ),
    _fetch,
    lambda context, line: f"{line.id} {line.person}",
    _head,
    (("settings.tab.sections", _sections),),
    _ACTIONS,
    "settings.template_change",
    keys={
        "name": lambda one: one.id.casefold(),
        "sections": lambda one: -len(one.row.left_out),
        "version": lambda one: one.row.version,
        "at": lambda one: one.row.at,
        "person": lambda one: one.person.casefold(),
    },
)


class Templates(ListSection[TemplateLine]):
    """The templates that stand, the chosen one beside."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, PART)

    def top(self) -> tuple[str, ...]:
        return ("settings.template_save",)

    def deeds(self) -> Mapping[str, Deed]:
        """Return what can be done about templates."""

        def change(context: Context, line: TemplateLine, parent: object) -> object:
            return ask_template(context, self.window(), line.row)

        def remove(context: Context, line: TemplateLine, parent: object) -> object:
            return ask_removal(context, line.row, self.window())

        return {
            "settings.template_save": (self._save, self.is_open),
            "settings.template_change": self.about(change),
            "settings.template_remove": self.about(remove),
        }

    def _save(self) -> None:
        ask_template(self.context, self.window(), None)


SECTION = SectionSpec("templates", 50, Templates, frozenset({"dossier_template"}))
