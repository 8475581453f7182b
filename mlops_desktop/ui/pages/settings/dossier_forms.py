"""The dialogs about what every dossier is given, and about templates."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from mlops_desktop.services.documents import read_file
from mlops_desktop.services.dossiers.sections import list_sections, printed_without
from mlops_desktop.services.dossiers.settings import (
    DossierSettings,
    SettingsWish,
    change_settings,
)
from mlops_desktop.services.dossiers.templates import (
    TemplateRow,
    remove_template,
    save_template,
)
from mlops_desktop.services.session import Recorded
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.dossiers.classes import class_of, say_class
from mlops_desktop.ui.pages.dossiers.section_list import SectionList
from mlops_desktop.ui.pages.rules.asking import FileLine, NumberBox, add_line, add_text
from mlops_desktop.ui.pages.settings.asking import SettingsDialog
from mlops_desktop.ui.pages.settings.said import say
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button

_MOST_MONTHS = 1200


def say_months(context: Context, months: int) -> str:
    """Return a number of months."""
    form = "one" if months == 1 else "other"
    return say(context, f"months.{form}", n=context.language.number(months))


def ask_settings(context: Context, known: DossierSettings, parent: QWidget) -> SettingsDialog:
    """Ask for the class, the retention and the logo of all dossiers."""
    dialog = SettingsDialog(context, "dossiers", parent)
    dialog.prepare()
    named = say_class(context, known.classification or "")
    shown = add_line(dialog, "classification", named, "classification")
    dialog.fields["classification"] = shown
    months = NumberBox(0, _MOST_MONTHS, known.retention_months or 0)
    months.setSpecialValueText(say(context, "gap.none"))
    dialog.put("retention_months", months, "retention_months")
    logo = _add_logo(dialog, "logo_kept" if known.logo else "logo")
    no_logo = QCheckBox()
    if known.logo:
        dialog.put("no_logo", no_logo)
    dialog.places |= {"dossier.logo": logo, "document.": logo}
    session = context.session

    def read() -> Callable[[], Recorded]:
        path = Path(logo.text().strip()).expanduser() if logo.text().strip() else None
        drops = tuple(_dropped(known, shown, months, no_logo, path))
        classification, kept = class_of(context, shown.text()) or None, months.value() or None

        def change() -> Recorded:
            file = read_file(path) if path is not None else None
            return change_settings(session, SettingsWish(classification, kept, file, drops))

        return change

    dialog.send(read)
    shown.setFocus()
    return dialog


def _add_logo(dialog: SettingsDialog, help: str) -> FileLine:
    logo = FileLine()
    dialog.put("logo", logo, help)
    dialog.form.add_below(logo, Button(tr("Choose…"), logo.choose))
    return logo


def _dropped(
    known: DossierSettings,
    shown: QLineEdit,
    months: NumberBox,
    no_logo: QCheckBox,
    path: Path | None,
) -> list[str]:
    gone = {
        "classification": bool(known.classification) and not shown.text().strip(),
        "retention_months": bool(known.retention_months) and not months.value(),
        "logo": bool(known.logo) and no_logo.isChecked() and path is None,
    }
    return [name for name, is_gone in gone.items() if is_gone]


def ask_template(context: Context, parent: QWidget, row: TemplateRow | None) -> SettingsDialog:
    """Ask for a name and for the sections of a template; a known one is saved anew."""
    act = "template" if row is None else "template_change"
    named = {"name": row.name} if row is not None else {}
    dialog = SettingsDialog(context, act, parent, **named)
    dialog.prepare()
    name = add_line(dialog, "template_name", row.name if row is not None else "")
    name.setReadOnly(row is not None)
    dialog.needed_lines.append(name)
    sections = SectionList(context)
    sections.show_sections(list_sections())
    if row is not None:
        sections.tick_only(printed_without(row.left_out))
    dialog.put("sections", sections, "sections")
    dialog.fields["name"] = name
    session = context.session

    def read() -> Callable[[], Recorded]:
        wanted = (name.text().strip(), sections.chosen())
        return lambda: save_template(session, *wanted)

    dialog.send(read)
    (name if row is None else sections).setFocus()
    return dialog


def ask_removal(context: Context, row: TemplateRow, parent: QWidget) -> SettingsDialog:
    """Ask why no dossier is to be made by a template any more."""
    dialog = SettingsDialog(context, "template_remove", parent, name=row.name)
    dialog.prepare()
    reason, session = add_text(dialog, "reason", lines=2), context.session

    def read() -> Callable[[], Recorded]:
        why = reason.text() or None
        return lambda: remove_template(session, row.name, why)

    dialog.send(read)
    return dialog
