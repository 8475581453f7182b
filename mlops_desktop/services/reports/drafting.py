"""What a plan drafts: who makes which kind, one file a subject and language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.report_plans import ReportKind, ReportPlan, as_of, day_before
from mlops_desktop.dossier.board import build_board
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.services.reports.gathering import Occasion, gather_board
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries.report_plans import PlanRow


@dataclass(frozen=True, slots=True)
class Draft:
    """A file to be written: what it is about, its language, its bytes and its facts' digest.

    ``size`` and ``root`` name the signed head of the day reported on, where it rests on one.
    """

    subject: str
    language: str
    ending: str
    data: bytes
    content: str
    size: int = 0
    root: str = ""


Maker: TypeAlias = Callable[[Session, PlanRow, date], Iterator[Draft]]


def occasion_of(row: PlanRow, due: date) -> Occasion:
    """Return what a report due on a day is about, and for whom."""
    dates = as_of(row.plan, due)
    recipients = tuple(one.text for one in row.plan.recipients if one.text)
    return Occasion(dates, day_before(row.plan, dates.day), recipients, row.name)


def _board(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    occasion = occasion_of(row, due)
    for language in row.plan.languages:
        with session.workspace.read() as view:
            content = gather_board(session, view, occasion, language)
        head = content.facts.ledger.checkpoint.head
        data = build_board(content, read_words(language))
        digest = facts_digest(content.facts)
        yield Draft("", language, ".pdf", data, digest, head.size, head.root)


_MAKERS: dict[ReportKind, Maker] = {ReportKind.BOARD: _board}


def can_draft(plan: ReportPlan) -> bool:
    """Tell whether there is a maker of the plan's kind."""
    return plan.kind in _MAKERS


def make_drafts(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Yield the drafts of a plan for a due day; raises ``report.kind_unknown`` and as they do."""
    maker = _MAKERS.get(row.plan.kind)
    if maker is None:
        raise AppError("report.kind_unknown", where="kind", kind=row.plan.kind.value)
    yield from maker(session, row, due)
