"""The forms of a campaign: to open, extend, withdraw and close it, and to save its reminders."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.attestations.reminding import save_reminders
from mlops_desktop.services.attestations.running import (
    NewCampaign,
    extend_campaign,
    open_campaign,
    parse_target,
    withdraw_campaign,
)
from mlops_desktop.services.attestations.showing import CampaignRow
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.attestations.columns import say_tier
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.widgets.dialog import ConfirmDialog, FormDialog
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

GoTo = Callable[[str], None]
_TIERS = {"1": 1, "2": 2, "3": 3, "4": 4, "unrated": None}


class CampaignForm(FormDialog):
    """What a new campaign asks; what is refused is said beside its field."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        say = context.say
        title = say("attestations.form.open")
        lead = say("attestations.form.lead")
        super().__init__(context, title, say("attestations.verb.open"), parent, sentence=lead)
        self.title = self.form.add(say("attestations.field.title"), QLineEdit())
        self.statement = self.form.add(
            say("attestations.field.statement"),
            TextBox(lines=2),
            say("attestations.help.statement"),
        )
        self.due = self.form.add(say("attestations.field.due"), DayLine(context, is_ahead=True))
        self.scope = self.form.add(
            say("attestations.field.scope"), QLineEdit(), say("attestations.help.scope")
        )
        self.targets = {name: self._target(name) for name in _TIERS}

    def _target(self, name: str) -> QLineEdit:
        tier = say_tier(self.context, _TIERS[name])
        line = QLineEdit("100" if name == "1" else "")
        return self.form.add(self.context.say("attestations.field.target", tier=tier), line)

    def wanted(self) -> NewCampaign:
        """Return what was typed; raises ``campaign.target_refused``."""
        typed = {name: line.text().strip() for name, line in self.targets.items()}
        targets = tuple(parse_target(f"{name}={text}") for name, text in typed.items() if text)
        due = self.due.day() or date.min
        return NewCampaign(
            self.title.text(), self.statement.text(), due, targets, self.scope.text()
        )

    def is_complete(self) -> bool:
        """A day must be a day; what else is wrong services say."""
        is_right = self.due.day() is not None
        self.form.set_wrong(self.due, "" if is_right else self.context.say("item.help.day"))
        return is_right

    def show_error(self, error: AppError) -> None:
        """Say what was refused beside its field, above the form where it has none."""
        fields: dict[str, QWidget] = {
            "title": self.title,
            "statement": self.statement,
            "due": self.due,
            "scope": self.scope,
            "--filter": self.scope,
            "target": self.targets["1"],
        }
        widget = fields.get(error.where or "")
        if widget is None:
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        self.form.set_wrong(widget, "\n".join(part for part in (what, remedy) if part))


def ask_opening(context: Context, parent: QWidget, go_to: GoTo) -> CampaignForm:
    """Ask for a new campaign and open it."""
    form, session = CampaignForm(context, parent), context.session

    def send() -> None:
        try:
            wanted = form.wanted()
        except AppError as error:
            form.show_error(error)
            return

        def write(progress: Progress) -> Recorded:
            return open_campaign(session, wanted)

        name = context.say("attestations.form.open")
        context.jobs.submit_write(name, write, done, form.show_error)

    def done(recorded: Recorded) -> None:
        form.done_well()
        context.toast(context.say("attestations.done.open"))
        go_to(recorded.id)

    form.submitted.connect(send)
    form.open()
    return form


def ask_extension(context: Context, row: CampaignRow, parent: QWidget) -> FormDialog:
    """Ask until when and why, and give more time."""
    say, session = context.say, context.session
    title = say("attestations.form.extend", id=row.id)
    form = ConfirmDialog(
        context,
        title,
        say("attestations.form.extend_lead", day=context.language.date(row.due)),
        say("attestations.verb.extend"),
        parent,
        reason=say("attestations.field.reason"),
    )
    due = form.form.add(say("attestations.field.new_due"), DayLine(context, is_ahead=True))

    def write(progress: Progress) -> Recorded:
        return extend_campaign(session, row.id, due.day() or row.due, form.reason())

    _run(context, form, write, "extend")
    return form


def ask_withdrawal(context: Context, row: CampaignRow, parent: QWidget) -> FormDialog:
    """Ask why, and end a campaign without a result."""
    say, session = context.say, context.session
    form = ConfirmDialog(
        context,
        say("attestations.form.withdraw", id=row.id),
        say("attestations.form.withdraw_lead"),
        say("attestations.verb.withdraw"),
        parent,
        reason=say("attestations.field.reason"),
    )

    def write(progress: Progress) -> Recorded:
        return withdraw_campaign(session, row.id, form.reason())

    _run(context, form, write, "withdraw")
    return form


def _run(
    context: Context, form: FormDialog, write: Callable[[Progress], Recorded], verb: str
) -> None:
    def done(recorded: Recorded) -> None:
        form.done_well()
        context.toast(context.say(f"attestations.done.{verb}"))

    def send() -> None:
        name = context.say(f"attestations.action.{verb}")
        context.jobs.submit_write(name, write, done, form.show_error)

    form.submitted.connect(send)
    form.open()


def ask_reminders(context: Context, row: CampaignRow, parent: QWidget) -> QFileDialog:
    """Ask where to write who must still answer what, then write it."""
    session, language = context.session, context.language.code

    def save(path: Path) -> None:
        def work(progress: Progress) -> str:
            save_reminders(session, row.id, path, language)
            return path.name

        def done(name: str) -> None:
            context.toast(context.say("notices.saved", name=name))

        context.jobs.submit_read(context.say("notices.job"), work, done, context.show_error)

    dialog = ask_where(parent, context.say("attestations.action.remind"), f"{row.id}.eml", save)
    calendar, mail = context.say("notices.calendar"), context.say("notices.mail")
    dialog.setNameFilters([f"{mail} (*.eml)", f"{calendar} (*.ics)"])
    return dialog
