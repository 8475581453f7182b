"""What a plan drafts: who makes which kind, one file a subject and language."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TypeAlias

import mlops_desktop.store.queries.items as item_queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.lifecycle import Scope as ModelScope
from mlops_desktop.core.report_plans import ReportKind, as_of, day_before
from mlops_desktop.dossier.board import build_board
from mlops_desktop.dossier.build import build
from mlops_desktop.dossier.evidence import facts_digest
from mlops_desktop.services.dossiers.export import Order, Scope, gather_content
from mlops_desktop.services.dossiers.orders import Period, Population
from mlops_desktop.services.filtering import parse_filter
from mlops_desktop.services.profiles.filtering import narrow_by_rules
from mlops_desktop.services.reports.documents import make_paper
from mlops_desktop.services.reports.gathering import Occasion, gather_board
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import read_words
from mlops_desktop.store.queries import people
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.meetings import list_meetings
from mlops_desktop.store.queries.report_plans import PlanRow
from mlops_desktop.store.unit_of_work import ReadSession

_IN_WORK = ("running", "reported")


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


def _validations(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Draft the report of each validation of the plan's models that is being made."""
    dates = as_of(row.plan, due)
    wanted = ItemFilter(("validation",), stages=_IN_WORK, as_of=dates)
    models = set(_models(session, row, dates))
    with session.workspace.read() as view:
        numbers = {one.key: one.id for one in _rows(view, dates)}
        found = item_queries.list_items(view.connection, wanted)
    for one in found:
        if models & {numbers.get(key, "") for key in one.models}:
            yield from _papers(session, row, one.number, dates)


def _meetings(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Draft the paper of each meeting called and still to come on the due day."""
    dates = as_of(row.plan, due)
    with session.workspace.read() as view:
        found = list_meetings(view.connection, dates)
    for one in found:
        if one.minuted is None and one.called.held_on >= due:
            yield from _papers(session, row, one.id, dates)


def _papers(session: Session, row: PlanRow, named: str, dates: AsOf) -> Iterator[Draft]:
    for language in row.plan.languages:
        to = tuple(one.text for one in row.plan.recipients if one.text)
        data, content = make_paper(session, row.plan.kind, named, language, dates, to)
        yield Draft(named, language, ".docx", data, content)


def _rows(view: ReadSession, dates: AsOf) -> tuple[model_queries.ModelRow, ...]:
    wanted = model_queries.ModelFilter(scope=ModelScope.ALL, as_of=dates)
    return model_queries.list_models(view.connection, wanted)


def _regulator(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Draft a regulator's view of the period that ends on the day reported on."""
    dates = as_of(row.plan, due)
    period = Period(day_before(row.plan, dates.day) + timedelta(days=1), dates.day)
    for language in row.plan.languages:
        order = _order(row, language, dates, "")
        population = Population(line=row.plan.filter or "")
        asked = replace(order, scope=Scope.REGULATOR, population=population)
        viewed = replace(asked, profile=row.plan.regime or "", period=period)
        yield _dossier(session, viewed, row.plan.regime or "")


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
    ReportKind.REGULATOR: _regulator,
    ReportKind.VALIDATION: _validations,
    ReportKind.COMMITTEE: _meetings,
}


def make_drafts(session: Session, row: PlanRow, due: date) -> Iterator[Draft]:
    """Yield the drafts of a plan for a due day; raises as what it drafts does."""
    yield from _MAKERS[row.plan.kind](session, row, due)
