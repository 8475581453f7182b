"""My answers: ticked, given an answer as a draft, and submitted together."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core.attestations import Answer
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.services.attestations.answering import Given, Wish
from mlops_desktop.services.attestations.drafts import (
    drop_drafts,
    keep_drafts,
    submit_drafts,
)
from mlops_desktop.services.people import with_passphrase
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.attestations.mine import MyModels
from mlops_desktop.ui.pages.attestations.reading import MyRow
from mlops_desktop.ui.pages.attestations.signing import AnswersDialog
from mlops_desktop.ui.widgets.bar import MessageBar
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.empty import EmptyState
from mlops_desktop.ui.widgets.flow import Flow
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.write_button import WriteButton

_WIDTHS = (14, 30, 16, 22, 20, 20)
_TOLD = 8


class MyAnswers(QWidget):
    """The tab of whoever must answer."""

    def __init__(self, context: Context, again: Callable[[], None]) -> None:
        super().__init__()
        self._context, self._again = context, again
        self._campaign = ""
        self.bar = MessageBar(context)
        self.model = MyModels(context)
        self.table = QTableView()
        self.lead = Label(tone="muted", wrap=True)
        self.nothing = EmptyState(icon="check")
        self.answer = QComboBox()
        self.comment = QLineEdit()
        self.all = Button("", self._tick_open)
        self.prepare = WriteButton(context, "", self._prepare)
        self.submit = WriteButton(context, "", self._submit, icon="check", default=True)
        self.drop = WriteButton(context, "", self._drop, flat=True)
        self.signing: AnswersDialog | None = None
        self._dress()
        self._lay_out()
        self.model.ticked_changed.connect(self._refresh)
        self.retranslate()

    def show_rows(self, campaign: str, rows: tuple[MyRow, ...]) -> None:
        """Show my models of a campaign."""
        if campaign != self._campaign:
            self.bar.clear()
            self.model.ticked.clear()
        self._campaign = campaign
        self.model.show_rows(rows)
        self.nothing.setVisible(not rows)
        for widget in (self.lead, self.table, self.answer, self.comment, self.all, self.prepare):
            widget.setVisible(bool(rows))
        self._refresh()

    def retranslate(self) -> None:
        """Say every word again."""
        say, chosen = self._context.say, self.answer.currentIndex()
        self.table.setAccessibleName(say("attestations.tab.mine"))
        self.lead.setText(say("attestations.mine.lead"))
        self.nothing.set_sentence(say("attestations.mine.none"))
        self.answer.setAccessibleName(say("attestations.column.answer"))
        self.answer.clear()
        for one in Answer:
            self.answer.addItem(say(f"attestations.answer.{one}"), one)
        self.answer.setCurrentIndex(max(0, chosen))
        self.comment.setAccessibleName(say("attestations.column.comment"))
        self.comment.setPlaceholderText(say("attestations.mine.comment"))
        self.all.setText(say("attestations.mine.all"))
        self.drop.setText(say("attestations.mine.drop"))
        self._refresh()

    def _dress(self) -> None:
        self.table.setProperty("framed", True)
        self.table.setModel(self.model)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.verticalHeader().hide()
        header = self.table.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setStretchLastSection(True)
        character = self.fontMetrics().averageCharWidth()
        for at, width in enumerate(_WIDTHS):
            header.resizeSection(at, width * character)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        for widget in (self.all, self.answer):
            line.addWidget(widget)
        line.addWidget(self.comment, 1)
        below = Flow()
        below.go_right()
        for widget in (self.prepare, self.drop, self.submit):
            below.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.addWidget(self.bar)
        column.addWidget(self.lead)
        column.addWidget(self.nothing, 1)
        column.addWidget(self.table, 1)
        column.addLayout(line)
        column.addLayout(below)

    def _refresh(self) -> None:
        number, say = self._context.language.number, self._context.say
        ticked, drafts = len(self.model.ticked), self._drafts()
        self.prepare.setText(say("attestations.mine.prepare", n=number(ticked)))
        self.prepare.setEnabled(bool(ticked))
        self.submit.setText(say("attestations.mine.submit", n=number(drafts)))
        self.submit.setEnabled(bool(drafts))
        self.submit.setVisible(bool(self.model.rows))
        self.drop.setVisible(bool(drafts))

    def _drafts(self) -> int:
        return sum(row.draft is not None for row in self.model.rows)

    def _tick_open(self) -> None:
        rows = self.model.rows
        self.model.tick({row.id for row in rows if row.given is None and row.draft is None})

    def _prepare(self) -> None:
        session, campaign = self._context.session, self._campaign
        answer, comment = Answer(self.answer.currentData()), self.comment.text()
        wishes = [Wish(one, answer, comment) for one in sorted(self.model.ticked)]
        # A draft is a file of mine, not a change of the workspace.
        self._read(lambda: keep_drafts(session, campaign, wishes))
        self.model.tick(set())

    def _drop(self) -> None:
        session, campaign = self._context.session, self._campaign
        self._read(lambda: drop_drafts(session, campaign))

    def _read(self, work: Callable[[], object]) -> None:
        def ask(progress: Progress) -> Changes:
            work()
            return Changes()

        def done(_: Changes) -> None:
            self.bar.clear()
            self._again()

        name = self._context.say("attestations.job.draft")
        self._context.jobs.submit_read(name, ask, done, self._fail)

    def _submit(self) -> None:
        self._give("", self._sign)

    def _sign(self, error: AppError) -> None:
        """Ask who holds a key for its passphrase; any other refusal is told."""
        if error.code != "signing.secret_missing":
            self._fail(error)
            return
        self.signing = dialog = AnswersDialog(self._context, self._drafts(), self.window())

        def send() -> None:
            self._give(dialog.line.text(), dialog.show_error, dialog.done_well)

        dialog.submitted.connect(send)
        dialog.open()

    def _give(
        self,
        passphrase: str,
        fail: Callable[[AppError], None],
        done: Callable[[], None] = lambda: None,
    ) -> None:
        session, campaign = self._context.session, self._campaign

        def write(progress: Progress) -> Given:
            return submit_drafts(with_passphrase(session, passphrase), campaign)

        def told(given: Given) -> None:
            done()
            self._told(given)

        name = self._context.say("attestations.job.submit")
        self._context.jobs.submit_write(name, write, told, fail)

    def _told(self, given: Given) -> None:
        say, number = self._context.say, self._context.language.number
        if given.is_recorded:
            self.bar.clear()
            self._context.toast(say("attestations.mine.done", n=number(given.answers)))
            self._again()
            return
        lines = [
            f"{one.model}: {self._context.explain(one.error)[0]}" for one in given.refusals[:_TOLD]
        ]
        refused = number(len(given.refusals))
        self.bar.say("bad", say("attestations.mine.refused", n=refused), "\n".join(lines))

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)
