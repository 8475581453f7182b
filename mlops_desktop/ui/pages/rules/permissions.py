"""Supervisors: internal decision, application, permission with obligations, in use, the gate."""

from collections.abc import Iterator
from functools import partial

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.documents import Document
from mlops_desktop.core.events.permissions import (
    PermissionAnswered,
    PermissionApplied,
    PermissionNeeded,
)
from mlops_desktop.core.permissions import PermissionState
from mlops_desktop.core.wording import with_capital
from mlops_desktop.services.gate import Answer, ask_gate
from mlops_desktop.services.oversight import PermissionSheet, list_permission_sheets
from mlops_desktop.services.rows import PermissionTelling
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.approvals.said import say_environment
from mlops_desktop.ui.pages.rules.cases import case_columns
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import (
    fact,
    leads_of,
    say,
    say_by,
    say_day,
    say_file,
    say_left,
    say_reason,
)
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.label import Tone
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[PermissionState, Mood] = {
    PermissionState.TO_APPLY: "warn",
    PermissionState.PENDING: "info",
    PermissionState.NOTIFIED: "good",
    PermissionState.GRANTED: "good",
    PermissionState.REFUSED: "bad",
}


def permission_status(context: Context, sheet: PermissionSheet) -> Status:
    """Return the chip of where a case stands; in use is what comes after permission."""
    state = sheet.row.permission.state
    if sheet.in_use is not None and not sheet.row.permission.is_blocking:
        return Status("good", say(context, "permission.in_use"))
    return Status(_MOODS[state], say(context, f"permission.{state.value}"))


def _columns(context: Context) -> tuple[Column[PermissionSheet], ...]:
    return (
        *case_columns(partial(permission_status, context), 20),
        Column(
            "authority", "oversight.field.authority", lambda one: one.row.permission.authority, 12
        ),
        Column(
            "category", "oversight.field.kind", lambda one: _category(context, one), 22, shown=False
        ),
    )


def _category(context: Context, sheet: PermissionSheet) -> str:
    return say(context, f"category.{sheet.row.permission.category.value}")


def _head(context: Context, sheet: PermissionSheet) -> Head:
    row = sheet.model.row
    place = say_environment(context, sheet.row.permission.environment)
    parts = (row.id, say(context, "version_in", n=sheet.label), place)
    chips = [permission_status(context, sheet)]
    if any(one.is_overdue(context.as_of.day) for one in sheet.row.permission.obligations):
        chips.append(Status("bad", say(context, "obligation_overdue")))
    return Head(row.name, " · ".join(parts), tuple(chips))


def permission_groups(context: Context, sheet: PermissionSheet, gate: object) -> tuple[Group, ...]:
    """Return the way of a case: needed, applied for, answered, in use; obligations; the gate."""
    groups = [Group(_title(context, sheet), tuple(_way(context, sheet)))]
    if sheet.row.obligations:
        facts = tuple(_obligations(context, sheet))
        groups.append(Group(say(context, "group.obligations"), facts))
    if isinstance(gate, Answer):
        groups.append(_gate(context, gate))
    return tuple(groups)


def _title(context: Context, sheet: PermissionSheet) -> str:
    authority = sheet.row.permission.authority
    said = say(context, "case_title", category=_category(context, sheet), authority=authority)
    return with_capital(said)


def _way(context: Context, sheet: PermissionSheet) -> Iterator[Fact]:
    one = sheet.row.permission
    for told in sheet.row.told:
        yield from _telling(context, sheet, told)
    if one.applied_on is None:
        yield fact(context, "applied", say(context, "gap.not_yet"), "warn")
    if one.answered_on is None:
        yield fact(context, "answered", say(context, "gap.not_yet"), "faint")
    tone: Tone = "" if sheet.in_use is not None else "faint"
    yield fact(context, "in_use", say_day(context, sheet.in_use, "not_in_use"), tone)


