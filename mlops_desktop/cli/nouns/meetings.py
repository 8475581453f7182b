"""Meetings of committees and circular resolutions."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from mlops_desktop.cli.answer import Answer, Document
from mlops_desktop.cli.call import Call, pass_call
from mlops_desktop.cli.commands import Group
from mlops_desktop.cli.dates import as_of_options, read_as_of
from mlops_desktop.cli.text import pairs, section, table
from mlops_desktop.core.asof import parse_day
from mlops_desktop.core.cells import Cell, Code, Day
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.approvals import Decision
from mlops_desktop.core.events.meetings import Item
from mlops_desktop.core.whole_numbers import whole

if TYPE_CHECKING:
    from mlops_desktop.services.oversight import MeetingSheet
    from mlops_desktop.services.session import Session

_FILE = click.Path(path_type=Path)


@click.group("meetings", cls=Group)
def command() -> None:
    """Committees: what they meet about, who voted how, and what chair and secretary signed."""


@command.command("list")
@as_of_options
@pass_call
def list_(call: Call, /, **days: str | None) -> Answer:
    """List meetings and circular resolutions."""
    from mlops_desktop.services.oversight import list_meeting_sheets

    with call.session() as session:
        sheets = reversed(list_meeting_sheets(session, read_as_of(**days)))
        found = [_document(sheet) for sheet in sheets]
    heads = ("ID", "BODY", "ON", "STANDING")
    return Answer(found, table(heads, map(_cells, found)))


def _cells(one: Document) -> tuple[Cell, ...]:
    standing = Code(str(one["standing"]), ("oversight.meeting",))
    return str(one["id"]), str(one["body"]), Day(str(one["on"])), standing


@command.command()
@click.argument("id")
@pass_call
def show(call: Call, id: str) -> Answer:
    """Show a meeting: agenda, attendance, votes, minutes, signatures."""
    with call.session() as session:
        return _answer(session, id)


@command.command("call")
@click.argument("body")
@click.option("--on", "day", metavar="DATE", required=True, help="The day of the meeting.")
@click.option("--chair", required=True)
@click.option("--secretary", required=True, help="Who keeps the minutes.")
@click.option("--member", "members", multiple=True, help="Can be given again; the chair is one.")
@click.option("--quorum", type=int, required=True, help="How many must be there, nobody recused.")
@click.option("--request", "requests", multiple=True, help="A request to decide; again for more.")
@click.option("--note", "notes", multiple=True, help="Something to be noted; again for more.")
@click.option("--paper", "papers", type=_FILE, multiple=True, help="A paper, with every item.")
@click.option("--circular", is_flag=True, help="Decided by circular resolution, without a meeting.")
@pass_call
def call_(
    call: Call,
    body: str,
    day: str,
    chair: str,
    secretary: str,
    members: tuple[str, ...],
    quorum: int,
    requests: tuple[str, ...],
    notes: tuple[str, ...],
    papers: tuple[Path, ...],
    circular: bool,
) -> Answer:
    """Call a meeting of BODY with its agenda."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.meetings import NewItem, NewMeeting, call_meeting

    files = tuple(read_file(path) for path in papers)
    agenda = [NewItem(id, id, files) for id in requests]
    agenda += [NewItem(text, None, files) for text in notes]
    wanted = NewMeeting(
        body, parse_day(day, "--on"), chair, secretary, members, quorum, tuple(agenda), circular
    )
    with call.session() as session:
        return _answer(session, call_meeting(session, wanted).id)


