"""The dialog of a signature: what it covers, what it declares, and the key's passphrase."""

from dataclasses import dataclass

from PySide6.QtWidgets import (
    QButtonGroup,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from mlops_desktop.core.errors import AppError
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.form import Facts


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something a signature can declare; ``needs_comment`` where a reason must stand beside it."""

    value: str
    words: str
    needs_comment: bool = False


@dataclass(frozen=True, slots=True)
class Signing:
    """What a person decided to sign. The passphrase unlocks the key and is kept nowhere."""

    meaning: str
    comment: str
    passphrase: str

    def __repr__(self) -> str:
        return f"Signing({self.meaning}, …)"


class SignDialog(FormDialog):
    """Shows what a signature covers and asks for its meaning, a comment and the passphrase."""

    def __init__(
        self,
        context: Context,
        title: str,
        covers: tuple[tuple[str, str], ...],
        meanings: tuple[Meaning, ...],
        parent: QWidget,
        *,
        needs_passphrase: bool = True,
    ) -> None:
        super().__init__(context, title, tr("Sign"), parent)
        self._meanings, self._needs_passphrase = meanings, needs_passphrase
        facts = Facts()
        facts.show_facts(covers)
        self.insert(facts)
        self._choices = QButtonGroup(self)
        self._add_meanings()
        is_due = bool(meanings) and all(meaning.needs_comment for meaning in meanings)
        title = tr("Reason") if is_due else tr("Comment")
        help = tr("Needed; it stays on record.") if is_due else ""
        self.comment = self.form.add(title, QPlainTextEdit(), help)
        self.comment.setTabChangesFocus(True)
        self.comment.setMaximumHeight(self.fontMetrics().height() * 6)
        self.passphrase = QLineEdit()
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        if needs_passphrase:
            self.form.add(tr("Passphrase of your key"), self.passphrase)

    def _add_meanings(self) -> None:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        for at, meaning in enumerate(self._meanings):
            choice = QRadioButton(meaning.words)
            self._choices.addButton(choice, at)
            column.addWidget(choice)
        if len(self._meanings) == 1:
            self._choices.button(0).setChecked(True)
        self._box = self.form.add(tr("What I declare"), box)

    def signing(self) -> Signing:
        """Return what was declared."""
        at = self._choices.checkedId()
        meaning = self._meanings[at].value if at >= 0 else ""
        return Signing(meaning, self.comment.toPlainText().strip(), self.passphrase.text())

    def is_complete(self) -> bool:
        """A meaning always, a comment where it is due, a passphrase in its own field alone."""
        given = self.signing()
        due = {meaning.value for meaning in self._meanings if meaning.needs_comment}
        wants = given.meaning in due and not given.comment
        leaks = bool(given.passphrase) and given.passphrase in given.comment
        locked = self._needs_passphrase and not given.passphrase
        told = tr("Please choose what you declare.") if not given.meaning else ""
        self.form.set_wrong(self._box, told)
        wrong = tr("This decision needs a reason.") if wants else ""
        if leaks:
            wrong = tr("Your passphrase stands in the comment, which everybody can read.")
        self.form.set_wrong(self.comment, wrong)
        if self._needs_passphrase:
            missing = tr("Your signature needs the passphrase.") if locked else ""
            self.form.set_wrong(self.passphrase, missing)
        return bool(given.meaning) and not wants and not leaks and not locked

    def show_error(self, error: AppError) -> None:
        """Explain, and forget the passphrase that was typed."""
        self.passphrase.clear()
        super().show_error(error)
