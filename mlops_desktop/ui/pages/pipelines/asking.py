"""Forms of the page: how often a pipeline is expected, and what it does in plain words."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.pipelines import read_span, write_span
from mlops_desktop.services.pipelines import PipelineSheet, describe_pipeline, expect_pipeline
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import TextBox


def ask_expected(context: Context, sheet: PipelineSheet, parent: QWidget) -> None:
    """Ask how often a pipeline is expected to end well."""
    say, session, row = context.say, context.session, sheet.pipeline
    title = say("pipelines.form.expect", name=row.key.name)
    dialog = FormDialog(context, title, say("item.verb.edit"), parent)
    every = dialog.form.add(
        say("pipelines.form.every"), QLineEdit(write_span(row.minutes)),
        say("pipelines.form.every_help"),
    )  # fmt: skip
    reason = dialog.form.add(say("pipelines.form.reason"), TextBox(lines=2))

    def send() -> None:
        typed, why = every.text(), reason.text()

        def work(progress: Progress) -> Recorded:
            return expect_pipeline(session, row.id, read_span(typed), reason=why)

        _write(context, dialog, title, work, "pipelines.done.expect", every)

    dialog.submitted.connect(send)
    dialog.open()


def ask_description(context: Context, sheet: PipelineSheet, parent: QWidget) -> None:
    """Ask what a pipeline, or one of its steps, does."""
    say, session, row = context.say, context.session, sheet.pipeline
    title = say("pipelines.form.describe", name=row.key.name)
    dialog = FormDialog(context, title, say("item.verb.edit"), parent)
    steps = dialog.form.add(say("pipelines.form.step"), QComboBox())
    steps.addItem(say("pipelines.form.whole"), None)
    for step in sheet.steps:
        steps.addItem(step.name, step.name)
    help = say("pipelines.form.text_help")
    text = dialog.form.add(say("pipelines.form.text"), TextBox(row.description or ""), help)
    said: dict[str | None, str | None] = {None: row.description}
    said |= {step.name: step.description for step in sheet.steps}
    steps.currentIndexChanged.connect(
        lambda _: text.setPlainText(said.get(steps.currentData()) or "")
    )

    def send() -> None:
        step, words = steps.currentData(), text.text()

        def work(progress: Progress) -> Recorded:
            return describe_pipeline(session, row.id, words, step=step)

        _write(context, dialog, title, work, "pipelines.done.describe", text)

    dialog.submitted.connect(send)
    dialog.open()


def _write(
    context: Context,
    dialog: FormDialog,
    name: str,
    work: Callable[[Progress], Recorded],
    done: str,
    field: QWidget,
) -> None:
    def finish(_: Recorded) -> None:
        dialog.done_well()
        context.toast(context.say(done))

    def refuse(error: AppError) -> None:
        dialog.set_busy(False)
        what, _, remedy = context.explain(error)
        dialog.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    context.jobs.submit_write(name, work, finish, refuse)
