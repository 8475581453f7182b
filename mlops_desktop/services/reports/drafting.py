"""What a plan drafts: who makes which kind, one file a subject and language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.report_plans import ReportKind, ReportPlan, as_of, day_before
from mlops_desktop.dossier.board import build_board
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.services.dossiers.export import Order, Scope, gather_content
from mlops_desktop.services.dossiers.orders import Population
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.services.reports.gathering import Occasion, gather_board
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
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


def _dossiers(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Draft a dossier of each model, as `dossier export --draft` does."""
    dates = as_of(row.plan, due)
    for model in _models(session, row, dates):
        for language in row.plan.languages:
            yield _dossier(session, _order(row, language, dates, model), model)


def _portfolio(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    dates = as_of(row.plan, due)
    for language in row.plan.languages:
        order = _order(row, language, dates, "")
        population = Population(line=row.plan.filter or "")
        yield _dossier(session, replace(order, scope=Scope.PORTFOLIO, population=population), "")


def _order(row: PlanRow, language: str, dates: AsOf, model: str) -> Order:
    return Order(model, Path(), language, dates, template=row.plan.template)


def _dossier(session: Session, order: Order, subject: str) -> Draft:
    with session.workspace.read() as view:
        person = people.get_person(view.connection, session.actor.person)
        content = gather_content(session, view, order, person, is_draft=True)[0].content
    head = content.facts.ledger.checkpoint.head
    data, digest = build(content, read_words(order.language)), facts_digest(content.facts)
    return Draft(subject, order.language, ".pdf", data, digest, head.size, head.root)


def _models(session: Session, row: PlanRow, dates: AsOf) -> tuple[str, ...]:
    """Return what people say of the plan's models, as of the day reported on."""
    with session.workspace.read() as view:
        if row.plan.model:
            return (model_queries.get_model(view.connection, row.plan.model, dates).row.id,)
        wanted = parse_filter(row.plan.filter or "", model_queries.ModelFilter(as_of=dates))
        found = narrow_by_rules(view, wanted)
        return tuple(one.id for one in model_queries.list_models(view.connection, found))


_MAKERS: dict[ReportKind, Maker] = {
    ReportKind.BOARD: _board,
    ReportKind.MODEL: _dossiers,
    ReportKind.PORTFOLIO: _portfolio,
}


def can_draft(plan: ReportPlan) -> bool:
    """Tell whether there is a maker of the plan's kind."""
    return plan.kind in _MAKERS


def make_drafts(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Yield the drafts of a plan for a due day; raises ``report.kind_unknown`` and as they do."""
    maker = _MAKERS.get(row.plan.kind)
    if maker is None:
        raise AppError("report.kind_unknown", where="kind", kind=row.plan.kind.value)
    yield from maker(session, row, due)
