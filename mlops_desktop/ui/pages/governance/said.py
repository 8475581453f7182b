"""Items in words: kinds, stages, steps, fields, values, and when they are due."""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind, kind_named
from mlops_desktop.core.wording import with_capital
from mlops_desktop.services.field_texts import FieldForm, Form, field_forms
from mlops_desktop.services.item_titles import say_place, title_of
from mlops_desktop.services.items import ItemRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.widgets.chips import Mood, Status

SOON_DAYS = 30
_GRADED = frozenset({"severity", "weight", "level", "criticality"})


def say_kind(context: Context, noun: str) -> str:
    """Return what one of a kind is called."""
    return context.say(f"item.{noun}.one")


def say_stage(context: Context, noun: str, stage: str) -> str:
    """Return a stage in words."""
    return context.say(f"item.{noun}.stage.{stage}")


def say_step(context: Context, noun: str, step: str) -> str:
    """Return what a step is called where it can be taken."""
    return context.say(f"item.{noun}.step.{step}")


def say_taken(context: Context, noun: str, step: str) -> str:
    """Return a step that was taken; opening and changing are called the same for every kind."""
    own, common = taken_keys(noun, step)
    return context.say(own if own in context.language.words else common)


def taken_keys(noun: str, step: str) -> tuple[str, str]:
    """Return the key of a step that was taken, of its kind and of all kinds."""
    return f"item.{noun}.taken.{step}", f"item.taken.{step}"


def say_field(context: Context, noun: str, field: str) -> str:
    """Return what a field is called, by its kind or by all kinds."""
    key = f"item.{noun}.field.{field}"
    return context.say(key if key in context.language.words else f"item.field.{field}")


def say_choice(context: Context, noun: str, code: str) -> str:
    """Return a value of a choice in words."""
    return context.say(f"item.{noun}.choice.{code}")


def say_title(context: Context, row: ItemRow) -> str:
    """Return an item's title in words, also where it has none of its own or lost it."""
    if row.erasure is not None:
        return with_capital(say_erased(context, row.erasure))
    return title_of(context.language.words, row)


def say_rank(context: Context, row: ItemRow) -> str:
    """Return how grave an item is; nothing for a kind whose title or chapter says it already."""
    choice = _rank(row)
    return say_choice(context, kind_named(row.kind).noun, choice) if choice else ""


def say_rank_in_brief(context: Context, row: ItemRow) -> str:
    """Return how grave an item is in a word, for where a list has no room for more."""
    brief = f"item.{kind_named(row.kind).noun}.brief.{_rank(row)}"
    return context.say(brief) if brief in context.language.words else say_rank(context, row)


def _rank(row: ItemRow) -> str:
    kind = kind_named(row.kind)
    if kind.ranked not in _GRADED:
        return ""
    (form,) = (one for one in field_forms(kind.details) if one.name == kind.ranked)
    return form.choices[row.rank] if row.rank < len(form.choices) else ""


def say_why(context: Context, kind: ItemKind, details: ItemDetails) -> str:
    """Return what the rule behind an item asks and what ends it, where its kind says that."""
    rule = getattr(details, kind.ranked or "", None)
    key = f"item.{kind.noun}.why.{rule}"
    return context.say(key) if key in context.language.words else ""


def stage_status(context: Context, row: ItemRow) -> Status:
    """Return the chip of an item's stage; what has lapsed or is overdue stands out."""
    kind = kind_named(row.kind)
    begins = row.stage == kind.stages[0] and row.stage != "active"
    mood: Mood = "idle" if row.is_closed else "warn" if begins else "info"
    if not row.is_closed and (row.is_overdue or row.lapsed):
        mood = "bad"
    return Status(
        mood, say_stage(context, row.kind, row.stage), say_briefly(context, row.kind, row.stage)
    )


def say_briefly(context: Context, kind: str, stage: str) -> tuple[str, ...]:
    """Return the shorter word for a stage that is long, where there is one."""
    brief = f"item.{kind}.in_brief.{stage}"
    return (context.say(brief),) if brief in context.language.words else ()


def due_text(context: Context, row: ItemRow) -> str:
    """Return when an item is due or until when it holds, in the locale's form."""
    day = context.language.date
    if row.lapsed and not row.is_closed:
        return context.say("item.due.lapsed", day=day(row.expires))
    if row.is_overdue:
        return context.say("item.due.overdue", day=day(row.due))
    return day(row.due or row.expires)


def due_status(context: Context, row: ItemRow) -> Status | None:
    """Return the chip of an item that is overdue, has lapsed, or soon will be."""
    when = row.due or row.expires
    if row.is_closed or when is None:
        return None
    if row.is_overdue or row.lapsed:
        day = context.language.date(row.expires if row.lapsed else row.due)
        return Status("bad", due_text(context, row), (day,))
    is_soon = (when - context.as_of.day).days <= SOON_DAYS
    return Status("warn", due_text(context, row)) if is_soon else None


def value_text(
    context: Context, kind: ItemKind, form: FieldForm, value: object, names: Mapping[str, str]
) -> str:
    """Return a field's value in words; empty where there is none."""
    if form.form in (Form.PERSON, Form.MODEL, Form.ENTITY):
        return names.get(str(value), str(value)) if value is not None else ""
    match value:
        case None:
            return ""
        case Erasable():
            text = value.text
            return say_erased(context, value.erasure) if text is None else text
        case StrEnum():
            return say_choice(context, kind.noun, value.value)
        case date():
            return context.language.date(value)
        case tuple():
            return ", ".join(str(part) for part in value)
        case _ if form.form is Form.DECIMAL:
            return context.language.decimal(str(value))
        case str() if (kind.noun, form.name) == ("exception", "subject"):
            return say_place(context.language.words, value)
        case _:
            return str(value)
