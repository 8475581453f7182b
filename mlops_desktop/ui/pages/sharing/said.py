"""Working together in words: where one stands, and both sides of a conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mlops_desktop.core.events.copies import Fate
from mlops_desktop.services.copies import CopyKind, State
from mlops_desktop.services.copies.sharing import Conflict, LogRow, Sharing, Sides
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.governance.said import say_taken, taken_keys
from mlops_desktop.ui.pages.models.summaries import say_summary
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_STEP = "step"
"""The field in which an item's event says what was done."""


class Heap(StrEnum):
    """What lies on the page."""

    CONFLICTS = "conflicts"
    UNSHARED = "unshared"
    CAME = "came"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the list: an event, with its conflict where it is one."""

    id: str
    row: LogRow
    heap: Heap
    conflict: Conflict | None = None


def lines_of(shared: Sharing, heap: Heap) -> tuple[Line, ...]:
    """Return the rows of one heap, newest first."""
    if heap is Heap.CONFLICTS:
        return tuple(Line(one.event.id, one.event, heap, one) for one in shared.conflicts)
    rows = shared.unshared if heap is Heap.UNSHARED else shared.came
    return tuple(Line(row.id, row, heap) for row in rows)


def fate_status(context: Context, line: Line) -> Status:
    """Return the chip that says what became of an event."""
    if line.conflict is not None:
        mood: Mood = "bad" if line.conflict.fate is Fate.REFUSED else "warn"
        return Status(mood, context.say(f"sharing.fate.{line.conflict.fate.value}"))
    if line.heap is Heap.UNSHARED:
        return Status("info", context.say("sharing.word.unshared"))
    return Status("good", context.say("sharing.word.counts"))


def columns(context: Context) -> tuple[Column[Line], ...]:
    """Return the columns of the list."""
    return (
        Column("event", "sharing.column.event", lambda line: say_event(context, line.row.type), 18,
               strong=True, flexible=True),
        Column("concerns", "sharing.column.concerns", lambda line: line.row.concerns, 14,
               optional=True),
        Column("fate", "sharing.column.fate", lambda line: "", 21,
               status=lambda line: fate_status(context, line)),
        Column("at", "sharing.column.at", lambda line: _time(context, line.row.at), 16,
               whole=True),
        Column("person", "sharing.column.person", lambda line: line.row.person, 18),
        Column("about", "sharing.column.about", lambda line: say_summary(context, line.row), 16),
    )  # fmt: skip


def _time(context: Context, at: datetime) -> str:
    return context.language.time(at)


def side_groups(context: Context, sides: Sides, noun: str) -> tuple[Group, ...]:
    """Return every field in which the sides differ, with what each of them says, whole.

    ``noun`` is what the events concern, as their kind begins: it has words of its own.
    """
    say, none, words = context.say, context.say("sharing.word.nothing"), context.language.words
    named = dict.fromkeys((*sides.mine, *sides.theirs))
    fields = [one for one in named if sides.mine.get(one) != sides.theirs.get(one)]
    if not fields:
        return (Group("", lead=say("sharing.word.same")),)

    def told(values: Mapping[str, str], field: str) -> str:
        value = values.get(field, "")
        is_step = field == _STEP and any(key in words for key in taken_keys(noun, value))
        return say_taken(context, noun, value) if is_step else value or none

    return tuple(
        Group(
            say_field(context, field, noun),
            tuple(
                Fact(say(f"sharing.column.{side}"), told(values, field), whole=True)
                for side, values in (("mine", sides.mine), ("theirs", sides.theirs))
            ),
        )
        for field in fields
    )


def say_field(context: Context, path: str, noun: str) -> str:
    """Return what a field is called; its own name where there is no word for it."""
    names = [part for part in path.split(".") if not part.isdecimal()]
    for name in reversed(names):
        for key in (f"item.{noun}.field.{name}", f"models.field.{name}", f"item.field.{name}"):
            if key in context.language.words:
                return context.say(key)
    return names[-1].replace("_", " ") if names else path


def say_standing(context: Context, shared: Sharing) -> tuple[Status, str, str]:
    """Return a chip, what is open here, and what is to be known of it."""
    state = shared.state
    if state is None:
        kind = "team" if shared.is_team else "file"
        return (
            Status("good", context.say(f"sharing.chip.{kind}")),
            context.say(f"sharing.standing.{kind}"),
            _waiting(context, len(shared.conflicts)),
        )
    return _lease(context, state), _copy_of(context, shared, state), _numbers(context, state)


def _lease(context: Context, state: State) -> Status:
    if state.kind is CopyKind.AUDITOR:
        return Status("info", context.say("sharing.chip.reader"))
    if state.is_lease_over:
        return Status("bad", context.say("sharing.chip.lease_over"))
    left = (state.lease_until - state.counted_from).days
    mood: Mood = "warn" if left <= _SOON else "good"
    return Status(mood, context.say("sharing.chip.lease", n=left))


_SOON = 7


def _copy_of(context: Context, shared: Sharing, state: State) -> str:
    taken = context.language.time(state.taken_at)
    key = "sharing.standing.copy" if state.place else "sharing.standing.given"
    told = context.say(key, place=state.place, at=taken)
    if shared.extract is None:
        return told
    events, texts = shared.extract.withheld_number, shared.extract.held_back_number
    key = "sharing.standing.extract" if events or texts else "sharing.standing.extract_whole"
    role = context.say(f"approvals.role.{shared.extract.role.value}")
    counted = {"events": context.language.number(events), "texts": context.language.number(texts)}
    return f"{told} {context.say(key, role=role, **counted)}"


def _waiting(context: Context, n: int) -> str:
    key = "sharing.standing.conflicts" if n else "sharing.empty.conflicts"
    return context.say(key, n=n)


def _numbers(context: Context, state: State) -> str:
    say, language = context.say, context.language
    n, is_extract = len(state.unshared), state.kind is CopyKind.AUDITOR
    lease = "sharing.standing.lease_extract" if is_extract else "sharing.standing.lease"
    parts = [
        say("sharing.standing.unshared" if n else "sharing.empty.unshared", n=n),
        say("sharing.standing.pulled", at=language.time(state.pulled_at)),
        say(lease, day=language.date(state.lease_until)),
    ]
    if state.is_reachable is False:
        parts.append(say("sharing.standing.away"))
    return " ".join(parts)


def groups(context: Context, line: Line) -> tuple[Group, ...]:
    """Return what is to be known of one event."""
    say, row = context.say, line.row
    facts = [Fact(say("sharing.column.concerns"), row.concerns)] if row.concerns else []
    facts.append(Fact(say("sharing.column.person"), row.person))
    facts.append(Fact(say("sharing.column.at"), _time(context, row.at)))
    if summary := say_summary(context, replace(row, fate=None)):  # it is said below
        facts.append(Fact(say("sharing.column.about"), summary))
    if line.conflict is None:
        return (
            Group(say_event(context, row.type), tuple(facts), status=fate_status(context, line)),
        )
    why = say(f"copies.fate.{line.conflict.fate.value}")
    rule = line.conflict.rule
    if rule is not None:
        key = f"copies.rule.{rule}"
        why = f"{why}: " + (say(key) if key in context.language.words else rule)
    facts.append(Fact(say("sharing.column.fate"), why))
    mine = Group(say_event(context, row.type), tuple(facts), status=fate_status(context, line))
    against = line.conflict.against
    if against is None:
        return (mine,)
    theirs = Group(
        say("sharing.title.against"),
        (
            Fact(say("sharing.column.event"), say_event(context, against.type)),
            Fact(say("sharing.column.person"), against.person),
            Fact(say("sharing.column.at"), _time(context, against.at)),
        ),
    )
    return mine, theirs
