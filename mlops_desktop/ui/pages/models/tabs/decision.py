"""A single decision: looked up by its reference, personal data masked until there is a purpose."""

from collections.abc import Callable, Iterator

from PySide6.QtWidgets import QLineEdit

from mlops_desktop.core.errors import AppError
from mlops_desktop.services import decision_records
from mlops_desktop.services.decision_records import Asked, Decision
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tabs.base import FactTab
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOST_PLACES = 4


class DecisionTab(FactTab):
    """One decision of the model, as the source that keeps it tells it."""

    title = "decision.tab"
    order = 48

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._model, self._found, self._job = "", False, None
        self._lead = Label(tone="muted", wrap=True)
        self._form, self._why = Form(), Form()
        self.reference = self._form.add(context.say("decision.reference"), QLineEdit())
        self.purpose = self._why.add(context.say("decision.purpose"), QLineEdit())
        self.look = Button("", self._look_up, icon="search", default=True)
        self.open = Button("", self._reveal, icon="lock")
        self._form.add_below(self.reference, self.look)
        self._why.add_below(self.purpose, self.open)
        self.column.setContentsMargins(2, 10, 6, 10)
        for at, part in enumerate((self._lead, self._form, self.sections, self._why)):
            self.column.insertWidget(at, part)
        self.column.addStretch()
        self.setFocusProxy(self.reference)
        self.reference.returnPressed.connect(self._look_up)
        self.purpose.returnPressed.connect(self._reveal)
        context.speaking.enlist(self, self._name)
        self._name()
        self._forget()

    _job: Job | None

    def show_model(self, shown: Shown) -> None:
        """Keep what is shown while it is the same model, and forget it with the next."""
        if shown.id != self._model:
            self._model = shown.id
            self.reference.clear()
            self._forget()
        # personal data is shown now, whatever day the rest is of; a past day changes nothing
        self._why.setEnabled(self.context.day is None)

    def seek(self, what: str) -> None:
        """Look up the decision of a reference."""
        self.reference.setText(what)
        self._look_up()

    def _name(self) -> None:
        say = self.context.say
        self._lead.setText(say("decision.lead"))
        self._form.rename(self.reference, say("decision.reference"))
        self._why.rename(self.purpose, say("decision.purpose"))
        self.look.setText(say("decision.look_up"))
        self.open.setText(say("decision.reveal"))

    def _forget(self) -> None:
        self._found = False
        self.purpose.clear()
        self.sections.show_groups(())
        self.sections.hide()
        self._why.hide()
        for form, field in ((self._form, self.reference), (self._why, self.purpose)):
            form.set_wrong(field, "")

    def _look_up(self) -> None:
        self._forget()
        session, reference = self.context.session, self.reference.text()

        def ask(progress: Progress) -> tuple[Decision, Recorded | None]:
            asked = Asked(reference, is_cancelled=progress.is_cancelled)
            return decision_records.look_up(session, asked), None

        self._submit(ask)

    def _reveal(self) -> None:
        session, reference = self.context.session, self.reference.text()
        purpose = self.purpose.text()

        def ask(progress: Progress) -> tuple[Decision, Recorded | None]:
            asked = Asked(reference, is_cancelled=progress.is_cancelled)
            return decision_records.reveal(session, asked, purpose)

        self._submit(ask)

    def _submit(self, ask: Callable[[Progress], tuple[Decision, Recorded | None]]) -> None:
        if self._job is not None:
            self.context.jobs.cancel(self._job)
        model = self._model
        self._job = self.context.jobs.submit_network(
            self.context.say("decision.looking"),
            ask,
            lambda told: self._show(model, *told),
            self._refuse,
        )

    def _show(self, model: str, found: Decision, done: Recorded | None) -> None:
        self._job = None
        if done is not None:
            self.context.announce(done.changes)
        if model != self._model:
            return  # a person went on meanwhile; personal data is not shown beside another model
        self._found = True
        self.sections.show_groups(tuple(self._groups(found)))
        self.sections.show()
        self._why.setVisible(found.is_masked)
        self.purpose.clear()

    def _refuse(self, error: AppError) -> None:
        self._job = None
        sentence = " ".join(self.context.explain(error)[::2])
        if error.where == "purpose":
            self._why.set_wrong(self.purpose, sentence)
        else:
            self._form.set_wrong(self.reference, sentence)

    def _groups(self, found: Decision) -> Iterator[Group]:
        say = self.context.say
        yield Group(say("decision.title", reference=found.reference), tuple(self._facts(found)))
        if found.contributions:
            told = tuple(Fact(one.name, self._number(one.value)) for one in found.contributions)
            yield Group(say("decision.contributions"), told, say("decision.contributions_lead"))
        if found.inputs:
            inputs = tuple(
                Fact(one.name, one.value if one.value is not None else say("decision.masked"),
                     "faint" if one.value is None else "")
                for one in found.inputs
            )  # fmt: skip
            yield Group(say("decision.inputs"), inputs)

    def _facts(self, found: Decision) -> Iterator[Fact]:
        say = self.context.say
        if found.output:
            yield Fact(say("decision.output"), found.output)
        if found.at:
            yield Fact(say("decision.at"), say_moment(self.context, found.at))
        yield self._model_fact(found)
        if found.version:
            yield Fact(say("models.field.version"), found.version)
        yield Fact(say("models.field.source"), found.source)

    def _model_fact(self, found: Decision) -> Fact:
        name, model = self.context.say("decision.model"), found.model
        if model is None:
            told = found.model_word or self.context.say("decision.model_unknown")
            return Fact(name, told, status=Status("warn", told))
        told = f"{model.id} {model.name}"
        if model.id == self._model:
            return Fact(name, told)
        there = f"{model.id}#decision:{found.reference}"
        return Fact(name, told, go=lambda: self.context.show_page("models", there))

    def _number(self, told: str) -> str:
        """Return a decimal as the language writes it, with the places it was told with."""
        try:
            value = float(told)
        except ValueError:
            return told
        places = 0 if "e" in told.lower() else len(told.partition(".")[2])
        return self.context.language.number(value, min(places, _MOST_PLACES))
