"""Words that several sections share: who and when, gaps, numbers of days."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial

from mlops_desktop.core import clock
from mlops_desktop.core.documents import Document
from mlops_desktop.services.gate_reasons import Reason
from mlops_desktop.services.rows import RequestRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.models.said import say_decimal
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact


def say(context: Context, key: str, /, **parameters: str | int) -> str:
    """Return a sentence of this page."""
    return context.say(f"oversight.{key}", **parameters)


def fact(context: Context, name: str, value: str, tone: Tone = "") -> Fact:
    """Return a named value."""
    return Fact(say(context, f"field.{name}"), value, tone)


def say_when(context: Context, at: str) -> str:
    """Return when something was recorded."""
    return context.language.time(clock.from_text(at))


def say_by(context: Context, names: Mapping[str, str], person: str, at: str) -> str:
    """Return by whom and when."""
    named = names.get(person, person)
    return say(context, "by_on", person=named, time=say_when(context, at))


def say_request(context: Context, row: RequestRow) -> str:
    """Return for which model and version a request is."""
    named = f"{row.model_id} {row.model_name}"
    return f"{named}, {say(context, 'version_in', n=row.label)}" if row.label else named


def say_file(context: Context, kept: Document | None) -> str:
    """Return a kept file by its name and digest."""
    if kept is None:
        return context.say("models.gap.not_recorded")
    return f"{kept.name.text or '…'} (SHA-256 {kept.file})"


def say_day(context: Context, day: date | None, gap: str = "not_yet") -> str:
    """Return a day, or the word for its gap."""
    return context.language.date(day) if day is not None else say(context, f"gap.{gap}")


def say_left(context: Context, day: date) -> str:
    """Return a day with how many days are left, or since how many it is past."""
    left = (day - context.as_of.day).days
    key = "left" if left >= 0 else "late"
    count = "one" if abs(left) == 1 else "other"
    told = context.language.date(day)
    return say(context, f"{key}.{count}", day=told, n=context.language.number(abs(left)))


_DAYS = ("day", "due", "until")


def say_reason(context: Context, one: Reason) -> str:
    """Return why the gate says no, in the language and the dates of the window."""
    told = {name: _say_parameter(context, name, value) for name, value in one.parameters}
    return context.say(f"gate.{one.rule}", **told)


_LEADS = {"A": "approvals", "F": "governance", "X": "governance"}
"""Where what a reason names by its number is shown."""


def leads_of(context: Context, one: Reason) -> Iterator[Fact]:
    """Yield the link to the request, finding or exception that a reason names."""
    named = str(dict(one.parameters).get("id", ""))
    prefix, _, number = named.partition("-")
    if prefix in _LEADS and number.isdecimal():
        go = partial(context.show_page, _LEADS[prefix], named)
        yield Fact(context.say("tests.gate_item"), named, go=go)


def _say_parameter(context: Context, name: str, value: str | int) -> str | int:
    if not isinstance(value, str):
        return value
    if name in _DAYS and value:
        return context.language.date(date.fromisoformat(value))
    if name == "environment":
        return say_environment(context, value)
    if name in ("value", "threshold"):
        return say_decimal(context, value)
    words = context.language.words
    keys = (
        f"oversight.category.{value.replace(' ', '_')}",
        f"oversight.permission.{value}",
        f"models.state.{value}",
    )
    own = {"kind": f"tests.kind.{value}", "exception": f"item.exception.choice.{value}"}
    asked = keys if name in ("category", "state") else (own.get(name, ""),)
    key = next((key for key in asked if key in words), "")
    return context.say(key) if key else value
