"""The dialogs that plan a report, change it, run it now, and end it."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from mlops_desktop.core.report_plans import DateRule, Every, Knowledge, ReportKind, ReportPlan
from mlops_desktop.services.reports.plans import Wanted, add_plan, change_plan, end_plan
from mlops_desktop.services.reports.running import Run, run_due, run_now
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.services.wording import LANGUAGES
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.rules.asking import (
    CheckList,
    Dialog,
    NumberBox,
    add_choice,
    add_day,
    add_line,
    add_text,
)
from mlops_desktop.ui.pages.rules.report_plans import PlanLine
from mlops_desktop.ui.pages.rules.said import say
from mlops_desktop.ui.widgets.buttons import Button

_MOST_DAYS = 60
_DUE, _NOW = "due", "now"


class PlanFields:
    """What a plan says, as fields of a dialog."""

    def __init__(self, dialog: Dialog, plan: ReportPlan | None, model: str) -> None:
        self._ask_when(dialog, plan)
        self._ask_about(dialog, plan, model)
        self._ask_target(dialog, plan)
        dialog.fields |= {
            "after": self.after,
            "fixed": self.fixed,
            "model": self.model,
            "filter": self.filter,
            "regime": self.regime,
            "template": self.template,
            "--filter": self.filter,
            "languages": self.languages,
            "folder": self.folder,
            "pattern": self.pattern,
        }

    def _ask_when(self, dialog: Dialog, plan: ReportPlan | None) -> None:
        self.title = add_line(dialog, "report_title", _text(plan, "title"))
        kind = plan.kind if plan else ReportKind.BOARD
        self.kind = _choice(dialog, "report_kind", ReportKind, kind)
        self.every = _choice(dialog, "report_every", Every, plan.every if plan else Every.QUARTER)
        self.after = NumberBox(0, _MOST_DAYS, plan.after if plan else 1)
        dialog.put("report_after", self.after, "report_after")
        dated = plan.dated if plan else DateRule.QUARTER_END
        self.dated = _choice(dialog, "report_dated", DateRule, dated)
        self.fixed = add_day(dialog, "report_fixed", help="report_fixed")
        self.fixed.set_day(plan.fixed if plan else None)
        known = plan.known if plan else Knowledge.THEN
        self.known = _choice(dialog, "report_knowledge", Knowledge, known)

    def _ask_about(self, dialog: Dialog, plan: ReportPlan | None, model: str) -> None:
        self.model = add_line(dialog, "report_model", model, help="report_model")
        self.filter = add_line(dialog, "report_filter", plan.filter or "" if plan else "")
        kept = plan.regime or "" if plan else ""
        self.regime = add_line(dialog, "report_regime", kept, help="report_regime")
        self.template = add_line(dialog, "report_template", plan.template or "" if plan else "")

    def _ask_target(self, dialog: Dialog, plan: ReportPlan | None) -> None:
        context = dialog.context
        entries = [(say(context, f"report_language.{one}"), one) for one in LANGUAGES]
        self.languages = CheckList(entries)
        for one in plan.languages if plan else (context.language.code,):
            self.languages.tick(one)
        dialog.put("report_languages", self.languages)
        self.recipients = add_text(dialog, "report_recipients", help="report_recipients", lines=2)
        told = (one.text or "" for one in plan.recipients) if plan else ()
        self.recipients.setPlainText("\n".join(told))
        self.folder = _add_folder(dialog, _text(plan, "folder"))
        kept = plan.pattern or "" if plan else ""
        self.pattern = add_line(dialog, "report_pattern", kept, help="report_pattern")

    def read(self) -> Wanted:
        """Return what was typed; an empty text takes away what was there."""
        lines = self.recipients.toPlainText().splitlines()
        return Wanted(
            kind=ReportKind(str(self.kind.currentData())),
            every=Every(str(self.every.currentData())),
            dated=DateRule(str(self.dated.currentData())),
            after=self.after.value(),
            known=Knowledge(str(self.known.currentData())),
            fixed=self.fixed.day(),
            title=self.title.text().strip(),
            model=self.model.text().strip(),
            filter=self.filter.text().strip(),
            regime=self.regime.text().strip(),
            template=self.template.text().strip(),
            languages=self.languages.ticked(),
            recipients=tuple(line.strip() for line in lines if line.strip()),
            folder=self.folder.text().strip(),
            pattern=self.pattern.text().strip(),
        )


def _text(plan: ReportPlan | None, name: str) -> str:
    kept = getattr(plan, name) if plan is not None else None
    return (kept.text or "") if kept is not None else ""


def _choice(dialog: Dialog, name: str, kind: Iterable[StrEnum], held: StrEnum) -> QComboBox:
    entries = [(say(dialog.context, f"{name}.{one}"), one.value) for one in kind]
    box = add_choice(dialog, name, entries)
    box.setCurrentIndex(max(box.findData(held.value), 0))
    return box


def _add_folder(dialog: Dialog, folder: str, help: str = "report_folder") -> QLineEdit:
    line = add_line(dialog, "report_folder", folder, help)

    def choose() -> None:
        asked = QFileDialog(line, say(dialog.context, "field.report_folder"))
        asked.setFileMode(QFileDialog.FileMode.Directory)
        asked.fileSelected.connect(line.setText)
        asked.open()

    word = say(dialog.context, "report_choose")
    dialog.form.add_below(line, Button(word, choose))
    return line


def ask_plan(context: Context, parent: QWidget) -> Dialog:
    """Ask what to report about which day, how often, for whom."""
    dialog = Dialog(context, "report_plan", parent)
    name = add_line(dialog, "report_name", help="report_name")
    fields, session = PlanFields(dialog, None, ""), context.session
    dialog.fields |= {"NAME": name}

    def read() -> Callable[[], Recorded]:
        called, wanted = name.text().strip(), fields.read()
        return lambda: add_plan(session, called, wanted)

    dialog.be_wide()
    dialog.send(read)
    return dialog


def ask_change(context: Context, line: PlanLine, parent: QWidget) -> Dialog:
    """Ask what a plan is to say from now on, and why."""
    dialog = Dialog(context, "report_change", parent, name=line.id)
    fields, session = PlanFields(dialog, line.sheet.row.plan, line.model), context.session
    reason = add_text(dialog, "reason", lines=2)

    def read() -> Callable[[], Recorded]:
        wanted, why = fields.read(), reason.text().strip() or None
        return lambda: change_plan(session, line.id, wanted, why)

    dialog.be_wide()
    dialog.send(read)
    return dialog


def ask_end(context: Context, line: PlanLine, parent: QWidget) -> Dialog:
    """Ask why nothing is to be drafted by a plan any more."""
    dialog = Dialog(context, "report_end", parent, name=line.id)
    reason, session = add_text(dialog, "reason", lines=2), context.session

    def read() -> Callable[[], Recorded]:
        why = reason.text().strip() or None
        return lambda: end_plan(session, line.id, why)

    dialog.send(read)
    return dialog


def ask_run(context: Context, line: PlanLine, parent: QWidget) -> Dialog:
    """Ask whether to draft what is due or as of today, and where to."""
    dialog = Dialog(context, "report_run", parent, name=line.id)
    due = say(context, "report_run_due", n=context.language.number(len(line.sheet.missed)))
    entries = [(due, _DUE)] if line.sheet.missed else []
    what = add_choice(dialog, "report_what", [*entries, (say(context, "report_run_now"), _NOW)])
    kept = _text(line.sheet.row.plan, "folder")
    folder, session = _add_folder(dialog, kept, "report_out"), context.session
    dialog.fields |= {"--out": folder}

    def read() -> Callable[[], Recorded]:
        out = Path(folder.text().strip()) if folder.text().strip() else None
        is_due = what.currentData() == _DUE
        return lambda: _run(session, line.id, out, is_due=is_due)

    dialog.send(read)
    return dialog


def _run(session: Session, name: str, out: Path | None, *, is_due: bool) -> Recorded:
    runs: tuple[Run, ...] = (run_due if is_due else run_now)(session, (name,), None, out)
    failed = next((one.error for one in runs if one.error is not None), None)
    if failed is not None:
        raise failed
    changes = runs[0].changes
    for one in runs[1:]:
        changes |= one.changes
    return Recorded(name, changes)
