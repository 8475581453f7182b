"""A board report in which every list is full and every name is long: the most there is to print."""

from dataclasses import replace
from datetime import date, timedelta

from mlops_desktop.core.approval_state import Approval
from mlops_desktop.core.inventory import Monitoring
from mlops_desktop.core.lifecycle import State
from mlops_desktop.core.portfolio import ItemFacts, ModelFacts, compute
from mlops_desktop.dossier.content import DossierContent, Missing, Reason, Scope
from mlops_desktop.services.reports.board import build_chapters
from mlops_desktop.services.reports.standing import Standing
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.queries.models import ModelRow
from tests.dossier.sample import content

DAY = date(2026, 9, 30)
_NONE = Missing(Reason.NOT_APPLICABLE)
_LONG = "Prognosemodell für Vorfälligkeitsentschädigungen gewerblicher Immobilienfinanzierungen"
_KINDS = ("finding", "exception", "breach", "overlay")
COUNT = 60


def _model(number: int) -> ModelRow:
    state = list(State)[number % 6]
    return ModelRow(
        key=f"m{number}",
        id=f"M-{number:05d}",
        name=f"{_LONG} {number}",
        state=State.PRODUCTION if number < 30 else state,
        tier=number % 4 + 1,
        tier_basis=None,
        tier_until=None,
        tier_due=None,
        owner="Dr. Wilhelmine Gräfin von Hohenstein-Rappoltsweiler",
        approval=Approval.EXPIRED if number % 3 else Approval.APPROVED,
        approved_until=DAY + timedelta(days=number),
        serving="7",
        next_review=DAY - timedelta(days=number),
        source="mlflow",
        updated_at="2026-09-30T00:00:00.000Z",
    )


def _item(kind: str, number: int) -> ItemRow:
    return ItemRow(
        id=f"{kind}{number}",
        kind=kind,
        number=f"{kind[0].upper()}-{number:05d}",
        stage="open",
        title=f"{_LONG} weicht ab: Nr. {number}",
        owner="Dr. Wilhelmine Gräfin von Hohenstein-Rappoltsweiler",
        rank=number % (2 if kind == "breach" else 3 if kind == "finding" else 12),
        due=DAY - timedelta(days=number),
        expires=DAY - timedelta(days=1),
        opened=DAY - timedelta(days=number * 11),
        closed=None,
        models=(f"m{number}",),
        is_closed=False,
        is_overdue=number > 0,
        lapsed=True,
    )


def _facts(row: ModelRow) -> ModelFacts:
    told = (row.state, row.tier, row.owner, ("DE",), row.approval)
    return ModelFacts(*told, row.approved_until, row.next_review, Monitoring.UNMEASURED)


def standing() -> Standing:
    """Return the portfolio as it stands on the day, and one that was half as large."""
    models = tuple(map(_model, range(COUNT)))
    items = tuple(_item(kind, number) for kind in _KINDS for number in range(COUNT))
    facts = [
        ItemFacts(one.kind, one.rank, one.opened, one.is_closed, one.is_overdue, one.lapsed)
        for one in items
    ]
    now = compute(map(_facts, models), facts, DAY)
    before = compute(map(_facts, models[:20]), facts[:30], date(2026, 6, 30))
    numbers = {row.key: row.id for row in models}
    return Standing(DAY, now, before, models, items, numbers)


def board(language: str) -> DossierContent:
    """Return the fullest report."""
    given = content(language)
    recipients = tuple(f"Dr. Ulrich Harms {number} <harms@bank.example>" for number in range(4))
    facts = replace(
        given.facts,
        model_id="",
        model_name="Quarterly model risk report\nQuartalsbericht Modellrisiko",
        inventory=(),
        versions=_NONE,
        deployments=_NONE,
        datasets=_NONE,
        series=_NONE,
        approvals=_NONE,
        chapters=build_chapters(standing(), recipients, "quarterly-board"),
    )
    document = replace(given.document, scope=Scope.BOARD, is_draft=True, signers=())
    return DossierContent(document, facts, given.leaves)
