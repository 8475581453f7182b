"""Try it: which rule a request would be under, and who may sign, before anybody asks."""

from collections.abc import Iterator

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.rules import Kind
from mlops_desktop.core.signers import StepStand
from mlops_desktop.services.asking import Asked
from mlops_desktop.services.reviews import Signers, find_signers
from mlops_desktop.services.rule_words import say_rule
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.approvals.said import rule_title, say_people, step_title
from mlops_desktop.ui.pages.models.environment_box import EnvironmentBox
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.pages.rules.asking import Dialog
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.sections import Fact, Group, Sections


class TryDialog(Dialog):
    """Asks for a model, a kind and an environment, and answers in the same place."""

    def __init__(self, context: Context, parent: QWidget, model: str = "") -> None:
        super().__init__(context, "rule_try", parent)
        self.model = ModelLine(context)
        self.model.setText(model)
        self.put("model", self.model)
        self.kind = QComboBox()
        for kind in Kind:
            self.kind.addItem(context.say(f"rules.kind.{kind.value}"), kind.value)
        self.kind.setCurrentIndex(self.kind.findData(Kind.PROMOTE.value))
        self.put("kind", self.kind)
        self.environment = EnvironmentBox(context)
        self.put("environment", self.environment)
        self.answer = Sections(context, "oversight.answer")
        self._column.insertWidget(self._column.indexOf(self.form) + 1, self.answer)
        self.submitted.connect(self._ask)
        self.open()

    def _ask(self) -> None:
        session, named = self.context.session, self.model.named()
        kind = Kind(str(self.kind.currentData()))
        asked = Asked(kind, environment=self.environment.code())

        def ask(progress: Progress) -> Signers:
            return find_signers(session, named, asked)

        name = say(self.context, "job.read")
        self.context.jobs.submit_read(name, ask, self._tell, self.show_error, key="rules:try")

    def _tell(self, found: Signers) -> None:
        self.set_busy(False)
        context, rule = self.context, found.rule
        names = {person.id: person.name for person in found.able}
        lead = say_rule(context.language.words, rule, names)
        named = rule_title(context, rule.id)
        title = say(context, "rule_applies", rule=named, version=rule.version)
        facts = tuple(_facts(context, found))
        self.answer.show_groups((Group(title, facts, lead),))


def _facts(context: Context, found: Signers) -> Iterator[Fact]:
    for stand in found.steps:
        name = step_title(context, stand.step.id)
        yield Fact(name, _step(context, stand), "bad" if stand.is_hopeless else "")
    if found.is_hopeless:
        yield Fact(say(context, "field.note"), context.say("approvals.say.nobody"), "bad")


def _step(context: Context, stand: StepStand) -> str:
    if stand.step.committee is not None:
        return say(context, "step_committee", body=stand.step.committee)
    who = say_people(context, stand.able) or say(context, "nobody")
    return say(context, "step_of", n=stand.step.needed, who=who)


def ask_try(context: Context, parent: QWidget, model: str = "") -> TryDialog:
    """Open the dialog."""
    return TryDialog(context, parent, model)
