"""The dialogs about meetings: call one, add an item, keep the minutes, sign."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from mlops_desktop.core import clock
from mlops_desktop.core.events.meetings import Item
from mlops_desktop.core.identity import Person
from mlops_desktop.core.meetings import outcome_of, propose_leaders
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
from mlops_desktop.ui.erased import say_words
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
from mlops_desktop.ui.pages.rules.said import say, say_request
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog

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


def _request_entries(context: Context, rows: Iterable[RequestRow]) -> list[tuple[str, str]]:
    return [(f"{row.id}  {say_request(context, row)}", row.key) for row in rows]


class CallDialog(Dialog):
    """Asks which body meets when, who belongs to it, and what it is about."""

    def __init__(
        self, context: Context, people: tuple[Person, ...], found: Found, parent: QWidget
    ) -> None:
        super().__init__(context, "meeting_call", parent)
        self._rows, bodies = found
        self._add_people(people, bodies)
        self.requests = CheckList(_request_entries(context, self._rows))
        self.put("requests", self.requests)
        self.fields["agenda"] = self.fields["request"] = self.requests
        self.notes = add_text(self, "notes", "notes", lines=2)
        self.papers = add_files(self, "papers", many=True, help="papers")
        self.circular = QCheckBox(say(context, "is_circular"))
        self.put("form", self.circular)
        self.be_wide()

    def is_complete(self) -> bool:
        """Somebody must be chosen for the chair and to keep the minutes."""
        complete, boxes = super().is_complete(), (self.chair, self.secretary)
        for box in boxes:
            is_open = box.currentIndex() < 0
            self.form.set_wrong(box, say(self.context, "help.choose_person") if is_open else "")
        return complete and all(box.currentIndex() >= 0 for box in boxes)

    def wanted(self) -> Callable[[], NewMeeting]:
        """Return what reads the papers and makes the meeting of what was typed."""
        who = (
            str(self.chair.currentData()),
            str(self.secretary.currentData()),
            self.members.ticked(),
        )
        name, on = self.body.currentText(), self.day.day() or clock.today()
        number, is_circular, agenda = self.quorum.value(), self.circular.isChecked(), self._agenda()
        return lambda: NewMeeting(name, on, *who, number, agenda(), is_circular)

    def _add_people(self, people: tuple[Person, ...], bodies: tuple[str, ...]) -> None:
        self.body = QComboBox()
        self.body.setEditable(True)
        self.body.addItems(bodies)
        self.put("body", self.body, "body")
        self.day = add_day(self, "on", ahead=True, help="today")
        self.fields["held_on"] = self.day
        entries = [(one.name, one.id) for one in people]
        chair, secretary = propose_leaders(people)
        self.chair = self._add_leader("chair", entries, chair)
        self.secretary = self._add_leader("secretary", entries, secretary)
        self.members = CheckList(entries)
        self.put("members", self.members, "members")
        self.quorum = NumberBox(1, max(1, len(people)), min(2, len(people)))
        self.put("quorum", self.quorum, "quorum")

    def _add_leader(
        self, name: str, entries: list[tuple[str, str]], proposed: str | None
    ) -> QComboBox:
        """Ask who leads; where nobody fitting can sign none is chosen, and the form says why."""
        box = add_choice(self, name, entries, "" if proposed else "nobody_signs")
        box.setPlaceholderText(say(self.context, "help.nobody"))
        box.setCurrentIndex(box.findData(proposed) if proposed else -1)
        return box

    def _agenda(self) -> Callable[[], tuple[NewItem, ...]]:
        chosen, said = self.requests.ticked(), self.notes.text().splitlines()
        titles = {row.key: f"{row.model_name} {row.label}".strip() for row in self._rows}
        files = self.papers.read()

        def make() -> tuple[NewItem, ...]:
            kept = files()
            decided = [NewItem(titles[key], key, kept) for key in chosen]
            return (*decided, *(NewItem(line, None, kept) for line in said if line.strip()))

        return make


def _call(context: Context, people: tuple[Person, ...], found: Found, parent: QWidget) -> None:
    session, dialog = context.session, CallDialog(context, people, found, parent)

    def read() -> Callable[[], Recorded]:
        wanted = dialog.wanted()
        return lambda: call_meeting(session, wanted())

    dialog.send(read)


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
    request = add_choice(dialog, "request", [none, *_request_entries(context, free)])
    dialog.fields["held_on"] = request
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
    if any(item.request is not None for item in sheet.row.called.agenda):
        dialog.put("vote", ballots, "vote")
    else:
        dialog.put("attendance", ballots)
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

    dialog.be_wide(_WIDE)
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
