"""Values of the inventory in words: states, dates, gaps."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum

from mlops_desktop.core import clock
from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.erasable import Erasable
from mlops_desktop.core.inventory import (
    ENTITY_FIELDS,
    PERSON_FIELDS,
    Indicator,
    ModelDetails,
    Origin,
)
from mlops_desktop.core.lifecycle import NOT_CURRENT, State
from mlops_desktop.services.declarations import SOURCE as DECLARED
from mlops_desktop.services.entity_parts import EntityPart
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_erased
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact

SOON_DAYS = 60
_NUMBER = re.compile(r"-?\d+\.\d+(e[+-]?\d+)?", re.IGNORECASE).fullmatch

_STATE_MOODS: dict[State, Mood] = {
    State.CANDIDATE: "warn",
    State.DEVELOPMENT: "info",
    State.VALIDATION: "info",
    State.APPROVED: "good",
    State.PRODUCTION: "good",
    State.SUSPENDED: "warn",
    State.RETIRED: "idle",
    State.REJECTED: "idle",
}
_STOPPED = (State.SUSPENDED, State.RETIRED)
_APPROVAL_MOODS: dict[Approval, Mood] = {
    Approval.APPROVED: "good",
    Approval.INTERIM: "warn",
    Approval.APPROVED_IN_PART: "bad",
    Approval.IN_PROGRESS: "info",
    Approval.AWAITING_CONFIRMATION: "info",
    Approval.EXPIRED: "bad",
    Approval.NEVER_APPROVED: "warn",
    Approval.NEVER_VALIDATED: "idle",
}


def say_count(context: Context, key: str, number: int, **parameters: str | int) -> str:
    """Return ``key.one`` or ``key.other`` with the number grouped as the locale does."""
    form = "one" if number == 1 else "other"
    shown = context.language.number(number)
    return context.say(f"{key}.{form}", n=shown, **parameters)


def state_status(context: Context, state: State) -> Status:
    """Return the chip of a state."""
    return Status(_STATE_MOODS[state], context.say(f"models.state.{state.value}"))


def approval_status(context: Context, approval: Approval, *, is_on_paper: bool = False) -> Status:
    """Return the chip of an approval state, marked where it was recorded from paper."""
    word = context.say(f"models.approval.{approval.value}")
    if is_on_paper:
        word = context.say("models.basis.on_paper", approval=word)
    return Status(_APPROVAL_MOODS[approval], word)


def row_approval(context: Context, row: ModelRow) -> Status:
    """Return the chip of a model's approval; it calms nobody while the model may not serve."""
    return _past(row, approval_status(context, row.approval, is_on_paper=row.is_on_paper))


def part_approval(context: Context, row: ModelRow, part: EntityPart) -> Status:
    """Return the chip of a model's approval in a legal entity, calm as that of the model is."""
    return _past(row, approval_status(context, part.approval, is_on_paper=part.is_on_paper))


def _past(row: ModelRow, said: Status) -> Status:
    return replace(said, mood="idle") if row.state in _STOPPED else said


def running_status(context: Context, row: ModelRow) -> Status | None:
    """Return the chip of a model that serves although it is retired."""
    if row.state is not State.RETIRED or not row.serving:
        return None
    return Status("bad", context.say("models.gap.still_serving"))


def days_left(context: Context, due: date) -> str:
    """Return when something is due, in words: in 12 days, today, 34 days overdue, or its date."""
    left = (due - context.as_of.day).days
    if left < 0:
        return say_count(context, "models.due.overdue", -left)
    if left == 0:
        return context.say("models.due.today")
    if left <= SOON_DAYS:
        return say_count(context, "models.due.in", left)
    return context.language.date(due)


def review_text(context: Context, row: ModelRow) -> str:
    """Return when the next review is due; only the date where nobody waits for it any more."""
    if row.next_review is None:
        return ""
    if row.state in NOT_CURRENT:
        return context.language.date(row.next_review)
    return days_left(context, row.next_review)


def review_status(context: Context, row: ModelRow) -> Status | None:
    """Return the chip of a review that is overdue or due soon."""
    if row.next_review is None or row.state in NOT_CURRENT:
        return None
    left = (row.next_review - context.as_of.day).days
    if left > SOON_DAYS:
        return None
    day = context.language.date(row.next_review)
    return Status("bad" if left < 0 else "warn", review_text(context, row), (day,))


def say_moment(context: Context, text: str) -> str:
    """Return a stored time in the person's own zone; the text itself where it is none."""
    try:
        return context.language.time(clock.from_text(text))
    except ValueError:
        return text


def say_day(context: Context, text: str) -> str:
    """Return the day of a stored time in the person's own zone; the text where it is none."""
    try:
        return context.language.day_of(clock.from_text(text))
    except ValueError:
        return text


def say_code(context: Context, field: str, code: str) -> str:
    """Return the word for a code of ``field``; what a source invented stays as it is."""
    key = f"models.code.{field}.{code}"
    return context.say(key) if key in context.language.words else code


def say_decimal(context: Context, text: str) -> str:
    """Return decimal text with the locale's sign, digit for digit as its source gave it."""
    return context.language.decimal(text) if _NUMBER(text) else text


def field_name(context: Context, field: str) -> str:
    """Return what a field is called."""
    return context.say(f"models.field.{field}")


def gap(context: Context, field: str, reason: str) -> Fact:
    """Return a field without a value, with the reason in words."""
    return Fact(field_name(context, field), context.say(f"models.gap.{reason}"), "faint")


def fact(context: Context, field: str, value: str, reason: str = "not_recorded") -> Fact:
    """Return a field with its value, or the gap in words where there is none."""
    if not value:
        return gap(context, field, reason)
    return Fact(field_name(context, field), value)


def detail_fact(
    context: Context, details: ModelDetails, field: str, names: Mapping[str, str]
) -> Fact:
    """Return a field of the record as a person reads it."""
    value = getattr(details, field)
    if field == "vendor" and value is None and details.origin is Origin.IN_HOUSE:
        return gap(context, field, "not_applicable")
    if isinstance(value, Erasable) and value.text is None:
        return Fact(field_name(context, field), say_erased(context, value.erasure), "faint")
    return fact(context, field, value_text(context, field, value, names))


def say_source(context: Context, name: str) -> str:
    """Return what a source is called; what persons declared has none."""
    return context.say("models.declared") if name == DECLARED else name


def value_text(context: Context, field: str, value: object, names: Mapping[str, str]) -> str:
    """Return a typed value of ``field`` in words; empty where there is none."""
    if value is None:
        return ""
    if field in PERSON_FIELDS:
        return names.get(str(value), str(value))
    if field in ENTITY_FIELDS:
        held = value if isinstance(value, tuple) else (str(value),)
        return ", ".join(names.get(one, one) for one in held)
    match value:
        case Erasable():
            return value.text or ""
        case StrEnum():
            return say_code(context, field, value.value)
        case datetime():
            return context.language.time(value)
        case date():
            return context.language.date(value)
        case tuple() if value and isinstance(value[0], Indicator):
            day = context.language.date
            return ", ".join(f"{one.name} ({day(one.updated)})" for one in value)
        case tuple():
            return ", ".join(str(part) for part in value)
        case _:
            return str(value)
