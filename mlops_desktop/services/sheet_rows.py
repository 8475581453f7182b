"""Rows of a sheet as texts by field: headings in either language, each refusal with its place."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.items.details import ItemDetails
from mlops_desktop.core.items.kinds import ItemKind
from mlops_desktop.core.items.state import missing_fields
from mlops_desktop.services.field_texts import parse_texts
from mlops_desktop.services.finding import finders_of
from mlops_desktop.services.imports import Source
from mlops_desktop.services.imports.values import read_date, text_of
from mlops_desktop.services.imports.vocabulary import folded
from mlops_desktop.services.wording import LANGUAGES, read_words
from mlops_desktop.sources.tabular import Table, Wanted, read_table
from mlops_desktop.store.unit_of_work import WriteSession


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that cannot be taken: its number in the file, the column, and why."""

    row: int
    column: str
    error: AppError


@dataclass(frozen=True, slots=True)
class SheetForm:
    """Which fields a sheet may have.

    ``<headings>.<field>`` in the wording says how their columns are called. Texts of ``dates``
    are read as days; a row with none of ``telling`` is no row.
    """

    headings: str
    fields: tuple[str, ...]
    telling: tuple[str, ...]
    dates: frozenset[str] = field(default=frozenset())


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row: its number in the file and its texts, or why it cannot be taken."""

    number: int
    texts: dict[str, str]
    refusal: Refusal | None = None


def read_rows(
    source: Source, form: SheetForm, needed: AppError, given: Mapping[str, str]
) -> list[SheetRow]:
    """Return the rows of a sheet; ``given`` holds for every row that says nothing.

    Raises ``needed`` where there is no column for the first of ``telling``, ``import.…`` where the
    file cannot be read at all.
    """
    table = read_table(source.name, source.content, lambda text: bool(_field(form, text)), Wanted())
    named = ((_field(form, heading), at) for at, heading in enumerate(table.headings))
    columns = {name: at for name, at in named if name}
    if form.telling[0] not in columns:
        raise needed
    return list(_rows(table, form, columns, given))


def parse_row(work: WriteSession, kind: ItemKind, row: SheetRow) -> ItemDetails | Refusal:
    """Return what a row says of an item of a kind, or why it cannot be taken."""
    if row.refusal is not None:
        return row.refusal
    try:
        details = parse_texts(kind.details, row.texts, finders_of(work))
    except AppError as error:
        return Refusal(row.number, error.where or "", error)
    for name in missing_fields(kind, details):
        told = AppError("item.field_missing", where=name, field=name, kind=kind.noun)
        return Refusal(row.number, name, told)
    return details


def _field(form: SheetForm, heading: str) -> str | None:
    wanted = folded(heading)
    for language in LANGUAGES:
        words = read_words(language)
        for name in form.fields:
            known = words.text(f"{form.headings}.{name}").split(",")
            if wanted in {folded(one) for one in known}:
                return name
    return None


def _rows(
    table: Table, form: SheetForm, columns: Mapping[str, int], given: Mapping[str, str]
) -> Iterator[SheetRow]:
    for line in table.lines:
        texts, refusal = dict(given), None
        for name, at in columns.items():
            try:
                text = text_of(line.cells[at]) if at < len(line.cells) else ""
                text = read_date(text, "day") if name in form.dates and text else text
            except AppError as error:
                refusal, text = Refusal(line.number, name, error), ""
            if text:
                texts[name] = text
        if refusal is not None or any(texts.get(name) for name in form.telling):
            yield SheetRow(line.number, texts, refusal)
