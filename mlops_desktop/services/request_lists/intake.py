"""Questions taken in from a spreadsheet: all of them or none, each refusal with its row."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from mlops_desktop.core.changes import Changes
from mlops_desktop.core.errors import AppError
from mlops_desktop.core.events.requests import RequestDetails
from mlops_desktop.core.items.requests import REQUEST
from mlops_desktop.core.items.state import missing_fields
from mlops_desktop.services.field_texts import parse_texts
from mlops_desktop.services.finding import finders_of
from mlops_desktop.services.imports import Source
from mlops_desktop.services.imports.values import read_date, text_of
from mlops_desktop.services.imports.vocabulary import folded
from mlops_desktop.services.items import record_opening
from mlops_desktop.services.request_lists.content import known_numbers
from mlops_desktop.services.session import Session
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.sources.tabular import Table, Wanted, read_table
from mlops_desktop.store.unit_of_work import WriteSession

_FIELDS = ("list_number", "question", "owner", "due", "title")


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken: its number in the file, the column, and why."""

    row: int
    column: str
    error: AppError


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
    table = read_table(source.name, source.content, lambda text: _field(text) is not None, Wanted())
    columns = {name: at for at, name in enumerate(map(_field, table.headings)) if name}
    if "question" not in columns:
        raise AppError("request_list.no_question", where=source.name)
    rows = list(_rows(table, columns, given))
    with session.workspace.write(session.actor) as work:
        prepared = [_prepare(work, row) for row in _without_twins(work, rows, given)]
        refusals = tuple(one for one in prepared if isinstance(one, Refusal))
        is_recorded = bool(prepared) and not refusals and not is_dry
        for one in prepared if is_recorded else ():
            if isinstance(one, RequestDetails):
                record_opening(work, REQUEST, one, ())
    return Taken(len(rows), refusals, work.changes, is_recorded)


def _field(heading: str) -> str | None:
    wanted = folded(heading)
    for language in LANGUAGES:
        words = read_words(language)
        for name in _FIELDS:
            known = words.text(f"request_lists.heading.{name}").split(",")
            if wanted in {folded(one) for one in known}:
                return name
    return None


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    texts: dict[str, str]
    refusal: Refusal | None


def _rows(table: Table, columns: Mapping[str, int], given: Mapping[str, str]) -> Iterator[_Row]:
    for line in table.lines:
        texts, refusal = dict(given), None
        for name, at in columns.items():
            try:
                text = text_of(line.cells[at]) if at < len(line.cells) else ""
                text = read_date(text, "day") if name == "due" and text else text
            except AppError as error:
                refusal, text = Refusal(line.number, name, error), ""
            if text:
                texts[name] = text
        if refusal is not None or texts.get("question") or texts.get("list_number"):
            told = f"{given.get('list_name', '')} {texts.get('list_number', '')}".strip()
            texts.setdefault("title", told)
            yield _Row(line.number, texts, refusal)


def _prepare(work: WriteSession, row: _Row) -> RequestDetails | Refusal:
    if row.refusal is not None:
        return row.refusal
    try:
        details = parse_texts(RequestDetails, row.texts, finders_of(work))
    except AppError as error:
        return Refusal(row.number, error.where or "", error)
    for name in missing_fields(REQUEST, details):
        told = AppError("item.field_missing", where=name, field=name, kind=REQUEST.noun)
        return Refusal(row.number, name, told)
    return details


def _without_twins(
    work: WriteSession, rows: list[_Row], given: Mapping[str, str]
) -> Iterator[_Row]:
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
