"""Committees: meetings with agenda, papers, attendance, votes, partiality, minutes, signatures."""

from collections.abc import Iterator

from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.events.meetings import Item, MeetingMinuted
from mlops_desktop.core.meetings import outcome_of
from mlops_desktop.services.oversight import MeetingSheet, list_meeting_sheets
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.erased import say_words
from mlops_desktop.ui.pages.approvals.said import status_chip
from mlops_desktop.ui.pages.rules.parts import Head, Part
from mlops_desktop.ui.pages.rules.said import fact, say, say_file, say_request
from mlops_desktop.ui.table import Column, EmptyText, ListSpec
from mlops_desktop.ui.widgets.chips import Mood, Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOODS: dict[str, Mood] = {"called": "info", "minuted": "warn", "signed": "good", "kept": "idle"}


def _status(context: Context, sheet: MeetingSheet) -> Status:
    stand = sheet.standing
    return Status(_MOODS[stand], say(context, f"meeting.{stand}"))


def _kind(context: Context, sheet: MeetingSheet) -> str:
    kind = "circular" if sheet.row.called.is_circular else "sitting"
    return say(context, f"meeting.{kind}")


def _columns(context: Context) -> tuple[Column[MeetingSheet], ...]:
    day = context.language.date
    return (
        Column("id", "oversight.field.meeting", lambda one: one.id, 9, muted=True),
        Column(
            "body",
            "oversight.field.body",
            lambda one: one.row.called.body,
            18,
            strong=True,
            flexible=True,
        ),
        Column("on", "oversight.field.on", lambda one: day(one.row.called.held_on), 12),
        Column(
            "status",
            "oversight.field.status",
            lambda one: _status(context, one).word,
            24,
            status=lambda one: _status(context, one),
        ),
        Column("kind", "oversight.field.kind", lambda one: _kind(context, one), 16, shown=False),
    )


def _head(context: Context, sheet: MeetingSheet) -> Head:
    called = sheet.row.called
    under = " · ".join((sheet.id, context.language.date(called.held_on), _kind(context, sheet)))
    chips = [_status(context, sheet)]
    if sheet.row.minuted is not None and len(sheet.row.minuted.present) < called.quorum:
        chips.append(Status("bad", say(context, "meeting.no_quorum")))
    return Head(called.body, under, tuple(chips))


def _agenda(context: Context, sheet: MeetingSheet, _: object) -> tuple[Group, ...]:
    return tuple(_item(context, sheet, item) for item in sheet.row.called.agenda)


def _item(context: Context, sheet: MeetingSheet, item: Item) -> Group:
    title = f"{item.number}. {say_words(context, item.title)}"
    facts = list(_about(context, sheet, item))
    facts += [fact(context, "paper", say_file(context, one)) for one in item.papers]
    minuted, status = sheet.row.minuted, None
    if minuted is not None:
        facts += _votes(context, sheet, minuted, item)
        outcome = outcome_of([vote for vote in minuted.votes if vote.item == item.number])
        word = outcome.value if outcome is not None else "noted"
        mood: Mood = "good" if word == "approve" else "bad" if word == "reject" else "idle"
        status = Status(mood, say(context, f"vote.{word}"))
    return Group(title, tuple(facts), status=status)


def _about(context: Context, sheet: MeetingSheet, item: Item) -> Iterator[Fact]:
    row = sheet.requests.get(item.request or "")
    if row is None:
        yield fact(context, "request", say(context, "for_noting"), "faint")
        return
    yield Fact(
        say(context, "field.request"),
        f"{row.id}, {say_request(context, row)}",
        go=lambda: context.show_page("approvals", row.key),
    )
    chip = status_chip(context, row.status)
    yield Fact(say(context, "field.request_status"), chip.word, status=chip)


