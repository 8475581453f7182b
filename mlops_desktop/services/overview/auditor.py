"""What an auditor comes for: what differs since the last dossier, the proof, and the export."""

from datetime import date, timedelta

from mlops_desktop.core import clock
from mlops_desktop.core.asof import AsOf
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.standing import Status
from mlops_desktop.services.approvals import list_requests
from mlops_desktop.services.differences import ModelDifference, compare_model, compare_records
from mlops_desktop.services.dossiers import list_dossiers
from mlops_desktop.services.ledger import read_state
from mlops_desktop.services.overview.cards import (
    Card,
    Column,
    Figure,
    Figures,
    Look,
    Mood,
    Row,
    Said,
    Table,
    Value,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.since import change_said, field_said
from mlops_desktop.services.overview.ways import figure_of
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.rows import DossierRow
from mlops_desktop.store.queries.approvals import RequestRow
from mlops_desktop.store.queries.models import find_model
from mlops_desktop.store.queries.named import printed_names

_MOST, _NAMED, _ATTEMPTS, _SAID = 30, 10, 3, 3


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards, the difference since the last dossier of the portfolio first."""
    dossiers = list_dossiers(look.session, as_of=look.as_of)
    base = next((row for row in dossiers if row.scope == "portfolio"), None)
    found = _differences(look, base) if base is not None else ()
    requests = list_requests(look.session, as_of=look.as_of)
    return (
        _first(look, base, found, dossiers, requests),
        _changes(base, found),
        _proof(look),
        _periods(look),
        _figures(look, requests),
        _issued(dossiers),
    )


def _begin(row: DossierRow) -> AsOf:
    """Return what a dossier shows: the day it was asked for, else the ledger's length then."""
    known = date.fromisoformat(row.as_known) if row.as_known else None
    at = date.fromisoformat(row.as_at) if row.as_at else None
    return AsOf(known, at) if known or at else AsOf(size=row.size)


def _shown(row: DossierRow) -> date:
    begin = _begin(row)
    return begin.at or begin.known or clock.from_text(row.at).date()


def _differences(look: Look, base: DossierRow) -> tuple[ModelDifference, ...]:
    with look.session.workspace.read() as view:
        return compare_records(view, _begin(base), look.as_of)


def _first(
    look: Look,
    base: DossierRow | None,
    found: tuple[ModelDifference, ...],
    dossiers: tuple[DossierRow, ...],
    requests: tuple[RequestRow, ...],
) -> Waits:
    waits = [_since_portfolio(base, found)] if base is not None else []
    waits += _since_models(look, dossiers)
    waits += _attempts(look, requests)
    return Waits(
        said("overview.auditor.first"),
        tuple(waits),
        said("overview.auditor.no_dossier"),
        rest=Way("dossiers"),
    )


def _since_portfolio(base: DossierRow, found: tuple[ModelDifference, ...]) -> Wait:
    about = said("overview.auditor.since", n=len(found), day=_shown(base))
    if not found:
        about = said("overview.auditor.same", day=_shown(base))
    names, left = ", ".join(one.id for one in found[:_NAMED]), len(found) - _NAMED
    key = "overview.auditor.which_more" if left > 0 else "overview.auditor.which"
    mood: Mood = "warn" if found else "good"
    more = (said(key, models=names, n=left),) if found else ()
    title = said("overview.auditor.portfolio", day=_shown(base))
    return Wait(title, about, Way("dossiers", record=base.key), mood, more)


def _since_models(look: Look, dossiers: tuple[DossierRow, ...]) -> list[Wait]:
    """Return what differs since the newest dossier about each model, the newest first."""
    newest: dict[str, DossierRow] = {}
    for row in dossiers:
        if row.scope == "model":
            newest.setdefault(row.model_id, row)
    return [_since_model(look, row) for row in list(newest.values())[:_SAID]]


def _since_model(look: Look, row: DossierRow) -> Wait:
    with look.session.workspace.read() as view:
        key = find_model(view.connection, row.model_id)
        found = compare_model(view, key, _begin(row), look.as_of)
    about = said("overview.auditor.since_model", n=len(found.fields), day=_shown(row))
    if not found.fields:
        about = said("overview.auditor.same", day=_shown(row))
    title = said("overview.auditor.of_model", model=row.model_id, name=row.model_name)
    mood: Mood = "warn" if found.fields else "good"
    return Wait(title, about, Way("dossiers", record=row.key), mood,
                tuple(map(change_said, found.fields[:_SAID])))  # fmt: skip


def _attempts(look: Look, requests: tuple[RequestRow, ...]) -> list[Wait]:
    """Return the newest attempts to decide that a rule refused."""
    found = [(one, row) for row in requests for one in row.decisions if one.refused_by]
    found.sort(key=lambda pair: -pair[0].position)
    with look.session.workspace.read() as view:
        names = printed_names(view.connection, look.as_of)
    return [
        Wait(
            f"{row.id} · {row.model_id} {row.model_name}",
            said(
                "overview.auditor.refused",
                day=clock.from_text(one.at).date(),
                person=names.get(one.person, ""),
            ),
            Way("approvals", record=row.key),
            "warn",
        )
        for one, row in found[:_ATTEMPTS]
    ]


def _changes(base: DossierRow | None, found: tuple[ModelDifference, ...]) -> Table:
    lead: Said | None = None
    if base is not None:
        lead = said("overview.auditor.changes_lead", day=_shown(base))
    return Table(
        said("overview.auditor.changes"),
        (
            Column("overview.column.model", 9),
            Column("overview.column.name", 30, strong=True),
            Column("overview.auditor.number", 10, numeric=True),
            Column("overview.auditor.what", 50, flexible=True),
        ),
        tuple(_change_row(one) for one in found[:_MOST]),
        said("overview.auditor.unchanged" if base is not None else "overview.auditor.no_dossier"),
        lead,
    )


def _change_row(one: ModelDifference) -> Row:
    what: Value = said("overview.auditor.new") if one.is_new else _fields(one)
    cells = (one.id, one.name, len(one.fields), what)
    return Row(one.id, cells, Way("models", record=one.id))


def _fields(one: ModelDifference) -> Value:
    if len(one.fields) == 1:
        return change_said(one.fields[0])
    told = [field_said(change.field) for change in one.fields]
    first, second, *rest = told
    key = "overview.auditor.fields_more" if rest else "overview.auditor.fields"
    return said(key, one=first, other=second, n=len(rest))


def _proof(look: Look) -> Waits:
    return Waits(
        said("overview.auditor.proof"),
        (*_ledger(look), *_exports()),
        said("overview.auditor.proof"),
    )


def _ledger(look: Look) -> tuple[Wait, ...]:
    verify = Way("ledger", action="ledger.verify")
    title = said("overview.auditor.verify")
    try:
        state = read_state(look.session)
    except AppError as error:
        return (Wait(title, said(f"errors.{error.code}.message", **error.parameters), verify,
                     "bad"),)  # fmt: skip
    rest = state.size - state.verified_size
    if not state.verified_size or state.seen_at is None:
        about, mood = said("overview.auditor.unverified", size=state.size), "warn"
    else:
        about = said("overview.auditor.verified", at=state.seen_at, size=state.verified_size,
                     rest=rest)  # fmt: skip
        mood = "warn" if rest else "good"
    anchored = said("overview.auditor.unanchored")
    if state.anchored_at is not None:
        anchored = said("overview.auditor.anchored", at=state.anchored_at, n=state.since_anchor)
    return (Wait(title, about, verify, "warn" if mood == "warn" else "good", (anchored,)),)


def _exports() -> tuple[Wait, ...]:
    return tuple(
        Wait(said(f"overview.auditor.{name}"), said(f"overview.auditor.{name}_told"),
             Way("dossiers", action=f"dossier.{action}"))
        for name, action in (("export", "export"), ("check", "open"))
    )  # fmt: skip


def _periods(look: Look) -> Figures:
    """Return the ends of periods: a press shows the whole window as of that day."""
    day = look.as_of.day
    month = day.replace(day=1)
    quarter = month.replace(month=(month.month - 1) // 3 * 3 + 1)
    one = timedelta(days=1)
    year = month.replace(month=1)
    ends = (("month", month - one), ("quarter", quarter - one), ("year", year - one))
    return Figures(
        said("overview.auditor.periods"),
        tuple(
            Figure(f"overview.auditor.{name}", end, said("overview.auditor.period_told", day=end),
                   Way("overview", day=end))
            for name, end in ends
        ),
        said("overview.auditor.periods_lead"),
    )  # fmt: skip


def _figures(look: Look, requests: tuple[RequestRow, ...]) -> Figures:
    found = read_portfolio(look.session, look.as_of)
    voided = sum(row.status is Status.VOIDED for row in requests)
    revoked = sum(row.status is Status.REVOKED for row in requests)
    return Figures(
        said("overview.auditor.figures"),
        (
            figure_of(found, "findings_open"),
            figure_of(found, "exceptions_open", "bad"),
            figure_of(found, "items_overdue", "bad"),
            Figure("overview.compliance.voided", voided, said("overview.compliance.voided_told"),
                   Way("approvals", "status:voided"), "bad" if voided else ""),
            Figure("overview.compliance.revoked", revoked, said("overview.compliance.revoked_told"),
                   Way("approvals", "status:revoked"), "bad" if revoked else ""),
            figure_of(found, "current"),
            figure_of(found, "retired"),
        ),
    )  # fmt: skip


def _issued(dossiers: tuple[DossierRow, ...]) -> Table:
    return Table(
        said("overview.auditor.issued"),
        (
            Column("overview.auditor.at", 17),
            Column("overview.auditor.subject", 36, strong=True, flexible=True),
            Column("overview.auditor.shows", 14),
            Column("overview.auditor.by", 24),
        ),
        tuple(_issued_row(row) for row in dossiers[:_MOST]),
        said("overview.auditor.no_dossier"),
        rest=Way("dossiers"),
    )


def _issued_row(row: DossierRow) -> Row:
    subject: Value = f"{row.model_id} {row.model_name}"
    if row.scope != "model":
        subject = said(f"dossiers.subject.{row.scope}")
    cells = (clock.from_text(row.at), subject, _shown(row), row.person)
    return Row(row.key, cells, Way("dossiers", record=row.key))
