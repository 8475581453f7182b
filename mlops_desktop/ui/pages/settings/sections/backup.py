"""Backups from this desk: the last one, where they go, how many are kept; one is made now."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.work import Work
from mlops_desktop.services.care.backups import Backup as Made
from mlops_desktop.services.care.backups import make_backup
from mlops_desktop.services.care.kept import BackupPlan, read_plan
from mlops_desktop.services.care.recovery import write_recovery_sheet
from mlops_desktop.services.session import Recorded, Session
from mlops_desktop.ui.actions import Deed
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Progress
from mlops_desktop.ui.pages.rules.asking import NumberBox, add_line
from mlops_desktop.ui.pages.settings.asking import SettingsDialog
from mlops_desktop.ui.pages.settings.facts import FactsSection
from mlops_desktop.ui.pages.settings.parts import SectionSpec
from mlops_desktop.ui.pages.settings.said import fact, path_fact, say
from mlops_desktop.ui.saving import ask_where
from mlops_desktop.ui.text import tr
from mlops_desktop.ui.widgets.buttons import Button
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.sections import Fact, Group

_MOST = 999
_DONE = Changes(frozenset({("backup", "")}))
"""Nothing was recorded, but pages that say how old the last backup is ask again."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is remembered of backups, and how many events came since the last."""

    plan: BackupPlan
    since: int
    is_old: bool


def _read(session: Session) -> Shown:
    plan = read_plan(session.workspace.own_id)
    with session.workspace.read() as view:
        size = view.head().size
    last = plan.last
    since = size - (last.size if last is not None else 0)
    return Shown(plan, since, plan.is_due(clock.now()))


def _groups(context: Context, found: Shown) -> tuple[Group, ...]:
    lead = say(context, "backup.lead")
    return (
        Group(
            say(context, "backup.last"), tuple(_last(context, found)), lead, _due(context, found)
        ),
        Group(
            say(context, "backup.on_paper"),
            (fact(context, "sheet", say(context, "backup.paper")),),
        ),
    )


def _due(context: Context, found: Shown) -> Status:
    if not found.is_old:
        return Status("good", say(context, "backup.fresh"))
    if found.plan.last is None:
        return Status("warn", context.say("overview.backup.none"))
    return Status("warn", say(context, "backup.old", days=found.plan.remind_days))


def _last(context: Context, found: Shown) -> Iterator[Fact]:
    language, last = context.language, found.plan.last
    yield fact(context, "last_backup", language.time(last.at) if last else None, "never_backed_up")
    if last is not None:
        yield fact(context, "backup_events", language.number(last.size))
        yield fact(context, "since_backup", language.number(found.since))
    yield path_fact(context, "backup_place", found.plan.place or None)
    yield fact(context, "generations", language.number(found.plan.keep))


class Backup(FactsSection[Shown]):
    """What is kept of the workspace elsewhere, and the way to more."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "backup", _read, _groups)

    def top(self) -> tuple[str, ...]:
        return ("settings.recovery_sheet", "settings.backup")

    def deeds(self) -> Mapping[str, Deed]:
        """Return what can be done against a loss."""
        return {
            "settings.backup": (self._back_up, self._is_read),
            "settings.recovery_sheet": (self._write_sheet, self._is_read),
        }

    def _is_read(self) -> bool:
        return self.context.is_open and self.found is not None

    def _back_up(self) -> None:
        assert self.found is not None
        plan = self.found.plan
        dialog = SettingsDialog(self.context, "backup", self.window())
        dialog.prepare()
        line = _add_place(dialog, "backup_place", plan.place, "workspace.mlops")
        keep = NumberBox(1, _MOST, plan.keep)
        dialog.put("generations", keep, "generations")

        def start() -> None:
            target, number = Path(line.text().strip()).expanduser(), keep.value()
            dialog.done_well()
            self._start(target, number)

        dialog.submitted.connect(start)
        dialog.open()
        line.setFocus()

    def _start(self, target: Path, keep: int) -> None:
        """Copy in a lane of its own, with progress and a way to stop; others may go on writing."""
        context, session = self.context, self.context.session

        def make(progress: Progress) -> Made:
            def report(step: str, done: int, total: int | None) -> None:
                progress.report(done, total, step)

            return make_backup(
                session, target, keep, Work(report, progress.is_cancelled, "care.cancelled")
            )

        name = say(context, "backup.making")
        context.jobs.submit_network(name, make, self._made, context.show_error, source="backup")

    def _made(self, made: Made) -> None:
        self.context.toast(say(self.context, "backup.made", place=str(made.path)))
        self.context.announce(_DONE)
        if self.context.is_open:
            self.reload()

    def _write_sheet(self) -> None:
        dialog = SettingsDialog(self.context, "recovery_sheet", self.window())
        dialog.prepare()
        line = _add_place(dialog, "sheet_place", "", "recovery.pdf")
        dialog.places |= {"recovery_sheet.": line, "file.": line}
        session, language = self.context.session, self.context.language.code

        def read() -> Callable[[], Recorded]:
            path = Path(line.text().strip()).expanduser()
            return dialog.done_here(lambda: write_recovery_sheet(session, path, language))

        dialog.send(read)
        line.setFocus()


def _add_place(dialog: SettingsDialog, name: str, place: str, usual: str) -> QLineEdit:
    """Ask where to write, typed or chosen."""
    line = add_line(dialog, name, place, name)
    dialog.needed_lines.append(line)

    def choose() -> None:
        offered = Path(line.text().strip()).name or usual
        ask_where(dialog, line.accessibleName(), offered, lambda path: line.setText(str(path)))

    dialog.form.add_below(line, Button(tr("Choose…"), choose))
    return line


SECTION = SectionSpec("backup", 75, Backup)
