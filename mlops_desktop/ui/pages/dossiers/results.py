"""Several files verified at once: a line each with its verdict and the first check that fails."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal

from mlops_desktop.core.errors import AppError
from mlops_desktop.services.dossiers import verify_dossier
from mlops_desktop.services.dossiers.verification import Verified
from mlops_desktop.services.root_files import read_root_file
from mlops_desktop.services.session import Session
from mlops_desktop.ui.context import Context
from mlops_desktop.ui.jobs import Job, Progress
from mlops_desktop.ui.pages.dossiers.said import say_recorded, say_verdict
from mlops_desktop.ui.table.columns import Column
from mlops_desktop.ui.widgets.chips import Status
from mlops_desktop.ui.widgets.detail import DetailPane
from mlops_desktop.ui.widgets.short_table import ShortTable


@dataclass(frozen=True, slots=True)
class FileLine:
    """A file and what the checks say of it; ``error`` where it could not be read."""

    path: Path
    verified: Verified | None
    error: AppError | None = None

    @property
    def id(self) -> str:
        """The path: a file is asked about once."""
        return str(self.path)


class ResultsPane(DetailPane):
    """Verifies files one after the other; Enter on a line shows its pages and checks."""

    opened = Signal(object)
    """The path of a line that was opened."""
    verified = Signal()
    """Every file was verified, or the work was stopped."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ("dossier.compare",))
        self.table = ShortTable(
            context, "dossiers:files", "dossiers.files.title", _columns, {"name": _name}
        )
        self._lines: dict[Path, FileLine] = {}
        self._wanted: tuple[Path, ...] = ()
        self._job: Job | None = None
        self.add_tab("dossiers.files.title", self.table, scrolls=False)
        self.table.opened.connect(lambda line: self.opened.emit(line.path))
        context.language_changed.connect(self._say_head)
        self.hide()

    def show_files(self, paths: tuple[Path, ...], trust: bytes | None) -> None:
        """Verify ``paths`` and show a line for each."""
        if self._job is not None:
            self._context.jobs.cancel(self._job)
        self._wanted, self._lines = tuple(dict.fromkeys(paths)), {}
        session, wanted = self._context.session, self._wanted

        def verify(progress: Progress) -> tuple[FileLine, ...]:
            found = []
            for number, path in enumerate(wanted, 1):
                if progress.is_cancelled():
                    break
                progress.report(number, len(wanted))
                found.append(_verify(path, trust, session))
            return tuple(found)

        # The network lane is the one that is listed, can be cancelled and delays no write.
        self._job = self._context.jobs.submit_network(
            self._context.say("dossiers.files.job"), verify, self._show, self._fail
        )
        self.table.set_rows(())
        self._say_head()

    def chosen(self) -> tuple[Path, ...]:
        """Return the files of the selected lines; where two are shown at all, both of them."""
        lines = self.table.selected_rows()
        shown = lines if len(lines) > 1 else self.table.rows_in_order()
        return tuple(line.path for line in shown)

    def lines(self) -> tuple[FileLine, ...]:
        """Return what was found, in the order asked for."""
        return tuple(self._lines.values())

    def _show(self, lines: tuple[FileLine, ...]) -> None:
        self._job = None
        self._lines = {line.path: line for line in lines}
        self.table.set_rows(lines)
        self._say_head()
        self.verified.emit()
        if self._context.actions.page != "dossiers":
            said = self._context.language.words.count("work.files", len(lines))
            self._context.toast(said, to_open=lambda: self._context.show_page("dossiers"))

    def _fail(self, error: AppError) -> None:
        self._job = None
        self.bar.show_error(error)

    def _say_head(self) -> None:
        if not self._wanted:
            return
        words, number = self._context.language.words, len(self._wanted)
        title = words.count("dossiers.files.count", number)
        if not self._lines:
            running = Status("info", self._context.say("dossiers.detail.verifying"))
            self.set_head(title, "", (running,))
            return
        bad = sum(_outcome(line) not in ("valid", "") for line in self._lines.values())
        unread = sum(line.error is not None for line in self._lines.values())
        good = len(self._lines) - bad - unread
        told = (("good", "valid", good), ("bad", "other", bad), ("warn", "unread", unread))
        chips = tuple(
            Status(mood, self._context.say(f"dossiers.files.{key}", n=count))  # type: ignore[arg-type]
            for mood, key, count in told
            if count
        )
        self.set_head(title, "", chips)


def _verify(path: Path, trust: bytes | None, session: Session) -> FileLine:
    try:
        return FileLine(path, verify_dossier(path, trust, session))
    except AppError as error:
        return FileLine(path, None, error)


def _outcome(line: FileLine) -> str:
    return line.verified.verdict.outcome.value if line.verified is not None else ""


def _name(line: FileLine) -> str:
    return line.path.name.casefold()


def _verdict(context: Context, line: FileLine) -> Status:
    if line.verified is None:
        return Status("warn", context.say("dossiers.files.not_verified"))
    return say_verdict(context, _outcome(line))


def _reason(context: Context, line: FileLine) -> str:
    if line.error is not None:
        return context.explain(line.error)[0]
    first = line.verified.verdict.first_failure if line.verified is not None else None
    if first is None:
        return context.say("dossiers.files.no_failure")
    detail = first.detail(context.language.words)
    return context.say("dossiers.result.first", number=first.number, detail=detail)


def _signed(line: FileLine) -> str:
    found = line.verified.verdict.signatures if line.verified is not None else ()
    return ", ".join(f"{one.name} ({one.level})" for one in found)


def _columns(context: Context) -> tuple[Column[FileLine], ...]:
    def verdict(line: FileLine) -> Status:
        return _verdict(context, line)

    def reason(line: FileLine) -> str:
        return _reason(context, line)

    def recorded(line: FileLine) -> Status | None:
        return say_recorded(context, line.verified) if line.verified is not None else None

    return (
        Column("name", "dossiers.files.name", lambda line: line.path.name, 26, strong=True),
        Column("verdict", "dossiers.files.verdict", lambda line: verdict(line).word, 22,
               status=verdict, sortable=False),
        Column("reason", "dossiers.files.reason", reason, 34, flexible=True, sortable=False),
        Column("signed", "dossiers.signature.title", _signed, 26, sortable=False),
        Column("recorded", "dossiers.files.recorded", lambda line: "", 16, status=recorded,
               sortable=False),
    )  # fmt: skip


def trusted(trust: Path | None) -> bytes | None:
    """Return the roots in ``trust``; raises ``file.unreadable``, ``trust.file_too_large``."""
    return read_root_file(trust) if trust is not None else None
