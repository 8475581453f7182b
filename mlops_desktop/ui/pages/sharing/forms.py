"""The dialogs that take a copy or an extract away, and the one that asks for a secret."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.extracts import Matter, held_back_from
from mlops_desktop.core.identity import Person, Role
from mlops_desktop.core.work import Report
from mlops_desktop.services.copies import Taken, Wanted, take
from mlops_desktop.services.copies.extracting import Period, Reader, take_extract
from mlops_desktop.services.copies.taking import LEASE_DAYS, LONGEST_LEASE
from mlops_desktop.services.people import list_people
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.rules.asking import CheckList, NumberBox
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import DayLine

T = TypeVar("T")


def report_to(progress: Progress) -> Report:
    """Return what tells a job's progress the steps of a service, and ends it if stopped."""

    def report(step: str, done: int, total: int | None) -> None:
        if progress.is_cancelled():
            raise AppError("copy.cancelled")
        progress.report(done, total, step)

    return report


class SharingForm(FormDialog):
    """A form about a file; a refusal stands beside the field it is about."""

    keeps_draft = False  # it holds a passphrase

    def __init__(self, context: Context, act: str, parent: QWidget, **named: str | int) -> None:
        say = context.say
        title, verb = say(f"sharing.ask.{act}.title"), say(f"sharing.ask.{act}.verb")
        sentence = say(f"sharing.ask.{act}.sentence", **named)
        super().__init__(context, title, verb, parent, sentence=sentence)
        self.act = act
        self.lines: dict[str, QWidget] = {}

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        starts = [start for start in self.lines if error.code.startswith(start)]
        if not starts:
            super().show_error(error)
            return
        self.set_busy(False)
        told = "\n".join(filter(None, self.context.explain(error)))
        self.form.set_wrong(self.lines[max(starts, key=len)], told)

    def put(self, name: str, field: QWidget, help: str = "") -> QWidget:
        """Add a field with its words."""
        say = self.context.say
        told = say(f"sharing.help.{help}") if help else ""
        self.form.add(say(f"sharing.field.{name}"), field, told)
        return field

    def put_file(self, name: str, ending: str = "mlops", field: str = "file") -> QLineEdit:
        """Ask for the file to write."""
        line = QLineEdit(str(Path.home() / f"{name}.{ending}"))
        self.put(field, line)
        choose = Button(tr("Choose…"), lambda: self._browse(line, ending))
        self.form.add_below(line, choose)
        self.lines |= {"workspace.": line, "copy.file_exists": line}
        self.lines.setdefault("file.", line)
        return line

    def put_secrets(self, help: str) -> tuple[QLineEdit, QLineEdit]:
        """Ask for a passphrase twice."""
        first, second = QLineEdit(), QLineEdit()
        for line in (first, second):
            line.setEchoMode(QLineEdit.EchoMode.Password)
        self.put("passphrase", first, help)
        self.put("passphrase_again", second)
        self.lines["passphrase."] = first
        return first, second

    def run(self, work: Callable[[Progress], Taken]) -> None:
        """Write the file beside everything else, and say where it is."""
        self.work(work, lambda taken: taken.path)

    def work(self, do: Callable[[Progress], T], tell: Callable[[T], str | int]) -> None:
        """Do it in the write lane; what ``tell`` returns is named in what is said then."""
        context = self.context
        self.set_busy(True)

        def done(result: T) -> None:
            self.done_well()
            context.toast(context.say(f"sharing.ask.{self.act}.done", n=tell(result)))

        name = context.say(f"sharing.ask.{self.act}.verb")
        context.jobs.submit_write(name, do, done, self.show_error)

    def _browse(self, line: QLineEdit, ending: str) -> None:
        dialog = QFileDialog(self, self.windowTitle(), line.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.fileSelected.connect(line.setText)
        dialog.open()


class TakeForm(SharingForm):
    """Asks where a copy of one's own goes, and for how long."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "take", parent)
        self.file = self.put_file(context.say("sharing.word.copy_file"))
        self.lease = NumberBox(1, LONGEST_LEASE, LEASE_DAYS)
        self.lines["copy.lease"] = self.put("lease", self.lease, "lease")
        self.secret, self.again = self.put_secrets("own_passphrase")

    def is_complete(self) -> bool:
        """Both passphrases must be the same; none is needed."""
        return are_same(self, self.secret, self.again)

    def ask(self) -> None:
        """Open; when sent, take the copy."""
        session = self.context.session

        def send() -> None:
            wanted = self._wanted()
            self.run(lambda progress: take(session, wanted, report_to(progress)))

        self.submitted.connect(send)  # before any method is a slot, which loses the signal
        self.open()

    def _wanted(self) -> Wanted:
        secret = self.secret.text() or None
        path = Path(self.file.text()).expanduser()
        return Wanted(path, lease_days=self.lease.value(), key_passphrase=secret)


class ExtractForm(SharingForm):
    """Asks whom an extract is for, and what of the workspace it holds."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, "extract", parent)
        say = context.say
        self.reader = QComboBox()
        self.lines["person."] = self.put("reader", self.reader)
        self.role = QComboBox()
        for role in Role:
            self.role.addItem(say(f"approvals.role.{role.value}"), role.value)
        self.put("role", self.role, "role")
        self.line = QLineEdit()
        field = self.put("models", self.line, "models")
        self.lines |= {"filter.": field, "extract.no_model": field, "model.": field}
        self.since, self.until = DayLine(context), DayLine(context)
        self.put("since", self.since, "since")
        self.lines["extract.period"] = self.put("until", self.until, "until")
        self.lines["date."] = self.until
        matters = [one for one in Matter if one is not Matter.OTHERS]
        self.held = CheckList((say(f"sharing.matter.{one.value}"), one.value) for one in matters)
        self.put("held_back", self.held, "held_back")
        self.file = self.put_file(say("sharing.word.extract_file"))
        self.secret, self.again = self.put_secrets("their_passphrase")
        self.role.currentIndexChanged.connect(lambda _: self._tick())
        self.reader.currentIndexChanged.connect(lambda _: self._take_role())

    def ask(self) -> None:
        """Open as soon as everybody is known."""
        session = self.context.session

        def send() -> None:
            reader = self._reader()
            self.run(lambda progress: take_extract(session, reader, report_to(progress)))

        self.submitted.connect(send)

        def read(progress: Progress) -> tuple[Person, ...]:
            return tuple(one for one in list_people(session) if not one.is_revoked)

        name = self.context.say("sharing.word.reading")
        jobs = self.context.jobs
        jobs.submit_read(name, read, self._fill, self.context.show_error, key="sharing:people")

    def is_complete(self) -> bool:
        """A passphrase is needed, the same twice."""
        days = (self.since, self.until)
        for day in days:
            self.form.set_wrong(day, "" if day.is_right() else tr("Please write a day."))
        has_secret = bool(self.secret.text())
        self.form.set_wrong(self.secret, "" if has_secret else tr("This is needed."))
        is_right = has_secret and all(day.is_right() for day in days)
        return is_right and are_same(self, self.secret, self.again)

    def _fill(self, people: tuple[Person, ...]) -> None:
        for one in people:
            self.reader.addItem(one.name, (one.id, one.roles[0].value if one.roles else ""))
        first = next((at for at, one in enumerate(people) if Role.AUDITOR in one.roles), 0)
        self.reader.setCurrentIndex(first)
        self._take_role()
        self.open()

    def _take_role(self) -> None:
        _, role = self.reader.currentData() or ("", "")
        self.role.setCurrentIndex(max(0, self.role.findData(role or Role.AUDITOR.value)))
        self._tick()

    def _tick(self) -> None:
        held = held_back_from(Role(str(self.role.currentData())))
        self.held.tick_only({matter.value for matter in held})

    def _reader(self) -> Reader:
        return Reader(
            Path(self.file.text()).expanduser(),
            self.reader.currentData()[0],
            self.secret.text(),
            Role(str(self.role.currentData())),
            line=self.line.text(),
            period=Period(self.since.day(), self.until.day()),
            matters=frozenset(Matter(one) for one in self.held.ticked()),
        )


def are_same(form: SharingForm, first: QLineEdit, second: QLineEdit) -> bool:
    """Tell whether both passphrases are the same, and say beside the second that they differ."""
    is_same = first.text() == second.text()
    form.form.set_wrong(second, "" if is_same else tr("The two passphrases differ."))
    return is_same