@command.command()
@click.argument("id")
@click.option("--request", help="A request to decide.")
@click.option("--note", help="Something to be noted; needed without a request.")
@click.option("--paper", "papers", type=_FILE, multiple=True, help="A paper; again for more.")
@pass_call
def add(
    call: Call, id: str, request: str | None, note: str | None, papers: tuple[Path, ...]
) -> Answer:
    """Put an item on the agenda of a meeting that has no minutes yet."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.meetings import NewItem, add_item

    files = tuple(read_file(path) for path in papers)
    with call.session() as session:
        wanted = NewItem(note or request or "", request, files)
        return _answer(session, add_item(session, id, wanted).id)


@command.command()
@click.argument("id")
@click.option("--present", multiple=True, required=True, help="Who was there; again for more.")
@click.option("--vote", "votes", multiple=True, metavar="ITEM:NAME:DECISION")
@click.option("--partial", multiple=True, metavar="ITEM:NAME:REASON", help="Who left the table.")
@click.option("--minutes", "text", default="", help="What was said; needed.")
@click.option("--file", "path", type=_FILE, help="The minutes as a file.")
@pass_call
def minute(
    call: Call,
    id: str,
    present: tuple[str, ...],
    votes: tuple[str, ...],
    partial: tuple[str, ...],
    text: str,
    path: Path | None,
) -> Answer:
    """Keep the minutes: attendance, votes, who was recused."""
    from mlops_desktop.services.documents import read_file
    from mlops_desktop.services.meetings import Minutes, minute_meeting

    cast = tuple((item, name, _decision(said)) for item, name, said in map(_parts, votes))
    minutes = Minutes(
        present,
        cast,
        text,
        tuple(map(_parts, partial)),
        read_file(path) if path else None,
    )
    with call.session() as session:
        return _answer(session, minute_meeting(session, id, minutes).id)


@command.command()
@click.argument("id")
@pass_call
def sign(call: Call, id: str) -> Answer:
    """Sign what was resolved, as chair or secretary, with your own key."""
    from mlops_desktop.services.meetings import sign_meeting
    from mlops_desktop.services.people import unlocker

    with call.session() as session:
        unlock = unlocker(session, call.ask_person())
        return _answer(session, sign_meeting(session, id, unlock).id)


def _parts(text: str) -> tuple[int, str, str]:
    parts = [part.strip() for part in text.split(":", 2)]
    number = whole(parts[0])
    if len(parts) != 3 or number is None:
        raise AppError("meeting.line_malformed", where="--vote", text=text)
    return number, parts[1], parts[2]


def _decision(text: str) -> Decision:
    try:
        return Decision(text.lower())
    except ValueError:
        raise AppError("meeting.line_malformed", where="--vote", text=text) from None


_FACTS = ("id", "body", "on", "standing", "chair", "secretary", "members", "quorum", "present",
          "absent", "minutes", "file")  # fmt: skip
_ITEM = ("number", "title", "request_id", "papers", "votes", "partial", "outcome", "signed_by")


def _answer(session: "Session", id: str) -> Answer:
    from mlops_desktop.services.oversight import show_meeting_sheet

    document = _document(show_meeting_sheet(session, id))
    told = [(name.capitalize(), _plain(document[name])) for name in _FACTS]
    rows = [[_plain(item[name]) for name in _ITEM] for item in document["agenda"]]  # type: ignore[union-attr, index, call-overload]
    heads = ("ITEM", "TITLE", "REQUEST", "PAPERS", "VOTES", "PARTIAL", "OUTCOME", "SIGNED BY")
    return Answer(document, pairs(told) + section("Agenda", table(heads, rows)))


def _plain(value: object) -> object:
    return ", ".join(map(str, value)) if isinstance(value, list) else value


def _document(sheet: "MeetingSheet") -> Document:
    row, names = sheet.row, sheet.names
    called, minuted = row.called, row.minuted
    present = minuted.present if minuted else ()
    return {
        "id": row.id,
        "body": called.body,
        "on": called.held_on.isoformat(),
        "standing": sheet.standing,
        "circular": called.is_circular,
        "chair": names.get(called.chair),
        "secretary": names.get(called.secretary),
        "members": [names.get(one, one) for one in called.members],
        "quorum": called.quorum,
        "present": [names.get(one, one) for one in present],
        "absent": [names.get(one, one) for one in called.members if minuted and one not in present],
        "minutes": minuted.minutes.text if minuted else None,
        "file": minuted.document.name.text if minuted and minuted.document else None,
        "agenda": [_item(sheet, item) for item in called.agenda],
    }


def _item(sheet: "MeetingSheet", item: Item) -> Document:
    from mlops_desktop.core.meetings import outcome_of

    minuted, names = sheet.row.minuted, sheet.names
    votes = [vote for vote in minuted.votes if vote.item == item.number] if minuted else []
    partial = [one.person for one in minuted.partial if one.item == item.number] if minuted else []
    outcome = outcome_of(votes)
    signed = [one.person for one in sheet.row.signed if one.item == item.number]
    asked = sheet.requests.get(item.request or "")
    return {
        "number": item.number,
        "title": item.title.text,
        "request": item.request,
        "request_id": asked.id if asked else None,
        "papers": [one.name.text for one in item.papers],
        "votes": [f"{names.get(one.person, one.person)}: {one.decision.value}" for one in votes],
        "partial": [names.get(one, one) for one in partial],
        "outcome": outcome.value if outcome else "noted" if minuted else None,
        "signed_by": [names.get(one, one) for one in signed],
    }
