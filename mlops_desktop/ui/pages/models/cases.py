"""The dialogs about cases of feedback: pasted, answered alike, made one finding."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.core.events.findings import Severity
from mlops_desktop.services.feedback import Case, Choice, answer_many, make_finding, paste_cases
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context, Toast
from mlops_desktop.ui.pages.governance.said import say_choice, say_field
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

Cases = tuple[Case, ...]


def ask_cases(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask for rows with their headings and record each as a feedback about the model."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say("feedback.paste_title", model=row.name)
    dialog = ModelDialog(context, title, say("feedback.paste_do"), parent, say("feedback.lead"))
    rows = dialog.form.add(say("feedback.paste_rows"), TextBox(lines=10))
    dialog.fields |= {"rows": rows}
    rows.setFocus()

    def read() -> Callable[[], Recorded]:
        text = rows.text()
        return lambda: paste_cases(session, row.key, text)

    dialog.run(title, read, say("feedback.pasted", model=row.id))
    return dialog


def ask_answer(context: Context, shown: Shown, cases: Cases, parent: QWidget) -> ModelDialog:
    """Ask what the open ``cases`` are answered, and answer each of them so."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say_count(context, "feedback.answer_title", len(cases))
    verb, named = say("item.feedback.step.answer"), _named(context, cases)
    dialog = ModelDialog(context, title, verb, parent, named)
    answer = dialog.form.add(
        say("item.feedback.field.answer"), TextBox(lines=4), say("feedback.answer_help")
    )
    dialog.fields |= {"answer": answer}
    answer.setFocus()
    choice = _choice(row.key, cases)

    def read() -> Callable[[], Recorded]:
        text = answer.text()
        return lambda: answer_many(session, choice, text)

    dialog.run(title, read, say_count(context, "feedback.answered", len(cases)))
    return dialog


def ask_finding(context: Context, shown: Shown, cases: Cases, parent: QWidget) -> ModelDialog:
    """Ask what the pattern behind the open ``cases`` is called, and open one finding for all."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say_count(context, "feedback.finding_title", len(cases))
    verb = say("feedback.finding_do")
    dialog = _FindingDialog(context, title, verb, parent, _named(context, cases))
    needed = say("item.help.needed")
    name = dialog.form.add(say("item.field.title"), QLineEdit(), needed)
    due = dialog.form.add(say("item.field.due"), DayLine(context, is_ahead=True), needed)
    severity = dialog.form.add(say_field(context, "finding", "severity"), _severities(context))
    dialog.fields |= {"title": name, "due": due, "severity": severity}
    name.setFocus()
    choice = _choice(row.key, cases)

    def read() -> Callable[[], Recorded]:
        pattern, day, grade = name.text().strip(), due.day(), Severity(severity.currentData())
        return lambda: make_finding(session, choice, pattern, day, grade)

    dialog.run(title, read, say_count(context, "feedback.taken_up", len(cases)))
    return dialog


class _FindingDialog(ModelDialog):
    """Says what was done with the way to the finding."""

    def _recorded(self, recorded: Recorded) -> None:
        self.done_well()
        context = self.context
        label = context.say("item.action.show")

        def go() -> None:
            context.show_page("governance", recorded.id)

        context.toasted.emit(Toast(self._said, open_label=label, open=go))


def _severities(context: Context) -> QComboBox:
    box = QComboBox()
    for one in Severity:
        box.addItem(say_choice(context, "finding", one.value), one.value)
    box.setCurrentIndex(box.findData(Severity.MEDIUM.value))
    return box


def _choice(model: str, cases: Cases) -> Choice:
    return Choice(model, cases=tuple(one.id for one in cases))


def _named(context: Context, cases: Cases) -> str:
    """Say which cases are meant: each of a few, the first and the last of many."""
    numbers = [one.row.number for one in cases]
    if len(numbers) > 6:
        numbers = [*numbers[:3], "…", numbers[-1]]
    return context.say("feedback.meant", cases=", ".join(numbers))
