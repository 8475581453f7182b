"""Experts' feedback in numbers: cases taken in at once, counted, answered, made a finding."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

import mlops_desktop.store.queries.items as queries
import mlops_desktop.store.queries.models as model_queries
from mlops_desktop.core.asof import NOW, AsOf
from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.feedback import FeedbackDetails, FeedbackMoved
from mlops_desktop.core.events.findings import FindingDetails, FindingOrigin, Severity
from mlops_desktop.core.items.feedback import FEEDBACK
from mlops_desktop.core.items.findings import FINDING
from mlops_desktop.core.scopes import ItemScope
from mlops_desktop.services.imports import Source
from mlops_desktop.services.items import record_opening
from mlops_desktop.services.late import locks_late
from mlops_desktop.services.session import Recorded, Session, must_commit
from mlops_desktop.services.sheet_rows import Refusal, SheetForm, SheetRow, parse_row, read_rows
from mlops_desktop.store.queries.item_filter import ItemFilter
from mlops_desktop.store.queries.items import ItemRow
from mlops_desktop.store.unit_of_work import ReadSession, WriteSession

_FORM = SheetForm(
    "feedback.heading",
    ("cause", "segment", "reference", "title", "description"),
    ("cause", "title", "description"),
)


@dataclass(frozen=True, slots=True)
class Cases:
    """What came of taking in cases: how many rows, what was refused; then nothing was taken."""

    rows: int
    refusals: tuple[Refusal, ...]
    changes: Changes
    is_recorded: bool


@dataclass(frozen=True, slots=True)
class Count:
    """How many cases have a cause in a segment, and how many of them are still open."""

    cause: str
    segment: str
    cases: int
    open: int


@dataclass(frozen=True, slots=True)
class Choice:
    """Which open cases of a model: these, those of a cause, of a segment, or all of them.

    ``cases`` names them by number or id; with it each must still be open.
    """

    model: str
    cause: str | None = None
    segment: str | None = None
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One case: its row, what it says, and the id of who made it."""

    row: ItemRow
    details: FeedbackDetails
    opener: str

    @property
    def id(self) -> str:
        """What names the case in a choice."""
        return self.row.id

    @property
    def cause(self) -> str:
        """Why the result misses; "" where nobody said."""
        return self.details.cause or ""

    @property
    def segment(self) -> str:
        """Where it misses; "" where nobody said."""
        return self.details.segment or ""


def take_in(
    session: Session,
    named: str,
    source: Source,
    given: Mapping[str, str] | None = None,
    *,
    is_dry: bool = False,
) -> Cases:
    """Open a feedback for each row of a sheet about a model, all or none.

    ``given`` holds for every row that says nothing. Raises ``feedback.no_cause`` for a sheet
    without a column of reasons, ``model.not_found``, ``import.…``.
    """
    needed = AppError("feedback.no_cause", where=source.name)
    rows = [_titled(row) for row in read_rows(source, _FORM, needed, given or {})]
    with session.workspace.write(session.actor) as work:
        model = model_queries.find_model(work.connection, named)
        prepared = [parse_row(work, FEEDBACK, row) for row in rows]
        refusals = tuple(one for one in prepared if isinstance(one, Refusal))
        is_recorded = bool(prepared) and not refusals and not is_dry
        for one in prepared if is_recorded else ():
            if isinstance(one, FeedbackDetails):
                record_opening(work, FEEDBACK, one, (model,))
    return Cases(len(rows), refusals, work.changes, is_recorded)


def paste_cases(session: Session, named: str, text: str) -> Recorded:
    """Open a feedback for each row of what was copied from a spreadsheet, all or none.

    Raises ``feedback.row_refused`` naming the first refused row, and what :func:`take_in` raises.
    """
    done = take_in(session, named, Source("pasted.csv", text.encode()))
    if done.refusals:
        first, number = done.refusals[0], len(done.refusals)
        raise AppError(
            "feedback.row_refused", where="rows", row=first.row, column=first.column, number=number
        ) from first.error
    return Recorded(named, done.changes)


def _titled(row: SheetRow) -> SheetRow:
    """Name a case by its cause, or by how its description begins, where it has no title."""
    told = row.texts.get("cause") or row.texts.get("description", "")[:60]
    return replace(row, texts={"title": told} | row.texts)


def list_cases(session: Session, named: str, as_of: AsOf = NOW) -> tuple[Case, ...]:
    """Return the cases of a model, open ones first, without those withdrawn."""
    with session.workspace.read() as view:
        return _every_case(view, model_queries.find_model(view.connection, named), as_of)


def count_feedback(session: Session, named: str, as_of: AsOf = NOW) -> tuple[Count, ...]:
    """Return the cases of a model counted by cause and segment, the most frequent first."""
    return count_cases(list_cases(session, named, as_of))


