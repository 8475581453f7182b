"""The dialogs that override a tier for a time, end that, and put a template in force."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.tier_template_check import TIERS
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.services.tier_templates import TemplateRow, take_up_template
from mlops_desktop.services.tiering import end_override, override_tier
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tier_said import say_tier
from mlops_desktop.ui.widgets.lines import DayLine


class OverrideDialog(ModelDialog):
    """Asks for another tier than the computed one; a person chooses it, none is suggested."""

    def __init__(
        self, context: Context, title: str, computed: int, parent: QWidget, sentence: str
    ) -> None:
        super().__init__(context, title, context.say("tiering.override.verb"), parent, sentence)
        self.tier = self.form.add(context.say("tiering.field.tier"), QComboBox())
        self.tier.addItem(context.say("tiering.assess.choose"))
        for number in TIERS:
            if number != computed:
                self.tier.addItem(say_tier(context, number), number)

    def is_complete(self) -> bool:
        """A tier must be chosen."""
        is_chosen = self.tier.currentData() is not None
        is_right = super().is_complete()
        if not is_chosen:
            self.form.set_wrong(self.tier, self.context.say("tiering.override.missing"))
            self.tier.setFocus()
        return is_right and is_chosen


def ask_override(context: Context, shown: Shown, parent: QWidget) -> ModelDialog | None:
    """Ask for another tier than the computed one, why, and until when it holds."""
    say, session, row = context.say, context.session, shown.sheet.row
    rating = shown.sheet.state.rating
    if rating is None:
        return None
    computed = rating.computed.tier
    sentence = say("tiering.override.sentence", computed=say_tier(context, computed))
    title = say("tiering.override.title", model=row.name)
    dialog = OverrideDialog(context, title, computed, parent, sentence)
    until = dialog.form.add(
        say("tiering.field.until"), DayLine(context, is_ahead=True), say("tiering.override.until")
    )
    reason = dialog.add_reason(is_needed=True)
    dialog.fields |= {"tier": dialog.tier, "until": until}
    effective = add_effective(context, dialog)

    def read() -> Callable[[], Recorded]:
        wanted, why, last = int(dialog.tier.currentData()), reason.text(), until.day()
        since = effective_from(effective.day())
        return lambda: override_tier(session, row.key, wanted, why, last, effective=since)

    dialog.run(title, read, say("tiering.override.done", id=row.id))
    return dialog


def add_effective(context: Context, dialog: ModelDialog) -> DayLine:
    """Ask from when on it holds."""
    title, help = context.say("tiering.field.effective"), context.say("tiering.effective")
    line = dialog.form.add(title, DayLine(context), help)
    dialog.fields["effective"] = line
    return line


def ask_ending(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask whether the computed tier is to hold again."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say("tiering.end.title", model=row.name)
    sentence = say("tiering.end.sentence")
    dialog = ModelDialog(context, title, say("tiering.end.verb"), parent, sentence)
    reason = dialog.add_reason(is_needed=False)

    def read() -> Callable[[], Recorded]:
        why = reason.text()
        return lambda: end_override(session, row.key, why)

    dialog.run(title, read, say("tiering.end.done", id=row.id))
    return dialog


def ask_activation(
    context: Context, rows: tuple[TemplateRow, ...], parent: QWidget, then: Callable[[], None]
) -> ModelDialog:
    """Ask which template is to rate models, where none does yet; ``then`` goes on with it."""
    say = context.say
    title, sentence = say("tiering.activate.title"), say("tiering.activate.sentence")
    dialog = ModelDialog(context, title, say("tiering.activate.verb"), parent, sentence)
    choice = dialog.form.add(say("tiering.field.template"), QComboBox())
    for row in rows:
        choice.addItem(row.template.name.in_language(context.language.code), row.key)
    dialog.fields["template"] = choice
    hold = dialog.add_key()

    def read() -> Callable[[], Recorded]:
        session = hold()
        named = str(choice.currentData())
        return lambda: take_up_template(session, named)

    dialog.accepted.connect(then)
    dialog.run(title, read, say("tiering.activate.done"))
    return dialog
