"""Runs plans: what is due is drafted once, what was missed is caught up, one failure stops none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path

from mlops_desktop.core import clock
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError, Recovery
from mlops_desktop.core.events.report_plans import ReportDrafted
from mlops_desktop.core.report_plans import as_of
from mlops_desktop.services.reports.delivery import deliver_all, free_name
from mlops_desktop.services.reports.drafting import Draft, make_drafts
from mlops_desktop.services.reports.mailing import write_mail
from mlops_desktop.services.reports.naming import file_name
from mlops_desktop.services.reports.plans import PlanSheet, find_plan, list_plans, sheet_of
from mlops_desktop.services.session import Session
from mlops_desktop.store.queries import report_plans as queries
from mlops_desktop.store.queries.report_plans import PlanRow
from mlops_desktop.store.unit_of_work import WriteSession

_NOTHING_KNOWN = frozenset(
    {"dossier.no_checkpoint", "dossier.no_models", "model.not_known_then", "item.not_known_then"}
)


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one due day of a plan: its files; or that it was done before; or what failed."""

    plan: str
    due: date
    files: tuple[Path, ...] = ()
    is_done_before: bool = False
    error: AppError | None = None
    changes: Changes = field(default_factory=Changes)


def run_due(
    session: Session, names: tuple[str, ...] = (), on: date | None = None, out: Path | None = None
) -> tuple[Run, ...]:
    """Draft whatever of these plans (all, without names) is due by a day and not drafted yet.

    A failure stays with its due day: nothing of it is kept, and the next run tries again. Raises
    ``report.unknown_plan``, ``report.plan_ended``, ``report.day_to_come`` before anything is done.
    """
    day = _checked(on)
    sheets = _sheets(session, names, day)
    return tuple(_run(session, sheet.row, due, out) for sheet in sheets for due in sheet.missed)


def run_now(
    session: Session, names: tuple[str, ...], on: date | None = None, out: Path | None = None
) -> tuple[Run, ...]:
    """Draft plans as if they were due on a day, today unless said; the same day twice is once."""
    day = _checked(on)
    return tuple(_run(session, sheet.row, day, out) for sheet in _sheets(session, names, day))


def _checked(on: date | None) -> date:
    today = clock.today()
    if on is not None and on > today:
        raise AppError("report.day_to_come", where="--on")
    return on or today


def _sheets(session: Session, names: tuple[str, ...], day: date) -> tuple[PlanSheet, ...]:
    if not names:
        found = tuple(sheet.row for sheet in list_plans(session, ended=False))
    else:
        with session.workspace.read() as view:
            found = tuple(find_plan(view, name) for name in dict.fromkeys(names))
    with session.workspace.read() as view:
        drafts = queries.list_drafts(view.connection)
    return tuple(sheet_of(row, drafts, day) for row in found)


def _run(session: Session, row: PlanRow, due: date, out: Path | None) -> Run:
    try:
        if _is_drafted(session, row, due):
            return Run(row.name, due, is_done_before=True)
        folder = _folder(row, out)
        drafts = _made(session, row, due)
        files = _named(folder, row, due, drafts)
        return _kept(session, row, due, drafts, files)
    except AppError as error:
        return Run(row.name, due, error=error)
    except Exception as error:
        told = AppError("program.failed", recovery=Recovery.BUG, kind=type(error).__name__)
        return Run(row.name, due, error=told)


def _made(session: Session, row: PlanRow, due: date) -> tuple[Draft, ...]:
    """Return the drafts; none about a day on which nothing of it was known yet."""
    try:
        return tuple(make_drafts(session, row, due))
    except AppError as error:
        if error.code in _NOTHING_KNOWN:
            return ()
        raise


def _is_drafted(session: Session, row: PlanRow, due: date) -> bool:
    with session.workspace.read() as view:
        return any(one.due == due for one in queries.list_drafts(view.connection, row.name))


def _folder(row: PlanRow, out: Path | None) -> Path:
    told = row.plan.folder.text if row.plan.folder is not None else None
    folder = out or (Path(told) if told else None)
    if folder is None:
        raise AppError("report.no_folder", where="--out", name=row.name)
    if not folder.is_dir():
        raise AppError("dossier.no_folder", where=str(folder), path=str(folder))
    return folder


def _named(
    folder: Path, row: PlanRow, due: date, drafts: tuple[Draft, ...]
) -> tuple[tuple[Path, bytes], ...]:
    taken: set[Path] = set()
    files = []
    for draft in drafts:
        parts = {
            "plan": row.name,
            "subject": draft.subject,
            "as_at": as_of(row.plan, due).at,
            "due": due,
            "language": draft.language,
            "kind": row.plan.kind.value,
        }
        name = file_name(row.plan.pattern, parts, draft.ending)
        files.append((free_name(folder / name, taken), draft.data))
    recipients = tuple(one.text for one in row.plan.recipients if one.text)
    if drafts and recipients:
        stem = file_name("{plan}-{due}", {"plan": row.name, "due": due}, ".eml")
        mail = write_mail(row.name, recipients, row.plan.languages[0], due, tuple(files))
        files += [(free_name(folder / stem, taken), mail)] if mail else []
    return tuple(files)


def _kept(
    session: Session,
    row: PlanRow,
    due: date,
    drafts: tuple[Draft, ...],
    files: tuple[tuple[Path, bytes], ...],
) -> Run:
    def record(work: WriteSession) -> bool:
        # Another desk may have drafted it since: its files stand, ours do not appear.
        if any(one.due == due for one in queries.list_drafts(work.connection, row.name)):
            return False
        for payload in _events(row, due, drafts):
            work.record(payload)
        return True

    changes = deliver_all(session, files, record)
    if changes is None:
        return Run(row.name, due, is_done_before=True)
    return Run(row.name, due, tuple(path for path, _ in files), changes=changes)


def _events(row: PlanRow, due: date, drafts: tuple[Draft, ...]) -> Iterator[ReportDrafted]:
    dates, kind = as_of(row.plan, due), row.plan.kind.value
    for draft in drafts:
        yield ReportDrafted(
            kind,
            draft.subject,
            draft.language,
            sha256(draft.data).hexdigest(),
            draft.content,
            row.name,
            due,
            dates.known,
            dates.at,
            draft.size,
            draft.root,
        )
    if not drafts:  # nothing to report on is done as well, and not tried again
        yield ReportDrafted(kind, "", "", "", "", row.name, due, dates.known, dates.at)
