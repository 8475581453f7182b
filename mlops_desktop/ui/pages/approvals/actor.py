"""Who acts here: a small choice for a desk that several persons share."""

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.identity import Person
from mlops_desktop.services.acting import act_as, list_actors
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import say_person
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.label import Label

_MOST_CHARACTERS = 64
"""A name, a long title and a role; past it the list that opens shows the whole."""


class ActorChoice(QWidget):
    """Names the acting person and offers everybody whose key this device holds."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._people: tuple[Person, ...] = ()
        self._label = Label(tone="muted")
        self._box = QComboBox()
        self._box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.measure()
        self._label.setBuddy(self._box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)
        row.addWidget(self._box)
        self._box.activated.connect(self._choose)
        self.retranslate()

    def measure(self) -> None:
        """Leave the page its room beside a long title."""
        self._box.setMaximumWidth(self.fontMetrics().averageCharWidth() * _MOST_CHARACTERS)

    def reload(self) -> None:
        """Ask who can act here."""
        session = self._context.session

        def ask(progress: Progress) -> tuple[Person, ...]:
            return list_actors(session)

        self._context.jobs.submit_read(
            tr("Reading who is here"), ask, self._show, self._hide, key="approvals:actors"
        )

    def retranslate(self) -> None:
        """Say the label and the roles again."""
        self._label.setText(tr("Acting as"))
        self._box.setAccessibleName(tr("Acting as"))
        self._box.setToolTip(tr("Persons whose keys are on this device; signing asks for the key"))
        self._show(self._people)

    def _show(self, people: tuple[Person, ...]) -> None:
        self._people = people
        self.setVisible(bool(people))
        self._box.clear()
        for person in people:
            self._box.addItem(say_person(self._context, person), person.id)
        if self._context.is_open:
            self._box.setCurrentIndex(self._box.findData(self._context.session.actor.person))

    def _hide(self, error: AppError) -> None:
        self.hide()

    def _choose(self, at: int) -> None:
        person = str(self._box.itemData(at))
        session = self._context.session
        if person != session.actor.person:
            self._context.use_session(act_as(session, person), self._context.workspace_name)
            self._context.toast(tr("You now act as {person}.", person=self._people[at].name))
