"""The form that assesses a tier: a choice for each question, the result while answering."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.tier_templates import Axis, Question, Template, TemplateStatus
from mlops_desktop.core.tiering import Rating
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.services.tier_templates import TemplateRow, list_templates
from mlops_desktop.services.tiering import assess_tier, preview
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tier_dialogs import add_effective, ask_activation
from mlops_desktop.ui.pages.models.tier_said import say_result
from mlops_desktop.ui.widgets.form import Form
from mlops_desktop.ui.widgets.label import Label
from mlops_desktop.ui.widgets.room import Across

_SHARE_OF_WINDOW = 0.86
_CHARACTERS = 116
_CHOICE_CHARACTERS = 20


class AssessmentForm(ModelDialog):
    """Asks the questions of an active template; says at once what the answers make."""

    def __init__(
        self, context: Context, shown: Shown, templates: tuple[Template, ...], parent: QWidget
    ) -> None:
        title = context.say("tiering.assess.title", model=shown.sheet.row.name)
        super().__init__(context, title, context.say("tiering.assess.verb"), parent)
        self._rating = shown.sheet.state.rating
        self._templates = {template.key: template for template in templates}
        self._questions: dict[str, QComboBox] = {}
        self._forms: dict[str, Form] = {}
        self.choice = QComboBox()
        self.told = Label(strong=True, wrap=True)
        self.area = Across(QWidget())
        self._lay_out(templates)
        self.reason = self.add_reason(is_needed=False)
        self.effective = add_effective(context, self)
        width = self.fontMetrics().averageCharWidth() * _CHARACTERS
        self.resize(width, int(parent.window().height() * _SHARE_OF_WINDOW))
        self._ask()

    def _lay_out(self, templates: tuple[Template, ...]) -> None:
        language = self.context.language.code
        for template in templates:
            self.choice.addItem(template.name.in_language(language), template.key)
        if self._rating is not None:
            before = f"{self._rating.template}@{self._rating.version}"
            self.choice.setCurrentIndex(max(0, self.choice.findData(before)))
        head = Form()
        head.add(self.context.say("tiering.field.template"), self.choice)
        for part in (head, self.area, self.told):
            self.insert(part)
        # A method would become a slot of this class before its inherited signal is one, and
        # PySide then sends the signal nowhere.
        self.choice.currentIndexChanged.connect(lambda _: self._ask())

    def template(self) -> Template:
        """Return the template chosen."""
        return self._templates[str(self.choice.currentData())]

    def answers(self) -> dict[str, str]:
        """Return the choices made, by question."""
        chosen = {id: str(box.currentData() or "") for id, box in self._questions.items()}
        return {id: choice for id, choice in chosen.items() if choice}

    def is_complete(self) -> bool:
        """Every question needs an answer."""
        answers = self.answers()
        missing = [id for id in self._questions if id not in answers]
        for id in self._questions:
            self._say_wrong(id, self.context.say("tiering.assess.missing") if id in missing else "")
        if missing:
            self._questions[missing[0]].setFocus()
        return super().is_complete() and not missing

    def set_busy(self, busy: bool) -> None:
        """Keep the answers from being changed while they are recorded."""
        super().set_busy(busy)
        self.area.setEnabled(not busy)

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its question, above the form where it has none."""
        if error.where not in self._questions:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self._say_wrong(error.where, f"{what}\n{remedy}")

    def _say_wrong(self, question: str, sentence: str) -> None:
        box = self._questions[question]
        self._forms[question].set_wrong(box, sentence)
        if sentence:
            self._body.ensureWidgetVisible(box, 0, 60)

    def _ask(self) -> None:
        """Ask the questions of the template chosen."""
        self._questions, self._forms = {}, {}
        ground = QWidget()
        column = QVBoxLayout(ground)
        column.setContentsMargins(0, 0, 0, 0)
        for axis in Axis:
            column.addWidget(Label(self.context.say(f"tiering.group.{axis}"), strong=True))
            form = Form()
            grid = form.layout()
            if isinstance(grid, QGridLayout):  # so that the choices of both axes stand in one line
                grid.setColumnMinimumWidth(0, self._longest())
            for question in self.template().of_axis(axis):
                self._add(form, question)
            column.addWidget(form)
        column.addStretch()
        self.area.setWidget(ground)
        self.area.updateGeometry()
        self._answer()

    def _longest(self) -> int:
        """Return the width of the longest question."""
        language = self.context.language.code
        asked = (item.text.in_language(language) for item in self.template().questions)
        return max(map(self.fontMetrics().horizontalAdvance, asked))

    def _add(self, form: Form, question: Question) -> None:
        language, box = self.context.language.code, QComboBox()
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(_CHOICE_CHARACTERS)
        box.addItem(self.context.say("tiering.assess.choose"), "")
        for choice in question.choices:
            box.addItem(choice.text.in_language(language), choice.id)
        box.setCurrentIndex(max(0, box.findData(_before(self._rating, question))))
        help = question.help.in_language(language) if question.help else ""
        form.add(question.text.in_language(language), box, help)
        box.currentIndexChanged.connect(lambda _: self._answer())
        self._questions[question.id], self._forms[question.id] = box, form

    def _answer(self) -> None:
        """Say what the answers make, or how many are still open."""
        answers = self.answers()
        computed = preview(self.template(), answers)
        if computed is None:
            left = len(self._questions) - len(answers)
            told = say_count(self.context, "tiering.assess.open", left)
        else:
            told = say_result(self.context, computed)
        self.told.setText(told)
        self.told.setAccessibleName(told)


def _before(rating: Rating | None, question: Question) -> str:
    """Return what was answered the last time, where the question is still asked."""
    given = rating.computed.answers if rating is not None else ()
    return next((item.choice for item in given if item.question == question.id), "")


def ask_assessment(context: Context, shown: Shown, parent: QWidget) -> None:
    """Ask the questions of an active template; where none is active, which one shall be."""
    session, name = context.session, context.say("tiering.reading_templates")

    def ask(progress: Progress) -> tuple[TemplateRow, ...]:
        return list_templates(session)

    def again() -> None:
        context.jobs.submit_read(name, ask, go_on, context.show_error, key="models:templates")

    def go_on(rows: tuple[TemplateRow, ...]) -> None:
        if any(row.status is TemplateStatus.ACTIVE for row in rows):
            open_form(rows)
        else:
            context.toast(context.say("tiering.activate.waits"))

    def open_form(rows: tuple[TemplateRow, ...]) -> None:
        active = tuple(row.template for row in rows if row.status is TemplateStatus.ACTIVE)
        ready = (TemplateStatus.SHIPPED, TemplateStatus.DRAFT)
        if active:
            _run(context, shown, AssessmentForm(context, shown, active, parent))
        else:
            waiting = tuple(row for row in rows if row.status in ready)
            ask_activation(context, waiting, parent, again)

    context.jobs.submit_read(name, ask, open_form, context.show_error, key="models:templates")


def _run(context: Context, shown: Shown, form: AssessmentForm) -> None:
    session, row = context.session, shown.sheet.row

    def read() -> Callable[[], Recorded]:
        template, answers, why = form.template().key, form.answers(), form.reason.text()
        since = effective_from(form.effective.day())
        return lambda: assess_tier(session, row.key, template, answers, reason=why, effective=since)

    form.run(
        context.say("tiering.assess.name"), read, context.say("tiering.assess.done", id=row.id)
    )
