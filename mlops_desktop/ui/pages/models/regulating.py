"""From a cell of the matrix to what mends it: a field, scope, a document, a record."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from mlops_desktop.services.profiles.checking import Judged, Matrix
from mlops_desktop.services.profiles.said import name_of
from mlops_desktop.services.profiles.scoping import ScopeDecision, file_document, scope_model
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.forms import open_edit
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.widgets.lines import DayLine, TextBox

_ACTIONS = {
    "record.approval": "approval.request",
    "record.version": "version.register",
    "record.deployment": "deployment.open",
}


def say_lead(context: Context, matrix: Matrix, cell: Judged) -> str:
    """Return what the button under the matrix does for a cell."""
    words, lead = context.language.words, cell.lead
    if lead == "record.scope":
        return context.say("profiles.lead.scope")
    if lead.startswith("evidence."):
        return context.say("profiles.lead.document")
    kind = "field" if lead.startswith("field.") else "record"
    return context.say(f"profiles.lead.{kind}", name=name_of(words, matrix.profile, lead))


def can_follow(context: Context, cell: Judged) -> bool:
    """Tell whether a cell leads anywhere now: nothing can be changed on a day of the past."""
    group, _, _ = cell.lead.partition(".")
    action = _ACTIONS.get(cell.lead)
    if action is not None:
        return context.actions.action(action).isEnabled()
    return context.as_of.is_now and (group != "record" or cell.lead != "record.model")


def follow(context: Context, shown: Shown, matrix: Matrix, cell: Judged, parent: QWidget) -> None:
    """Open what mends a cell."""
    group, _, name = cell.lead.partition(".")
    if cell.lead == "record.scope":
        ask_scope(context, shown, matrix, parent)
    elif group == "evidence":
        ask_document(context, shown, matrix, name, parent)
    elif group == "field":
        open_edit(context, shown, parent, name)
    elif cell.lead in _ACTIONS:
        context.actions.run(_ACTIONS[cell.lead])
    else:
        context.show_page("governance")


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
