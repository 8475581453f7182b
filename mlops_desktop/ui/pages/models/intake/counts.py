"""What becomes of the rows of an import, counted: a chip for each fate."""

from PySide6.QtWidgets import QHBoxLayout

from mlops_desktop.services.imports.report import Fate, Report
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.pages.models.said import say_count
from mlops_desktop.ui.widgets.chips import Chip, Mood, Status
from mlops_desktop.ui.widgets.label import Label

_MOODS: dict[Fate, Mood] = {
    Fate.CREATED: "good",
    Fate.CHANGED: "info",
    Fate.UNCHANGED: "idle",
    Fate.REPEATED: "idle",
    Fate.REFUSED: "bad",
}


def show_counts(context: Context, row: QHBoxLayout, report: Report) -> None:
    """Put the chips of a report into ``row``, in place of those before."""
    while (item := row.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
    row.addWidget(Label(say_count(context, "intake.rows", len(report.rows)), tone="muted"))
    for fate in Fate:
        number = report.count(fate)
        if number:
            word = context.say(f"imports.fate.{fate}")
            row.addWidget(Chip(Status(_MOODS[fate], f"{context.language.number(number)} {word}")))
    for name, number in (("papers", report.papers), ("gaps", len(report.gaps))):
        if number:
            told = say_count(context, f"papers.intake.{name}", number)
            mood: Mood = "info" if name == "papers" else "warn"
            row.addWidget(Chip(Status(mood, told)))
    row.addStretch()
