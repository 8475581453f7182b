"""The dialog that asks for an approval; it names beforehand who may sign."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.rules import Kind
from mlops_desktop.services.approvals import request_approval
from mlops_desktop.services.asking import Asked
from mlops_desktop.services.reviews import Signers, find_signers
from mlops_desktop.services.rule_words import say_rule
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.entity_choice import EntityTicks, keep_unasked
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import rule_title, say_people
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.environment_box import EnvironmentBox
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.lines import TextBox


class RequestDialog(ModelDialog):
    """Asks which version is to go where, and tells who may sign before anything is sent."""

    def __init__(self, context: Context, shown: Shown, parent: QWidget) -> None:
        title = tr("Request approval of {model}", model=shown.sheet.row.name)
        super().__init__(context, title, tr("Request approval"), parent)
        self._version = self.form.add(tr("Version"), QComboBox())
        for row in shown.sheet.versions:
            self._version.addItem(row.details.version)
        self._environment = self.form.add(tr("May go to"), EnvironmentBox(context))
        self._comment = self.form.add(tr("Comment"), TextBox(), tr("The signers read it."))
        self.fields = {"version": self._version, "environment": self._environment}
        self._only = EntityTicks(shown.entities)
        if shown.entities:
            help = context.say("entities.help")
            self.fields["entities"] = self.form.add(context.say("entities.field"), self._only, help)
        keep_unasked(self, self._only)
        self._model = shown.sheet.row.key
        self._environment.currentTextChanged.connect(self._ask_signers)
        self._ask_signers()

    def is_complete(self) -> bool:
        """An environment must be named."""
        named = bool(self._environment.code())
        self.form.set_wrong(self._environment, "" if named else tr("Please name an environment."))
        return super().is_complete() and named

    def asks(self) -> tuple[str, str, str, tuple[str, ...]]:
        """Return the version, the environment, the comment and the legal entities."""
        version, environment = self._version.currentText(), self._environment.code()
        return version, environment, self._comment.text(), self._only.ids()

    def _ask_signers(self) -> None:
        session, model = self.context.session, self._model
        asked = Asked(Kind.PROMOTE, environment=self._environment.code())

        def ask(progress: Progress) -> Signers:
            return find_signers(session, model, asked)

        self.context.jobs.submit_read(
            tr("Finding who may sign"), ask, self._tell_signers, self._fail_signers, key="signers"
        )

    def _tell_signers(self, signers: Signers) -> None:
        named = say_people(self.context, signers.able)
        if signers.is_hopeless:
            what = tr("Nobody could decide this: %n approval(s) needed.", "", signers.needed)
            rest = tr("May sign: {people}.", people=named) if named else tr("Nobody may sign.")
            advice = tr("Enrol another person who is neither owner, developer nor yourself.")
            self.bar.hold("warn", what, f"{rest}\n{advice}")
        else:
            rest = tr("May sign: {people}.", people=named)
            self.bar.hold("info", *self._say_rule(signers, rest))

    def _say_rule(self, signers: Signers, rest: str) -> tuple[str, str]:
        """Return which rule applies, and all that it asks for: a committee's resolution too."""
        rule, words = signers.rule, self.context.language.words
        names = {person.id: person.name for person in signers.able}
        named = rule_title(self.context, rule.id)
        what = self.context.say("oversight.rule_applies", rule=named, version=rule.version)
        return what, f"{say_rule(words, rule, names)}\n{rest}"

    def _fail_signers(self, error: AppError) -> None:
        self.bar.let_go()
        self.bar.show_error(error)


def ask_request(context: Context, shown: Shown, parent: QWidget) -> RequestDialog:
    """Ask for an approval of a version of the model shown."""
    dialog, session, key = (
        RequestDialog(context, shown, parent),
        context.session,
        shown.sheet.row.key,
    )

    def read() -> Callable[[], Recorded]:
        version, environment, comment, only = dialog.asks()
        return lambda: request_approval(session, key, version, environment, comment, entities=only)

    dialog.run(tr("Requesting an approval"), read, tr("The approval is requested."))
    return dialog
