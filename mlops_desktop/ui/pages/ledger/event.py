"""One event: when, by whom, about what, its leaf hash and the proof that it is in the history."""

from collections.abc import Callable

from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QPlainTextEdit

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.ledger import LogRow, prove_event
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.ledger.columns import say_effective
from mlops_desktop.ui.pages.ledger.said import say_agent, say_signed
from mlops_desktop.ui.pages.models.summaries import say_summary
from mlops_desktop.ui.pages.models.tabs.history import say_event
from mlops_desktop.ui.saving import ask_where, save_text
from mlops_desktop.ui.text import later, tr
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections

_PROOF_TAB = 1


class EventDetail(DetailPane):
    """Says what an event holds; its proof is made when it is looked at."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            context,
            ("ledger.save_proof", "ledger.copy_proof"),
            default="ledger.save_proof",
            more=("ledger.copy_leaf", "ledger.save_head"),
        )
        self.row: LogRow | None = None
        self._sections = Sections(context, later("Event"))
        self.proof = QPlainTextEdit(readOnly=True)
        self.proof.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.proof.setTabChangesFocus(True)
        self.add_tab(later("Event"), self._sections)
        self.add_tab(later("Proof"), self.proof, scrolls=False)
        self.tabs.currentChanged.connect(self._fill_proof)
        context.speaking.enlist(self, self._say_again)
        self._name()
        self.hide()

    def show_row(self, row: LogRow) -> None:
        """Show the event of a row."""
        self.row = row
        self.proof.clear()
        self._say()
        self._fill_proof()

    def forget(self) -> None:
        """Show no event."""
        self.row = None
        self.hide()

    def save_proof(self) -> None:
        """Write the proof to a file a person names."""
        row, context = self.row, self._context
        if row is not None:
            session, id = context.session, row.id
            ask_where(
                self.window(),
                tr("Save the proof"),
                f"event-{row.position}.tlog-proof",
                lambda path: save_text(context, path, lambda: prove_event(session, id)),
            )

    def copy_proof(self) -> None:
        """Put the proof on the clipboard."""
        self._prove(self._copy)

    def copy_leaf(self) -> None:
        """Put the leaf hash on the clipboard."""
        if self.row is not None:
            QGuiApplication.clipboard().setText(self.row.leaf)
            self._context.toast(tr("The leaf hash is copied."))

    def _copy(self, proof: str) -> None:
        QGuiApplication.clipboard().setText(proof)
        self._context.toast(tr("The proof is copied."))

    def _fill_proof(self) -> None:
        if self.tabs.currentIndex() == _PROOF_TAB and not self.proof.toPlainText():
            self._prove(self.proof.setPlainText)

    def _prove(self, then: Callable[[str], None]) -> None:
        row, session = self.row, self._context.session
        if row is None:
            return
        id = row.id

        def ask(progress: Progress) -> str:
            return prove_event(session, id)

        def take(proof: str) -> None:
            if self.row is not None and self.row.id == id:
                then(proof)

        self._context.jobs.submit_read(
            tr("Making the proof"), ask, take, self._fail, key="ledger:proof"
        )

    def _fail(self, error: AppError) -> None:
        self.bar.show_error(error)

    def _say(self) -> None:
        row, context = self.row, self._context
        if row is None:
            return
        position = context.language.number(row.position)
        under = context.say("ledger.event.under", position=position, person=row.person)
        self.set_head(say_event(context, row.type), under)
        self._sections.show_groups((Group("", _facts(context, row)), _leaf(context, row)))

    def _name(self) -> None:
        self.proof.setAccessibleName(tr("Proof"))

    def _say_again(self) -> None:
        self._name()
        if self.row is not None and not self.isHidden():
            self._say()


def _facts(context: Context, row: LogRow) -> tuple[Fact, ...]:
    def named(field: str, value: str) -> Fact:
        return Fact(context.say(f"ledger.column.{field}"), value)

    optional = (
        ("summary", say_summary(context, row)),
        ("effective", say_effective(context, row)),
        ("program", say_agent(context, row.agent)),
    )
    return (
        named("position", context.language.number(row.position)),
        named("at", context.language.time(row.at)),
        named("person", row.person),
        named("signed", say_signed(context, row)),
        *(named(field, value) for field, value in optional if value),
        named("type", row.type),
        named("id", row.id),
    )


def _leaf(context: Context, row: LogRow) -> Group:
    fact = Fact(context.say("ledger.column.leaf"), row.leaf)
    return Group(context.say("ledger.event.in_tree"), (fact,), context.say("ledger.event.proof"))
