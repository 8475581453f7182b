"""The dialogs that put a rule or a template in force, archive it, or bring a template in."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.tier_templates import TemplateStatus
from mlops_desktop.services.rules import activate_rule, archive_rule
from mlops_desktop.services.session import Recorded
from mlops_desktop.services.tier_templates import activate_template, add_template, archive_template
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import Dialog, add_files, add_text
from mlops_desktop.ui.pages.rules.rules import RuleLine, sentence
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.pages.rules.templates import TemplateLine


def ask_activation(context: Context, line: RuleLine, parent: QWidget) -> Dialog:
    """Ask whether a draft is to hold for new requests."""
    return _with_reason(context, "rule_activate", line, parent, activate_rule)


def ask_archive(context: Context, line: RuleLine, parent: QWidget) -> Dialog:
    """Ask whether a rule is to hold for no new request."""
    act = "rule_archive" if line.holds else "rule_discard"
    return _with_reason(context, act, line, parent, archive_rule)


def _with_reason(
    context: Context, act: str, line: RuleLine, parent: QWidget, do: Callable[..., Recorded]
) -> Dialog:
    id = line.rule.id
    named: dict[str, str | int] = {
        "rule": id,
        "version": line.rule.version,
        "sentence": sentence(context, line),
    }
    dialog = Dialog(context, act, parent, **named)
    reason, hold = add_text(dialog, "reason", lines=2), dialog.add_key()

    def read() -> Callable[[], Recorded]:
        session, why = hold(), reason.text() or None
        return lambda: do(session, id, why)

    dialog.send(read)
    return dialog


def ask_template(context: Context, act: str, line: TemplateLine, parent: QWidget) -> Dialog:
    """Ask whether a template is to be taken over, put in force or archived."""
    key = line.row.key
    name, others = line.row.template.name.in_language(context.language.code), line.others
    told = f"template_{_fate(line) if act == 'archive' else act}"
    dialog = Dialog(context, told, parent, template=name, id=key, others=", ".join(others))
    deeds = {"take_up": add_template, "activate": activate_template, "archive": archive_template}
    do = deeds[act]
    hold = dialog.add_key() if act == "activate" else lambda: context.session

    def read() -> Callable[[], Recorded]:
        session = hold()
        return lambda: do(session, key)

    dialog.send(read)
    if act == "archive":
        dialog.hesitate()
    return dialog


def _fate(line: TemplateLine) -> str:
    """Return which question archiving asks: by what models are rated then is said."""
    if line.row.status is not TemplateStatus.ACTIVE:
        return "discard"
    return "archive" if line.others else "last"


class TemplateFileDialog(Dialog):
    """Asks for a file; a refusal names its place in it, beside the line."""

    def show_error(self, error: AppError) -> None:
        """Say what was refused, and where in the file."""
        place = error.where or ""
        if not place.startswith("$"):
            super().show_error(error)
            return
        self.set_busy(False)
        what, _, remedy = self.context.explain(error)
        told = say(self.context, "place_in_file", place=place)
        self.form.set_wrong(self.fields["file"], "\n".join(part for part in (told, what, remedy)))


def ask_template_file(context: Context, parent: QWidget) -> TemplateFileDialog:
    """Ask for the file of a template and take it over as a draft."""
    session, dialog = context.session, TemplateFileDialog(context, "template_read", parent)
    line = add_files(dialog, "file", help="template_file")
    dialog.needed = line

    def read() -> Callable[[], Recorded]:
        (path,) = line.paths()
        return lambda: add_template(session, str(path))

    dialog.send(read)
    return dialog
