"""Reads a row: each cell through what its column means, each value of a column only once."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mlops_desktop.core.errors import AppError
from mlops_desktop.core.inventory import (
    ENTITY_FIELDS,
    LIST_FIELDS,
    PERSON_FIELDS,
    ModelDetails,
)
from mlops_desktop.ledger.text import clean_text, plain_text
from mlops_desktop.services import model_fields
from mlops_desktop.services.imports import values, vocabulary
from mlops_desktop.services.imports.entities import Entities
from mlops_desktop.services.imports.own import Own, own_number
from mlops_desktop.services.imports.persons import Persons
from mlops_desktop.services.imports.report import ColumnUse, Parameter, Refusal
from mlops_desktop.services.own_values import is_own, text_of
from mlops_desktop.sources.tabular import Line, Value
from mlops_desktop.sources.tabular.grid import plain

_DAYS = (
    vocabulary.REGISTERED,
    vocabulary.RETIRED,
    vocabulary.SERVING_SINCE,
    vocabulary.APPROVED_ON,
    vocabulary.VALID_UNTIL,
    vocabulary.VALIDATION_DATE,
)
_WORDS = (
    vocabulary.ID,
    vocabulary.RETIRED_WHY,
    vocabulary.VERSION,
    vocabulary.BODY,
    vocabulary.MINUTES,
    vocabulary.EVIDENCE,
    vocabulary.VALIDATION_UNIT,
    vocabulary.VALIDATION_EVIDENCE,
)
_CODES = (vocabulary.STATE, vocabulary.APPROVAL, vocabulary.VALIDATION_KIND, vocabulary.RESULT)
_LONGEST = 32_000
_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Known:
    """Whom and what a file can name."""

    persons: Persons
    entities: Entities

    def name(self, field: str, text: str) -> str:
        """Return the ids in the text of a field by the names they stand for."""
        if field in PERSON_FIELDS or is_own(field):
            return self.persons.names.get(text, text)
        if field in ENTITY_FIELDS:
            return ", ".join(self.entities.names.get(part, part) for part in text.split(", "))
        return text


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the file as texts by field, "" for a blank cell, and what was refused in it."""

    line: Line
    texts: dict[str, str]
    refusals: tuple[Refusal, ...] = ()

    @property
    def number(self) -> int:
        """The number a person sees beside it."""
        return self.line.number


@dataclass(slots=True)
class _Column:
    at: int
    use: ColumnUse
    target: str
    read: Callable[[str], str]
    is_number: bool = False
    seen: dict[tuple[type, Value], str | AppError] = field(default_factory=dict)

    def take(self, value: Value) -> str:
        """Return the text of a cell; the same value is read once. Raises its refusal."""
        key = (type(value), value)
        found = self.seen.get(key)
        if found is None:
            found = self.seen[key] = self._read(value)
        if isinstance(found, AppError):
            raise found
        return found

    def _read(self, value: Value) -> str | AppError:
        try:
            if self.is_number and isinstance(value, int | float):
                return own_number(value)
            text = values.text_of(value)
            return self.read(text) if text else ""
        except AppError as refusal:
            return refusal


class RowReader:
    """Reads rows by the uses of their columns."""

    def __init__(
        self, columns: tuple[ColumnUse, ...], known: Known, dates: str | None, own: Own
    ) -> None:
        self._columns = [
            _Column(
                at,
                use,
                use.field,
                own.reader(use.field, known.persons, dates) or _reader(use.field, known, dates),
                own.is_number(use.field),
            )
            for at, use in enumerate(columns)
            if use.field and use.field not in vocabulary.DERIVED
        ]

    def read(self, line: Line) -> Row:
        """Return a row; a cell that is refused has no text in it."""
        texts: dict[str, str] = {}
        refused: list[Refusal] = []
        for column in self._columns:
            value = line.cells[column.at] if column.at < len(line.cells) else None
            try:
                texts[column.target] = column.take(value)
            except AppError as error:
                refused.append(refusal_of(line.number, error, column.use, plain(value)))
        return Row(line, texts, tuple(refused))

    def shown(self, row: Row, field: str) -> str:
        """Return what stands in the file where a row says something of a field."""
        at = next((one.at for one in self._columns if one.target == field), len(row.line.cells))
        return plain(row.line.cells[at]) if at < len(row.line.cells) else ""


def refusal_of(row: int, error: AppError, use: ColumnUse | None = None, value: str = "") -> Refusal:
    """Return an error as the refusal of a cell, or of a row without a column."""
    told = tuple(Parameter(name, str(said)) for name, said in sorted(error.parameters.items()))
    if use is None:
        return Refusal(row, error.code, value=value[:_SHOWN], parameters=told)
    return Refusal(row, error.code, use.heading, use.letter, use.field or "", value[:_SHOWN], told)


def _reader(name: str, known: Known, dates: str | None) -> Callable[[str], str]:
    if name in PERSON_FIELDS:
        return known.persons.find
    if name in ENTITY_FIELDS:
        return lambda text: _entities(name, text, known.entities)
    if name in model_fields.days():
        return lambda text: _checked(name, values.read_date(text, dates))
    if name in _DAYS:
        return lambda text: values.read_date(text, dates)
    if name in _WORDS:
        return lambda text: " ".join(clean_text(text).split())
    if name == vocabulary.LINKS:
        return clean_text
    if name in _CODES:
        return lambda text: _code(name, text)
    if model_fields.is_free_text(name):
        return _prose
    return lambda text: _checked(name, _typed(name, text, dates))


def _entities(name: str, text: str, entities: Entities) -> str:
    """Return the ids of the entities a cell names, as the field is typed with."""
    typed = values.read_list(clean_text(text)) if name in LIST_FIELDS else clean_text(text)
    finders = model_fields.Finders(entity=entities.find, known=entities.knows)
    found = getattr(model_fields.parse_fields({name: typed}, finders), name)
    return ", ".join(found) if isinstance(found, tuple) else found or ""


def _code(name: str, text: str) -> str:
    return values.read_code(name, text)


def _typed(name: str, text: str, dates: str | None) -> str:
    """Return a text as the field is typed with."""
    if name == "tier":
        return values.read_tier(text)
    if name == "review_frequency_months":
        return values.read_months(text)
    if name in model_fields.whole_numbers():
        return values.read_integer(text)
    if model_fields.choices(name):
        return values.read_code(name, text)
    if name in LIST_FIELDS:
        return values.read_list(clean_text(text))
    if name == model_fields.INDICATORS:
        return values.read_indicators(values.read_list(clean_text(text)), dates)
    return " ".join(clean_text(text).split())


def _prose(text: str) -> str:
    if len(text) > _LONGEST:
        raise AppError("import.text_too_long", most=_LONGEST)
    return plain_text(clean_text(text))


def _checked(name: str, text: str) -> str:
    """Let the field itself judge the text, as if it were typed."""
    model_fields.parse_fields({name: text}, model_fields.AS_TYPED)
    return text


def known_texts(details: ModelDetails) -> Iterator[tuple[str, str]]:
    """Yield the fields that a model has, as the texts they would be read as."""
    for name in model_fields.field_names():
        value = getattr(details, name)
        if value not in (None, ()):
            yield name, _known(value)
    for own in details.custom:
        yield own.key, plain_text(text_of(own, {}))


def _known(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    shown = getattr(value, "text", value)
    return "" if shown is None else plain_text(str(shown))