def _votes(
    context: Context, sheet: MeetingSheet, minuted: MeetingMinuted, item: Item
) -> Iterator[Fact]:
    for vote in minuted.votes:
        if vote.item == item.number:
            named = sheet.names.get(vote.person, vote.person)
            yield Fact(named, say(context, f"vote.{vote.decision.value}"))
    for one in minuted.partial:
        if one.item == item.number:
            named = sheet.names.get(one.person, one.person)
            why = say(context, "partial_because", why=say_words(context, one.reason))
            yield Fact(named, why, "warn")
    row = sheet.requests.get(item.request or "")
    for person in row.state.recused if row is not None else ():
        yield Fact(sheet.names.get(person, person), say(context, "recused"), "warn")
    for signed in sheet.row.signed:
        if signed.item == item.number:
            named = signed.name.text or sheet.names.get(signed.person, signed.person)
            word = say(context, f"capacity.{signed.capacity.value}", person=named)
            yield fact(context, "signed", word)


def _people(context: Context, sheet: MeetingSheet, _: object) -> tuple[Group, ...]:
    called, minuted, names = sheet.row.called, sheet.row.minuted, sheet.names
    present = minuted.present if minuted is not None else ()
    facts = [
        fact(context, "chair", names.get(called.chair, called.chair)),
        fact(context, "secretary", names.get(called.secretary, called.secretary)),
        fact(context, "quorum", _quorum(context, sheet)),
    ]
    if sheet.unsigned:
        due = ", ".join(names.get(one, one) for one in sheet.unsigned)
        facts.append(fact(context, "still_signs", due, "warn"))
    members = [_member(context, sheet, one, present) for one in called.members]
    return (Group("", tuple(facts)), Group(say(context, "group.members"), tuple(members)))


def _quorum(context: Context, sheet: MeetingSheet) -> str:
    called, minuted = sheet.row.called, sheet.row.minuted
    if minuted is None:
        return say(context, "quorum_needed", n=called.quorum, of=len(called.members))
    return say(context, "quorum_there", n=called.quorum, there=len(minuted.present))


def _member(context: Context, sheet: MeetingSheet, person: str, present: tuple[str, ...]) -> Fact:
    named = sheet.names.get(person, person)
    if sheet.row.minuted is None:
        return Fact(named, say(context, "invited"), "faint")
    is_there = person in present
    return Fact(
        named, say(context, "present" if is_there else "absent"), "" if is_there else "faint"
    )


def _minutes(context: Context, sheet: MeetingSheet, _: object) -> tuple[Group, ...]:
    minuted = sheet.row.minuted
    if minuted is None:
        return (Group("", lead=say(context, "no_minutes")),)
    facts = [fact(context, "digest", minuted.minutes.digest)]
    if minuted.document is not None:
        facts.append(fact(context, "file", say_file(context, minuted.document)))
    return (Group("", tuple(facts), say_words(context, minuted.minutes)),)


def _words(context: Context, sheet: MeetingSheet) -> str:
    rows = sheet.requests.values()
    about = (f"{row.id} {row.model_id} {row.model_name}" for row in rows)
    titles = (item.title.text or "" for item in sheet.row.called.agenda)
    parts = (sheet.id, sheet.row.called.body, _status(context, sheet).word, *about, *titles)
    return " ".join(parts)


def fetch(session: Session, as_of: AsOf) -> tuple[MeetingSheet, ...]:
    """Return every meeting, the newest first."""
    return list_meeting_sheets(session, as_of)


PART: Part[MeetingSheet] = Part(
    "meetings",
    ListSpec(
        "oversight_meetings",
        "oversight.section.meetings",
        _columns,
        EmptyText("oversight.empty.meetings", "meeting.call", "calendar"),
        actions=(
            "meeting.minute",
            "meeting.add_item",
            "meeting.sign",
            "",
            "meeting.draft",
            "oversight.request",
        ),
    ),
    fetch,
    _words,
    _head,
    (
        ("oversight.tab.agenda", _agenda),
        ("oversight.tab.people", _people),
        ("oversight.tab.minutes", _minutes),
    ),
    ("meeting.sign", "meeting.minute", "meeting.add_item"),
    "meeting.sign",
    ("meeting.draft", "oversight.request"),
    keys={
        "id": lambda one: one.row.position,
        "body": lambda one: one.row.called.body,
        "on": lambda one: one.row.called.held_on,
        "status": lambda one: one.standing,
        "kind": lambda one: one.row.called.is_circular,
    },
)