def _telling(context: Context, sheet: PermissionSheet, told: PermissionTelling) -> Iterator[Fact]:
    by = say_by(context, sheet.model.names, told.person, told.at)
    match told.payload:
        case PermissionNeeded(reason=reason):
            yield fact(context, "needed", by)
            if reason is not None:
                yield fact(context, "reason", say_words(context, reason))
        case PermissionApplied(applied_on=day, reference=reference, document=kept):
            yield fact(context, "applied", _told(context, say_day(context, day), by))
            if reference:
                yield fact(context, "reference", reference)
            yield from _file(context, kept)
        case PermissionAnswered(answered_on=day, document=kept, outcome=outcome):
            answered = f"{say(context, f'permission.{outcome.value}')}, {say_day(context, day)}"
            yield fact(context, "answered", _told(context, answered, by))
            yield from _file(context, kept)


def _file(context: Context, kept: Document | None) -> Iterator[Fact]:
    if kept is not None:
        yield fact(context, "file", say_file(context, kept))


def _told(context: Context, what: str, by: str) -> str:
    return say(context, "recorded_by", what=what, by=by)


def _obligations(context: Context, sheet: PermissionSheet) -> Iterator[Fact]:
    pairs = zip(sheet.row.obligations, sheet.row.permission.obligations, strict=True)
    for told, stand in pairs:
        name = say(context, "obligation_n", n=stand.number)
        text = say_words(context, told.text)
        met = sheet.row.fulfilment(stand.number)
        if met is not None:
            by = say_by(context, sheet.model.names, met.person, met.at)
            kept = say_file(context, getattr(met.payload, "document", None))
            yield Fact(name, say(context, "obligation_met", text=text, by=by, file=kept))
            continue
        due = say_left(context, told.due) if told.due else say(context, "gap.no_day")
        tone: Tone = "bad" if stand.is_overdue(context.as_of.day) else "warn"
        yield Fact(name, say(context, "obligation_open", text=text, due=due), tone)


def _gate(context: Context, gate: Answer) -> Group:
    title = say(context, "group.gate")
    if gate.is_allowed:
        return Group(title, status=Status("good", say(context, "gate.open")))
    number = context.language.number
    facts: list[Fact] = []
    for at, one in enumerate(gate.reasons, 1):
        facts.append(Fact(say(context, "gate.reason", n=number(at)), say_reason(context, one)))
        facts.extend(leads_of(context, one))
    return Group(title, tuple(facts), status=Status("bad", say(context, "gate.shut")))


def read_gate(session: Session, sheet: PermissionSheet, as_of: AsOf) -> Answer:
    """Return what the gate says about the version and the environment."""
    one = sheet.row.permission
    return ask_gate(session, sheet.model.row.id, sheet.label, one.environment, as_of)


def fetch(session: Session, as_of: AsOf) -> tuple[PermissionSheet, ...]:
    """Return every case with a supervisor, the newest first."""
    return list_permission_sheets(session, None, as_of)


def _words(context: Context, sheet: PermissionSheet) -> str:
    row, one = sheet.model.row, sheet.row.permission
    status = permission_status(context, sheet).word
    parts = (row.id, row.name, sheet.label, one.authority, _category(context, sheet), status)
    return " ".join(parts)


PART: Part[PermissionSheet] = Part(
    "permissions",
    ListSpec(
        "oversight_permissions",
        "oversight.section.permissions",
        _columns,
        EmptyText("oversight.empty.permissions", "permission.need", "verify"),
        actions=(
            "permission.apply",
            "permission.answer",
            "permission.meet",
            "",
            "oversight.model",
        ),
    ),
    fetch,
    _words,
    _head,
    (("oversight.tab.case", permission_groups),),
    ("permission.apply", "permission.answer", "permission.meet"),
    "permission.apply",
    ("oversight.model",),
    keys={
        "model_id": lambda one: one.model.row.id,
        "model": lambda one: one.model.row.name,
        "label": lambda one: one.label,
        "status": lambda one: one.row.permission.state.value,
        "authority": lambda one: one.row.permission.authority,
        "category": lambda one: one.row.permission.category.value,
    },
    more=read_gate,
)
