"""Emergency changes: who declared them why, by when they are to be approved, by what they were."""

from collections.abc import Iterator
from datetime import date
from functools import partial

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.emergencies import EmergencyState
from mlops_desktop.services.oversight import EmergencySheet, list_emergency_sheets
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.rules.cases import case_columns
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_by, say_left
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[EmergencyState, Mood] = {
    EmergencyState.OPEN: "warn",
    EmergencyState.OVERDUE: "bad",
    EmergencyState.RATIFIED: "good",
}


def emergency_status(context: Context, sheet: EmergencySheet) -> Status:
    """Return the chip of where an emergency stands."""
    state = sheet.stand.state
    return Status(_MOODS[state], say(context, f"emergency.{state.value}"))


def _due(context: Context, sheet: EmergencySheet) -> str:
    day = sheet.stand.row.emergency.due
    is_over = sheet.stand.state is EmergencyState.RATIFIED
    return context.language.date(day) if is_over else say_left(context, day)


def _columns(context: Context) -> tuple[Column[EmergencySheet], ...]:
    day = context.language.date
    return (
        *case_columns(partial(emergency_status, context), 24),
        Column("since", "oversight.field.since", lambda one: day(_since(one)), 12, shown=False),
        Column("due", "oversight.field.due", lambda one: _due(context, one), 28),
    )


def _since(sheet: EmergencySheet) -> date:
    return sheet.stand.row.emergency.since


def _head(context: Context, sheet: EmergencySheet) -> Head:
    row, one = sheet.model.row, sheet.stand.row.emergency
    place = say_environment(context, one.environment)
    under = " · ".join((row.id, say(context, "version_in", n=sheet.label), place))
    return Head(row.name, under, (emergency_status(context, sheet),))


def emergency_groups(context: Context, sheet: EmergencySheet, _: object) -> tuple[Group, ...]:
    """Return what happened, why, and what approved it afterwards."""
    title = say(context, "emergency_title", version=sheet.label)
    return (Group(title, tuple(_facts(context, sheet)), say(context, "emergency_lead")),)


def _facts(context: Context, sheet: EmergencySheet) -> Iterator[Fact]:
    row, one = sheet.stand.row, sheet.stand.row.emergency
    yield fact(context, "since", context.language.date(one.since))
    yield fact(context, "why", say_words(context, row.why))
    yield fact(context, "declared", say_by(context, sheet.model.names, row.person, row.at))
    tone: Tone = "bad" if sheet.stand.state is EmergencyState.OVERDUE else ""
    yield fact(context, "due", _due(context, sheet), tone)
    request = sheet.request
    if request is None:
        yield fact(context, "ratified", say(context, "gap.not_yet"), "warn")
        return
    yield Fact(
        say(context, "field.ratified"),
        request.id,
        go=lambda: context.show_page("approvals", request.key),
    )


def fetch(session: Session, as_of: AsOf) -> tuple[EmergencySheet, ...]:
    """Return every emergency change, the newest first."""
    return list_emergency_sheets(session, None, as_of)


def _words(context: Context, sheet: EmergencySheet) -> str:
    row, why = sheet.model.row, sheet.stand.row.reason or ""
    return f"{row.id} {row.name} {sheet.label} {emergency_status(context, sheet).word} {why}"


PART: Part[EmergencySheet] = Part(
    "emergencies",
    ListSpec(
        "oversight_emergencies",
        "oversight.section.emergencies",
        _columns,
        EmptyText("oversight.empty.emergencies", "emergency.declare", "warning"),
        actions=("emergency.ratify", "", "oversight.model"),
    ),
    fetch,
    _words,
    _head,
    (("oversight.tab.emergency", emergency_groups),),
    ("emergency.ratify", "oversight.model"),
    "emergency.ratify",
    keys={
        "model_id": lambda one: one.model.row.id,
        "model": lambda one: one.model.row.name,
        "label": lambda one: one.label,
        "status": lambda one: one.stand.state.value,
        "since": lambda one: one.stand.row.emergency.since,
        "due": lambda one: one.stand.row.emergency.due,
    },
)
