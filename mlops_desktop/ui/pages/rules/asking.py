"""What the dialogs of this page share: persons to choose, files to choose, opening with names."""

from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QLineEdit,
    QListWidgetItem,
    QSpinBox,
    QWidget,
)

from mlops_desktop.core.identity import Person
from mlops_desktop.services.documents import File, read_file
from mlops_desktop.services.people import list_people
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.lines import DayLine, TextBox
from mlops_desktop.ui.widgets.ticks import Ticks

_WITHIN = (8, -1, 8, -2)
"""As far from the edge, and as high, as in other lines: Qt gives a number more room."""


class Dialog(ModelDialog):
    """A form whose texts are of one area: ``<area>.ask.<act>``, of this page unless said."""

    area = "oversight"

    def __init__(self, context: Context, act: str, parent: QWidget, **named: str | int) -> None:
        self.act = act
        title = context.say(f"{self.area}.ask.{act}.title", **named)
        sentence = context.say(f"{self.area}.ask.{act}.sentence", **named)
        verb = context.say(f"{self.area}.ask.{act}.verb")
        super().__init__(context, title, verb, parent, sentence)
        self.needed: FileLine | None = None
        self._open: dict[QComboBox, str] = {}

    def be_wide(self, characters: int = 0) -> None:
        """Be wide enough for a long form; the body scrolls it where the window is lower."""
        width = self.fontMetrics().averageCharWidth() * characters
        self.setMinimumWidth(max(self.minimumWidth(), width, self.form.sizeHint().width() + 70))

    def is_complete(self) -> bool:
        """What begins open must be chosen, and a file that is asked for must be there."""
        complete, line = super().is_complete() and self._is_chosen(), self.needed
        if line is None:
            return complete
        is_there = bool(line.paths()) and all(path.is_file() for path in line.paths())
        wrong = "" if is_there else self.context.say("approvals.say.file_missing")
        self.form.set_wrong(line, wrong)
        return complete and is_there

    def begin_open(self, box: QComboBox, help: str) -> None:
        """Choose nothing for a person: what has consequences is not sent as it happened to stand.

        ``help`` says what to choose.
        """
        self._open[box] = told = self.context.say(f"{self.area}.help.{help}")
        box.setPlaceholderText(told)
        box.setCurrentIndex(-1)

    def _is_chosen(self) -> bool:
        for box, told in self._open.items():
            self.form.set_wrong(box, told if box.currentIndex() < 0 else "")
        return all(box.currentIndex() >= 0 for box in self._open)

    def put(self, name: str, field: QWidget, help: str = "") -> QWidget:
        """Ask for a field; a refusal that names it is said beside it."""
        told = self.context.say(f"{self.area}.help.{help}") if help else ""
        title = self.context.say(f"{self.area}.field.{name}")
        self.fields[name] = self.form.add(title, field, told)
        return field

    def send(self, read: Callable[[], Callable[[], Recorded]]) -> None:
        """Open; when sent, do what ``read`` returns in the write lane and say that it is done."""
        name = self.context.say(f"{self.area}.ask.{self.act}.verb")
        self.run(name, read, self.context.say(f"{self.area}.ask.{self.act}.done"))


class NumberBox(QSpinBox):
    """A small number, typed or counted with the arrow keys."""

    def __init__(self, least: int, most: int, value: int) -> None:
        super().__init__()
        self.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.lineEdit().setTextMargins(*_WITHIN)
        self.setRange(least, most)
        self.setValue(value)


class CheckList(Ticks):
    """Things to tick, by keyboard as well: arrows move, the space bar ticks."""

    def __init__(self, entries: Iterable[tuple[str, str]] = (), *, ticked: bool = False) -> None:
        super().__init__()
        for text, data in entries:
            item = QListWidgetItem(text, self)
            item.setData(Qt.ItemDataRole.UserRole, data)
            state = Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
            item.setCheckState(state)
        self.fit()

    def ticked(self) -> tuple[str, ...]:
        """Return what stands behind the ticked entries."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(
            str(item.data(Qt.ItemDataRole.UserRole))
            for item in items
            if item.checkState() is Qt.CheckState.Checked
        )

    def tick_only(self, wanted: Collection[str]) -> None:
        """Tick the entries behind which these stand, and no others."""
        for at in range(self.count()):
            item = self.item(at)
            is_ticked = str(item.data(Qt.ItemDataRole.UserRole)) in wanted
            item.setCheckState(Qt.CheckState.Checked if is_ticked else Qt.CheckState.Unchecked)

    def tick(self, data: str) -> None:
        """Tick an entry by what stands behind it."""
        for at in range(self.count()):
            if self.item(at).data(Qt.ItemDataRole.UserRole) == data:
                self.item(at).setCheckState(Qt.CheckState.Checked)


class FileLine(QLineEdit):
    """One path, or several with ``many``, typed or chosen."""

    def __init__(self, *, many: bool = False) -> None:
        super().__init__()
        self._many = many

    def choose(self) -> None:
        """Ask for files."""
        dialog = QFileDialog(self, self.accessibleName())
        mode = QFileDialog.FileMode
        dialog.setFileMode(mode.ExistingFiles if self._many else mode.ExistingFile)
        dialog.filesSelected.connect(lambda paths: self.setText("; ".join(paths)))
        dialog.open()

    def take_paths(self, paths: tuple[Path, ...]) -> None:
        """Take files that were dropped, the first where one is asked for."""
        self.setText("; ".join(map(str, paths if self._many else paths[:1])))

    def paths(self) -> tuple[Path, ...]:
        """Return what was typed."""
        parts = self.text().split(";") if self._many else [self.text()]
        return tuple(Path(part.strip()) for part in parts if part.strip())

    def read(self) -> Callable[[], tuple[File, ...]]:
        """Return what reads the files, in the lane where that may take its time."""
        paths = self.paths()
        return lambda: tuple(read_file(path) for path in paths)


def add_files(dialog: Dialog, name: str, *, many: bool = False, help: str = "") -> FileLine:
    """Ask for files, with a button to choose them."""
    line = FileLine(many=many)
    dialog.put(name, line, help)
    dialog.form.add_below(line, Button(tr("Choose…"), line.choose))
    return line


def add_text(dialog: Dialog, name: str, help: str = "", lines: int = 3) -> TextBox:
    """Ask for a text of a few lines; of a reason it is said whether it is needed."""
    box = TextBox(lines=lines)
    dialog.put(name, box, help or ("optional" if name == "reason" else ""))
    return box


def add_line(dialog: Dialog, name: str, text: str = "", help: str = "") -> QLineEdit:
    """Ask for a line."""
    line = QLineEdit(text)
    dialog.put(name, line, help)
    return line


def add_day(dialog: Dialog, name: str, *, ahead: bool = False, help: str = "") -> DayLine:
    """Ask for a day."""
    line = DayLine(dialog.context, is_ahead=ahead)
    dialog.put(name, line, help)
    return line


def add_choice(
    dialog: Dialog, name: str, entries: Iterable[tuple[str, object]], help: str = ""
) -> QComboBox:
    """Ask for one of several."""
    box = QComboBox()
    for text, data in entries:
        box.addItem(text, data)
    dialog.put(name, box, help)
    return box


def with_people(context: Context, fill: Callable[[tuple[Person, ...]], None]) -> None:
    """Open a form as soon as everybody who has not left is known."""
    session = context.session

    def ask(progress: Progress) -> tuple[Person, ...]:
        return tuple(one for one in list_people(session) if not one.is_revoked)

    name = say(context, "job.people")
    context.jobs.submit_read(name, ask, fill, context.show_error, key="rules:people")
