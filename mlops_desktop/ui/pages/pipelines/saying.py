"""Forms of what persons say of data: two names of one dataset, steps that no longer run."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.pipelines import Freshness
from mlops_desktop.services.pipeline_steps import end_step, resume_step
from mlops_desktop.services.pipelines import PipelineSheet
from mlops_desktop.services.same_datasets import (
    Sameness,
    join_datasets,
    list_sameness,
    name_datasets,
    part_datasets,
)
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.models.said import say_moment
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.dialog import FormDialog
from mlops_desktop.ui.widgets.lines import NameLine, TextBox


def ask_same(context: Context, near: tuple[str, ...], parent: QWidget) -> None:
    """Read the names of datasets, then ask which two mean one; ``near`` are offered first."""
    session, title = context.session, context.say("pipelines.form.same")

    def ask(progress: Progress) -> tuple[str, ...]:
        return tuple(one.name for one in name_datasets(session))

    def show(names: tuple[str, ...]) -> None:
        _ask_same(context, near, names, parent)

    context.jobs.submit_read(title, ask, show, context.show_error)


def _ask_same(
    context: Context, near: tuple[str, ...], names: tuple[str, ...], parent: QWidget
) -> None:
    say, session = context.say, context.session
    dialog = FormDialog(context, say("pipelines.form.same"), say("item.verb.edit"), parent,
                        sentence=say("pipelines.form.same_lead"))  # fmt: skip
    dataset = dialog.form.add(
        say("pipelines.column.dataset"), NameLine(names), say("pipelines.form.dataset_help")
    )
    dataset.setText(near[0] if near else "")
    same_as = dialog.form.add(
        say("pipelines.form.same_as"), NameLine(names), say("pipelines.form.same_as_help")
    )
    reason = dialog.form.add(
        say("pipelines.form.reason"), TextBox(lines=2), tr("Needed; it stays on record.")
    )

    def send() -> None:
        name, shown, why = dataset.text(), same_as.text(), reason.text()

        def work(progress: Progress) -> Recorded:
            return join_datasets(session, name, shown, reason=why)

        fields = {"dataset": dataset, "same_as": same_as, "reason": reason}
        _write(context, dialog, work, "pipelines.done.same", fields)

    dialog.submitted.connect(send)
    dialog.open()


def ask_apart(context: Context, near: tuple[str, ...], parent: QWidget) -> None:
    """Read what was said to be the same, then ask what is taken back; ``near`` comes first."""
    session, title = context.session, context.say("pipelines.form.apart")

    def ask(progress: Progress) -> tuple[Sameness, ...]:
        return list_sameness(session)

    def show(said: tuple[Sameness, ...]) -> None:
        if not said:
            context.toast(context.say("pipelines.form.apart_none"))
            return
        known = sorted(said, key=lambda one: not {one.dataset, one.same_as} & {*near})
        _ask_apart(context, tuple(known), parent)

    context.jobs.submit_read(title, ask, show, context.show_error)


def _ask_apart(context: Context, said: tuple[Sameness, ...], parent: QWidget) -> None:
    say, session = context.say, context.session
    dialog = FormDialog(context, say("pipelines.form.apart"), say("item.verb.edit"), parent,
                        sentence=say("pipelines.form.apart_lead"))  # fmt: skip
    names = dialog.form.add(say("pipelines.form.names"), QComboBox())
    for one in said:
        names.addItem(say("pipelines.form.pair", one=one.dataset, other=one.same_as), one.dataset)
    reason = dialog.form.add(
        say("pipelines.form.reason"), TextBox(lines=2), tr("Needed; it stays on record.")
    )

    def explain() -> None:
        one = said[names.currentIndex()]
        told = say("pipelines.expected_by", who=one.person, day=say_moment(context, one.since))
        dialog.form.explain(names, " · ".join(filter(None, (told, one.reason))))

    def send() -> None:
        name, why = names.currentData() or "", reason.text()

        def work(progress: Progress) -> Recorded:
            return part_datasets(session, name, reason=why)

        fields = {"dataset": names, "reason": reason}
        _write(context, dialog, work, "pipelines.done.apart", fields)

    names.currentIndexChanged.connect(explain)
    explain()
    dialog.submitted.connect(send)
    dialog.open()


def ask_end(context: Context, sheet: PipelineSheet, parent: QWidget) -> None:
    """Ask which step no longer runs, what runs in its place, and why."""
    say, session, row = context.say, context.session, sheet.pipeline
    title = say("pipelines.form.end_step", name=row.key.name)
    dialog = FormDialog(context, title, say("item.verb.edit"), parent,
                        sentence=say("pipelines.form.end_lead"))  # fmt: skip
    step = dialog.form.add(say("pipelines.form.step"), QComboBox())
    became = dialog.form.add(
        say("pipelines.form.became"), QComboBox(), say("pipelines.form.became_help")
    )
    became.addItem(say("pipelines.form.became_none"), None)
    for one in sheet.steps:
        step.addItem(one.name, one.name)
        became.addItem(one.name, one.name)
    step.setCurrentIndex(_unseen(sheet))
    reason = dialog.form.add(say("pipelines.form.reason"), TextBox(lines=2))

    def send() -> None:
        name, now, why = step.currentData(), became.currentData(), reason.text()

        def work(progress: Progress) -> Recorded:
            return end_step(session, row.id, name, became=now, reason=why)

        fields = {"step": step, "became": became}
        _write(context, dialog, work, "pipelines.done.end_step", fields)

    dialog.submitted.connect(send)
    dialog.open()


def _unseen(sheet: PipelineSheet) -> int:
    """Return where the first step stands that is no longer seen: it is most likely meant."""
    gone = [step.standing.freshness is Freshness.NO_LONGER_SEEN for step in sheet.steps]
    return gone.index(True) if True in gone else 0


def ask_resume(context: Context, sheet: PipelineSheet, parent: QWidget) -> None:
    """Ask of which step it is taken back that it no longer runs, and why."""
    say, session, row = context.say, context.session, sheet.pipeline
    title = say("pipelines.form.resume_step", name=row.key.name)
    dialog = FormDialog(context, title, say("item.verb.edit"), parent)
    step = dialog.form.add(say("pipelines.form.step"), QComboBox())
    for one in sheet.steps:
        if one.ended is not None:
            step.addItem(one.name, one.name)
    reason = dialog.form.add(say("pipelines.form.reason"), TextBox(lines=2))

    def send() -> None:
        name, why = step.currentData(), reason.text()

        def work(progress: Progress) -> Recorded:
            return resume_step(session, row.id, name, reason=why)

        _write(context, dialog, work, "pipelines.done.resume_step", {"step": step})

    dialog.submitted.connect(send)
    dialog.open()


def _write(
    context: Context,
    dialog: FormDialog,
    work: Callable[[Progress], Recorded],
    done: str,
    fields: Mapping[str, QWidget],
) -> None:
    """Record; what is refused is said beside the field it is about, else above the form."""
    for field in fields.values():
        dialog.form.set_wrong(field, "")

    def finish(_: Recorded) -> None:
        dialog.done_well()
        context.toast(context.say(done))

    def refuse(error: AppError) -> None:
        field = fields.get(error.where or "")
        if field is None:
            dialog.show_error(error)
            return
        dialog.set_busy(False)
        what, _, remedy = context.explain(error)
        dialog.form.set_wrong(field, "\n".join(part for part in (what, remedy) if part))

    context.jobs.submit_write(dialog.windowTitle(), work, finish, refuse)
