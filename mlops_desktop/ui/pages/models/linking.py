"""The dialogs that link a model to another, in either direction, and that end a link."""

from collections.abc import Callable

from PySide6.QtWidgets import QComboBox, QWidget

from mlops_desktop.core.model_links import LinkKind
from mlops_desktop.services.model_links import Linked, link_models, unlink_models
from mlops_desktop.services.session import Recorded, effective_from
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.dialogs import ModelDialog
from mlops_desktop.ui.pages.models.model_line import ModelLine
from mlops_desktop.ui.pages.models.shown import Shown
from mlops_desktop.ui.pages.models.tier_dialogs import add_effective
from mlops_desktop.ui.widgets.lines import TextBox


def ask_link(context: Context, shown: Shown, parent: QWidget) -> ModelDialog:
    """Ask what a model is to which other, and record it; a circle is refused beside the other."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say("links.link.title", model=row.name)
    dialog = ModelDialog(context, title, say("links.link.verb"), parent, say("links.link.sentence"))
    relation = dialog.form.add(say("links.field.relation"), _relations(context))
    other = dialog.form.add(say("links.field.other"), ModelLine(context))
    note = dialog.form.add(say("links.field.note"), TextBox(lines=2), say("links.note"))
    effective = add_effective(context, dialog)
    # Whatever names a model names the other one: this one is at hand.
    dialog.fields |= dict.fromkeys(("other", "model"), other)
    relation.setFocus()

    def read() -> Callable[[], Recorded]:
        kind, is_outgoing = relation.currentData()
        named, why = other.named(), note.text() or None
        pair = (row.key, named) if is_outgoing else (named, row.key)
        since = effective_from(effective.day())
        return lambda: link_models(session, pair[0], kind, pair[1], note=why, effective=since)

    dialog.run(title, read, say("links.link.done", id=row.id))
    return dialog


def _relations(context: Context) -> QComboBox:
    box = QComboBox()
    for prefix, is_outgoing in (("link.", True), ("link.by_", False)):
        for kind in LinkKind:
            box.addItem(context.say(f"dossier.codes.{prefix}{kind}"), (kind, is_outgoing))
    box.setMaxVisibleItems(box.count())
    return box


def ask_unlink(
    context: Context, shown: Shown, parent: QWidget, chosen: Linked | None = None
) -> ModelDialog:
    """Ask which link holds no longer, ``chosen`` unless said otherwise, and record it."""
    say, session, row = context.say, context.session, shown.sheet.row
    title = say("links.unlink.title", model=row.name)
    sentence = say("links.unlink.sentence")
    dialog = ModelDialog(context, title, say("links.unlink.verb"), parent, sentence)
    which = dialog.form.add(say("links.field.link"), QComboBox())
    for one in shown.links:
        relation = say(f"dossier.codes.{one.code}")
        which.addItem(f"{relation} {one.model.id} {one.model.name}", one)
    if chosen in shown.links:
        which.setCurrentIndex(shown.links.index(chosen))
    reason = dialog.add_reason(is_needed=False)
    effective = add_effective(context, dialog)
    dialog.fields |= dict.fromkeys(("other", "model"), which)
    which.setFocus()

    def read() -> Callable[[], Recorded]:
        one, why = shown.links[which.currentIndex()], reason.text() or None
        pair = (row.key, one.model.key) if one.is_outgoing else (one.model.key, row.key)
        since = effective_from(effective.day())
        return lambda: unlink_models(
            session, pair[0], one.kind, pair[1], reason=why, effective=since
        )

    dialog.run(title, read, say("links.unlink.done", id=row.id))
    return dialog
