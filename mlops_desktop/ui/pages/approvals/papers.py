"""Many papers at once: which wait, what would be signed, and one signature for all of them."""

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from mlops_desktop.services.confirmations import (
    Handled,
    PaperLine,
    confirm_papers,
    list_papers,
    reject_papers,
)
from mlops_desktop.services.people import unlocker
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import say_paper_kind
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.table import Column
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.short_table import ShortTable
from mlops_desktop.ui.widgets.sign_dialog import Meaning, SignDialog

_SIZE = (1240, 780)
_DIGEST = 16


class PapersDialog(SignDialog):
    """The papers that wait, narrowed by import, body and year; what is selected is signed.

    Where nothing is selected, everything shown is; the number stands above the signature.
    """

    def __init__(
        self, context: Context, act: str, lines: tuple[PaperLine, ...], parent: QWidget
    ) -> None:
        self._act, self._lines = act, lines
        said = context.say(f"papers.act.{act}.meaning")
        meaning = Meaning(said, said, needs_comment=act == "reject")
        super().__init__(context, context.say(f"papers.act.{act}.title"), (), (meaning,), parent)
        self.table = ShortTable(context, "approvals.papers", "papers.list", paper_columns)
        self.intake, self.body, self.year = QComboBox(), QLineEdit(), QComboBox()
        self.number = Label(strong=True, wrap=True)
        self._add_filters()
        self.insert(self.table)
        self.insert(self.number)
        self._column.setStretchFactor(self.table, 1)
        self.table.setMinimumHeight(260)
        self.table.setColumnHidden(1, not any(line.refusal for line in lines))
        self.comment.setMaximumHeight(self.fontMetrics().height() * 3)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._count())
        self.submitted.connect(self._send)
        self.resize(*_SIZE)
        self._narrow()
        self.passphrase.setFocus()

    def shown(self) -> tuple[PaperLine, ...]:
        """Return the papers that the filters leave."""
        intake, year = self.intake.currentData(), self.year.currentData()
        body = self.body.text().strip().casefold()
        return tuple(
            line
            for line in self._lines
            if intake in ("", line.intake)
            and year in (0, line.paper.decided_on.year)
            and body in line.body.casefold()
        )

    def chosen(self) -> tuple[PaperLine, ...]:
        """Return the papers selected, or all shown where none is; never those refused."""
        selected = {row.line.row.key for row in self.table.selected_rows()}
        lines = [line for line in self.shown() if not selected or line.row.key in selected]
        return tuple(line for line in lines if line.refusal is None)

    def is_complete(self) -> bool:
        """What a signature needs, and at least one paper."""
        return super().is_complete() and bool(self.chosen())

    def _add_filters(self) -> None:
        say = self.context.say
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        named = (("intake", self.intake), ("body", self.body), ("year", self.year))
        for name, widget in named:
            label = Label(say(f"papers.filter.{name}"), tone="muted")
            label.setBuddy(widget)
            widget.setAccessibleName(say(f"papers.filter.{name}"))
            row.addWidget(label)
            row.addWidget(widget, 1 if widget is self.body else 0)
        self.intake.addItem(say("papers.filter.every"), "")
        for intake in sorted({line.intake for line in self._lines if line.intake}):
            self.intake.addItem(intake, intake)
        self.year.addItem(say("papers.filter.every"), 0)
        for year in sorted({line.paper.decided_on.year for line in self._lines}, reverse=True):
            self.year.addItem(str(year), year)
        self.intake.activated.connect(lambda _: self._narrow())
        self.year.activated.connect(lambda _: self._narrow())
        self.body.textChanged.connect(lambda _: self._narrow())
        self.insert(box)

    def _narrow(self) -> None:
        self.table.clearSelection()
        self.table.set_rows(paper_rows(self.shown()))
        self._count()

    def _count(self) -> None:
        """Say before the signature how many it covers, and how many are not for this person."""
        number = say_count(self.context, f"papers.act.{self._act}.number", len(self.chosen()))
        barred = sum(line.refusal is not None for line in self.shown())
        more = say_count(self.context, "papers.barred", barred) if barred else ""
        self.number.setText(" ".join(part for part in (number, more) if part))
        self.verb.setEnabled(bool(self.chosen()))

    def _send(self) -> None:
        session, given = self.context.session, self.signing()
        keys = [line.row.key for line in self.chosen()]
        unlock = unlocker(session, lambda: given.passphrase)

        def write(progress: Progress) -> Handled:
            if self._act == "reject":
                return reject_papers(session, keys, given.comment, unlock)
            return confirm_papers(session, keys, unlock, comment=given.comment or None)

        self.context.jobs.submit_write(tr("Signing"), write, self._signed, self.show_error)

    def _signed(self, done: Handled) -> None:
        self.done_well()
        told = say_count(self.context, f"papers.act.{self._act}.done", len(done.done))
        self.context.toast(told)


class PaperRow:
    """A paper in the table, by the number people say."""

    __slots__ = ("id", "line")

    def __init__(self, line: PaperLine) -> None:
        self.id, self.line = line.row.id, line


def paper_rows(lines: Iterable[PaperLine]) -> tuple[PaperRow, ...]:
    """Return papers as rows of the table."""
    return tuple(PaperRow(line) for line in lines)


def paper_columns(context: Context) -> tuple[Column[PaperRow], ...]:
    """Return what is compared: model, day, body, minutes, evidence with digest; who may not."""

    def say(name: str, text: Callable[[PaperLine], str], width: int) -> Column[PaperRow]:
        title = f"papers.column.{name}"
        return Column(name, title, lambda row: text(row.line), width, sortable=False)

    return (
        say("id", lambda line: line.row.id, 9),
        say("refused", lambda line: _refusal(context, line), 26),
        say("model", lambda line: f"{line.row.model_id} {line.row.model_name}", 30),
        say("kind", lambda line: say_paper_kind(context, line.paper), 22),
        say("day", lambda line: context.language.date(line.paper.decided_on), 12),
        say("body", lambda line: line.body, 22),
        say("reference", _reference, 18),
        say("file", lambda line: line.paper.document.name.text or "", 24),
        say("digest", lambda line: line.paper.document.file[:_DIGEST], 20),
        say("recorder", lambda line: line.recorder, 18),
        say("intake", lambda line: line.intake, 9),
    )


def _reference(line: PaperLine) -> str:
    told = line.paper.reference
    return (told.text or "") if told is not None else ""


def _refusal(context: Context, line: PaperLine) -> str:
    return context.explain(line.refusal)[0] if line.refusal is not None else ""


def ask_papers(context: Context, act: str, parent: QWidget) -> None:
    """Open the dialog as soon as what waits has been read; say so where nothing does."""
    session = context.session

    def read(progress: Progress) -> tuple[PaperLine, ...]:
        return list_papers(session)

    def open_dialog(lines: tuple[PaperLine, ...]) -> None:
        if lines:
            PapersDialog(context, act, lines, parent).open()
        else:
            context.toast(context.say("papers.none_wait"))

    words = context.say("papers.reading")
    context.jobs.submit_read(words, read, open_dialog, context.show_error, key="approvals:papers")
