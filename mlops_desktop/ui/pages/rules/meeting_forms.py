"""The dialogs about meetings: call one, add an item, keep the minutes, sign."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.events.meetings import Item
from mlops_desktop.core.identity import Person
from mlops_desktop.core.meetings import outcome_of
from mlops_desktop.services.meetings import (
    Minutes,
    NewItem,
    NewMeeting,
    add_item,
    call_meeting,
    minute_meeting,
    sign_meeting,
)
from mlops_desktop.services.oversight import MeetingSheet, list_open_requests
from mlops_desktop.services.people import unlocker
from mlops_desktop.services.rows import RequestRow
from mlops_desktop.services.rules import list_rules
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.rules.asking import (
    CheckList,
    Dialog,
    NumberBox,
    add_choice,
    add_day,
    add_files,
    add_line,
    add_text,
    with_people,
)
from mlops_desktop.ui.pages.rules.ballots import Ballots
from mlops_desktop.ui.pages.rules.said import say, say_words
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import Meaning, SignDialog

_WIDE = 110
Found = tuple[tuple[RequestRow, ...], tuple[str, ...]]


def ask_call(context: Context, parent: QWidget) -> None:
    """Ask which body meets when about what, as soon as persons and open requests are known."""

    def fill(found: Found) -> None:
        def open_form(people: tuple[Person, ...]) -> None:
            _call(context, people, found, parent)

        with_people(context, open_form)

    _with_requests(context, fill)


def _with_requests(context: Context, fill: Callable[[Found], None]) -> None:
    session = context.session

    def ask(progress: Progress) -> Found:
        rules = [row.rule for row in list_rules(session) if row.is_active]
        bodies = {step.committee for rule in rules for step in rule.steps if step.committee}
        return list_open_requests(session), tuple(sorted(bodies))

    name = say(context, "job.read")
    context.jobs.submit_read(name, ask, fill, context.show_error, key="rules:requests")


def _request_entries(rows: Iterable[RequestRow]) -> list[tuple[str, str]]:
    return [
        (f"{row.id}  {row.model_id} {row.model_name} {row.label}".strip(), row.key) for row in rows
    ]


def _call(context: Context, people: tuple[Person, ...], found: Found, parent: QWidget) -> Dialog:
    session, dialog = context.session, Dialog(context, "meeting_call", parent)
    rows, bodies = found
    body = QComboBox()
    body.setEditable(True)
    body.addItems(bodies)
    dialog.put("body", body, "body")
    day = add_day(dialog, "on", ahead=True, help="today")
    entries = [(one.name, one.id) for one in people]
    chair = add_choice(dialog, "chair", entries)
    secretary = add_choice(dialog, "secretary", entries)
    secretary.setCurrentIndex(min(1, secretary.count() - 1))
    members = CheckList(entries)
    dialog.put("members", members, "members")
    quorum = NumberBox(1, max(1, len(people)), min(2, len(people)))
    dialog.put("quorum", quorum, "quorum")
    requests = CheckList(_request_entries(rows))
    dialog.put("requests", requests)
    notes = add_text(dialog, "notes", "notes", lines=2)
    dialog.fields["agenda"] = requests
    papers = add_files(dialog, "papers", many=True, help="papers")
    circular = QCheckBox(say(context, "is_circular"))
    dialog.put("form", circular)

    def read() -> Callable[[], Recorded]:
        chosen, said, files = requests.ticked(), notes.text().splitlines(), papers.read()
        titles = {row.key: f"{row.model_name} {row.label}".strip() for row in rows}
        who = (str(chair.currentData()), str(secretary.currentData()), members.ticked())
        name, on = body.currentText(), day.day() or clock.today()
        number, is_circular = quorum.value(), circular.isChecked()

        def do() -> Recorded:
            kept = files()
            agenda = [NewItem(titles[key], key, kept) for key in chosen]
            agenda += [NewItem(line.strip(), None, kept) for line in said if line.strip()]
            wanted = NewMeeting(name, on, *who, number, tuple(agenda), is_circular)
            return call_meeting(session, wanted)

        return do

    dialog.let_scroll()
    dialog.send(read)
    return dialog


def ask_item(context: Context, sheet: MeetingSheet, parent: QWidget) -> None:
    """Ask what else the meeting is about."""

    def fill(found: Found) -> None:
        _add(context, sheet, found[0], parent)

    _with_requests(context, fill)


def _add(
    context: Context, sheet: MeetingSheet, rows: tuple[RequestRow, ...], parent: QWidget
) -> Dialog:
    session, dialog = context.session, Dialog(context, "meeting_add_item", parent, id=sheet.id)
    free = [row for row in rows if row.key not in sheet.requests]
    none: tuple[str, object] = (say(context, "for_noting"), "")
    request = add_choice(dialog, "request", [none, *_request_entries(free)])
    title = add_line(dialog, "title", help="item")
    papers = add_files(dialog, "papers", many=True)

    def read() -> Callable[[], Recorded]:
        key, files = str(request.currentData()), papers.read()
        named = title.text().strip() or (request.currentText() if key else "")
        return lambda: add_item(session, sheet.id, NewItem(named, key or None, files()))

    dialog.send(read)
    return dialog


def ask_minutes(context: Context, sheet: MeetingSheet, parent: QWidget) -> Dialog:
    """Ask who was there, partial, for or against, and for the minutes."""
    session, dialog = context.session, Dialog(context, "meeting_minute", parent, id=sheet.id)
    ballots = Ballots(context, sheet)
    dialog.put("vote", ballots, "vote")
    dialog.fields["present"] = ballots
    text = add_text(dialog, "minutes", "needed", lines=4)
    file = add_files(dialog, "file")

    def read() -> Callable[[], Recorded]:
        present, votes, partial = ballots.present(), ballots.votes(), ballots.partial()
        said, files = text.text(), file.read()

        def do() -> Recorded:
            kept = files()
            minutes = Minutes(present, votes, said, partial, kept[0] if kept else None)
            return minute_meeting(session, sheet.id, minutes)

        return do

    dialog.let_scroll(_WIDE)
    dialog.send(read)
    return dialog


class MeetingSignDialog(SignDialog):
    """Shows what was resolved and asks chair or secretary for the passphrase."""

    def __init__(self, context: Context, sheet: MeetingSheet, parent: QWidget) -> None:
        said = say(context, "ask.meeting_sign.meaning", id=sheet.id)
        title = say(context, "ask.meeting_sign.title", id=sheet.id)
        super().__init__(context, title, _covers(context, sheet), (Meaning(said, said),), parent)
        self.passphrase.setFocus()

    def run(self, write: Callable[[str], Recorded]) -> None:
        """Open; when signed, do ``write`` with the passphrase in the write lane."""

        def send() -> None:
            passphrase = self.signing().passphrase

            def work(progress: Progress) -> Recorded:
                return write(passphrase)

            self.context.jobs.submit_write(tr("Signing"), work, self._signed, self.show_error)

        self.submitted.connect(send)
        self.open()

    def _signed(self, recorded: Recorded) -> None:
        self.done_well()
        self.context.toast(say(self.context, "ask.meeting_sign.done"))


def _covers(context: Context, sheet: MeetingSheet) -> tuple[tuple[str, str], ...]:
    called = sheet.row.called
    day = context.language.date(called.held_on)
    head = (say(context, "field.meeting"), f"{sheet.id} {called.body}, {day}")
    return (head, *(_resolved(context, sheet, item) for item in called.agenda if item.request))


def _resolved(context: Context, sheet: MeetingSheet, item: Item) -> tuple[str, str]:
    minuted = sheet.row.minuted
    votes = [one for one in minuted.votes if one.item == item.number] if minuted else []
    outcome = outcome_of(votes)
    word = say(context, f"vote.{outcome.value if outcome else 'noted'}")
    row = sheet.requests.get(item.request or "")
    about = row.id if row is not None else say_words(context, item.title)
    return f"{item.number}. {about}", word


def ask_signature(context: Context, sheet: MeetingSheet, parent: QWidget) -> MeetingSignDialog:
    """Let chair or secretary sign what was resolved."""
    session, dialog = context.session, MeetingSignDialog(context, sheet, parent)

    def write(passphrase: str) -> Recorded:
        return sign_meeting(session, sheet.id, unlocker(session, lambda: passphrase))

    dialog.run(write)
    return dialog
