"""Finds a single decision by its reference alone: which model made it is what the source tells."""

from PySide6.QtWidgets import QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.decision_records import Asked, Decision, look_up
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.dialog import FormDialog


def find_decision(context: Context, parent: QWidget) -> None:
    """Ask for a reference, look the decision up, and show it with the model that made it."""
    DecisionDialog(context, parent).open()


class DecisionDialog(FormDialog):
    """One line; what it finds is shown beside its model, its personal data masked."""

    keeps_draft = False

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        lead = say("decision.find_lead")
        super().__init__(
            context, say("decision.find"), say("decision.look_up"), parent, sentence=lead
        )
        self.reference = self.form.add(say("decision.reference"), QLineEdit())
        self.submitted.connect(self._look_up)

    def show_error(self, error: AppError) -> None:
        """Say beside the line why nothing was found."""
        self.set_busy(False)
        self.form.set_wrong(self.reference, " ".join(self.context.explain(error)[::2]))

    def _look_up(self) -> None:
        self.form.set_wrong(self.reference, "")
        session, reference = self.context.session, self.reference.text()

        def ask(progress: Progress) -> Decision:
            return look_up(session, Asked(reference, is_cancelled=progress.is_cancelled))

        name = self.context.say("decision.looking")
        self.context.jobs.submit_network(name, ask, self._go, self.show_error)

    def _go(self, found: Decision) -> None:
        if found.model is None:
            self.set_busy(False)
            self.form.set_wrong(self.reference, self.context.say("decision.of_no_model"))
            return
        self.done_well()
        self.context.show_page("models", f"{found.model.id}#decision:{found.reference}")