def read_counts(view: ReadSession, model: str, as_of: AsOf = NOW) -> tuple[Count, ...]:
    """Return what :func:`count_feedback` does, of the model of that key."""
    return count_cases(_every_case(view, model, as_of))


def count_cases(cases: Iterable[Case]) -> tuple[Count, ...]:
    """Return cases counted by cause and segment, the most frequent first."""
    found = [(one.row, one.cause, one.segment) for one in cases]
    every = Counter((cause, segment) for _, cause, segment in found)
    still = Counter((cause, segment) for row, cause, segment in found if not row.is_closed)
    counts = (Count(*key, number, still[key]) for key, number in every.items())
    return tuple(sorted(counts, key=lambda one: (-one.cases, one.cause, one.segment)))


def _every_case(view: ReadSession, model: str, as_of: AsOf) -> tuple[Case, ...]:
    wanted = ItemFilter(("feedback",), scope=ItemScope.ALL, models=(model,), as_of=as_of)
    found = (one for one in _cases(view, wanted) if one.row.stage != "withdrawn")
    return tuple(sorted(found, key=lambda one: (one.row.is_closed, one.row.number)))


def _cases(view: ReadSession | WriteSession, wanted: ItemFilter) -> Iterator[Case]:
    for one in queries.read_items(view.connection, wanted):
        if isinstance(one.state.details, FeedbackDetails):
            yield Case(one.row, one.state.details, one.state.opener)


@locks_late
def answer_many(session: Session, choice: Choice, answer: str) -> Recorded:
    """Answer every open case of a choice alike; who made a case cannot answer it.

    Raises ``feedback.answer_missing``, ``feedback.none_open``, ``feedback.not_open``,
    ``feedback.own``.
    """
    if not answer.strip():
        raise AppError("feedback.answer_missing", where="answer")
    with session.workspace.write(session.actor) as work:
        chosen = _chosen(work, choice)
        own = [one for one in chosen if one.opener == session.actor.person]
        if own:
            raise AppError("feedback.own", id=own[0].row.number, number=len(own))
        for one in chosen:
            told = FeedbackDetails(answer=must_commit(answer))
            work.record(FeedbackMoved(one.row.id, "answer", told))
    return Recorded(choice.model, work.changes)


@locks_late
def make_finding(
    session: Session,
    choice: Choice,
    title: str,
    due: date | None,
    severity: Severity = Severity.MEDIUM,
) -> Recorded:
    """Open one finding for every open case of a choice, and close the cases with its number.

    Returns the finding's id. Raises ``feedback.none_open``, ``feedback.not_open``, ``item.…``.
    """
    with session.workspace.write(session.actor) as work:
        chosen = _chosen(work, choice)
        model = model_queries.find_model(work.connection, choice.model)
        details = FindingDetails(
            title=must_commit(title),
            description=must_commit(_summary(chosen)),
            origin=FindingOrigin.EXPERT,
            originator=session.actor.person,
            severity=severity,
            due=due,
            owner=model_queries.get_model(work.connection, model).state.details.owner,
        )
        id = record_opening(work, FINDING, details, (model,))
        work.rows.flush()
        number = queries.current_row(work.connection, id).number
        for one in chosen:
            work.record(FeedbackMoved(one.row.id, "take_up", FeedbackDetails(finding=number)))
    return Recorded(id, work.changes)


def _chosen(work: WriteSession, choice: Choice) -> list[Case]:
    model = model_queries.find_model(work.connection, choice.model)
    found = [
        one
        for one in _cases(work, ItemFilter(("feedback",), models=(model,)))
        if choice.cause in (None, one.details.cause)
        and choice.segment in (None, one.details.segment)
    ]
    if choice.cases:
        return _named(found, choice)
    if not found:
        raise AppError("feedback.none_open", where="cause", model=choice.model)
    return found


def _named(found: list[Case], choice: Choice) -> list[Case]:
    """Return the cases named; refuse where one of them was closed or is another model's."""
    told = {name: one for one in found for name in (one.row.id, one.row.number)}
    for name in choice.cases:
        if name not in told:
            raise AppError("feedback.not_open", where="case", id=name, model=choice.model)
    return list({told[name].id: told[name] for name in choice.cases}.values())


def _summary(chosen: list[Case]) -> str:
    """Say which cases, as numbers and words that are the same in any language."""
    counted = Counter((one.details.cause or "–", one.details.segment or "–") for one in chosen)
    lines = (
        f"{number} × {cause} / {segment}" for (cause, segment), number in counted.most_common()
    )
    first, last = chosen[0].row.number, chosen[-1].row.number
    return "\n".join((f"{first} … {last}", *lines))
