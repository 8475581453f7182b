"""What a compliance officer comes for: what waits for a signature, and what differs since."""

from collections.abc import Iterator

from mlops_desktop.core.rules import Kind
from mlops_desktop.core.standing import GRANTED, Status
from mlops_desktop.services.approvals import list_requests
from mlops_desktop.services.conditions import ConditionStand, stand_of_conditions
from mlops_desktop.services.dossiers import list_dossiers
from mlops_desktop.services.overview.cards import (
    Card,
    Cell,
    Column,
    Figure,
    Figures,
    Look,
    Looked,
    Marked,
    Mood,
    Row,
    Said,
    Table,
    Wait,
    Waits,
    Way,
    said,
)
from mlops_desktop.services.overview.happened import happened_since
from mlops_desktop.services.overview.since import begin_of, changed_since
from mlops_desktop.services.overview.ways import figure_of
from mlops_desktop.services.portfolio import read_portfolio
from mlops_desktop.services.reviews import find_waiting, line_of
from mlops_desktop.store.queries.approvals import RequestRow

_MINE = Way("approvals", "group:waiting")
_MOST = 30


def read_cards(look: Look) -> tuple[Card, ...]:
    """Return the cards; of a past day, what was open then, for nobody can sign in it."""
    rows = list_requests(look.session, as_of=look.as_of)
    begin = begin_of(look)
    cards: tuple[Card, ...] = (
        _waits(look, rows, begin),
        _figures(look, rows),
        _conditions(look, rows),
    )
    return (*cards, happened_since(look, begin)) if look.as_of.is_now else cards


def _waits(look: Look, rows: tuple[RequestRow, ...], begin: tuple[Looked, bool] | None) -> Waits:
    is_now = look.as_of.is_now
    mine = find_waiting(look.session) if is_now else frozenset()
    asked = [row for row in rows if (row.key in mine if is_now else _is_open(row))]
    # Where another has signed, everything waits for this one; then the oldest.
    asked.sort(key=lambda row: (not _signed(row), row.position))
    return Waits(
        said("overview.compliance.waits" if is_now else "overview.compliance.open_then"),
        tuple(_wait(look, row, begin) for row in asked),
        said("overview.compliance.nothing" if is_now else "overview.compliance.nothing_then"),
        _lead(begin) if is_now else None,
        _MINE if is_now else Way("approvals", "status:open"),
    )


def _is_open(row: RequestRow) -> bool:
    return row.status is Status.OPEN


def _signed(row: RequestRow) -> tuple[str, ...]:
    return tuple(one.person for one in row.decisions if one.decided is not None)


def _lead(begin: tuple[Looked, bool] | None) -> Said:
    if begin is None:
        return said("overview.compliance.first_ever")
    looked, is_remembered = begin
    key = "since" if is_remembered else "since_act"
    return said(f"overview.compliance.{key}", at=looked.at)


def _wait(look: Look, row: RequestRow, begin: tuple[Looked, bool] | None) -> Wait:
    line = line_of(row, {}, is_waiting=True)
    is_second = bool(_signed(row))
    about = said(
        "overview.compliance.second" if is_second else "overview.compliance.first",
        asked=_asked(row),
        given=line.given,
        needed=line.needed,
        day=line.requested_at.date(),
    )
    more = tuple(_since(look, row, begin)) if look.as_of.is_now else ()
    mood: Mood = "warn" if is_second else "info"
    what = f"{row.id} · {row.model_id} {row.model_name}"
    return Wait(what, about, Way("approvals", record=row.key), mood, more)


def _asked(row: RequestRow) -> Said:
    if row.paper is not None:
        return said("overview.compliance.paper")
    if row.kind is Kind.PROMOTE:
        place = said(f"models.code.environment.{row.environment}")
        return said("overview.compliance.promote", version=row.label, place=place)
    return said(f"overview.compliance.kind.{row.kind.value}")


def _since(look: Look, row: RequestRow, begin: tuple[Looked, bool] | None) -> Iterator[Said]:
    """Yield what is new about a request: itself, signatures, and fields of its model."""
    if begin is None:
        return
    size, found = begin[0].size, []
    if row.position >= size:
        found.append(said("overview.compliance.new"))
    signed = sum(one.position >= size and one.decided is not None for one in row.decisions)
    if signed:
        found.append(said("overview.compliance.signed", n=signed))
    found += changed_since(look, row.model, size)
    yield from found or (said("overview.compliance.unchanged"),)


def _figures(look: Look, rows: tuple[RequestRow, ...]) -> Figures:
    found = read_portfolio(look.session, look.as_of)
    return Figures(
        said("overview.compliance.figures"),
        (
            *(_of_status(rows, status, mood) for status, mood in _STATUSES),
            _dossiers(look),
            figure_of(found, "exceptions_open", "bad"),
            figure_of(found, "items_overdue", "bad"),
            figure_of(found, "never_validated", "bad"),
        ),
    )


_STATUSES: tuple[tuple[Status, Mood], ...] = (
    (Status.OPEN, ""),
    (Status.VOIDED, "bad"),
    (Status.REVOKED, "bad"),
)


def _of_status(rows: tuple[RequestRow, ...], status: Status, mood: Mood) -> Figure:
    number = sum(row.status is status for row in rows)
    return Figure(
        f"overview.compliance.{status.value}",
        number,
        said(f"overview.compliance.{status.value}_told"),
        Way("approvals", f"status:{status.value}"),
        mood if number else "",
    )


def _dossiers(look: Look) -> Figure:
    rows = list_dossiers(look.session, as_of=look.as_of)
    me = look.session.actor.person
    number = sum(row.next_place is not None and row.next_place.person == me for row in rows)
    return Figure(
        "overview.compliance.dossiers",
        number,
        said("overview.compliance.dossiers_told"),
        Way("dossiers", "waits:me"),
        "bad" if number else "",
    )


def _conditions(look: Look, rows: tuple[RequestRow, ...]) -> Table:
    day = look.as_of.day
    found = [
        (row, one)
        for row in rows
        if row.status in GRANTED
        for one in stand_of_conditions(row, day)
        if one.met is None
    ]
    found.sort(key=lambda pair: (pair[1].due is None, str(pair[1].due)))
    return Table(
        said("overview.compliance.conditions"),
        (
            Column("overview.column.due", 24),
            Column("overview.column.number", 10),
            Column("overview.column.model", 30),
            Column("overview.compliance.condition", 40, strong=True, flexible=True),
        ),
        tuple(_condition_row(row, one) for row, one in found[:_MOST]),
        said("overview.compliance.no_condition"),
    )


def _condition_row(row: RequestRow, one: ConditionStand) -> Row:
    due: Cell = one.due
    if one.is_overdue and one.due is not None:
        due = Marked("bad", said("overview.overdue_since", day=one.due))
    cells = (due, row.id, f"{row.model_id} {row.model_name}", one.text)
    return Row(f"{row.key}/{one.number}", cells, Way("approvals", record=row.key))
