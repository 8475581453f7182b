"""Questions taken in from a spreadsheet: all of them or none, each refusal with its row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.requests import RequestDetails
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.services.imports import Source
from mlops_desktop.services.items import record_opening
from mlops_desktop.services.request_lists.content import known_numbers
from mlops_desktop.services.session import Session
from mlops_desktop.services.sheet_rows import Refusal, SheetForm, SheetRow, parse_row, read_rows
from mlops_desktop.store.unit_of_work import WriteSession

_FORM = SheetForm(
    "request_lists.heading",
    ("list_number", "question", "owner", "due", "title"),
    ("question", "list_number"),
    frozenset({"due"}),
)


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of an intake: how many questions, and what was refused; then nothing was taken."""

    questions: int
    refusals: tuple[Refusal, ...]
    changes: Changes
    is_recorded: bool


def take_in(
    session: Session, source: Source, given: Mapping[str, str], *, is_dry: bool = False
) -> Taken:
    """Open a request for each row of a sheet; ``given`` holds for every row that says nothing.

    Needed are a column of questions and, in ``given``, ``list_name`` and ``asker``. Raises
    ``request_list.no_question`` and ``import.…`` where the file cannot be read at all.
    """
    needed = AppError("request_list.no_question", where=source.name)
    rows = [_titled(row, given) for row in read_rows(source, _FORM, needed, given)]
    with session.workspace.write(session.actor) as work:
        prepared = [parse_row(work, REQUEST, row) for row in _without_twins(work, rows, given)]
        refusals = tuple(one for one in prepared if isinstance(one, Refusal))
        is_recorded = bool(prepared) and not refusals and not is_dry
        for one in prepared if is_recorded else ():
            if isinstance(one, RequestDetails):
                record_opening(work, REQUEST, one, ())
    return Taken(len(rows), refusals, work.changes, is_recorded)


def _titled(row: SheetRow, given: Mapping[str, str]) -> SheetRow:
    told = f"{given.get('list_name', '')} {row.texts.get('list_number', '')}".strip()
    return replace(row, texts={"title": told} | row.texts)


def _without_twins(
    work: WriteSession, rows: list[SheetRow], given: Mapping[str, str]
) -> Iterator[SheetRow]:
    """Yield the rows, refused where the list or an earlier row bears the same number."""
    known = known_numbers(work, given.get("list_name", ""))
    seen: set[str] = set()
    for row in rows:
        number = row.texts.get("list_number", "")
        yield replace(row, refusal=row.refusal or _twin(row.number, number, known, seen))
        seen.add(number)


def _twin(row: int, number: str, known: frozenset[str], seen: set[str]) -> Refusal | None:
    if not number or number not in known | seen:
        return None
    code = "number_known" if number in known else "number_twice"
    told = AppError(f"request_list.{code}", where="list_number", number=number)
    return Refusal(row, "list_number", told)
