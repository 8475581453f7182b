"""From a cell of the matrix to what mends it: a field, scope, a document, a record."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.core.custom_fields import PREFIX
from mlops_desktop.services.profiles.checking import Judged, Matrix
from mlops_desktop.services.profiles.mending import Task
from mlops_desktop.services.profiles.said import name_of
from mlops_desktop.services.profiles.scoping import ScopeDecision, file_document, scope_model
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.forms import open_edit
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.rules.case_forms import ask_need
from mlops_desktop.ui.pages.rules.handover_forms import ask_offer
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

_ACTIONS = {
    Task.APPROVAL: "approval.request",
    Task.VERSION: "version.register",
    Task.DEPLOYMENT: "deployment.open",
    Task.TIERING: "model.assess_tier",
    Task.RETIREMENT: "model.retire",
    Task.LINK: "model.link",
}
_LISTS = {
    Task.ITEM: ("governance", "kind:{kind} model:{model}"),
    Task.ITEMS: ("governance", "kind:{kind} model:{model}"),
    Task.CONDITIONS: ("approvals", "model:{model}"),
    Task.OBLIGATIONS: ("rules", "permissions: {model}"),
    Task.EMERGENCIES: ("rules", "emergencies: {model}"),
}


def say_lead(context: Context, matrix: Matrix, cell: Judged) -> str:
    """Return what the button under the matrix does for a cell."""
    words, mend = context.language.words, cell.mend
    if mend.task in (Task.SCOPE, Task.DOCUMENT):
        return context.say(f"profiles.lead.{mend.task.value}")
    if mend.task in (Task.FIELD, Task.OWN_FIELD):
        own = mend.task is Task.OWN_FIELD
        lead = PREFIX + mend.name if own else f"field.{mend.name}"
        name = name_of(words, matrix.profile, lead)
        return context.say("profiles.lead.field", name=name)
    return context.say("profiles.lead.record", name=name_of(words, matrix.profile, cell.lead))


def can_follow(context: Context, cell: Judged) -> bool:
    """Tell whether a cell leads anywhere now: nothing can be changed on a day of the past."""
    task = cell.mend.task
    if task in _ACTIONS:
        return context.actions.action(_ACTIONS[task]).isEnabled()
    return context.as_of.is_now and task is not Task.NOWHERE


def follow(context: Context, shown: Shown, matrix: Matrix, cell: Judged, parent: QWidget) -> None:
    """Open the form or the list in which a cell is mended."""
    mend, id = cell.mend, shown.sheet.row.id
    match mend.task:
        case Task.SCOPE:
            ask_scope(context, shown, matrix, parent)
        case Task.DOCUMENT:
            ask_document(context, shown, matrix, mend.name, parent)
        case Task.FIELD:
            open_edit(context, shown, parent, mend.name)
        case Task.OWN_FIELD:
            open_edit(context, shown, parent, PREFIX + mend.name)
        case task if task in _ACTIONS:
            context.actions.run(_ACTIONS[task])
        case task if task in _LISTS:
            page, text = _LISTS[task]
            context.show_list(page, text.format(kind=mend.name, model=id))
        case Task.PERMISSION:
            ask_need(context, parent, id)
        case Task.HANDOVER:
            ask_offer(context, parent, shown.sheet.state.details.owner or "")


def ask_scope(context: Context, shown: Shown, matrix: Matrix, parent: QWidget) -> ModelDialog:
    """Ask whether a regime concerns a model, why, and what the model is under it."""
    session, row, profile = context.session, shown.sheet.row, matrix.profile
    language = context.language.code
    title = context.say(
        "profiles.ask.scope_title", regime=profile.title.say(language), model=row.name
    )
    sentence, verb = context.say("profiles.ask.scope_sentence"), "profiles.ask.scope_verb"
    dialog = ModelDialog(context, title, context.say(verb), parent, sentence)
    decision = _choice(context, dialog, "decision", ("in", "out"))
    traits = {
        trait.name: dialog.form.add(trait.title.say(language), QComboBox())
        for trait in profile.traits
    }
    for trait in profile.traits:
        box = traits[trait.name]
        box.addItem(context.say("profiles.ask.undecided"), "")
        for one in trait.values:
            box.addItem(one.title.say(language), one.value)
        dialog.fields[trait.name] = box
    reason = _text(context, dialog, "reason", TextBox())
    effective = _day(context, dialog, "effective")

    def read() -> Callable[[], Recorded]:
        given = {name: str(box.currentData()) for name, box in traits.items()}
        said = {name: value for name, value in given.items() if value}
        decided = ScopeDecision(decision.currentData() == "in", reason.text(), said)
        since = effective_from(effective.day())
        return lambda: scope_model(session, row.key, profile.regime, decided, effective=since)

    dialog.run(title, read, context.say("profiles.ask.scope_done", id=row.id))
    return dialog


def ask_document(
    context: Context, shown: Shown, matrix: Matrix, kind: str, parent: QWidget
) -> ModelDialog:
    """Ask where a document of a kind lies, and record it."""
    session, row = context.session, shown.sheet.row
    named = name_of(context.language.words, matrix.profile, f"evidence.{kind}")
    title = context.say("profiles.ask.document_title", model=row.name, kind=named)
    sentence, verb = context.say("profiles.ask.document_sentence"), "profiles.ask.document_verb"
    dialog = ModelDialog(context, title, context.say(verb), parent, sentence)
    reference = _text(context, dialog, "reference", QLineEdit())
    digest = _text(context, dialog, "digest", QLineEdit())
    day = _day(context, dialog, "day")

    def read() -> Callable[[], Recorded]:
        told, sha = reference.text(), digest.text().strip() or None
        since = effective_from(day.day())
        return lambda: file_document(session, row.key, kind, told, digest=sha, effective=since)

    dialog.run(title, read, context.say("profiles.ask.document_done", id=row.id))
    return dialog


def _choice(context: Context, dialog: ModelDialog, name: str, values: tuple[str, ...]) -> QComboBox:
    box = dialog.form.add(context.say(f"profiles.ask.{name}"), QComboBox())
    for value in values:
        box.addItem(context.say(f"profiles.ask.{value}"), value)
    dialog.fields[name] = box
    return box


_W = TextBox | QLineEdit


def _text(context: Context, dialog: ModelDialog, name: str, field: _W) -> _W:
    title, help = context.say(f"profiles.ask.{name}"), context.say(f"profiles.ask.{name}_help")
    dialog.fields[name] = dialog.form.add(title, field, help)
    return field


def _day(context: Context, dialog: ModelDialog, name: str) -> DayLine:
    title, help = context.say(f"profiles.ask.{name}"), context.say("profiles.ask.today")
    line = dialog.form.add(title, DayLine(context), help)
    dialog.fields[name] = line
    return line
