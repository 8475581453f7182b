"""A line to name a model by: what is typed is looked for while typing."""

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QLineEdit

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.rows import ModelRow
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.inventory import find_by_words
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.offers import dress_offers


class ModelLine(QLineEdit):
    """Offers the models in which every typed word occurs; takes a number or a name too."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._ids: dict[str, str] = {}
        self._offers = QStringListModel(self)
        completer = QCompleter(self._offers, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        dress_offers(completer, self)
        self.setCompleter(completer)
        self.setPlaceholderText(tr("A number or part of a name"))
        self.textEdited.connect(self._ask)

    def named(self) -> str:
        """Return the number of the model chosen, or what was typed."""
        typed = self.text().strip()
        return self._ids.get(typed, typed)

    def _ask(self, typed: str) -> None:
        if not typed.strip() or typed in self._ids:
            return
        session = self._context.session

        def find(progress: Progress) -> tuple[ModelRow, ...]:
            return find_by_words(session, typed)

        self._context.jobs.submit_read(
            tr("Find"), find, self._offer, self._ignore, key="models:line"
        )

    def _offer(self, rows: tuple[ModelRow, ...]) -> None:
        self._ids = {f"{row.id}  {row.name}": row.id for row in rows}
        self._offers.setStringList([*self._ids])
        if self._ids and self.hasFocus():
            self.completer().complete()

    def _ignore(self, error: AppError) -> None:
        """Offer nothing: what is wrong with the line is said when the form is sent."""
